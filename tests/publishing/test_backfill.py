"""Facts about figures from before quarterday: what is taken, and what is told of what is not."""

import csv
import io

import pytest

from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.domain.facts import FiguresBackfilled
from quarterday.domain.figures.backfilling import figures_in
from quarterday.domain.framework.periods import parse_quarter
from quarterday.publishing.release import make_release
from tests.publishing.dataset_example import BOROUGH, WARDS, framework
from tests.publishing.installation_example import office, publish, row

HEADING = "indicator,area_code,breakdown,category,period_start,period_end,value,numerator,denominator,marker\n"
GOOD = f"fires,{BOROUGH},,,2025-01-01,2025-03-31,21,,,\ndetected,{BOROUGH},,,2025-01-01,2025-03-31,,30,120,\n"


def read(text: str):
    """The figures and problems of a table's rows."""
    return figures_in(framework(), csv.DictReader(io.StringIO(HEADING + text)), source="backfill", sha256="00")


def test_earlier_figures_are_taken_with_their_line():
    """A good row becomes a figure of its own days, traced to its line; a share is computed from its parts."""
    figures, problems = read(GOOD)

    assert [] == problems
    assert [(21, ("line 2",)), (25, ("line 3",))] == [(each.value, each.cells) for each in figures]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        (f"fire,{BOROUGH},,,2025-01-01,2025-03-31,2,,,", "is no indicator of the framework"),
        ("fires,E05000001,,,2025-01-01,2025-03-31,2,,,", "is no borough of the partnership"),
        (f"thefts,{WARDS[0]},sort,shop,2025-01-01,2025-03-31,2,,,", "is no breakdown of thefts: it has kind"),
        (f"thefts,{WARDS[0]},kind,boat,2025-01-01,2025-03-31,2,,,", "is no category of the breakdown kind"),
        (f"fires,{BOROUGH},,,01/01/2025,2025-03-31,2,,,", "write it as 2025-04-01"),
        (f"fires,{BOROUGH},,,2025-03-31,2025-01-01,2,,,", "period_end comes before period_start"),
        (f"fires,{BOROUGH},,,2025-01-01,2025-03-31,two,,,", "value “two” is no number"),
        (f"fires,{BOROUGH},,,2025-01-01,2025-03-31,-2,,,", "value cannot be less than 0"),
        (f"fires,{BOROUGH},,,2025-01-01,2025-03-31,,,,", "value is empty"),
        (f"detected,{BOROUGH},,,2025-01-01,2025-03-31,25,,,", "numerator is empty"),
        (f"fires,{BOROUGH},,,2025-01-01,2025-03-31,,,,gone", "is no marker"),
        (f"fires,{BOROUGH},,,2025-01-01,2025-03-31,nan,,,", "is no number"),
    ],
)
def test_bad_row_is_told_with_its_line(line, told):
    """Each thing wrong is told with its line and what good looks like."""
    figures, problems = read(line + "\n")

    assert [] == figures
    assert told in str(problems[0])
    assert str(problems[0]).startswith("Line 2: ")


def test_same_figure_twice_is_told():
    """The same figure on two lines is refused: nobody could say which holds."""
    _, problems = read(GOOD + GOOD.splitlines()[0] + "\n")

    assert ["Line 4: the same figure already stands on line 2: keep one of the two."] == list(map(str, problems))


def test_backfilled_figures_are_the_history_of_a_release(tmp_path, monkeypatch):
    """What was brought in stands in the next release's history, small counts hidden."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {})
    found = office(tmp_path)
    data = (HEADING + GOOD + f"fires,{BOROUGH},,,2024-10-01,2024-12-31,2,,,\n").encode()
    stored = found.installation.stores.raw.put("backfill/x.csv", data)
    found.record(
        FiguresBackfilled(
            at=found.now(), by="jo", partnership="somewhere", stored_as=stored.name, sha256=stored.sha256, rows=3
        )
    )
    found.opened()
    found.returned("fire", [row(value=30)])
    facts = found.installation.facts()
    fact = make_release(found.installation, publish())
    history = list(csv.DictReader((found.folder(fact.folder) / "history.csv").open()))

    before = parse_quarter("2025-26 Q1")
    assert 3 == len(earlier_figures(found.installation, found.installation.framework, facts, before))
    own = earlier_figures(found.installation, found.installation.framework, facts, before, partner="fire")
    assert 0 < len(own) < 3 and {"fire"} == {
        found.installation.framework.indicator[each.indicator].supplier for each in own
    }
    assert [("fires", "", "[c]"), ("detected", "25", ""), ("fires", "21", "")] == [
        (each["indicator"], each["value"], each["marker"]) for each in history
    ]
