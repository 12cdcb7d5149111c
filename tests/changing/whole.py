"""A quarter played in memory whose releases are made whole: out of a real register and stores, by `make_release`."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from quarterday.adapters.installation import Installation
from quarterday.adapters.kept_returns import keep_checked
from quarterday.domain.collection.actions import Publish, Send
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.facts import Fact, ReleaseMade, RequestMade, VerdictGiven
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow
from quarterday.publishing.past import PastRelease, past_releases
from quarterday.publishing.release import make_release
from tests.changing.play import Play
from tests.domain.lived import recorded, with_new
from tests.publishing.installation_example import office

AREA = "E09000099"
HTML = "html"  # the format that is quickest to make: what the figures say is the same in all


@dataclass
class WholePlay(Play):
    """A play whose returns have figures, and whose releases are files."""

    home: Path = Path("nowhere")
    counts: tuple[int, ...] = (7,)  # what the rows of returns say, one after another

    def __post_init__(self) -> None:
        self.office = office(self.home, self.config)
        self.rows_sent = 0

    def installation(self, day: date) -> Installation:
        """The installation on a day, with everything on record."""
        of = self.office.installation
        self.office.moment[0] = datetime.combine(day, time(9), UTC)
        settings = of.settings.model_copy(update={"pack_formats": HTML})
        there = replace(of, framework=self.config, settings=settings)
        there.register.append_new(*self.facts)
        return there

    def _publish(self, action: Publish, day: date) -> None:
        before = self.facts
        self.facts = before.plus(made := make_release(self.installation(day), action))
        self.releases.append((day, made, before, framework_of(self.config, self.facts, action.collection)))

    def _write(self, action: Send, day: date) -> None:
        """It is booked: its words are `test_random_edits`'s matter."""
        self.facts = with_new(self.facts, *recorded(self.config, action, day))

    def _record(self, *made: Fact) -> None:
        """What is returned has a figure for each indicator that it answers."""
        judged = [each for each in made if isinstance(each, VerdictGiven) and not each.overrides]
        filled = {each.key: self._with_rows(each) for each in judged}
        super()._record(*(filled.get(each.key, each) for each in made))

    def _with_rows(self, given: VerdictGiven) -> VerdictGiven:
        (request,) = self.facts.about(given.request, RequestMade)
        codes = [code for code in request.asked if code in given.answered]
        rows = tuple(self._row(code) for code in codes)
        content = PartnerReturn(request.partner, request.collection, None, rows, "template")
        checked: Any = SimpleNamespace(partner_return=content, findings=())
        kept = keep_checked(self.office.installation.stores, given.partner_return, checked, given.at)
        return replace(given, findings_stored_as=kept[0], rows_stored_as=kept[1])

    def _row(self, code: str) -> ReturnRow:
        self.rows_sent += 1
        value = self.counts[self.rows_sent % len(self.counts)]
        return ReturnRow(code, AREA, "", "", None, value=value, sheet="Figures", cells=(("Value", "H2"),))

    def published(self) -> list[PastRelease]:
        """Every release as its files say it, in order."""
        return past_releases(self.office.installation.stores, self.facts)

    def folder(self, made: ReleaseMade) -> Path:
        """Where a release's files lie."""
        return self.office.folder(made.folder)
