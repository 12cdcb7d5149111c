"""Facts about small groups of people that fall wholly into one class."""

import pytest

from quarterday.domain.framework.indicators import Disclosure
from quarterday.publishing.disclosure.protect import protect
from quarterday.publishing.totals import with_totals
from tests.publishing.dataset_example import (
    DETECTED,
    KINDS,
    Q1,
    THEFTS,
    WARDS,
    figure,
    framework,
    indicator,
    ward_figures,
)

VICTIMS = indicator("victims", breakdowns=("kind",))


def share(part, whole, places=None):
    """What is shown of a percentage: its value, part and whole."""
    one = figure("detected", 100 * part / whole, numerator=part, denominator=whole)
    shown = protect(places or framework(DETECTED), [one])[one.key]
    return shown.value, shown.numerator, shown.denominator


@pytest.mark.parametrize("part", range(7))
def test_part_of_a_small_group_is_hidden_whatever_it_is(part):
    """None of six, some of six or all six: that it is hidden tells nothing of which."""
    assert (None, None, 6) == share(part, 6)


def test_nobody_of_many_is_shown():
    """In a group of ten or more that none, or all, did something is published: the glossary says so."""
    assert (0, 0, 10) == share(0, 10)
    assert (100, 10, 10) == share(10, 10)


def test_events_have_no_class_to_give_away():
    """The rule is for people: an indicator that counts events publishes that all six of six were in time."""
    events = DETECTED.model_copy(update={"counts_people": False})

    assert (100, 6, 6) == share(6, 6, framework(events))


def test_an_indicator_may_do_without_the_rule():
    """An agreement that allows it to be published is followed."""
    open_rule = DETECTED.model_copy(update={"disclosure": Disclosure(whole_groups=False)})

    assert (100, 6, 6) == share(6, 6, framework(open_rule))


def victims(*by_kind):
    """What is shown of victims by kind, their total first."""
    figures = [figure("victims", sum(by_kind))]
    figures += [
        figure("victims", each, breakdown="kind", category=kind) for kind, each in zip(KINDS, by_kind, strict=True)
    ]
    shown = protect(framework(VICTIMS), figures)
    return [shown[each.key].value for each in figures]


def test_nine_of_nine_in_one_class_are_hidden_with_a_class_of_nobody():
    """The nine may lie in either: a nought is hidden beside them."""
    total, *classes = victims(9, 0, 0)

    assert 9 == total
    assert 2 == classes.count(None)


def test_small_total_in_one_class_does_not_tell_the_class():
    """Three in all, and all of one kind: without a hidden nought the only hidden class would tell of each."""
    assert 2 <= victims(0, 3, 0)[1:].count(None)


def test_classes_of_many_show_their_noughts():
    """Twelve victims of one kind are no small group."""
    assert [12, 12, 0, 0] == victims(12, 0, 0)


def test_groups_of_wards_are_looked_at_one_by_one():
    """A ward whose few cases are all of one kind hides them; wards with many show theirs."""
    house = framework(THEFTS)
    figures = with_totals(house, ward_figures(((6, 0, 0), (0, 15, 30), (25, 18, 40))))
    shown = protect(house, figures)
    few, many = (shown["thefts", ward, "kind", KINDS[0], Q1.start, Q1.end] for ward in (WARDS[0], WARDS[1]))

    assert few.hidden
    assert 0 == many.value
