"""The samples by which the emails' words are tried name what real emails may name, and nothing else."""

from collections import defaultdict
from dataclasses import replace
from typing import Any

import pytest

from quarterday.adapters.mail.context import context_of
from quarterday.adapters.mail.samples import sample_of
from tests.adapters.mail.conftest import a_send
from tests.adapters.mail.scenes import STORES
from tests.adapters.mail.test_templates import DAYS, IN_EVERY_SCENE, LEAD, LINK, about, office_in, scenes_of, to

Names = dict[str, set[str]]


def names_in(context: dict[str, Any], into: Names) -> None:
    """Note the names of a context, and those within each."""
    for name, value in context.items():
        into[""].add(name)
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                into[name] |= set(each)


def of_sample(email: str) -> Names:
    """The names of an email's sample."""
    found: Names = defaultdict(set)
    names_in(sample_of(email), found)
    return found


@pytest.mark.parametrize("email", IN_EVERY_SCENE)
def test_a_sample_names_what_the_real_emails_may_name(email: str) -> None:
    """Over all that may have happened, name by name, and what stands within each."""
    real: Names = defaultdict(set)
    for scene in scenes_of(email):
        office = office_in(scene)
        for at in DAYS:
            for spoken_of in about(email, scene):
                for recipient in to(email):
                    action = a_send(email, recipient, about=spoken_of)
                    if email in ("pack-ready", "pack-withdrawn", "officer-sign-in"):
                        action = replace(action, request="", partner="", recipient=LEAD)
                    names_in(
                        context_of(office.settings, office.framework, office.facts(), STORES, action, at, LINK), real
                    )
    sample = of_sample(email)
    handed_over = {"code", "link"} if email in ("code", "officer-sign-in") else set()

    assert set() == real[""] - sample[""]
    assert set() == sample[""] - real[""] - handed_over
    for name, within in real.items():
        if name in sample:
            assert within <= sample[name], name
