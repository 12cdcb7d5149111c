"""`python -m simulation.restoring`, as `make rehearse-restore` calls it: everything is lost in the middle of a quarter.

A backup is made while people send and the pages answer; another in the evening. Then the home is deleted, the backup is
put back in another folder and compared with what was there, an officer looks and lets runs go on, and the quarter is
played to its end: nothing that was received is missing, and by the mail server's own record no email went twice.
"""

import shutil
import sys
import tempfile
import threading
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from pyrage import x25519

from quarterday.adapters.backups import back_up, restore
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.pausing import let_through
from quarterday.domain.facts import Fact, RegisterRestored
from quarterday.domain.rulings.going_on import confirm_going_on
from quarterday.domain.rulings.request_rulings import Ruling
from rehearsal.pages import pages_of
from simulation.invariants import Broken
from simulation.parts import TroubledStore, troubled_register
from simulation.year import CONFIG, Story, Year, opened_year


@dataclass
class Loss:
    """What is done on the evenings of the quarter, and what did not hold."""

    day: date  # on which everything is lost
    broken: list[Broken] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def evening(self, year: Year, day: date) -> None:
        """Back up while people send on the day before; lose everything on the day, and put it back."""
        if day == self.day:
            self._while_people_send(year, day)
            self._lose_everything(year)

    def _while_people_send(self, year: Year, day: date) -> None:
        office = year.world.office
        archive = office.settings.home.parent / f"{office.settings.home.name}-busy.tar.gz"
        before = set(office.facts())
        making = threading.Thread(target=back_up, args=(office.settings, archive, office.now()))
        making.start()
        year.people(day)
        making.join()
        held = self._held(year, archive, "busy")
        if not before <= held <= set(office.facts()):
            self.broken.append(Broken("a backup made while people send holds what was on record", archive.name))
        self.said.append(f"A backup made while people sent: {len(held)} facts.")

    def _held(self, year: Year, archive: Path, name: str) -> set[Fact]:
        """The facts in an archive, read where it is put back for a look."""
        home = year.world.office.settings.home.parent / f"{year.world.office.settings.home.name}-{name}"
        _, lacking = restore(year.world.office.settings.model_copy(update={"home": home}), archive)
        self.broken += [Broken("a backup holds every file", each) for each in lacking]
        register = troubled_register(home / "register.db", year.world.trouble)
        register.read_again()
        facts = register.facts(year.world.office.framework.partnership.code)
        register.close()
        return {each for each in facts if not isinstance(each, RegisterRestored)}

    def _lose_everything(self, year: Year) -> None:
        world, office = year.world, year.world.office
        home, before = office.settings.home, set(office.facts())
        archive, elsewhere = home.parent / f"{home.name}-evening.tar.gz.age", home.parent / f"{home.name}-elsewhere"
        key, sealed = _key(home.parent, office.settings)
        back_up(sealed, archive, office.now())
        files = {name: office.stores.raw.get(name) for name in office.stores.raw.names()}
        world.register.close()
        shutil.rmtree(home)

        moment = home.parent / f"{home.name}.clock"
        moment.write_text(office.now().isoformat())
        settings = office.settings.model_copy(update={"home": elsewhere, "clock_file": moment})
        restore(settings, archive, key)
        world.register = troubled_register(elsewhere / "register.db", world.trouble)
        world.register.read_again()
        raw, published = (
            TroubledStore(elsewhere / "store" / name, name, world.trouble) for name in ("raw", "published")
        )
        stores = Stores(raw, published)
        world.office = replace(office, settings=settings, register=world.register, stores=stores)
        year.pages = pages_of(world.office, world.checker)
        self._compare(year, before, files)
        home.mkdir()  # for whoever tidies up after the year

    def _compare(self, year: Year, before: set[Fact], files: dict[str, bytes]) -> None:
        world, office = year.world, year.world.office
        back = {each for each in office.facts() if not isinstance(each, RegisterRestored)}
        if back != before:
            self.broken.append(Broken("what was backed up is back", f"{len(back ^ before)} facts differ"))
        if files != {name: office.stores.raw.get(name) for name in office.stores.raw.names()}:
            self.broken.append(Broken("what was backed up is back", "files differ"))
        due = what_is_due(office.framework, office.facts(), office.today())
        if let_through(office.facts(), due, office.today()):
            self.broken.append(Broken("nothing goes out before somebody looked", f"{len(due)} actions would"))
        world.clock.wait(60)
        ruling = Ruling(office.framework.partnership.officers[0].code, "Looked at it.", office.now())
        office.register.append(confirm_going_on(office.framework, office.facts(), ruling, office.today()))
        held = f"{len(back)} facts, {len(files)} files"
        self.said.append(f"Lost and put back elsewhere from an encrypted backup: {held}, as they were.")


def _key(folder: Path, settings: Settings) -> tuple[Path, Settings]:
    """A new identity of age in a file, and the settings that encrypt backups for it."""
    identity, file = x25519.Identity.generate(), folder / "backups.key"
    file.write_text(str(identity))
    return file, settings.model_copy(update={"backups_for": str(identity.to_public())})


def rehearse(home: Path) -> tuple[list[Broken], list[str]]:
    """Play a quarter in which everything is lost on the day on which figures are due. What broke, and what happened."""
    with opened_year(Story(1, rate=0, quarters=1, edited=0), home, CONFIG) as year:
        loss = Loss(year.plans[0].due)
        broken = year.run(loss.evening)
        emails = len(year.world.server.accepted)
        twice = emails - len({each.outbox_id for each in year.world.server.accepted})
        loss.said.append(f"The quarter went on to its end: {emails} emails, {twice} of them twice.")
        return [*loss.broken, *broken], loss.said


def main() -> int:
    """Rehearse it, and answer 0 where everything held."""
    with tempfile.TemporaryDirectory(prefix="quarterday-restore-") as home:
        broken, said = rehearse(Path(home))
    print("\n".join(said))
    for each in broken:
        print(f"{each.promise}: {each.where}", file=sys.stderr)
    print("Nothing was lost and nothing repeated." if not broken else f"{len(broken)} thing(s) did not hold.")
    return bool(broken)


if __name__ == "__main__":
    sys.exit(main())
