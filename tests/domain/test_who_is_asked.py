"""Whoever is at a partner by now gets the request, never a reminder of one that somebody else got.

The police were asked on 1 July 2025, the fire service on the 8th; figures are due on Tuesday 22 July.
"""

from datetime import date

from quarterday.domain.collection.actions import Send
from quarterday.domain.facts import ContactChanged
from tests.domain.conftest import framework, person
from tests.domain.lived import at, days, sent, walk

FIRE = "somewhere.2025-26-q1.fire"


def heard(done, request=FIRE):
    """The emails about a request, by day of the month, occasion and address."""
    emails = [(day, each) for day, each in done if isinstance(each, Send) and each.request == request]
    return [(day.day, each.occasion, each.recipient.email.partition("@")[0]) for day, each in emails]


def test_a_contact_whom_an_officer_changed_gets_the_request_and_time(small):
    """Nia takes over on the 16th: she is asked on the 17th, the day of the reminder, and first chased on the 24th."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 16)))
    changed = ContactChanged(
        partnership="somewhere",
        partner="fire",
        role="contact",
        name="Nia New",
        email="nia.new@fire.example",
        at=at(date(2025, 7, 16), 14),
        by="jo",
    )
    _, done = walk(small, days(date(2025, 7, 17), date(2025, 7, 24)), facts.plus(changed))

    assert [(17, "request", "nia.new"), (24, "chase-1", "nia.new")] == heard(done)


def test_a_contact_changed_in_the_configuration_gets_the_request_too(small):
    """The new name stands in config/ from the 29th, after the second chaser: asked, and not escalated the next day."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 28)))
    fire = small.partner["fire"].model_copy(update={"contact": person("Nia New")})
    changed = framework(partners=(fire, small.partner["police"]))
    _, done = walk(changed, days(date(2025, 7, 29), date(2025, 8, 1)), facts)

    assert [(29, "request", "nia.new")] == heard(done)


def test_a_new_name_at_the_same_address_is_nobody_new(small):
    """The address is who is written to."""
    facts, _ = walk(small, days(date(2025, 7, 1), date(2025, 7, 16)))
    renamed = small.partner["fire"].contact.model_copy(update={"name": "Fay Firth"})
    changed = framework(
        partners=(small.partner["fire"].model_copy(update={"contact": renamed}), small.partner["police"])
    )
    _, done = walk(changed, days(date(2025, 7, 17), date(2025, 7, 18)), facts)

    assert [(date(2025, 7, 17), "remind")] == sent(done, "fire")


def test_a_copy_goes_to_nobody_where_the_role_is_empty(small):
    """The second chaser is copied to the deputy; the fire service has none, and no officer gets the copy."""
    rungs = tuple(
        each.model_copy(update={"copy_to": ("deputy",)}) if each.code == "chase-2" else each
        for each in small.ladders.first
    )
    copied = framework(ladders=small.ladders.model_copy(update={"first": rungs}))
    _, done = walk(copied, days(date(2025, 7, 1), date(2025, 7, 28)))
    second = [each.recipient.code for _, each in done if isinstance(each, Send) and each.occasion == "chase-2"]

    assert ["fire/contact", "police/contact", "police/deputy"] == sorted(second)
