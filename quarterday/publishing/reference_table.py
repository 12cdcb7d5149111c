"""The table of reference figures in a release: what others had, with who published it and when."""

from collections.abc import Iterator

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.columns import Table, described_columns
from quarterday.publishing.tables import ReleaseTables

REFERENCE_COLUMNS = described_columns(
    "indicator: string: the indicator's code",
    "comparison: string: the code of the table that it was brought in from",
    "area: string: the place's code; none of this partnership's own",
    "area_title: string: the place's name",
    "period_start: date: the first day that the figure covers",
    "period_end: date: the last day that the figure covers",
    "value: number: in the measure that compares: for so many people, or the percentage or rate itself",
    "source: string: who published it",
    "published: date: when it was published",
)


def reference_table(framework: Framework, tables: ReleaseTables) -> Iterator[Table]:
    """The reference figures of a release; nothing where none was brought in."""
    if not tables.references:
        return
    names = {(table.code, area.code): area.name for table in framework.comparisons for area in table.areas}
    rows = (
        (
            each.indicator,
            each.comparison,
            each.area,
            names[each.comparison, each.area],
            each.period.start,
            each.period.end,
            each.value,
            framework.comparison[each.comparison].source,
            each.published,
        )
        for each in tables.references
    )
    key = ("indicator", "comparison", "area", "period_start", "period_end")
    yield Table("reference_figures", "Figures of other places", REFERENCE_COLUMNS, tuple(sorted(rows)), key)
