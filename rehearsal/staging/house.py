"""The home in which a story is played, and what points this process at it.

Prefect's server must be up and named in the environment before this is imported: see `shared_prefect`.
"""

import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from flows.performing import process
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import get_settings
from rehearsal.pages import Pages, pages_of
from rehearsal.stage import Stage, stage_in
from rehearsal.staging.mail_server import MailServer, mail_server

CONFIG = "config"


@dataclass
class House:
    """A home in which a story is played, with its own copy of `config/`."""

    stage: Stage
    mail: MailServer
    pages: Pages
    played: date | None = None  # the last day that was

    @property
    def config(self) -> Path:
        """The partnership's configuration, which the story's officer edits."""
        return self.stage.home / CONFIG

    def read_anew(self) -> None:
        """What comes of an edited `config/`: runs read it by themselves, the pages when they are started again."""
        process.this_installation.cache_clear()
        self.pages.end()
        self.pages = pages_of(process.this_installation(), process.checker())


@contextmanager
def open_house(home: Path, config: Path, first: date, formats: str = "html") -> Generator[House]:
    """A cleared home with a copy of a configuration, its clock at the morning of a day."""
    shutil.copytree(config, home / CONFIG)
    stage = stage_in(home)
    with mail_server(home / "outbox") as mail:
        os.environ.update(_environment(stage, mail, formats))
        get_settings.cache_clear()
        process.this_installation.cache_clear()
        stage.set_clock(first, 8)
        open_register(get_settings()).close()
        house = House(stage, mail, pages_of(process.this_installation(), process.checker()))
        try:
            yield house
        finally:
            house.pages.end()
            process.this_installation().register.close()
            process.this_installation.cache_clear()
            get_settings.cache_clear()


def _environment(stage: Stage, mail: MailServer, formats: str) -> dict[str, str]:
    """What points this process at the story's home, whatever the surroundings say: nothing real is touched."""
    return {
        "QUARTERDAY_HOME": str(stage.home),
        "QUARTERDAY_CONFIG": str(stage.home / CONFIG),
        "QUARTERDAY_CLOCK_FILE": str(stage.clock_file),
        "QUARTERDAY_PORTAL_URL": stage.portal_url,
        "QUARTERDAY_UNDO_MINUTES": "0",  # the clock stands still: no minutes pass
        "QUARTERDAY_MAIL": "smtp",
        "QUARTERDAY_SMTP_HOST": "127.0.0.1",
        "QUARTERDAY_SMTP_PORT": str(mail.port),
        "QUARTERDAY_SMTP_SECURITY": "none",
        "QUARTERDAY_SMTP_USER": "",
        "QUARTERDAY_DATABASE_URL": "",
        "QUARTERDAY_STORE": "",
        "QUARTERDAY_BACKUPS": str(stage.home / "backups"),
        "QUARTERDAY_PACK_FORMATS": formats,
        "QUARTERDAY_PREFECT_UI_URL": stage.prefect_url,
        "PREFECT_LOGGING_LEVEL": "ERROR",
    }
