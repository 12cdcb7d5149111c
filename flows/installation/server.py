"""The Prefect server of an installation: hardened, embedded in its home, started from a migrated database.

A new database's migrations take longer than the start should; so they are done once, into a template of about 1 MB,
and every new installation begins on a copy of it.
"""

import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

from flows.installation import leftovers

STARTED_WITHIN = 120  # seconds


def environment(
    home: Path, port: int, template: Path | None = None, auth: str = "", public: str = ""
) -> dict[str, str]:
    """The environment of server, workers and flow runs: no analytics, no promotion, no foreign origin.

    `auth` is the `user:password` that the server wants, and everything that speaks to it shows. `public` is the address
    by which officers' browsers reach the interface, where that is another than the one it listens on.
    """
    public = public.rstrip("/") or f"http://127.0.0.1:{port}"
    seen = urlsplit(public)
    database = template or home / "prefect" / "prefect.db"
    password = {"PREFECT_SERVER_API_AUTH_STRING": auth, "PREFECT_API_AUTH_STRING": auth} if auth else {}
    return {
        **os.environ,
        **password,
        "PREFECT_HOME": str((home / "prefect").resolve()),
        "PREFECT_API_DATABASE_CONNECTION_URL": os.environ.get("QUARTERDAY_PREFECT_DATABASE_URL")
        or f"sqlite+aiosqlite:///{database.resolve()}",
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_UI_API_URL": f"{public}/api",
        "PREFECT_UI_SERVE_BASE": seen.path or "/",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_TELEMETRY_ENABLE_RESOURCE_METRICS": "false",
        "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
        "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
        "PREFECT_SERVER_UI_V2_ENABLED": "false",
        "PREFECT_UI_STATIC_DIRECTORY": str((home / "prefect" / "ui").resolve()),  # `keep_out_v2`
        "PREFECT_SERVER_CSRF_PROTECTION_ENABLED": "true",
        "PREFECT_SERVER_CORS_ALLOWED_ORIGINS": f"{seen.scheme}://{seen.netloc}",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_BATCH_SIZE": "100",
        "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
        # kept through a restart: a run that was killed would else hold its deployment's one slot for ever
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
        # runs end after 90 days, with their logs and artifacts: what happened is in the register
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_RESULTS_PERSIST_BY_DEFAULT": "false",
        "DO_NOT_TRACK": "1",
    }


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def database_in(home: Path) -> Path | None:
    """The embedded database of an installation; None where Prefect has one elsewhere."""
    return None if os.environ.get("QUARTERDAY_PREFECT_DATABASE_URL") else home / "prefect" / "prefect.db"


def template_in(home: Path) -> Path:
    """Where an installation keeps a migrated database of Prefect's, to start on a copy of it."""
    return home / "prefect-template" / "template.db"


def prepare_database(home: Path) -> None:
    """Give the installation a migrated database: a copy of its template, which is made first where there is none.

    One that was lost is replaced like one that never was. One that is damaged is set aside: nothing hangs on it.
    """
    database = database_in(home)
    if database is None:
        return
    if database.exists():
        if is_sound(database):
            return
        database.replace(database.with_suffix(".damaged"))
    template = template_in(home)
    if not template.exists():
        make_template(template)
    database.parent.mkdir(parents=True, exist_ok=True)
    for left in ("-wal", "-shm"):  # of the database before: they must not be read into this one
        database.with_name(database.name + left).unlink(missing_ok=True)
    copy = database.with_suffix(".new")
    shutil.copyfile(template, copy)
    copy.rename(database)


def is_sound(database: Path) -> bool:
    """Whether a file can be read as a database at all."""
    try:
        with closing(sqlite3.connect(database)) as connection:
            return bool(connection.execute("SELECT count(*) FROM sqlite_master").fetchone()[0])
    except sqlite3.DatabaseError:
        return False


def make_template(template: Path) -> None:
    """Migrate an empty database once. Raises `RuntimeError` with what Prefect said where that fails."""
    template.parent.mkdir(parents=True, exist_ok=True)
    unfinished = template.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    made = subprocess.run(
        [sys.executable, "-m", "prefect", "server", "database", "upgrade", "-y"],
        env=environment(template.parent, 0, unfinished),
        capture_output=True,
        text=True,
        check=False,
    )
    if made.returncode != 0:
        raise RuntimeError(f"Prefect's database could not be prepared:\n{made.stdout}\n{made.stderr}")
    unfinished.rename(template)


def start(
    home: Path, port: int, auth: str = "", *, host: str = "127.0.0.1", public: str = ""
) -> "subprocess.Popen[bytes]":
    """Start the server in the background; its log is `prefect/server.log` in the home. `wait_until_up` then waits."""
    keep_out_v2(home)
    command = ["-m", "flows.installation.prefect_server", "server", "start", "--host", host, "--port", str(port)]
    return spawn(command, environment(home, port, auth=auth, public=public), home / "prefect" / "server.log")


def keep_out_v2(home: Path) -> None:
    """Leave no room for Prefect's V2 interface, which calls an outside analytics host and is offered whatever is set.

    The server copies each interface into its static folder first, and serves those that it could copy: a link that
    leads nowhere lies where V2 would go.
    """
    taken = home / "prefect" / "ui" / "v2"
    taken.parent.mkdir(parents=True, exist_ok=True)
    if not taken.is_symlink():
        taken.symlink_to("nowhere")


def wait_until_up(url: str, started: "subprocess.Popen[bytes]", log: Path, seconds: int = STARTED_WITHIN) -> None:
    """Wait until a URL answers. Raises `RuntimeError` where the process ended or the time is over."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if started.poll() is not None:
            break
        try:
            with urllib.request.urlopen(url, timeout=2):  # noqa: S310  (our own loopback address)
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise RuntimeError(f"Nothing answers at {url}. Its log is {log}.")


def spawn(command: list[str], env: dict[str, str], log: Path, cwd: Path | None = None) -> "subprocess.Popen[bytes]":
    """Start a process of the installation in the background, its output in a log, its number noted beside it."""
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as sink:
        started = subprocess.Popen(
            [sys.executable, *command], env=env, cwd=cwd, stdout=sink, stderr=subprocess.STDOUT, start_new_session=True
        )
    leftovers.note(started.pid, command[1], log)
    return started


def end_on_terminate() -> None:
    """Let a polite request to end (a service manager's SIGTERM, a terminal that is closed) end all as Ctrl-C does.

    Under `nohup`, which ignores that a terminal is closed, that ends nothing.
    """

    def _interrupt(_number: int, _frame: object) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGTERM, _interrupt)
    if signal.getsignal(signal.SIGHUP) != signal.SIG_IGN:
        signal.signal(signal.SIGHUP, _interrupt)


def be_ending() -> None:
    """Take no further request to end: a second one would stop the ending half way and leave parts running."""
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)


def stop(started: "subprocess.Popen[bytes]") -> None:
    """End a server: asked first, made to after ten seconds."""
    if started.poll() is not None:
        return
    started.terminate()
    try:
        started.wait(10)
    except subprocess.TimeoutExpired:
        started.kill()
        started.wait()
