"""One installation in memory: a migrated register, stores, the mail server and the pages, all on one clock."""

import shutil
import tempfile
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import lru_cache
from pathlib import Path

from expectations.checking import Checker
from quarterday.adapters.config_files import load_exports, load_framework
from quarterday.adapters.installation import Installation
from quarterday.adapters.register import open_register
from quarterday.adapters.register.migrating import latest_version
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores
from quarterday.domain.collection.standing import LONDON
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from simulation.clock import Clock
from simulation.faults import Trouble
from simulation.parts import TroubledRegister, TroubledStore, troubled_register
from simulation.post import MailServer, post_office

PAGES = "http://pages.example"


@dataclass(frozen=True)
class SimulatedInstallation(Installation):
    """An installation whose time is the simulation's."""

    clock: Clock = field(default_factory=lambda: Clock(date(2025, 1, 1)))

    def now(self) -> datetime:
        """See `Installation.now`."""
        return self.clock.now()

    def today(self) -> date:
        """See `Installation.today`."""
        return self.clock.today()


@dataclass
class World:
    """Everything that a year is played with."""

    office: SimulatedInstallation
    register: TroubledRegister
    server: MailServer
    clock: Clock
    trouble: Trouble
    checker: Checker
    log: list[str] = field(default_factory=list)
    logged: list[str] = field(default_factory=list)  # what quarterday itself wrote into its logs
    shown: dict[str, set[date]] = field(default_factory=dict)  # the days that pages named, by request
    edited: bool = False  # whether `config/` was edited since the year began

    def tell(self, what: str) -> None:
        """Note what happened."""
        self.log.append(f"{self.clock.now().astimezone(LONDON):%Y-%m-%d %H:%M} {what}")


@lru_cache
def configuration(folder: Path) -> tuple[Framework, dict[str, Export]]:
    """What `config/` says, read once."""
    return load_framework(folder), load_exports(folder)


@contextmanager
def open_world(
    home: Path, config: Path, framework: Framework, trouble: Trouble, first: date, checker: Checker
) -> Generator[World]:
    """A world in an empty folder. The register is a copy of one that was migrated before.

    `framework` is what `config` says, or a part of it.
    """
    clock = Clock(first)
    shutil.copyfile(_migrated(home.parent), home / "register.db")
    settings = Settings(
        _env_file=None,
        home=home,
        config=config,
        mail="outbox",
        database_url="",
        pack_formats="html",
        portal_url=PAGES,
        secret="a secret of the simulation's own",  # noqa: S106
        backups=None,
        least_disk_gb=0,
    )
    register = troubled_register(home / "register.db", trouble)
    server = MailServer(clock, trouble)
    store = home / "store"
    office = SimulatedInstallation(
        settings=settings,
        framework=framework,
        exports=configuration(config)[1],
        register=register,
        stores=Stores(
            raw=TroubledStore(store / "raw", "raw", trouble),
            published=TroubledStore(store / "published", "published", trouble),
        ),
        transport=post_office(server),
        clock=clock,
    )
    try:
        yield World(office, register, server, clock, trouble, checker)
    finally:
        register.close()


def _migrated(folder: Path) -> Path:
    """A register without facts, at the last version, in one file: made once for all years."""
    template = folder / f"migrated-{latest_version()}.db"
    if not template.exists():
        with tempfile.TemporaryDirectory(dir=folder) as aside:
            open_register(Settings(_env_file=None, home=Path(aside), database_url="")).close()
            (Path(aside) / "register.db").rename(template)
    return template
