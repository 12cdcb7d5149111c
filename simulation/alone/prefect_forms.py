"""Officers' forms in Prefect, one of each kind: struck without it, and its run taken up again a minute later."""

from collections.abc import Generator, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from unittest.mock import patch

from flows import (
    board_decisions,
    collection_decisions,
    partner_decisions,
    release_decisions,
    request_decisions,
    risk_decisions,
)
from flows.performing import recording
from flows.performing.failing import REFUSED
from quarterday.domain.collection.binding import plans
from quarterday.domain.facts import (
    ActivityGap,
    AskRaised,
    CollectionBound,
    Fact,
    KeyMade,
    KeyRevoked,
    RequestMade,
    RequestWaived,
    RiskReviewed,
)
from simulation.alone.copies import Copy
from simulation.alone.decisions import WORDS
from simulation.invariants import Broken

_FORMS = (
    board_decisions,
    collection_decisions,
    partner_decisions,
    release_decisions,
    request_decisions,
    risk_decisions,
)
_SHOWN_IN_PREFECT = ("label_run", "come_back", "show_standing")
_ENDS = {"Recorded", REFUSED}


@dataclass
class PrefectForms:
    """One form of each kind in a copy of the quarter, and what did not hold."""

    copy: Copy
    broken: list[Broken] = field(default_factory=list)

    def every(self) -> None:
        """Submit each."""
        office = self.copy.world.office
        self._a_key_is_made()
        with without_prefect(self.copy):
            for form, asked, kind in self._forms():
                self._submit(form, {**asked, "who": office.framework.partnership.officers[0].code, "why": WORDS}, kind)

    def _forms(self) -> Iterator[tuple[Any, dict[str, Any], type[Fact]]]:
        """A form of each kind, what stands in its fields, and what it records; what ends the quarter comes last."""
        office = self.copy.world.office
        framework, made = office.framework, office.facts().of(RequestMade)[0]
        quarter = next(each.label for each in plans(framework, office.facts()) if each.collection == made.collection)
        yield (
            board_decisions.raise_ask,
            {
                "board": next(iter(framework.board)),
                "asker": made.partner,
                "kind": "help",
                "what": "Find somebody who counts.",
                "consequence": "Nobody counts.",
            },
            AskRaised,
        )
        yield (
            risk_decisions.review_risk,
            {
                "risk": framework.risks[0].code,
                "likelihood": "likely",
                "impact": "major",
                "trend": "rising",
                "next_review": office.today() + timedelta(days=60),
            },
            RiskReviewed,
        )
        activity = next(code for each in office.facts().of(RequestMade) for code in each.activities)
        yield release_decisions.give_up_activity, {"quarter": quarter, "activity": activity}, ActivityGap
        yield partner_decisions.revoke_keys, {"partner": made.partner}, KeyRevoked
        yield request_decisions.waive_request, {"quarter": quarter, "partner": made.partner}, RequestWaived
        yield collection_decisions.call_off_quarter, {"quarter": quarter}, CollectionBound

    def _submit(self, form: Any, asked: dict[str, Any], kind: type[Fact]) -> None:
        """Take a form's run up again until nobody dies over it, and once more: it was decided once."""
        office, ends = self.copy.world.office, list[str]()
        submitted = office.now()

        def submit() -> None:
            self.copy.world.clock.wait(60)
            ends.append(form.fn(**asked).name)

        before = set(office.facts().of(kind))
        with patch.object(recording, "submitted_at", lambda _office: submitted):
            self.copy.struck(f"form: {form.name}", submit)
            submit()
        recorded = {each.at for each in set(office.facts().of(kind)) - before}
        if len(recorded) != 1 or not _ENDS.issuperset(ends):
            self.broken.append(Broken("what a form decides stands once", f"{form.name}: {recorded}, {ends}"))

    def _a_key_is_made(self) -> None:
        """One that a form can stop."""
        office = self.copy.world.office
        partner = office.facts().of(RequestMade)[0].partner
        who = {"by": office.framework.partnership.officers[0].code, "reason": WORDS}
        house = office.framework.partnership.code
        office.register.append(KeyMade(at=office.now(), partnership=house, partner=partner, key_hash="0" * 64, **who))


@contextmanager
def without_prefect(copy: Copy) -> Generator[None]:
    """Forms decide about the copy, and show nothing of it in Prefect."""
    with ExitStack() as patches:
        for module in (recording, *_FORMS):
            if hasattr(module, "this_installation"):
                patches.enter_context(patch.object(module, "this_installation", lambda: copy.world.office))
        for shown in _SHOWN_IN_PREFECT:
            patches.enter_context(patch.object(recording, shown, lambda *_about: None))
        yield
