"""How a year is staged: no chance but the seed's, nobody waits, and releases are as short as the promises allow."""

import logging
import random
import secrets
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import replace
from types import SimpleNamespace
from typing import Any
from unittest.mock import patch

from anyio._backends._asyncio import AsyncIOBackend

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.tables import ReleaseTables
from simulation.post import Plain
from simulation.remembered import remembered
from simulation.world import World

WHOLE_RELEASES = 50  # of so many seeds, one makes its releases whole, with packs and workbooks
_TOLD_AGAIN = ("to_parquet", "workbook", "one_file", "data_package", "csvw")  # what says again what the CSV says


class _Listener(logging.Handler):
    """Keeps what is logged, as it would stand in a file."""

    def __init__(self, lines: list[str]) -> None:
        super().__init__(logging.DEBUG)
        self._lines = lines

    def emit(self, record: logging.LogRecord) -> None:
        """See `logging.Handler`."""
        self._lines.append(self.format(record))


@contextmanager
def listening(world: World) -> Generator[None]:
    """Keep what quarterday logs, until the block ends."""
    log = logging.getLogger("quarterday")
    with (
        patch.object(log, "handlers", [_Listener(world.logged)]),
        patch.object(log, "level", logging.INFO),
        patch.object(log, "propagate", False),
    ):
        log.manager._clear_cache()  # pyrefly: ignore[missing-attribute]
        yield


@contextmanager
def that_forgets_soon(world: World, *, forgets: bool) -> Generator[None]:
    """Agreements that let files be kept for four months: a year then sees them go."""
    if forgets:
        soon = tuple(each.model_copy(update={"keep_raw_months": 4}) for each in world.office.framework.agreements)
        world.office = replace(world.office, framework=world.office.framework.model_copy(update={"agreements": soon}))
    yield


@contextmanager
def without_chance_or_waiting(seed: int, world: World) -> Generator[None]:
    """Tokens and names come of the seed, and whoever would wait only moves the clock."""
    drawn = random.Random(f"{seed}|secrets")  # noqa: S311
    with (
        remembered(prepared=world.trouble.aimed is None),  # else what it reads is struck less often
        patch.object(AsyncIOBackend, "run_sync_in_worker_thread", _here),
        patch.object(secrets, "token_urlsafe", lambda size=32: f"{drawn.getrandbits(8 * size):0{size * 2}x}"),
        patch.object(secrets, "token_hex", lambda size=32: f"{drawn.getrandbits(8 * size):0{size * 2}x}"),
        patch("quarterday.web.serving.recording.time", SimpleNamespace(sleep=world.clock.wait)),
        patch("flows.receive_return.checker", lambda: world.checker),
        patch("quarterday.adapters.mail.smtp.to_mime", Plain),
        patch("quarterday.adapters.mail.compose.due_date_files", lambda *_about: ()),  # no server here reads them
        _short_releases() if seed % WHOLE_RELEASES else nullcontext(),
    ):
        yield


@contextmanager
def _short_releases() -> Generator[None]:
    """Releases without what takes most of the time to make, and holds the same figures once more."""
    with ExitStack() as patches:
        patches.enter_context(patch("quarterday.publishing.release.build_packs", _no_pictures))
        for each in _TOLD_AGAIN:
            patches.enter_context(patch(f"quarterday.publishing.release.{each}", lambda *_about: b"told elsewhere"))
        yield


async def _here(function: Callable[..., Any], arguments: tuple[Any, ...], **_how: object) -> Any:
    """What pages would do in a thread, done at once: one person is served at a time, and a thread costs more."""
    return function(*arguments)


def _no_pictures(framework: Framework, tables: ReleaseTables, _formats: object) -> dict[str, bytes]:
    """Packs without their charts: drawing them takes most of a release, and nothing that is promised here hangs on it.

    Each has the bytes of the moment, as a document does that bears its time.
    """
    return {
        f"packs/{each.code}.html": f"{tables.label}, {tables.made_on}".encode() for each in framework.partnership.boards
    }
