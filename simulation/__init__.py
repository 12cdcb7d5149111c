"""A year of the partnership in seconds: the real decision, register, store, pages and email, under fire, by seed.

One process, no waiting, no Prefect: the plain functions behind the flows' tasks run in their order on a clock that
moves by itself. People answer, officers decide, parts break before and after every side effect; then it is looked
whether what quarterday promises still holds. The same seed gives the same log.

`python -m simulation --help`, or `make proof` and `make siege`.
"""
