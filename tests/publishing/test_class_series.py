"""A supplier changes its classes: in the pack a series goes on where it can be added up, and begins anew where not."""

from dataclasses import replace
from datetime import date

from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.publishing.pack.breakdowns import breakdown_blocks
from quarterday.publishing.pack.model import Paragraph, Table
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.tables import Observation, ReleaseTables
from tests.publishing.pack_frameworks import small_framework
from tests.publishing.pack_points import LAST, observation, quarters_to_last, tables

APRIL, MARCH = date(2025, 4, 1), date(2025, 3, 31)
BURGLARY = Category(code="burglary", title="Burglary", ends=MARCH)
ARSON = Category(code="arson", title="Arson")


def series(*categories: Category, **counts: float) -> SeriesTables:
    """The year to June 2025, in which Burglary was counted to March and other classes from April on."""
    reason = Breakdown(code="reason", title="Reason", categories=(BURGLARY, *categories))
    of = small_framework(breakdowns=(reason,))
    about = of.indicator["searches"]
    old: list[Observation] = [
        observation(about, period, 40 + at, breakdown="reason", category="burglary", category_title="Burglary")
        for at, period in enumerate(quarters_to_last(4)[:-1])
    ]
    new = [
        observation(about, LAST, value, breakdown="reason", category=code, category_title=code)
        for code, value in counts.items()
    ]
    release: ReleaseTables = replace(tables(about, (50,)), observations=tuple(new), history=tuple(old))
    return SeriesTables(of, release)


def values(of: SeriesTables, category: str) -> list[float | None]:
    """The values of a class, oldest first."""
    return [each.value for each in of.in_time(("searches", "E09000099", "reason", category))]


def notes(of: SeriesTables) -> list[str]:
    """What stands above the table of classes."""
    blocks = list(breakdown_blocks(of.framework, of, of.framework.indicator["searches"]))
    assert any(isinstance(each, Table) for each in blocks)
    return [each.text for each in blocks if isinstance(each, Paragraph)]


def test_a_renamed_class_goes_on() -> None:
    """Its earlier figures are the old one's, and the reader is told."""
    of = series(Category(code="homes", title="Homes", starts=APRIL, succeeds=("burglary",)), homes=45)

    assert [40, 41, 42, 45] == values(of, "homes")
    assert ["“Homes” took the place of Burglary on 1 April 2025: earlier figures are of Burglary, added up."] == notes(
        of
    )


def test_a_split_class_begins_anew() -> None:
    """Nobody knows what went where, so no line joins them, and the reader is told at the table."""
    parts = (
        Category(code="homes", title="Homes", starts=APRIL, succeeds=("burglary",)),
        Category(code="shops", title="Shops", starts=APRIL, succeeds=("burglary",)),
    )
    of = series(*parts, homes=30, shops=15)

    assert ([30], [15], [40, 41, 42]) == tuple(values(of, each) for each in ("homes", "shops", "burglary"))
    assert 2 == notes(of)[0].count("its series begins anew")


def test_a_class_that_is_gone_has_an_end() -> None:
    """What was not changed needs no word."""
    assert ["“Burglary” ended on 31 March 2025: nothing took its place."] == notes(series(ARSON, arson=12))
