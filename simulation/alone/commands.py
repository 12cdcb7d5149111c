"""The commands, typed as they are typed, each killed at all that it does to files and databases, and typed again."""

import shutil
import sqlite3
from collections import Counter
from collections.abc import Sequence
from contextlib import closing
from importlib.metadata import entry_points
from pathlib import Path
from unittest.mock import patch

import click
from click.testing import CliRunner, Result

from quarterday.adapters.archives import BackupError, read_contents
from quarterday.adapters.config_files import load_exports
from quarterday.adapters.config_files.configuration import EXPORTS, SCHEMAS
from quarterday.adapters.config_files.load import check_configuration
from quarterday.adapters.config_files.schemas import stale_schemas
from quarterday.adapters.register import open_register
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import migrate
from quarterday.adapters.settings import Settings, get_settings
from quarterday.domain.facts import (
    CollectionOpened,
    Fact,
    LinkRevoked,
    RegisterRestored,
    RequestMade,
)
from simulation.alone.copies import Copy
from simulation.alone.disk import listening_to
from simulation.alone.old_registers import left_behind
from simulation.alone.staged import named_in
from simulation.invariants import Broken

RULED, OF_PERSONS = (("--who", who, "--why", "It was asked for.") for who in ("coordinator", "information-governance"))


class Typed:
    """Commands typed in a copy of the quarter, one after the other, and what did not hold."""

    def __init__(self, copy: Copy) -> None:
        self._copy, self._home = copy, copy.world.office.settings.home
        self.broken: list[Broken] = []

    def every(self) -> None:
        """Type every command that changes something, but for those that start processes."""
        self._backup()
        self._restore()
        self._migrate()
        self._migrate_a_quarter()
        self._move_register()
        self._revoke()
        self._erase()
        self._review()
        self._init()
        self._schemas()
        self._map()

    def _backup(self) -> None:
        archive = self._home / "whole.tar.gz"
        self._type("backup", str(archive))
        try:
            whole = read_contents(archive).has_register
        except BackupError:
            whole = False
        self._holds("backup", whole)

    def _restore(self) -> None:
        back = self._beside("restored")
        self._type("restore", str(self._home / "whole.tar.gz"), home=back)
        facts = {each for each in _facts(back) if not isinstance(each, RegisterRestored)}
        self._holds("restore", facts == set(_facts(self._home)) and _files(back) == _files(self._home))

    def _migrate(self) -> None:
        old = self._beside("old")
        old.mkdir()
        engine = open_engine(f"sqlite:///{old / 'register.db'}")
        migrate(engine, "0001")
        engine.dispose()
        self._type("migrate", home=old)
        self._holds("migrate", _shape(old) == _shape(self._home))

    def _migrate_a_quarter(self) -> None:
        """A register that an earlier quarterday filled: all of it is there afterwards, and nothing twice."""
        filled = self._beside("filled")
        filled.mkdir()
        kept = left_behind(filled / "register.db", _facts(self._home))
        self._type("migrate", home=filled, what=", of a quarter")
        self._holds("migrate, of a quarter", bool(kept) and Counter(_facts(filled)) == Counter(kept))

    def _move_register(self) -> None:
        new = self._beside("new")
        new.mkdir()
        with open_register(Settings(home=new, _env_file=None)):
            pass
        address = f"sqlite:///{new / 'register.db'}"
        self._type("move-register", str(self._home / "register.db"), QUARTERDAY_DATABASE_URL=address)
        self._holds("move-register", _facts(new) == _facts(self._home))

    def _revoke(self) -> None:
        partner, before = self._copy.world.office.facts().of(RequestMade)[0].partner, _facts(self._home)
        self._type("revoke", partner, *RULED)
        stopped = [each.token_hash for each in set(_facts(self._home)) - set(before) if isinstance(each, LinkRevoked)]
        self._holds("revoke", bool(stopped) and len(stopped) == len(set(stopped)))

    def _erase(self) -> None:
        person = named_in(self._copy.world.office)
        self._type("erase", person, *OF_PERSONS)
        self._holds("erase", person not in repr(_facts(self._home)))

    def _review(self) -> None:
        """Of the year of a quarter that is published by now; a review that is written again is written over."""
        began = self._copy.world.office.facts().of(CollectionOpened)[0].period_start.year
        self._type(
            "review", f"{began}-{(began + 1) % 100}", str(self._beside("review")), QUARTERDAY_PACK_FORMATS="html"
        )
        self._holds("review", bool(list(self._beside("review").glob("*.html"))))

    def _init(self) -> None:
        folder = self._beside("begun") / "config"
        folder.parent.mkdir()
        self._type("init", str(folder))
        self._holds("init", not check_configuration(folder).problems)

    def _schemas(self) -> None:
        folder = self._beside("config")
        shutil.copytree(self._copy.world.office.settings.config, folder)
        shutil.rmtree(folder / SCHEMAS)
        self._type("schemas", str(folder))
        self._holds("schemas", not stale_schemas(folder / SCHEMAS))

    def _map(self) -> None:
        """Propose a mapping for a sample, and keep it: whole, or not at all."""
        config = Path(shutil.copytree(self._copy.world.office.settings.config, self._beside("mapped")))
        before, sample = set((config / EXPORTS).iterdir()), self._home / "sample.csv"
        sample.write_text("Month,Count\nApr-25,3\nMay-25,4\nJun-25,5\n")
        self._type("map", str(sample), "--write", "their-own", QUARTERDAY_CONFIG=str(config))
        kept = set((config / EXPORTS).iterdir()) - before
        self._holds("map", [each.name for each in kept] == ["their-own.yaml"] and "their-own" in load_exports(config))

    def _beside(self, name: str) -> Path:
        return self._home / "beside" / name

    def _type(self, command: str, *words: str, home: Path | None = None, what: str = "", **settings: str) -> None:
        """Type it until nobody dies over it; what it says then is a sentence, and no more. `what` tells two apart."""
        strikes = self._copy.strikes
        (self._home / "clock").write_text(self._copy.world.office.now().isoformat())
        with listening_to(strikes, self._home) as disk:
            said: list[Result] = []
            deed = lambda: said.append(self._typed(command, words, home, settings))  # noqa: E731
            self._copy.struck(f"command: {command}{what}", lambda: disk.a_new_process(deed))
        self._holds(f"{command} ends in a sentence", said[-1].exception is None or said[-1].exit_code == 1)

    def _typed(self, command: str, words: Sequence[str], home: Path | None, settings: dict[str, str]) -> Result:
        office = self._copy.world.office
        environment = {
            "QUARTERDAY_HOME": str(home or self._home),
            "QUARTERDAY_CONFIG": str(office.settings.config),
            "QUARTERDAY_CLOCK_FILE": str(self._home / "clock"),
            **settings,
        }
        with patch.dict("os.environ", environment):
            get_settings.cache_clear()
            try:
                return CliRunner().invoke(_installed(), [command, *words])
            finally:
                get_settings.cache_clear()

    def _holds(self, command: str, holds: bool) -> None:
        if not holds:
            self.broken.append(Broken("a command that was cut short is whole once it was typed again", command))


def _installed() -> click.Command:
    """What is installed under the name that is typed."""
    (found,) = entry_points(group="console_scripts", name="quarterday")
    command: click.Command = found.load()
    return command


def _facts(home: Path) -> list[Fact]:
    with open_register(Settings(home=home, _env_file=None, database_url="")) as register:
        return [each for partnership in register.partnerships() for each in register.facts(partnership)]


def _files(home: Path) -> dict[str, bytes]:
    store = home / "store"
    named = (each for each in store.rglob("*") if each.is_file() and not each.name.startswith("."))
    return {str(each.relative_to(store)): each.read_bytes() for each in named}


def _shape(home: Path) -> list[str]:
    """The tables, indexes and triggers of a register."""
    with closing(sqlite3.connect(home / "register.db")) as connection:
        return sorted(str(each) for each in connection.execute("SELECT type, name, sql FROM sqlite_master"))
