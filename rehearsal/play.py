"""The play: day by day from the first request to the papers, real flows in the morning, people in the afternoon."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

import httpx

from flows.chase_returns import chase_returns
from flows.open_collection import open_collection
from flows.performing.process import this_installation
from flows.publish_collection import publish_collection
from flows.receive_return import receive_return
from flows.request_decisions import decide_extension
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.actions import Action
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.runs import Run, run_of
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.facts import (
    ExtensionDecided,
    Facts,
    FiguresBackfilled,
    MessageReserved,
    ReplyKind,
    ReplyReceived,
    ReturnReceived,
)
from quarterday.domain.facts.collections import request_id
from rehearsal.cast import PARTS, Deed, Scene
from rehearsal.earlier import earlier_csv
from rehearsal.letters import Letter, read_letters
from rehearsal.stage import Stage
from rehearsal.visits import PlannedVisit, Visit, pay_visit

Tell = Callable[[date, str], None]


@dataclass
class Play:
    """One quarter on one stage."""

    stage: Stage
    plan: Timetable
    parts: dict[str, str]
    files: dict[str, Path]
    tell: Tell
    through: httpx.BaseTransport | None = None  # how browsers reach the pages, where not over the network
    refused: dict[str, str] = field(default_factory=dict)  # by partner: one that was refused does not try again
    officer_grants: bool = True  # whoever asks for time gets it, where the date can be
    _letters: dict[str, Letter] = field(default_factory=dict)

    @property
    def installation(self) -> Installation:
        """The installation as the flows of this process see it."""
        return this_installation()

    @property
    def letters(self) -> list[Letter]:
        """Every email that went, oldest first."""
        return read_letters(self.stage.home / "outbox", self._letters)

    def run(self, first: date) -> None:
        """Play every day from `first` to the day of the papers."""
        day = first
        while day <= self.plan.papers_on:
            self.one_day(day)
            day += timedelta(days=1)

    def one_day(self, day: date, *, runs: bool = True) -> None:
        """Play one day, if people work on it; without `runs` quarterday's own runs are down, and its pages are not."""
        if not self.installation.framework.calendar.is_working_day(day):
            return
        self.stage.set_clock(day, 9)
        if runs:
            self._morning(day)
        self.stage.set_clock(day, 14)
        for planned in list(self._planned_visits(day)):
            self.visit(day, planned)
        self.stage.set_clock(day, 16)
        if runs:
            self.checks(day)
            self._officer(day)

    def visit(self, day: date, planned: PlannedVisit) -> Visit:
        """Pay one visit and tell how it went; who is turned away does not come again."""
        visit = pay_visit(planned, self.through)
        name = self.installation.framework.partner[planned.partner].name
        self.tell(day, f"{name} {visit.said}")
        for refusal in visit.refusals[:3]:
            self.tell(day, f"  told: {refusal}")
        if not visit.sent:
            self.refused[planned.partner] = f"{name} {visit.said}: {'; '.join(visit.refusals[:3])}"
        return visit

    def _morning(self, day: date) -> None:
        """The scheduled runs of the day, where something is due."""
        due = self._due(day)
        flows = {Run.OPEN: open_collection, Run.CHASE: chase_returns, Run.PUBLISH: publish_collection}
        for run, flow in flows.items():
            if any(run_of(action) is run for action in due):
                booked = self.installation.facts().reserved()
                flow()
                due = self._due(day)
                self._tell_emails(day, booked)
        for action in due:
            self.tell(day, f"left undone: {action.why}")

    def _tell_emails(self, day: date, booked: frozenset[str]) -> None:
        """How many emails of which kind a run sent."""
        sent = [each.email for each in self.installation.facts().of(MessageReserved) if each.message not in booked]
        if sent:
            kinds = ", ".join(f"{count} {kind}" for kind, count in Counter(sent).items())
            self.tell(day, f"{len(sent)} email{'s' if len(sent) > 1 else ''}: {kinds}")

    def _due(self, day: date) -> list[Action]:
        return what_is_due(self.installation.framework, self.installation.facts(), day)

    def checks(self, day: date) -> None:
        """What the sweep does every ten minutes: a run for each return that waits."""
        for received in unjudged(self.installation.facts()):
            state = receive_return(received.partner_return, return_state=True)  # pyrefly: ignore[no-matching-overload]
            partner = received.request.rpartition(".")[2]
            self.tell(day, f"{self.installation.framework.partner[partner].name}: {str(state.name).lower()}")

    def _officer(self, day: date) -> None:
        """The officer grants whoever asks for time the date they named, if the collection is still open then."""
        facts = self.installation.facts()
        if not self.officer_grants:
            return
        decided = {each.reply for each in facts.of(ExtensionDecided)}
        for reply in facts.of(ReplyReceived):
            if reply.kind is ReplyKind.NEEDS_TIME and reply.reply not in decided:
                partner = reply.request.rpartition(".")[2]
                grant = bool(reply.until and reply.until <= self.plan.closes)
                who = self.installation.framework.partnership.officers[0].code
                decide_extension(self.plan.label, partner, "grant" if grant else "refuse", who, "They told us in time.")
                self.tell(day, f"The officer {'grants' if grant else 'refuses'} {partner} more time")

    def _planned_visits(self, day: date) -> Iterator[PlannedVisit]:
        """What each partner does today, by the part it plays and the letters its people have got."""
        facts, letters = self.installation.facts(), self.letters
        for request in facts.requests_of(self.plan.collection):
            partner = request.partner
            deed = PARTS[self.parts.get(partner, "prompt")](self._scene(facts, letters, partner, day))
            if deed is not Deed.NOTHING and partner not in self.refused and (planned := self.planned(partner, deed)):
                yield planned

    def planned(self, partner: str, deed: Deed) -> PlannedVisit | None:
        """A visit by the link in the last letter that a partner's people got; None where they got none."""
        facts, framework = self.installation.facts(), self.installation.framework
        request = next(each for each in facts.requests_of(self.plan.collection) if each.partner == partner)
        house = framework_of(framework, facts, self.plan.collection)
        people = (f"{partner}/", f"{house.partner[partner].code}/")
        theirs = [
            letter
            for letter in self.letters
            if letter.request == request.request and letter.link and letter.recipient.startswith(people)
        ]
        if not theirs:
            return None
        return PlannedVisit(
            framework=house,
            partner=partner,
            asked=request.asked,
            activities=request.activities,
            period=self.plan.period,
            link=theirs[-1].link,
            deed=deed,
            own_file=self.files.get(partner) if deed is not Deed.SEND_REST else None,
            export=self.installation.exports.get(house.partner[partner].export or ""),
            until=framework.calendar.add(self.plan.closes, -2),
        )

    def _scene(self, facts: Facts, letters: list[Letter], partner: str, day: date) -> Scene:
        request = request_id(self.plan.collection, partner)
        return Scene(
            today=day,
            letters=[letter for letter in letters if letter.request == request],
            returns=len(facts.about(request, ReturnReceived)),
            replies=len(facts.about(request, ReplyReceived)),
            calendar=self.installation.framework.calendar,
        )


def bring_in_earlier_figures(play: Play) -> None:
    """Backfill made-up earlier quarters, as a new partnership would its own; nothing where that was done already.

    Not for what a file of the caller's covers: made-up figures beside real ones would make a series of nonsense.
    """
    if play.installation.facts().of(FiguresBackfilled):
        return
    exports = play.installation.exports
    real = {
        code
        for partner in play.files
        for each in exports.values()
        if each.partner == partner
        for code in each.indicators
    }
    indicators = tuple(each for each in play.installation.framework.indicators if each.code not in real)
    file = play.stage.home / "earlier.csv"
    file.write_bytes(earlier_csv(play.installation.framework, indicators, play.plan.period))
    command = [sys.executable, "-m", "quarterday", "backfill", str(file), "--why", "made up for the rehearsal"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise RuntimeError(f"the earlier figures were refused: {done.stderr.strip()[:500]}")
