"""The log of revisions tells all that differs between two versions, and nothing that does not."""

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.periods import Period
from quarterday.publishing.revising import WITHHELD, revisions
from quarterday.publishing.tables import Observation

Q1 = Period(date(2025, 4, 1), date(2025, 6, 30))
FIRES = Observation(
    indicator="fires",
    definition_version=1,
    area_code="E09000099",
    area_name="Somewhere",
    breakdown="",
    category="",
    category_title="",
    period=Q1,
    value=12,
    numerator=None,
    denominator=None,
    unit="count",
    marker=Marker.PROVISIONAL,
    comparable=True,
    comparable_why="",
    source_return="R-1",
    source_sha256="",
)
VALUES = st.one_of(
    st.tuples(st.integers(0, 9), st.sampled_from([None, Marker.PROVISIONAL, Marker.REVISED, Marker.ESTIMATED])),
    st.tuples(st.none(), st.sampled_from([Marker.NOT_AVAILABLE, Marker.CONFIDENTIAL])),
)
VERSIONS = st.dictionaries(st.sampled_from(["fires", "thefts", "robberies", "burglaries"]), VALUES)


def version(said: dict[str, tuple[int | None, Marker | None]]) -> list[Observation]:
    """The figures of a version."""
    return [replace(FIRES, indicator=code, value=value, marker=marker) for code, (value, marker) in said.items()]


def as_read(said: tuple[int | None, Marker | None] | None) -> object:
    """What a reader sees of a figure, but for how firm it is."""
    if said is None:
        return None
    return said[0], "" if said[1] in (None, Marker.PROVISIONAL, Marker.REVISED) else said[1]


@given(VERSIONS, VERSIONS)
def test_the_log_tells_each_figure_that_is_read_otherwise(before, now):
    """Whatever two versions say: each figure that differs stands in the log once, those that vanished or came too."""
    log = revisions(2, {each.key: each for each in version(before)}, version(now))
    differ = {code for code in before.keys() | now.keys() if as_read(before.get(code)) != as_read(now.get(code))}

    assert sorted(differ) == [each.indicator for each in log]


@given(VERSIONS, VERSIONS)
def test_the_log_repeats_no_number_that_is_hidden_now(before, now):
    """A figure that was shown and is hidden is told without what it was."""
    log = revisions(2, {each.key: each for each in version(before)}, version(now))
    hidden = [each for each in log if now.get(each.indicator, (0, None))[1] is Marker.CONFIDENTIAL]

    assert all(not any(sign.isdigit() for sign in each.was + each.now) for each in hidden)
    assert {WITHHELD} >= {
        each.was for each in hidden if each.indicator in before and before[each.indicator][0] is not None
    }
