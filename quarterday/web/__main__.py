"""`python -m quarterday.web --port 8400`: serves the portal until it is told to stop."""

import argparse
import sys
from typing import Any

import uvicorn

from expectations.checking import Checker
from expectations.lent import note_in
from quarterday.adapters.breakage import sentence_of
from quarterday.adapters.installation import open_installation
from quarterday.adapters.scanning import scanner_at
from quarterday.web.serving.app import create_app
from quarterday.web.serving.logs import write_logs
from quarterday.web.serving.memory import share_heaps
from quarterday.web.serving.under_a_path import under_its_path

SERVED: dict[str, Any] = {
    "access_log": False,  # ours leaves tokens out
    "log_config": None,
    "server_header": False,
    "timeout_graceful_shutdown": 20,
}


def main() -> None:
    """Open the installation and serve it."""
    parser = argparse.ArgumentParser(prog="python -m quarterday.web", description=__doc__)
    parser.add_argument("--port", type=int, default=8400)
    parser.add_argument("--host", default="127.0.0.1")
    asked = parser.parse_args()
    share_heaps()
    try:
        installation = open_installation(going_on=True)
    except Exception as problem:
        if told := sentence_of(problem):
            sys.exit(told)  # whoever starts it reads a sentence, and a container's log holds it
        raise
    write_logs(installation.settings.logs)
    scanner = scanner_at(installation.settings.clamd)
    with Checker(lends=note_in(installation.settings.home), scanner=scanner) as checker:
        uvicorn.run(
            under_its_path(create_app(installation, checker), installation.settings),
            host=asked.host,
            port=asked.port,
            **SERVED,
        )


if __name__ == "__main__":
    main()
