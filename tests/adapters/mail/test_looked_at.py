"""Emails as a person reads them: no gap in a sentence, no empty list, nothing asked once it is over."""

import re
from collections.abc import Iterator

import pytest

from quarterday.adapters.mail.compose import compose
from quarterday.domain.facts import ReturnKind
from tests.adapters.mail.conftest import a_send, an_office
from tests.adapters.mail.scenes import SCENES, STORES, returned
from tests.adapters.mail.test_templates import DAYS, IN_EVERY_SCENE, NO_OUTBOX, every_email


def faults(text: str) -> Iterator[str]:
    """What a reader would be ashamed of."""
    yield from re.findall(r"\S  +\S.*| [,.;:].*|\.\..*|,\.|\b1 figures\b.*|\bNone\b", text)
    blocks = re.split(r"\n\n+", text.strip())
    yield from (each for each in blocks if re.fullmatch(r"-\s*", each))
    yield from (
        f"nothing follows “{one}”"
        for one, then in zip(blocks, [*blocks[1:], ""], strict=True)
        if re.search(r"\n-+$", one) and (not then or re.search(r"\n-+$", then))
    )
    yield from (
        f"no list follows “{one}”"
        for one, then in zip(blocks, [*blocks[1:], ""], strict=True)
        if one.endswith(("by:", "to come:", "going:")) and not then.startswith("- ")
    )


@pytest.mark.parametrize("template", IN_EVERY_SCENE)
def test_an_email_reads_well_in_every_scene(template: str) -> None:
    """No double space, no lonely sign, no heading or colon after which nothing comes."""
    assert [] == [(each.heading, found) for each in every_email(template) for found in faults(each.text)]


def test_an_accepted_return_is_asked_nothing_more() -> None:
    """What was unusual is told without the question; only what was said is said to be kept."""
    for each in every_email("accepted"):
        assert "?" not in each.text.partition("Questions?")[0]
        assert "what you told us" not in each.text


def test_what_its_sender_explained_is_said_to_be_kept() -> None:
    """A word beside the unusual figure, and the email tells of it."""
    explained = returned(ReturnKind.FIGURES, explanations="A fire in the park.")
    office = an_office(NO_OUTBOX, explained, SCENES["accepted"][1])
    action = a_send("accepted", about=explained.partner_return)
    email = compose(office.settings, office.framework, office.facts(), STORES, action, DAYS[1], DAYS[1])

    assert "what you told us is kept beside them" in " ".join(email.text.split())
