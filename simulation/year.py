"""The year: each day its runs in the morning, its people in the afternoon, its officers; then whether promises hold."""

import random
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path

from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.nightly import back_up_tonight
from quarterday.adapters.register.heads import record_head
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.people import officer
from quarterday.domain.collection.timetable import Timetable, timetables
from quarterday.domain.facts import RequestMade
from quarterday.domain.facts.collections import request_id
from rehearsal.pages import pages_of
from simulation import runs
from simulation.acting import perform_deed
from simulation.checks import keep_in, remembered_in
from simulation.edits import edited
from simulation.faults import Fault, KilledError, Trouble
from simulation.few import with_few
from simulation.files import Files
from simulation.invariants import Broken, at_the_end, on_a_day
from simulation.officers import Officers
from simulation.people import Character, Scene, cast
from simulation.post import Accepted
from simulation.staging import listening, that_forgets_soon, without_chance_or_waiting
from simulation.typed import commands
from simulation.world import World, configuration, open_world

CONFIG = Path(__file__).parents[1] / "config"
QUARTERS = 4
QUIET_DAYS = 8  # working days at the end on which nothing goes wrong, so that whatever was held up goes through
RATE = 0.01
EDITED = 0.01
LOOKED_AT = 0.01  # of the days, the share on which it is looked, besides the end, whether promises hold


@dataclass(frozen=True)
class Story:
    """A year to be played: the same story gives the same log."""

    seed: int
    rate: float = RATE
    skipped: frozenset[int] = frozenset()  # faults that are left out, by number
    quarters: int = QUARTERS
    aimed: Fault | None = None  # every side effect is struck, by this fault first, and none by chance
    edited: float = EDITED  # the share of days on which somebody edits `config/`
    partners: int = 0  # so many of the example's partners, drawn by the seed; 0 for all


def short(seed: int) -> Story:
    """A quarter of a few partners under heavy fire, which costs a twentieth of a year."""
    return Story(seed, rate=0.04, quarters=1, partners=4)


@dataclass(frozen=True)
class Told:
    """How a story went."""

    story: Story
    log: tuple[str, ...]
    broken: tuple[Broken, ...]
    faults: int
    emails: int
    passed: dict[tuple[str, str], int]
    struck: dict[tuple[str, str, str], int]


def play(story: Story, home: Path, config: Path = CONFIG) -> Told:
    """Play a year in an empty folder of its own below `home`."""
    with opened_year(story, home, config) as year:
        broken = year.run()
        world, trouble = year.world, year.world.trouble
        return Told(
            story,
            tuple(world.log),
            tuple(broken),
            trouble.drawn,
            len(world.server.accepted),
            dict(trouble.passed),
            {(during, effect, str(fault)): count for (during, effect, fault), count in trouble.struck.items()},
        )


@contextmanager
def opened_year(story: Story, home: Path, config: Path = CONFIG) -> Generator["Year"]:
    """A year in an empty folder of its own below `home`, ready to run."""
    chance = random.Random(f"{story.seed}|year")  # noqa: S311 - the same again, not secret
    trouble = Trouble(random.Random(f"{story.seed}|trouble"), story.rate, story.skipped, story.aimed)  # noqa: S311
    framework = configuration(config)[0]
    if story.partners:
        framework = with_few(framework, random.Random(f"{story.seed}|few"), story.partners)  # noqa: S311
    plans = timetables(framework)[1 : 1 + story.quarters]
    kept = keep_in(home)
    with (
        tempfile.TemporaryDirectory(dir=home, prefix="year-") as place,
        open_world(Path(place), config, framework, trouble, plans[0].opens, remembered_in(kept)) as world,
        that_forgets_soon(world, forgets=story.aimed is not None),
        without_chance_or_waiting(story.seed, world),
        listening(world),
    ):
        yield Year(world, chance, plans, Files(framework, kept), story.edited)


class Year:
    """One year in one world."""

    def __init__(
        self, world: World, chance: random.Random, plans: Sequence[Timetable], files: Files, edited: float = 0.0
    ) -> None:
        self.edited = edited
        self.world, self.chance, self.plans, self.files = world, chance, plans, files
        self.pages = pages_of(world.office, world.checker)
        self.cast: dict[str, dict[str, Character]] = {
            plan.collection: cast(chance, sorted(plan.request_on)) for plan in plans
        }
        self.scenes: dict[str, Scene] = {}
        self.receipts: list[tuple[str, str]] = []  # request and reference, as people hold them
        self._read = 0
        self._letters: dict[str, list[Accepted]] = {}

    def run(self, evening: Callable[["Year", date], None] = lambda _year, _day: None) -> list[Broken]:
        """Every day from the first request to some days after the last papers; `evening` is what else a day brings."""
        broken: list[Broken] = []
        day, last = self.plans[0].opens, self.plans[-1].papers_on + timedelta(days=20)
        while day <= last and not broken:
            broken += self._day(day)
            evening(self, day)
            day += timedelta(days=1)
        self.world.trouble.on = False
        self.world.server.away_until = None
        for _ in range(QUIET_DAYS if not broken else 0):
            self._runs(day, everything=True)
            day = self.world.office.framework.calendar.add(day, 1)
        return broken or at_the_end(self.world, self.receipts, self.plans)

    def _day(self, day: date) -> list[Broken]:
        working = self.world.office.framework.calendar.is_working_day(day)
        if not working:
            if day.weekday() == 5:
                self._run(day, 2, "housekeeping", runs.housekeeping)
                self._run(day, 3, "backup", self._head_and_backup)
                for name, command in commands(day, self.plans[0].period):
                    self._run(day, 4, name, command, typed=True)
            return []
        if self.chance.random() < 0.04:
            self.world.clock.set(day, 7)
            self.world.server.away_until = self.world.clock.now() + timedelta(hours=self.chance.choice((1, 3, 7, 30)))
            self.world.tell("the mail server is away")
        if self.chance.random() >= 0.06:  # else a day without runs
            self._runs(day)
        if self.edited and self.chance.random() < self.edited:
            self._edit(day)
        self.world.clock.set(day, 14)
        self.people(day)
        self._run(day, 15, "sweep-returns", runs.sweep_returns)
        self.world.clock.set(day, 16)
        Officers(self.world, self.chance, self.plans, day).afternoon()
        self._run(day, 17, "sweep-returns", runs.sweep_returns)
        return on_a_day(self.world, self.chance, day) if self.chance.random() < LOOKED_AT else []

    def _edit(self, day: date) -> None:
        """Somebody edits `config/`: runs and pages that begin after it read it."""
        world = self.world
        what, framework = edited(world.office.framework, self.chance, day)
        world.office, world.edited = replace(world.office, framework=framework), True
        self.pages.end()
        self.pages = pages_of(world.office, world.checker)
        world.tell(f"config: {what}")

    def _runs(self, day: date, *, everything: bool = False) -> None:
        self._run(day, 8, "open-collection", runs.open_collection)
        self._run(day, 9, "chase-returns", runs.chase_returns)
        self._run(day, 10, "publish-collection", runs.publish_collection)
        if everything or self.chance.random() < 0.2:
            self._run(day, 11, "housekeeping", runs.housekeeping)
        if everything:
            self._run(day, 12, "sweep-returns", runs.sweep_returns)

    def _head_and_backup(self, office: Installation) -> int:
        """See `flows.housekeeping`: the night's head and backup, in a year that strikes everything and once a month."""
        trouble = self.world.trouble
        if trouble.aimed is None or office.today().day > 7:
            return 0
        record_head(office.register, office.framework.partnership.code, office.now())
        fault = trouble.at("write a backup", (Fault.KILLED_BEFORE, Fault.KILLED_AFTER))
        back_up_tonight(office.settings.model_copy(update={"backups": office.settings.home / "backups"}), office.now())
        if fault is Fault.KILLED_AFTER:
            raise KilledError(trouble.last)
        return 1

    def _run(self, day: date, hour: int, name: str, run: Callable[[Installation], int], *, typed: bool = False) -> None:
        """One run of a flow, or a command `typed`: it may fail, or be killed; the next takes up what it left.

        That a run failed is mailed to the officers; who types a command sees it.
        """
        world = self.world
        world.clock.set(day, hour)
        world.trouble.during = name
        try:
            done = run(world.office)
            if done:
                world.tell(f"{name}: {done}")
        except KilledError as killed:
            world.tell(f"{name} died: {killed}")
        except Exception as problem:
            world.tell(f"{name} failed: {type(problem).__name__}: {str(problem)[:200]}")
            if not typed:
                self._tell_officers(name)

    def _tell_officers(self, name: str) -> None:
        """See `flows.performing.failing.tell_officers`."""
        office = self.world.office
        try:
            perform_send(
                office,
                Send(
                    key=f"{office.framework.partnership.code}/failed/{name}/{office.today()}",
                    collection="",
                    request="",
                    partner="",
                    occasion="officer-failure",
                    email="officer-failure",
                    recipient=officer(office.framework),
                    on=office.today(),
                    why=f"The run of {name} failed.",
                    about="a-run",
                ),
            )
        except (KilledError, Exception) as problem:
            self.world.tell(f"officers could not be told: {type(problem).__name__}")

    def people(self, day: date) -> None:
        """What the partners' people do with the letters that they have, on an afternoon."""
        facts = self.world.office.facts()
        for letter in self.world.server.accepted[self._read :]:
            self._letters.setdefault(letter.request, []).append(letter)
        self._read = len(self.world.server.accepted)
        for plan in self.plans:
            if plan.opens > day or day > plan.closes + timedelta(days=40):
                continue
            for partner, character in self.cast[plan.collection].items():
                request = request_id(plan.collection, partner)
                made = facts.about(request, RequestMade)
                theirs = [each for each in self._letters.get(request, ()) if each.recipient.startswith(f"{partner}/")]
                if made and theirs:
                    self._partner(day, plan, made[0], theirs, character)

    def _partner(
        self,
        day: date,
        plan: Timetable,
        request: RequestMade,
        letters: list[Accepted],
        character: Character,
    ) -> None:
        scene = self.scenes.setdefault(
            request.request,
            Scene(day, request.due, request.closes, self.world.office.framework.calendar, letters),
        )
        scene.today, scene.letters, scene.leads = day, letters, bool(request.activities)
        for deed in character(scene):
            if deed.is_about_figures and not request.asked:
                continue  # nobody fills in a sheet that is not there: what was covered when it began has ended
            reference = perform_deed(self.world, self.pages, self.files, plan, request, scene, deed)
            if reference:
                self.receipts.append((request.request, reference))
