"""A Prefect server for every story that is played, in this process or in others that it starts."""

import os
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

from flows.installation import server


@contextmanager
def prefect_server(home: Path, port: int = 0) -> Generator[None]:
    """A Prefect server for every story that is played until the block ends, in this process or in another."""
    port = port or server.free_port()
    server.end_on_terminate()
    os.environ["QUARTERDAY_PREFECT_DATABASE_URL"] = ""  # whatever the surroundings say: nothing real is touched
    os.environ["PREFECT_LOGGING_LEVEL"] = "ERROR"
    server.prepare_database(home)
    started = server.start(home, port)
    try:
        server.wait_until_up(f"http://127.0.0.1:{port}/api/health", started, home / "prefect" / "server.log")
        os.environ |= {name: value for name, value in server.environment(home, port).items() if "PREFECT" in name}
        yield
    finally:
        server.stop(started)
