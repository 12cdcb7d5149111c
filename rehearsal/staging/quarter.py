"""A quarter in which something happens: a story's handle on everything that it may do, see and expect."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from textwrap import shorten
from typing import Any

from flows.performing.process import this_installation
from quarterday.domain.collection.binding import framework_of, plan_for
from quarterday.domain.collection.standing import Standing, london_day, standing
from quarterday.domain.collection.timetable import Timetable, timetables
from quarterday.domain.facts import Fact, Facts, ReleaseMade, RequestMade
from quarterday.domain.facts.collections import request_id
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day
from quarterday.publishing.observations import Key
from quarterday.publishing.past import PastRelease, past_releases
from rehearsal.browser import Browser, Page
from rehearsal.cast import Deed
from rehearsal.letters import Letter
from rehearsal.play import Play
from rehearsal.staging.deciding import Officer
from rehearsal.staging.editing import Config
from rehearsal.staging.house import House
from rehearsal.visits import Visit, filled_template

OTHERWISE = "prompt"  # the part of whoever a story says nothing of


@dataclass
class Quarter:
    """One quarter on a story's stage. Dates are asked of its timetable, partners of the parts in `rehearsal.yaml`."""

    house: House
    first_plan: Timetable
    cast: dict[str, str]  # by partner: the part in config/rehearsal.yaml
    tell: Callable[[date, str], None]
    unmet: list[str] = field(default_factory=list)
    after: "Quarter | None" = None
    play: Play = field(init=False)

    def __post_init__(self) -> None:
        parts = dict.fromkeys(self.first_plan.request_on, OTHERWISE)
        self.play = Play(self.house.stage, self.first_plan, parts, {}, self.tell, self.house.pages)

    # Who and when

    @property
    def label(self) -> str:
        """The quarter, as it is typed into a form."""
        return self.first_plan.label

    @property
    def plan(self) -> Timetable:
        """The dates that hold now: what was promised, as far as nothing was adopted since."""
        return plan_for(self.framework, self.facts, self.first_plan.collection) or self.first_plan

    @property
    def facts(self) -> Facts:
        """What is on record now."""
        return this_installation().facts()

    @property
    def framework(self) -> Framework:
        """What `config/` says now."""
        return this_installation().framework

    @property
    def promised(self) -> Framework:
        """The framework that the quarter goes by: what was promised, with today's people."""
        return framework_of(self.framework, self.facts, self.first_plan.collection)

    @property
    def today(self) -> date:
        """The day that was played last."""
        assert self.house.played, "no day was played yet"
        return self.house.played

    def workday(self, day: date, days: int) -> date:
        """So many working days after a day, or before it."""
        return self.framework.calendar.add(day, days)

    def partner(self, part: str) -> str:
        """The partner that plays a part in `rehearsal.yaml`; in a story it plays it only once `plays` says so.

        Raises `LookupError` where nobody plays it.
        """
        if part not in self.cast.values():
            raise LookupError(f"Nobody plays “{part}” in config/rehearsal.yaml.")
        return next(code for code, each in self.cast.items() if each == part)

    def plays(self, partner: str, part: str) -> str:
        """Give a partner a part for the days to come."""
        self.play.parts[partner] = part
        return partner

    def request(self, partner: str) -> RequestMade:
        """What a partner was asked. Raises `LookupError`."""
        made = {each.partner: each for each in self.facts.requests_of(self.plan.collection)}
        return made[partner]

    def stands(self, partner: str) -> Standing:
        """Where a partner stands on the day that was played last."""
        return standing(self.promised, self.facts, self.request(partner), self.today)

    def awaited(self, partner: str) -> date | None:
        """The day by which something is awaited of a partner; None where nothing is."""
        awaiting = self.stands(partner).awaiting
        return awaiting.due if awaiting else None

    # What happens

    def until(self, day: date, *, runs: bool = True) -> None:
        """Play every day up to a day, and that one; without `runs` quarterday's own runs are down."""
        played = self.house.played
        next_day = played + timedelta(days=1) if played else self.plan.opens
        while next_day <= day:
            self.play.plan, self.play.through = self.plan, self.house.pages
            self.play.one_day(next_day, runs=runs)
            self.house.played = next_day
            next_day += timedelta(days=1)
        self.house.stage.set_clock(self.today, 17)

    def to_the_end(self) -> None:
        """Play on to the day after the first board's papers left."""
        self.until(self.workday(max(self.plan.papers_on, self.plan.last_day), 1))

    def next_quarter(self) -> "Quarter":
        """The quarter after this one, in the same home: its people have the same parts to begin with."""
        plans = timetables(self.framework)
        plan = next(each for each in plans if each.period > self.first_plan.period)
        self.after = Quarter(self.house, plan, self.cast, self.tell, self.unmet)
        return self.after

    def all(self) -> "list[Quarter]":
        """This quarter and those that were played after it."""
        return [self, *(self.after.all() if self.after else [])]

    def visit(self, partner: str, deed: Deed) -> Visit:
        """Somebody at a partner follows the link in their last letter now, and does something on the page.

        What they send is checked at once.
        """
        planned = self.play.planned(partner, deed)
        assert planned, f"{partner} has no letter with a link"
        self.play.through = self.house.pages
        visit = self.play.visit(self.today, planned)
        self.play.checks(self.today)
        return visit

    def prepare(self, partner: str) -> None:
        """Somebody downloads the template today and fills it in: whatever they send later is this file."""
        planned = self.play.planned(partner, Deed.SEND)
        assert planned, f"{partner} has no letter with a link"
        with Browser(self.house.pages) as browser:
            name, data = filled_template(browser, browser.visit(planned.link), planned)
        self.play.files[partner] = self.house.stage.home / f"{partner}-{name}"
        self.play.files[partner].write_bytes(data)

    def decide(self, flow: Callable[..., Any], *about: Any, refused: bool = False, **given: Any) -> str:
        """The officer decides about this quarter, and it is recorded, or refused where it must be. Returns the words.

        `about` is what the form asks after the quarter, such as a partner.
        """
        decided = self.officer.decides(flow, self.label, *about, **given)
        self.expect(f"{flow.__name__} {' '.join(map(str, about))}", "Refused" if refused else "Recorded", decided.name)
        return decided.said

    @property
    def officer(self) -> Officer:
        """Whoever decides."""
        return Officer(lambda said: self.tell(self.today, said))

    @property
    def config(self) -> Config:
        """This home's `config/`, as the officer edits it."""
        return Config(self.house.config, self.house.read_anew)

    # What is seen

    def emails(self, *kinds: str, partner: str = "", since: date | None = None) -> list[Letter]:
        """What the mail server took: of some kinds, about a partner's request, from a day on; oldest first."""
        request = request_id(self.plan.collection, partner) if partner else ""
        return [
            each
            for each in self.play.letters
            if (not kinds or each.email in kinds)
            and (not request or each.request == request)
            and (since is None or each.on >= since)
        ]

    def page(self, partner: str) -> Page:
        """The page behind the link in the last letter that a partner's people got."""
        planned = self.play.planned(partner, Deed.NOTHING)
        assert planned, f"{partner} has no letter with a link"
        with Browser(self.house.pages) as browser:
            return browser.visit(planned.link)

    def releases(self) -> list[PastRelease]:
        """Every version of this quarter's release, as it lies in the store."""
        made = past_releases(this_installation().stores, self.facts)
        return [each for each in made if each.fact.collection == self.plan.collection]

    def pack(self, board: str, version: int) -> str:
        """A board's pack as a web page."""
        (release,) = [each for each in self.facts.about(self.plan.collection, ReleaseMade) if each.version == version]
        return this_installation().stores.published.get(f"{release.folder}/packs/{board}.html").decode()

    def figures(self, version: int) -> dict[Key, float | None]:
        """What a version says, by what tells its figures apart; nothing of those that it hides or misses."""
        (release,) = [each for each in self.releases() if each.fact.version == version]
        return {key: each.value for key, each in release.by_key().items() if each.value is not None}

    def changed(self, before: int, after: int) -> set[str]:
        """The indicators of which two versions both say something, and not the same."""
        first, second = self.figures(before), self.figures(after)
        return {str(key[0]) for key in first if key in second and first[key] != second[key]}

    def release_folder(self, version: int) -> Path:
        """Where a version's files lie."""
        (release,) = [each for each in self.facts.about(self.plan.collection, ReleaseMade) if each.version == version]
        return self.house.stage.home / "store" / "published" / release.folder

    # What must be so

    def expect(self, what: str, expected: object, found: object) -> None:
        """Note it where what was found is not what was expected."""
        if expected != found:
            self.unmet.append(f"{what}: expected {_short(expected)}, found {_short(found)}")

    def is_so(self, what: str, held: object, *shown: object) -> None:
        """Note it where something does not hold; `shown` is told then."""
        if not held:
            self.unmet.append(" ".join([f"{what}: it is not so.", *(_short(each) for each in shown)]))

    def none(self, what: str, found: Iterable[object]) -> None:
        """Note it where there is something of what there must be none."""
        there = list(found)
        if there:
            self.unmet.append(f"{what}: there {'is' if len(there) == 1 else 'are'} {'; '.join(map(str, there[:5]))}")

    def tells_once(self, partner: str, kind: str, *words: object) -> None:
        """Hold that a partner got one email of a kind, with these words in it; a date stands for itself in words."""
        letters = self.emails(kind, partner=partner)
        self.expect(f"emails “{kind}” about {partner}", 1, len(letters))
        for word in words if letters else ():
            said = f"{word.day} {word:%B}" if isinstance(word, date) else str(word)
            self.is_so(f"“{said}” stands in “{kind}”", said in " ".join(letters[-1].text.split()), letters[-1].text)

    def publishes(self, *partners: str) -> None:
        """Hold that the latest version has every figure that partners were asked for."""
        released = self.releases()
        there = {each.indicator for each in released[-1].observations} if released else set()
        for each in partners:
            self.none(f"figures of {each} that are not published", sorted({*self.request(each).asked} - there))


def _short(what: object) -> str:
    """As much of something as is worth reading in a line."""
    return shorten(what if isinstance(what, str) else repr(what), 400, placeholder=" …")


def told(letters: Iterable[Letter]) -> list[str]:
    """Emails in a line each: when, which, to whom."""
    return [f"{say_day(each.on)} {each.email} to {each.recipient}" for each in letters]


def day_of(fact: Fact) -> date:
    """The day of a fact in London."""
    return london_day(fact.at)
