"""Debian's clamd with one signature of our own: EICAR's test file, which is made here and stands nowhere whole."""

import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from quarterday.adapters.scanning import NotScannedError, Scanner

EICAR = b"X5O!P%@AP[4" + b"\\PZX54(P^)7CC)7}" + b"$EICAR-STANDARD-ANTI" + b"VIRUS-TEST-FILE!$H+H*"
NAME = "Eicar-Test-Signature.UNOFFICIAL"
CONF = """DatabaseDirectory {place}
LocalSocket {place}/clamd.ctl
LogFile {place}/clamd.log
Foreground yes
StreamMaxLength 12M
"""


def clamd_or_skip() -> str:
    """Where clamd lies; skips, saying so, where it is not installed."""
    found = shutil.which("clamd", path="/usr/sbin:/usr/local/sbin:/usr/bin")
    if found is None:
        pytest.skip(
            "NOT RUN: there is no clamd here (apt-get install clamav-daemon), so nothing was held to a real scanner"
        )
    return found


@contextmanager
def clamd() -> Iterator[str]:
    """A running clamd's socket, as `QUARTERDAY_CLAMD` names it. Its path is short: sockets' may not be long."""
    program = clamd_or_skip()
    with tempfile.TemporaryDirectory(prefix="clamd") as folder:
        place = Path(folder)
        (place / "eicar.ndb").write_text(f"Eicar-Test-Signature:0:*:{EICAR.hex()}\n")
        (place / "clamd.conf").write_text(CONF.format(place=place))
        with subprocess.Popen([program, "--config-file", place / "clamd.conf"], stdout=subprocess.DEVNULL) as running:
            try:
                _await(str(place / "clamd.ctl"))
                yield str(place / "clamd.ctl")
            finally:
                running.terminate()


def _await(at: str) -> None:
    for _ in range(200):
        try:
            Scanner(at).virus_in(b"")
            return
        except NotScannedError:
            time.sleep(0.05)
    raise TimeoutError("clamd did not begin to answer within ten seconds")
