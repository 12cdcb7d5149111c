"""The play: day by day from the first request to the papers, real flows in the morning, people in the afternoon."""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from flows.chase_returns import chase_returns
from flows.open_collection import open_collection
from flows.performing.process import this_installation
from flows.publish_collection import publish_collection
from flows.receive_return import receive_return
from flows.request_decisions import decide_extension
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.actions import Action
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
from rehearsal.cast import PARTS, Deed, Scene
from rehearsal.earlier import earlier_csv
from rehearsal.letters import Letter, read_letters
from rehearsal.stage import Stage
from rehearsal.visits import PlannedVisit, pay_visit

Tell = Callable[[date, str], None]


@dataclass
class Play:
    """One quarter on one stage."""

    stage: Stage
    installation: Installation
    plan: Timetable
    parts: dict[str, str]
    files: dict[str, Path]
    tell: Tell
    refused: dict[str, str] = field(default_factory=dict)  # by partner: one that was refused does not try again
    _letters: dict[str, Letter] = field(default_factory=dict)

    def run(self, first: date) -> None:
        """Play every day from `first` to the day of the papers."""
        day = first
        while day <= self.plan.papers_on:
            self._one_day(day)
            day += timedelta(days=1)

    def _one_day(self, day: date) -> None:
        if not self.installation.framework.calendar.is_working_day(day):
            return
        self.stage.set_clock(day, 9)
        self._morning(day)
        self.stage.set_clock(day, 14)
        for planned in list(self._planned_visits(day)):
            visit = pay_visit(planned)
            name = self.installation.framework.partner[planned.partner].name
            self.tell(day, f"{name} {visit.said}")
            for refusal in visit.refusals[:3]:
                self.tell(day, f"  told: {refusal}")
            if not visit.sent:
                self.refused[planned.partner] = f"{name} {visit.said}: {'; '.join(visit.refusals[:3])}"
        self.stage.set_clock(day, 16)
        self._checks(day)
        self._officer(day)

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

    def _checks(self, day: date) -> None:
        """What the sweep does every ten minutes: a run for each return that waits."""
        for received in unjudged(self.installation.facts()):
            state = receive_return(received.partner_return, return_state=True)
            partner = received.request.rpartition(".")[2]
            self.tell(day, f"{self.installation.framework.partner[partner].name}: {str(state.name).lower()}")

    def _officer(self, day: date) -> None:
        """The officer grants whoever asks for time the date they named, if the collection is still open then."""
        facts = self.installation.facts()
        decided = {each.reply for each in facts.of(ExtensionDecided)}
        for reply in facts.of(ReplyReceived):
            if reply.kind is ReplyKind.NEEDS_TIME and reply.reply not in decided:
                partner = reply.request.rpartition(".")[2]
                grant = bool(reply.until and reply.until <= self.plan.closes)
                who = self.installation.framework.partnership.officers[0].code
                decide_extension(self.plan.label, partner, grant, who, "They told us in time.")
                self.tell(day, f"The officer {'grants' if grant else 'refuses'} {partner} more time")

    def _planned_visits(self, day: date) -> Iterator[PlannedVisit]:
        """What each partner does today, by the part it plays and the letters its people have got."""
        facts = self.installation.facts()
        letters = read_letters(self.stage.home / "outbox", self._letters)
        for partner in self.plan.request_on:
            scene = self._scene(facts, letters, partner, day)
            deed = PARTS[self.parts.get(partner, "prompt")](scene)
            theirs = [letter for letter in scene.letters if letter.recipient.startswith(f"{partner}/") and letter.link]
            if deed is not Deed.NOTHING and theirs and partner not in self.refused:
                yield PlannedVisit(
                    framework=self.installation.framework,
                    partner=partner,
                    period=self.plan.period,
                    link=theirs[-1].link,
                    deed=deed,
                    own_file=self.files.get(partner) if deed is not Deed.SEND_REST else None,
                    export=self.installation.exports.get(self.installation.framework.partner[partner].export or ""),
                    until=self.installation.framework.calendar.add(self.plan.closes, -2),
                )

    def _scene(self, facts: Facts, letters: list[Letter], partner: str, day: date) -> Scene:
        request = f"{self.plan.collection}.{partner}"
        return Scene(
            today=day,
            letters=[letter for letter in letters if letter.request == request],
            returns=len(facts.about(request, ReturnReceived)),
            replies=len(facts.about(request, ReplyReceived)),
            calendar=self.installation.framework.calendar,
        )


def office_on_stage() -> Installation:
    """The installation as the flows of this process see it."""
    return this_installation()


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
