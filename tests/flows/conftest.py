"""A real Prefect server for the tests of flows, and an installation of the worked example in an empty folder."""

from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path

import pytest

from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings, get_settings
from quarterday.domain.collection.standing import LONDON
from tests.conftest import begin_with

PROJECT = Path(__file__).parents[2]


@pytest.fixture(scope="package")
def prefect_server(tmp_path_factory: pytest.TempPathFactory, prefect_template: Path) -> Iterator[str]:
    """The address of a server that runs for the tests of flows, and no longer: idling takes a twentieth of a core."""
    from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    from flows.installation import server

    home = tmp_path_factory.mktemp("prefect-home")
    begin_with(home, prefect_template)
    server.prepare_database(home)
    port = server.free_port()
    started = server.start(home, port)
    log = home / "prefect" / "server.log"
    try:
        server.wait_until_up(f"http://127.0.0.1:{port}/api/health", started, log)
        api = f"http://127.0.0.1:{port}/api"
        with temporary_settings({PREFECT_API_URL: api, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield api
            ended = started.poll()
            assert ended is None, f"The server ended by itself ({ended}): {log.read_text()[-5000:]}"
            tell_the_server()
    finally:
        server.stop(started)


def tell_the_server() -> None:
    """Hand over what this process has yet to tell its server: told once that has stopped, it is tried for a minute."""
    from prefect.events.worker import EventsWorker
    from prefect.logging.handlers import APILogWorker

    for worker in (APILogWorker, EventsWorker):
        worker.drain_all(timeout=20)


class Clock:
    """The installation's simulated clock."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def set(self, day: date, hour: int = 9) -> None:
        """Move it to an hour of a day in London."""
        self.file.write_text(datetime.combine(day, time(hour), LONDON).isoformat())


@pytest.fixture
def clock(tmp_path: Path) -> Clock:
    """A clock that stands at the morning of 1 July 2025."""
    clock = Clock(tmp_path / "clock")
    clock.set(date(2025, 7, 1))
    return clock


@pytest.fixture
def office(tmp_path: Path, clock: Clock, monkeypatch: pytest.MonkeyPatch):
    """The worked example in an empty folder, as the flows of this process see it."""
    from flows.performing import process as flows_office

    for name, value in {
        "QUARTERDAY_HOME": tmp_path / "home",
        "QUARTERDAY_CONFIG": PROJECT / "config",
        "QUARTERDAY_CLOCK_FILE": clock.file,
        "QUARTERDAY_UNDO_MINUTES": "0",  # tests/flows/test_forms_in_turn.py has the minutes
    }.items():
        monkeypatch.setenv(name, str(value))
    get_settings.cache_clear()
    flows_office.this_installation.cache_clear()
    open_register(Settings()).close()  # begun, as `quarterday up` begins it
    yield flows_office.this_installation()
    flows_office.this_installation.cache_clear()
    get_settings.cache_clear()


@pytest.fixture
def outbox(office) -> Path:
    """Where the emails go."""
    return Settings().home / "outbox"
