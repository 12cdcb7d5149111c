"""What of a release's tables is a key, and which codes lead to which table: one definition for every description."""

from collections.abc import Iterator

from quarterday.publishing.columns import Table

_LEADS = (
    ("indicators", ("indicator",)),
    ("areas", ("area_code",)),
    ("markers", ("marker",)),
    ("definitions", ("indicator", "definition_version")),
    ("categories", ("breakdown", "category")),
)
_TABLES_OF_FIGURES = ("observations", "history", "per_population")


def identified_without_blanks(table: Table) -> bool:
    """Whether no part of a table's key is ever empty: a total has no category, which a primary key may not lack."""
    return bool(table.key) and table.name not in _TABLES_OF_FIGURES


def references(table: Table, written: tuple[Table, ...]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The tables that a table's codes lead to, each with the columns that name a row of it in both."""
    there, columns = {each.name for each in written}, {each.name for each in table.columns}
    for leads_to, names in _LEADS:
        if leads_to in there and leads_to != table.name and columns.issuperset(names):
            yield leads_to, names
