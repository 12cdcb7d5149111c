"""Facts about published figures that cannot both be right."""

from datetime import date

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Disclosure
from quarterday.domain.framework.periods import Period
from quarterday.publishing.contradictions import contradictions, with_caveats
from quarterday.publishing.disclosure.shown import Shown
from quarterday.publishing.observations import Context, observe
from tests.publishing.dataset_example import DETECTED, FIRES, Q1, THEFTS, WARDS, figure, framework, indicator

CHARGED = indicator("charged", unit="percentage", numerator="Charged", denominator="Offences")
WINDOW = Period(date(2025, 3, 1), date(2025, 6, 30))


def published(places: Framework, *figures, hidden=()):
    """Figures as readers see them."""
    shown = {
        each.key: Shown(None, None, None, hidden=True)
        if each in hidden
        else Shown(each.value, each.numerator, each.denominator)
        for each in figures
    }
    return observe(places, figures, shown, Context(Q1, 1))


def says(places, *figures, hidden=()):
    """What is said of them."""
    return [each.says for each in contradictions(places, published(places, *figures, hidden=hidden))]


def test_window_below_the_quarter_within_it_is_told():
    """One of the two is wrong: the sentence names the days and no value."""
    found = says(framework(FIRES), figure("fires", 30), figure("fires", 20, period=WINDOW))

    assert ["Fires: April to June 2025 shows more than March to June 2025, which holds it."] == found


def test_part_above_its_whole_is_told():
    """More detected than there were offences."""
    found = says(framework(DETECTED), figure("detected", 120, numerator=12, denominator=10))

    assert ["Detected: the part is more than its whole."] == found


def test_class_above_its_total_is_told():
    """More vehicles than thefts; a class as great as all is none."""
    places = framework(indicator("thefts", breakdowns=("kind",)))
    total, vehicles = figure("thefts", 9), figure("thefts", 12, breakdown="kind", category="vehicle")
    shops = figure("thefts", 9, breakdown="kind", category="shop")

    assert ["Thefts: “Vehicle” in Somewhere is more than its total for April to June 2025."] == says(
        places, total, vehicles, shops
    )


def test_ward_above_the_borough_is_told():
    """One ward had more thefts from shops than all of them."""
    ward = figure("thefts", 12, area_code=WARDS[0], breakdown="kind", category="shop")
    borough = figure("thefts", 9, breakdown="kind", category="shop")

    assert ["Thefts: Ward 1 (“Shop”) is more than Somewhere for April to June 2025."] == says(
        framework(THEFTS), ward, borough
    )


def test_count_above_the_one_that_bounds_it_is_told():
    """More young people were searched than people."""
    places = framework(indicator("young", no_more_than="searches"), indicator("searches"))

    assert ["Young: it is more than “Searches” for April to June 2025."] == says(
        places, figure("young", 12), figure("searches", 9)
    )


def test_more_than_there_are_is_told():
    """Twenty of nineteen wards held a panel."""
    held = indicator("held", unit="out of", out_of=19, counts_people=False)

    assert ["Held: it is more than the 19 that there are for April to June 2025."] == says(
        framework(held), figure("held", 20)
    )


def test_two_counts_under_one_name_are_told():
    """Two percentages of the same offences give different numbers of them."""
    one = figure("detected", 50, numerator=10, denominator=20)
    other = figure("charged", 25, numerator=6, denominator=24)
    found = says(framework(DETECTED, CHARGED), one, other)

    assert ["“Detected” and “Charged” give different counts of “offences” for April to June 2025."] == found


def test_what_is_hidden_or_rounded_contradicts_nothing():
    """A reader cannot see it, and its sentence must not tell it; rounding may put ten above nine."""
    quarter, window = figure("fires", 30), figure("fires", 20, period=WINDOW)
    rounding = framework(
        FIRES.model_copy(update={"disclosure": Disclosure(rule="threshold with rounding", threshold=5, round_to=10)})
    )

    assert [] == says(framework(FIRES), quarter, window, hidden=[quarter])
    assert [] == says(rounding, quarter, window)


def test_contradiction_becomes_a_caveat_of_both_figures():
    """Whoever reads one of them is told."""
    places = framework(FIRES)
    observations = published(places, figure("fires", 30), figure("fires", 20, period=WINDOW))
    found = contradictions(places, observations)

    assert [(found[0].says,), (found[0].says,)] == [each.caveats for each in with_caveats(found, observations)]
