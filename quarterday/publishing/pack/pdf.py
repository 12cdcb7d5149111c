"""Packs as tagged PDF (PDF/UA-1), for reading on paper and with a screen reader.

Laying out a page takes a tenth of a second, so the packs are dealt out to a few processes, which run `layout` alone.
"""

import json
import subprocess
import sys
from base64 import b64decode
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

from quarterday.publishing.pack import layout  # raises OSError where Pango, which lays out text, is not installed
from quarterday.publishing.pack.html import to_print_html
from quarterday.publishing.pack.model import Pack

PROCESSES = 2
LONGEST = 1800  # seconds for one process's share


class PdfFailedError(Exception):
    """A process that lays out pages ended without its documents; the message is what it said."""


def to_pdf(packs: Sequence[Pack]) -> list[bytes]:
    """The packs as PDF, in their order. Raises `PdfFailedError`."""
    pages = [to_print_html(pack) for pack in packs]
    shares = _shares(pages, min(PROCESSES, len(pages)))
    made: dict[int, bytes] = {}
    with ThreadPoolExecutor(max_workers=len(shares) or 1) as threads:
        for share, documents in zip(
            shares, threads.map(_laid_out, [[pages[i] for i in each] for each in shares]), strict=True
        ):
            made |= dict(zip(share, documents, strict=True))
    return [made[index] for index in range(len(pages))]


def _shares(pages: Sequence[str], processes: int) -> list[list[int]]:
    """The indexes of the pages dealt out evenly by length, the longest first."""
    shares: list[list[int]] = [[] for _ in range(processes)]
    for index in sorted(range(len(pages)), key=lambda each: -len(pages[each])):
        min(shares, key=lambda share: sum(len(pages[each]) for each in share)).append(index)
    return shares


def _laid_out(pages: list[str]) -> list[bytes]:
    run = subprocess.run(
        [sys.executable, "-m", layout.__name__],
        input=json.dumps(pages).encode(),
        capture_output=True,
        timeout=LONGEST,
        check=False,
    )
    if run.returncode:
        raise PdfFailedError(run.stderr.decode(errors="replace")[-2000:])
    return [b64decode(each) for each in json.loads(run.stdout)]
