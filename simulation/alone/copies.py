"""A copy of the installation on one evening: whatever is done there never comes back into the quarter."""

import shutil
import sqlite3
import tempfile
from collections.abc import Callable, Generator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from quarterday.adapters.store import Stores
from simulation.clock import Clock
from simulation.faults import Fault, KilledError, Trouble
from simulation.parts import TroubledStore, troubled_register
from simulation.post import MailServer, post_office
from simulation.world import World

OFTEN = 40  # side effects that one deed may have: whoever is killed more often never gets through
_KILLS = (Fault.KILLED_BEFORE, Fault.KILLED_AFTER)
EVERY_FAULT = tuple(each for each in Fault if each not in _KILLS)


@dataclass
class Strikes(Trouble):
    """Kills at each side effect of a deed once before it and once after it, each time the deed is done again.

    `by` is what else goes wrong there, each of it once, and after the kills.
    """

    by: tuple[Fault, ...] = ()

    def _by_chance(self, faults: Sequence[Fault]) -> Fault | None:
        raise AssertionError("nothing is drawn here")

    def _aimed(self, effect: str, faults: Sequence[Fault]) -> Fault | None:
        turn = self.passed[self.during, effect]
        in_turn = [each for each in (*_KILLS, *self.by) if each in faults]
        return in_turn[turn - 1] if self.on and turn <= len(in_turn) else None


@dataclass
class Copy:
    """A world of its own, in which deeds are struck."""

    world: World
    strikes: Strikes

    def struck(self, name: str, deed: Callable[[], object]) -> int:
        """Do a deed again and again until nobody is killed in it; how often somebody was.

        Raises `AssertionError` where that never ends.
        """
        self.strikes.during, self.strikes.on = name, True
        try:
            for died in range(OFTEN):
                try:
                    deed()
                except KilledError:
                    continue
                return died
            raise AssertionError(f"{name} never gets through")
        finally:
            self.strikes.during, self.strikes.on = "", False

    def struck_each_minute(self, name: str, deed: Callable[[], object]) -> None:
        """The same for a deed that is done again only after a minute, as people do."""

        def a_minute_later() -> None:
            self.world.clock.wait(60)
            deed()

        self.struck(name, a_minute_later)

    @contextmanager
    def unharmed(self) -> Generator[None]:
        """Nobody is killed until the block ends, whatever deed is being struck."""
        during, on = self.strikes.during, self.strikes.on
        self.strikes.during, self.strikes.on = "", False
        try:
            yield
        finally:
            self.strikes.during, self.strikes.on = during, on


@contextmanager
def copied(world: World) -> Generator[Copy]:
    """The world as it stands, in a folder of its own, without trouble but for strikes."""
    home = Path(tempfile.mkdtemp(dir=world.office.settings.home.parent, prefix="copy-"))
    strikes = Strikes(world.trouble.chance, 0, aimed=Fault.KILLED_BEFORE, on=False)
    databases = (world.office.settings.home / "register.db", home / "register.db")
    with closing(sqlite3.connect(databases[0])) as source, closing(sqlite3.connect(databases[1])) as target:
        source.backup(target)
    shutil.copytree(world.office.settings.home / "store", home / "store", copy_function=shutil.copyfile)
    clock = Clock(world.clock.today())
    clock.wait((world.clock.now() - clock.now()).total_seconds())
    register, server = troubled_register(home / "register.db", strikes), MailServer(clock, strikes)
    register.read_again()
    raw, published = (TroubledStore(home / "store" / name, name, strikes) for name in ("raw", "published"))
    office = replace(
        world.office,
        settings=world.office.settings.model_copy(update={"home": home}),
        register=register,
        stores=Stores(raw, published),
        transport=post_office(server),
        clock=clock,
    )
    try:
        yield Copy(World(office, register, server, clock, strikes, world.checker), strikes)
    finally:
        register.close()
        shutil.rmtree(home)
