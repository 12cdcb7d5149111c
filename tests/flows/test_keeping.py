"""Keeping an installation going: what ends is started again, what hangs is ended, what was lost is made again."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from flows.installation import leftovers, ports, running, server
from flows.installation.part import GivenUpError, Part
from flows.installation.ports import PortTakenError
from flows.installation.running import Keeper
from flows.installation.watching import Health, look_at
from quarterday.adapters.settings import Settings


@dataclass
class Process:
    """A process that runs until a test ends it."""

    returncode: int | None = None

    def poll(self) -> int | None:
        return self.returncode

    def terminate(self) -> None:
        self.returncode = -15

    def wait(self, _seconds: float = 0) -> None:
        """It has ended at once."""


@dataclass
class House:
    """An installation of such processes, and what a look at its server finds."""

    found: Health = Health.UNWELL
    made: int = 0
    can_deploy: bool = True
    said: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        names = {"Prefect server": False, "Worker": True, "Portal": False}
        self.parts = [Part(name, Process, needs_prefect=needs) for name, needs in names.items()]
        self.keeper = Keeper(self.parts, lambda: self.found, self.deploy, self.said.append)

    def deploy(self) -> None:
        if not self.can_deploy:
            raise RuntimeError("prefect deploy failed")
        self.made += 1

    def running(self) -> set[str]:
        return {each.name for each in self.parts if each.running and each.running.poll() is None}


def test_partners_pages_do_not_wait_for_prefect():
    """The portal runs before the server answers; the worker once it does."""
    house = House()
    house.keeper.keep()
    before = house.running()
    house.found = Health.EMPTY
    house.keeper.keep()
    house.keeper.keep()

    assert {"Prefect server", "Portal"} == before
    assert {"Prefect server", "Portal", "Worker"} == house.running()


def test_what_an_earlier_version_deployed_is_deployed_anew_once():
    """Then not again while it is there; a lost database has it made again."""
    house = House(Health.WELL)
    for _ in range(3):
        house.keeper.keep()
    once = house.made
    house.found = Health.EMPTY
    house.keeper.keep()

    assert (1, 2) == (once, house.made)
    assert ["Prefect has lost our deployments: making them again."] == house.said


def test_a_deployment_that_fails_is_tried_again():
    """What Prefect said is told, and nothing ends."""
    house = House(Health.EMPTY, can_deploy=False)
    house.keeper.keep()
    house.can_deploy = True
    house.keeper.keep()

    assert (["prefect deploy failed"], 1) == (house.said, house.made)


@pytest.mark.parametrize("name", ["Prefect server", "Worker", "Portal"])
def test_what_ends_is_started_again(name):
    """And said."""
    house = House(Health.WELL)
    house.keeper.keep()
    house.keeper.keep()
    part = next(each for each in house.parts if each.name == name)
    part.running.returncode = -9
    house.keeper.keep()

    assert name in house.running()
    assert [f"{name} ended with -9: starting it again."] == house.said


@pytest.fixture
def in_a_terminal() -> Iterator[None]:
    """Signals as a terminal leaves them, whatever the tests were started by; afterwards as they were."""
    before = {each: signal.getsignal(each) for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    signal.signal(signal.SIGHUP, signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.mark.timeout(30)
@pytest.mark.usefixtures("in_a_terminal")
@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGHUP])
@pytest.mark.parametrize("impatient", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_who_asks_twice_to_end_leaves_nothing_running(tmp_path, monkeypatch, asked, impatient):
    """Each part is ended to the last, however often a service manager, Ctrl-C or a closed terminal asks meanwhile."""

    class Slow(Process):
        def terminate(self) -> None:
            signal.raise_signal(impatient)
            super().terminate()

    def keep(keeper: Keeper) -> None:
        for part in keeper.wanted:
            part.keep(print)
        signal.raise_signal(asked)

    parts = [Part(name, Slow) for name in ("Prefect server", "Worker", "Portal")]
    monkeypatch.setattr(Keeper, "keep", keep)
    said: list[str] = []
    running.run(Settings(home=tmp_path, _env_file=None), parts, said.append, deployed=False)

    assert ["Stopping."] == said
    assert [-15, -15, -15] == [each.running.returncode for each in parts]


@pytest.mark.usefixtures("in_a_terminal")
def test_a_terminal_that_is_closed_ends_nothing_under_nohup():
    """Who starts it with `nohup` means that."""
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    server.end_on_terminate()

    assert signal.SIG_IGN == signal.getsignal(signal.SIGHUP)


def test_a_server_that_hangs_is_ended_and_started_again(monkeypatch):
    """Only after it has had its time."""
    now = [0.0]
    monkeypatch.setattr(running.time, "monotonic", lambda: now[0])
    house = House(Health.WELL)
    house.keeper.keep()
    house.found, first = Health.UNWELL, house.parts[0].running
    for moment in (running.UNWELL - 1, running.UNWELL + 1, running.UNWELL + 2):
        now[0] = moment
        house.keeper.keep()

    assert first is not house.parts[0].running
    assert "Prefect server does not answer as it should: starting it again." in house.said


def test_a_server_that_has_lost_its_database_is_started_again_at_once():
    """It would go on answering from a file that is no more."""
    house = House(Health.WELL)
    house.keeper.keep()
    house.found, first = Health.LOST, house.parts[0].running
    house.keeper.keep()
    house.found = Health.EMPTY
    house.keeper.keep()

    assert first is not house.parts[0].running
    assert "Prefect server has lost its database: starting it again." in house.said
    assert 2 == house.made


def test_a_server_that_is_not_there_is_unwell(tmp_path):
    """Nobody listens; without its file it is known to be lost without asking."""
    assert Health.LOST is look_at(Settings(home=tmp_path, prefect_ui_url="http://127.0.0.1:9"))()
    (tmp_path / "prefect").mkdir()
    (tmp_path / "prefect" / "prefect.db").touch()

    assert Health.UNWELL is look_at(Settings(home=tmp_path, prefect_ui_url="http://127.0.0.1:9"))()


def test_a_damaged_database_is_set_aside(tmp_path):
    """Nothing hangs on it: the server begins on a new one, and what was there stays for who wants to look."""
    template, database = server.template_in(tmp_path), tmp_path / "prefect" / "prefect.db"
    template.parent.mkdir()
    database.parent.mkdir()
    log = database.with_name("prefect.db-wal")
    for path, content in ((template, b"the template"), (database, b"no database" * 99), (log, b"")):
        path.write_bytes(content)
    server.prepare_database(tmp_path)

    assert b"the template" == database.read_bytes()
    assert {"prefect.db", "prefect.damaged"} == {each.name for each in database.parent.iterdir()}


def test_the_password_reaches_server_and_clients(tmp_path):
    """From quarterday's own setting."""
    told = running.environment(Settings(home=tmp_path, prefect_auth="jo:secret"))

    assert "jo:secret" == told["PREFECT_SERVER_API_AUTH_STRING"] == told["PREFECT_API_AUTH_STRING"]


@pytest.fixture
def sleeper() -> Iterator[subprocess.Popen[bytes]]:
    """A process of whoever: a group of its own, as each part of an installation is."""
    started = subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE, start_new_session=True)
    yield started
    started.kill()
    started.wait()


def test_what_a_killed_installation_left_running_is_ended(tmp_path, sleeper):
    """Its number, when it began and where it belongs are as the note says."""
    leftovers.note(sleeper.pid, "quarterday.web", tmp_path / "portal.log")
    leftovers.end_leftovers(tmp_path)

    assert -9 == sleeper.wait(10)
    assert [] == list(tmp_path.glob("*.pid"))


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="Only Linux shows what a process was told.")
def test_a_run_that_outlived_its_worker_is_ended(tmp_path):
    """Prefect begins each in a session of its own; those of another home go on, and so does what is no run."""
    here, run = {"QUARTERDAY_HOME": str(tmp_path)}, {"PREFECT__FLOW_RUN_ID": "a-run"}
    told = [here | run, {"QUARTERDAY_HOME": f"{tmp_path}-two"} | run, here]
    waits = [sys.executable, "-c", "input()"]
    left, elsewhere, no_run = begun = [
        subprocess.Popen(waits, stdin=subprocess.PIPE, env=each, start_new_session=True) for each in told
    ]
    try:
        leftovers.end_leftovers(tmp_path)

        assert -9 == left.wait(10)
        assert [None, None] == [elsewhere.poll(), no_run.poll()]
    finally:
        for each in begun:
            each.kill()
            each.wait()


def test_a_note_whose_process_has_ended_ends_nobody_else(tmp_path, sleeper):
    """The system has given its number to another: of another installation, say, that runs the very same module."""
    leftovers.note(sleeper.pid, "quarterday.web", tmp_path / "portal.log")
    note = tmp_path / "portal.pid"
    note.write_text(note.read_text().replace(leftovers.born(sleeper.pid), "long ago"))
    leftovers.end_leftovers(tmp_path)

    assert None is sleeper.poll()
    assert not note.exists()


def test_a_copy_of_a_home_ends_nothing_of_the_home_that_runs(tmp_path, sleeper):
    """Its notes speak of the other."""
    (tmp_path / "home").mkdir()
    leftovers.note(sleeper.pid, "quarterday.web", tmp_path / "home" / "portal.log")
    shutil.copytree(tmp_path / "home", tmp_path / "copy")
    leftovers.end_leftovers(tmp_path / "copy")

    assert None is sleeper.poll()


@pytest.mark.parametrize(
    "written", [b"", b"\xff\xfe4", b"4242\n/var/lib/postgresql\n", b"0 quarterday.web\n\n", "²² web".encode()]
)
def test_a_note_that_is_none_of_ours_stays_and_ends_nothing(tmp_path, sleeper, written):
    """A database that keeps its files in the home goes by its own; a folder may be called so, too."""
    other = tmp_path / "data" / "postmaster.pid"
    other.parent.mkdir()
    other.write_bytes(written)
    (tmp_path / "a-folder.pid").mkdir()
    leftovers.end_leftovers(tmp_path)

    assert None is sleeper.poll()
    assert written == other.read_bytes()


def test_a_second_up_on_a_home_says_that_one_runs_and_ends_nothing(tmp_path, sleeper):
    """It names the process and since when it runs. The first goes on; once it has ended the next may begin."""
    settings = Settings(home=tmp_path, _env_file=None)
    with leftovers.alone_in(tmp_path):
        leftovers.note(sleeper.pid, "quarterday.web", tmp_path / "portal.log")
        since = rf"runs already in .* \(process {os.getpid()}, since \w+day \d+ \w+ \d{{4}} at \d\d:\d\d\)\. .* stop it"
        with pytest.raises(leftovers.AlreadyRunningError, match=since):
            running.run(settings, [], print, deployed=False)

    assert None is sleeper.poll()
    with leftovers.alone_in(tmp_path):
        """It is free again."""


def test_a_deployment_that_hangs_is_given_up(tmp_path, monkeypatch):
    """The supervisor says so and tries again, instead of waiting for ever."""
    late = subprocess.TimeoutExpired("prefect", running.DEPLOYED_WITHIN)

    def hangs(*_: object, timeout: float = 0, **__: object) -> None:
        assert timeout
        raise late

    monkeypatch.setattr(running.subprocess, "run", hangs)

    with pytest.raises(RuntimeError, match="did not end in 300 seconds"):
        running.deploy(Settings(home=tmp_path, _env_file=None))


def test_a_port_that_is_taken_is_told_at_once_with_who_has_it(tmp_path, monkeypatch):
    """Before anything is started."""
    monkeypatch.setattr(ports, "PATIENCE", 0)
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        taken = Part("Portal", Process, at=other.getsockname())
        said = f"Portal is to listen on 127.0.0.1, port {other.getsockname()[1]}, which is taken"
        who = f" by process {os.getpid()} \\(" if Path("/proc/net/tcp").exists() else ""
        with pytest.raises(PortTakenError, match=said + who):
            running.run(Settings(home=tmp_path, _env_file=None), [taken], print, deployed=False)

    assert None is taken.running


@pytest.mark.parametrize("host", ["127.0.0.1", "0.0.0.0"])
def test_two_parts_on_one_port_are_told_before_anything_begins(tmp_path, host):
    """The second would be started again and again, and never begin."""
    port = server.free_port()
    both = [Part("Prefect server", Process, at=("127.0.0.1", port)), Part("Portal", Process, at=(host, port))]
    with pytest.raises(PortTakenError, match=f"Prefect server and Portal are both to listen on port {port}"):
        running.run(Settings(home=tmp_path, _env_file=None), both, print, deployed=False)

    assert [None, None] == [each.running for each in both]


def test_of_another_user_s_process_on_a_port_its_user_is_told(monkeypatch):
    """Only root is told whose process has a port; whose it is, everybody is."""
    monkeypatch.setattr(Path, "iterdir", lambda _: iter(()))
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        told = ports.who_listens(other.getsockname()[1])

    user = pwd.getpwuid(os.getuid()).pw_name
    assert (f"a process of {user}" if Path("/proc/net/tcp").exists() else "") == told


def test_up_says_once_when_every_part_answers(tmp_path, monkeypatch):
    """Not before the pages can be reached."""
    looks, rests = iter([False, True]), iter([None, None])

    def rest(_seconds: float) -> None:
        try:
            next(rests)
        except StopIteration:
            raise KeyboardInterrupt from None

    monkeypatch.setattr(Part, "answers", lambda _: next(looks))
    monkeypatch.setattr(running.time, "sleep", rest)
    monkeypatch.setattr(running.server, "end_on_terminate", lambda: None)
    monkeypatch.setattr(running.server, "be_ending", lambda: None)
    said: list[str] = []
    running.run(Settings(home=tmp_path, _env_file=None), [Part("Portal", Process)], said.append, deployed=False)

    assert ["Ready.", "Stopping."] == said


def test_a_part_that_keeps_ending_is_explained_and_given_up(tmp_path):
    """Each time with the end of its log; the fifth time in a row it is not started again."""
    log, said = tmp_path / "portal.log", []
    log.write_text("".join(f"line {n}\n" for n in range(30)) + "ValueError: no such board\n")
    part = Part("Portal", lambda: Process(returncode=3), log=log)

    with pytest.raises(GivenUpError, match="5 times in a row") as given_up:
        for _ in range(9):
            part.keep(said.append)

    assert 4 == len(said)
    assert f"Portal ended with 3: starting it again. The end of {log}:" in said[0]
    assert said[0].endswith("    ValueError: no such board")
    assert "line 20" not in said[0]
    assert "line 21" in said[0]
    assert str(given_up.value).endswith("ValueError: no such board")


def test_what_ran_for_long_or_was_ended_by_somebody_is_not_counted(monkeypatch):
    """A part that ends once a day is started for ever."""
    now = [0.0]
    monkeypatch.setattr(time, "monotonic", lambda: now[0])
    for code, seconds in ((3, 61), (-9, 1)):
        part = Part("Portal", lambda: Process(returncode=code))  # noqa: B023
        for _ in range(12):
            part.keep(lambda _: None)
            now[0] += seconds
        assert part.running
