"""The system's Chromium, as every test starts it.

Debian's `chromium-headless-shell` comes first where it is installed: the same engine on the same pages, without the
windows, which nobody sees here and which take as much processor time as the pages. Scripts are not optimised: each page
is looked at once, and its scripts are over before that has paid.
"""

import os
import shutil
from typing import Any

import pytest

from quarterday.adapters.doctor.optional_parts import CHROMIUM as NAMES

CHROMIUM = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, NAMES)), None)
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--js-flags=--no-opt --no-maglev",
)
needs_chromium = pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium: install it with `make browser`")


def launched(driver: Any, *arguments: str) -> Any:
    """A browser, by Playwright's driver."""
    return driver.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, *arguments])
