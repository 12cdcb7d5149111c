"""The quarter of a few partners in whose copies everything is done that years bring too seldom, or not at all."""

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from quarterday.domain.facts import ReleaseMade, RequestMade
from simulation.alone.commands import Typed
from simulation.alone.copies import Copy, copied
from simulation.alone.machines import Machines
from simulation.alone.mailed_pages import press_mailed_forms
from simulation.alone.officers import Evening
from simulation.alone.officers_forms import OfficersForms
from simulation.alone.partners_pages import press_partners_forms
from simulation.alone.prefect_forms import PrefectForms
from simulation.alone.pressing import pressing_in
from simulation.alone.reviews import make_review
from simulation.faults import Fault
from simulation.invariants import Broken, no_email_twice
from simulation.year import CONFIG, Story, Told, Year, opened_year

STORY = Story(8, aimed=Fault.KILLED_AFTER, quarters=1, partners=9, edited=0.04)  # a seed in which enough happens
EVERY = 10  # days: on so many evenings there is something new to decide


def played_alone(home: Path, config: Path = CONFIG) -> Told:
    """Play the quarter, and in copies of it what is to be struck by itself."""
    with opened_year(STORY, home, config) as year:
        beside = Beside()
        broken = year.run(beside.evening)
        if beside.officers.left:
            broken = [*broken, Broken("every decision can be taken", ", ".join(beside.officers.left))]
        log, found = tuple(year.world.log), (*broken, *beside.broken, *beside.officers.broken)
        return Told(STORY, log, found, 0, len(year.world.server.accepted), dict(beside.passed), dict(beside.struck))


@dataclass
class Beside:
    """What was done in copies so far."""

    officers: Evening = field(default_factory=Evening)
    called: bool = False
    typed: bool = False
    broken: list[Broken] = field(default_factory=list)
    passed: Counter[tuple[str, str]] = field(default_factory=Counter)
    struck: Counter[tuple[str, str, str]] = field(default_factory=Counter)

    def evening(self, year: Year, day: date) -> None:
        """Copy the world where there is something to do in it."""
        facts = year.world.office.facts()
        if day == year.plans[0].due:
            self._press_forms(year)
        if day.day % EVERY == 0 and self.officers.left and facts.of(RequestMade):
            with copied(year.world) as copy:
                self.officers.decide_all(copy)
                self._count(copy)
        if not self.called and day.day % EVERY == 0 and facts.of(RequestMade):
            self.called = True
            self._in_a_copy(year, lambda copy: Machines(copy, year.files))
            self._in_a_copy(year, OfficersForms)
            self._in_a_copy(year, PrefectForms)
        if not self.typed and facts.of(ReleaseMade):
            self.typed = True
            with copied(year.world) as copy:
                commands = Typed(copy)
                commands.every()
                self.broken += [*commands.broken, *make_review(copy)]
                self._count(copy)

    def _in_a_copy(self, year: Year, by: Callable[[Copy], Machines | OfficersForms | PrefectForms]) -> None:
        with copied(year.world) as copy:
            doing = by(copy)
            doing.every()
            self.broken += doing.broken
            self._count(copy)

    def _press_forms(self, year: Year) -> None:
        """Every form behind an emailed link that years do not press, while figures are awaited."""
        with copied(year.world) as copy:
            pressing = pressing_in(copy)
            press_partners_forms(pressing)
            press_mailed_forms(pressing)
            self.broken += [*pressing.broken, *no_email_twice(copy.world)]
            self._count(copy)

    def _count(self, copy: Copy) -> None:
        self.passed.update({each: count for each, count in copy.strikes.passed.items() if each[0]})
        for (during, effect, fault), count in copy.strikes.struck.items():
            self.struck[during, effect, str(fault)] += count
