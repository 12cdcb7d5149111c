"""What a decision needs and a quarter seldom brings: put on record in the copy before officers sit down."""

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from quarterday.adapters.installation import Installation
from quarterday.domain.facts import (
    Fact,
    Facts,
    MessageReserved,
    MessageSettled,
    Outcome,
    RegisterRestored,
    ReplyKind,
    ReplyReceived,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    Step,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty, EarlyReader, PreRelease
from simulation.alone.copies import Copy
from simulation.edits import a_figure_is_defined_anew

PERSON = "Pat Forgotten"
_READER = EarlyReader(code="chair", name="The Chair", post="Chair of the partnership", email="chair@somewhere.example")


def stage(copy: Copy) -> None:
    """Somebody asks for time, a file is set apart, an email is given up, a backup was put back; `config/` says more."""
    world, office = copy.world, copy.world.office
    office.register.append(*_facts(office.framework, office.facts(), office.now()))
    world.office = replace(office, framework=_framework(office.framework, office.now()))


def named_in(office: Installation) -> str:
    """Somebody whom a fact names from now on, and who wants to be forgotten."""
    made = office.facts().of(RequestMade)[0]
    at, partnership = office.now(), office.framework.partnership.code
    office.register.append(
        ReplyReceived(
            at=at,
            by="a colleague",
            partnership=partnership,
            request=made.request,
            reply=f"T-{at.isoformat()}",
            kind=ReplyKind.COLLEAGUE,
            colleague_name=PERSON,
            colleague_email="gone@somewhere.example",
        )
    )
    return PERSON


def _facts(framework: Framework, facts: Facts, now: datetime) -> Iterator[Fact]:
    who: dict[str, Any] = {"at": now, "by": "quarterday", "partnership": framework.partnership.code}
    for each in facts.of(RequestMade):
        until = each.due + timedelta(days=2)
        yield ReplyReceived(
            request=each.request, reply=f"T-{each.request}", kind=ReplyKind.NEEDS_TIME, until=until, **who
        )
    yield from _set_apart(facts.of(RequestMade)[-1], who)
    read = {each.request: each for each in facts.of(VerdictGiven) if each.rows_stored_as}
    for given in [*read.values()][1:2]:
        yield replace(given, verdict=Verdict.QUERIED, overrides=framework.partnership.officers[0].code, at=now)
    yield MessageSettled(
        message=facts.of(MessageReserved)[0].message, outcome=Outcome.FAILED, step=Step.GIVEN_UP, detail="", **who
    )
    yield RegisterRestored(taken_at="yesterday", **who)


def _set_apart(request: RequestMade, who: dict[str, Any]) -> Iterator[Fact]:
    """A file that told of people."""
    about: dict[str, Any] = {"request": request.request, "partner_return": "R-APART", **who}
    yield ReturnReceived(
        kind=ReturnKind.FIGURES, upload="apart", stored_as=f"uploads/{request.request}/apart.xlsx", **about
    )
    yield VerdictGiven(verdict=Verdict.QUARANTINED, critical=1, warnings=0, notes=0, findings_stored_as="", **about)


def _framework(now: Framework, moment: datetime) -> Framework:
    first, *others = now.partnership.officers
    everything = first.model_copy(update={"may": tuple(Duty)})
    partnership = now.partnership.model_copy(
        update={"officers": (everything, *others), "pre_release": PreRelease(readers=(_READER,))}
    )
    soon = now.agreements[-1].model_copy(update={"ends": moment.date() + timedelta(days=50)})
    agreements = (*now.agreements[:-1], soon)
    return a_figure_is_defined_anew(now, random.Random(1), moment.date()).model_copy(  # noqa: S311 - the same again, not secret
        update={"partnership": partnership, "agreements": agreements}
    )
