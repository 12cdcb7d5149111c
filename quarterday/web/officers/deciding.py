"""The decisions that officers take on their pages: a line each, over the rulings that the forms in Prefect call."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.facts import Fact, Facts, ReplyKind, ReplyReceived, RequestMade
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.rulings import (
    adopting,
    officer_links,
    partner_rulings,
    release_rulings,
    request_rulings,
    return_rulings,
    time_rulings,
)
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.web.officers.subjects import Kind, Subject

CHASE, PUBLISH = "chase-returns", "publish-collection"
SAY = "say"


@dataclass(frozen=True)
class Case:
    """What a decision is taken on."""

    framework: Framework
    facts: Facts
    subject: Subject
    today: date

    @property
    def request(self) -> RequestMade:
        """The request that is decided about."""
        assert self.subject.request
        return self.subject.request

    @property
    def asked_until(self) -> date | None:
        """Until when the partner asked for time, where it did last."""
        replies = self.facts.about(self.request.request, ReplyReceived)
        asked = [each for each in replies if each.kind is ReplyKind.NEEDS_TIME]
        return asked[-1].until if asked else None

    def titles(self, codes: Iterable[str]) -> list[tuple[str, str]]:
        """Indicators to choose from."""
        known = self.framework.indicator
        return [(code, known[code].title if code in known else code) for code in codes]


@dataclass(frozen=True)
class Field:
    """One thing that a decision asks for beside the reason. Its words stand under its name."""

    name: str
    kind: str  # day, line, lines or choice
    needed: bool = True
    offered: Callable[[Case], Any] = lambda _case: None  # what stands in it at first
    options: Callable[[Case], list[tuple[str, str]]] = lambda _case: []


Take = Callable[[Case, Ruling, dict[str, Any]], Fact | Iterable[Fact]]


@dataclass(frozen=True)
class Decision:
    """A decision: about what, who may, what it asks for, the ruling, and the run that then does what follows."""

    name: str
    about: Kind
    take: Take
    fields: tuple[Field, ...] = ()
    duty: Duty = Duty.REQUESTS
    then: str = CHASE
    grave: bool = False  # its button warns

    def facts(self, case: Case, ruling: Ruling, said: dict[str, Any]) -> tuple[Fact, ...]:
        """What would be recorded. Raises `RulingRefusedError`."""
        taken = self.take(case, ruling, said)
        return (taken,) if isinstance(taken, Fact) else tuple(taken)

    @property
    def words(self) -> str:
        """Under which name its sentences stand."""
        return f"officers.decide.{self.name.replace('-', '_')}"


def _on_request(ruling_of: Callable[..., Any], *names: str, **fixed: Any) -> Take:
    """A ruling about a request; the fields of those names go to it as they were said."""

    def take(case: Case, ruling: Ruling, said: dict[str, Any]) -> Any:
        return ruling_of(
            case.framework, case.facts, case.request, ruling, **fixed, **{each: said[each] for each in names}
        )

    return take


def _on_collection(ruling_of: Callable[..., Any], *more: Any) -> Take:
    """A ruling about a collection as a whole."""
    return lambda case, ruling, _said: ruling_of(case.framework, case.facts, case.subject.name, ruling, *more)


def _hold(hold: bool) -> Take:
    return lambda case, ruling, _said: request_rulings.hold_email(
        case.framework, case.facts, case.subject.name, ruling, hold=hold
    )


def _change_contact(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    partner, role = whose_and_role(case.subject.name)
    return partner_rulings.change_contact(case.framework, case.facts, ruling, partner=partner, role=role, **said)


def _approve(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    assert case.subject.plan
    return release_rulings.approve_release(case.framework, case.facts, case.subject.plan, ruling, version=None)


def _withdraw(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    assert case.subject.plan
    version = int(said["version"])
    return release_rulings.withdraw_release(case.framework, case.facts, case.subject.plan, ruling, version=version)


def _sign_out(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Iterable[Fact]:
    return officer_links.stop_officer_links(case.framework, case.facts, case.subject.name, ruling)


def _versions(case: Case) -> list[tuple[str, str]]:
    made = standing_releases(case.facts, case.subject.name)
    return [(str(each.version), f"{each.version} ({each.kind})") for each in reversed(made)]


def _indicators(case: Case) -> list[tuple[str, str]]:
    return case.titles(case.request.asked)


def _say(needed: bool = False) -> Field:
    """What the partner is told in the officer's words, beside the decision itself: `SAY` goes into the ruling."""
    return Field(SAY, "lines", needed)


UNTIL = Field("until", "day", offered=lambda case: case.asked_until)
GAP = (
    Field("indicator", "choice", options=_indicators),
    Field("owner", "line"),
    Field("expected", "day", needed=False),
)

DECISIONS: dict[str, Decision] = {
    each.name: each
    for each in (
        Decision(
            "grant-time", Kind.REQUEST, _on_request(time_rulings.decide_extension, "until", grant=True), (UNTIL, _say())
        ),
        Decision(
            "refuse-time", Kind.REQUEST, _on_request(time_rulings.decide_extension, grant=False, until=None), (_say(),)
        ),
        Decision("accept-return", Kind.REQUEST, _on_request(return_rulings.accept_return), (_say(),)),
        Decision("send-back", Kind.REQUEST, _on_request(return_rulings.send_back), (_say(needed=True),)),
        Decision("let-off", Kind.REQUEST, _on_request(request_rulings.waive_request), (_say(),), grave=True),
        Decision("ask-after-all", Kind.REQUEST, _on_request(request_rulings.lift_waiver), (_say(),)),
        Decision(
            "record-gap", Kind.REQUEST, _on_request(request_rulings.record_gap, "indicator", "owner", "expected"), GAP
        ),
        Decision("fresh-link", Kind.REQUEST, _on_request(partner_rulings.replace_link)),
        Decision("stop-links", Kind.REQUEST, _on_request(request_rulings.revoke_links), grave=True),
        Decision("change-contact", Kind.ROLE, _change_contact, (Field("name", "line"), Field("email", "line"))),
        Decision("hold-email", Kind.EMAIL, _hold(True)),
        Decision("let-email-go", Kind.EMAIL, _hold(False)),
        Decision("approve-release", Kind.COLLECTION, _approve, duty=Duty.RELEASES, then=PUBLISH),
        Decision(
            "withdraw-release",
            Kind.COLLECTION,
            _withdraw,
            (Field("version", "choice", options=_versions),),
            Duty.RELEASES,
            PUBLISH,
            grave=True,
        ),
        Decision("adopt-changes", Kind.COLLECTION, _on_collection(adopting.adopt, ()), (_say(),)),
        Decision("leave-changes", Kind.COLLECTION, _on_collection(adopting.leave, ())),
        Decision("call-off", Kind.COLLECTION, _on_collection(adopting.call_off), (_say(),), grave=True),
        Decision("sign-out-officer", Kind.OFFICER, _sign_out, grave=True),
    )
}

__all__ = ["DECISIONS", "Case", "Decision", "Field", "RulingRefusedError"]
