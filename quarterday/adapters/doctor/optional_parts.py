"""What may be missing at a price."""

import shutil
from collections.abc import Iterator
from ctypes.util import find_library

from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.settings import Settings

_PANGO = ("pango-1.0", "pangoft2-1.0", "harfbuzz-subset")
CHROMIUM = ("chromium-headless-shell", "chromium", "chromium-browser", "google-chrome")


def look_at_optional_parts(_settings: Settings) -> Iterator[Complaint]:
    """What may be missing at a price: Pango for packs as PDF, Chromium for tests and pictures."""
    if missing := [name for name in _PANGO if not find_library(name)]:
        yield Complaint(
            f"Packs come without PDF: {', '.join(missing)} is missing.", "Install it with `make pdf`.", serious=False
        )
    if not any(map(shutil.which, CHROMIUM)):
        yield Complaint(
            "There is no Chromium, so browser tests are skipped.", "Install it with `make browser`.", serious=False
        )
