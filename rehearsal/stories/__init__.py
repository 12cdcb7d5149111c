"""The stories: quarters that change while they run, each in a file of its own.

A story is a sentence (the first of its file), what happens on which day, and what must be so at the end. It is a
function `happens`, which gets a `Quarter`: `rehearsal/staging/quarter.py` says all that it may do, see and expect.
Dates come from the quarter's timetable, partners from the parts that they play in `config/rehearsal.yaml`.

`make quarter ARGS="--story NAME"` plays one, `make stories` all.
"""
