"""What an officer reads of an email that is written to somebody else: whose it is and what to do, then what it says."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from quarterday.adapters.mail.templates import Filled, fill
from quarterday.domain.collection.actions import Send
from quarterday.domain.facts.recipients import is_officer
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.partners import Role

COPY = "officer-copy"
_OFFICERS_OWN = "officer-"  # what the name of every email to officers about a request begins with


def is_officers_copy(action: Send) -> bool:
    """Whether an officer gets an email about a request that is written to somebody else."""
    return bool(action.request) and is_officer(action.recipient.code) and not action.email.startswith(_OFFICERS_OWN)


def fill_copy(folder: Path, framework: Framework, action: Send, context: Mapping[str, Any]) -> Filled:
    """The email in the officer's words, with the other's words in it.

    Raises `EmailTemplateError`.
    """
    rung = _rung(framework, action)
    role = rung.to if rung else Role.CONTACT
    whose = _whose(role, str(context.get("partner", "")))
    theirs = fill(folder, action.email, dict(context) | {"to_name": f"{whose[:1].upper()}{whose[1:]}"})
    own = {
        "copied": rung is not None and Role.OFFICER in rung.copy_to,
        "instead_of": whose,
        "their_subject": theirs.subject,
        "their_words": theirs.body.strip(),
    }
    return fill(folder, COPY, dict(context) | own)


def _rung(framework: Framework, action: Send) -> Rung | None:
    every = (rung for _, rungs in framework.ladders for rung in rungs)
    return next((each for each in every if each.code == action.occasion and each.email == action.email), None)


def _whose(role: Role, partner: str) -> str:
    return "lead of the board" if role is Role.BOARD_LEAD else f"{role.value} of {partner}"
