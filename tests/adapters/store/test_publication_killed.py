"""Publication killed with -9 at every write, in folders and in buckets: it ends in one whole release, told of once."""

import os
import signal
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import perform_send, settle_unfinished
from quarterday.adapters.mail.outbox import Outbox
from quarterday.adapters.register import Register, open_register
from quarterday.adapters.store import Stores
from quarterday.adapters.store.s3 import S3Store
from quarterday.domain.collection.actions import Publish, Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.facts import MessageReserved, ReleaseMade
from quarterday.publishing.manifest import NAME, listed
from quarterday.publishing.release import make_release
from quarterday.publishing.verify import problems
from tests.publishing.dataset_example import FIRES, framework
from tests.publishing.installation_example import office, row

PUBLISH_ON = date(2025, 8, 5)
WRITES = ((os, "link"), (S3Store, "_write"), (Register, "_insert"), (Register, "append"), (Register, "append_new"))


@pytest.fixture
def quarter(tmp_path: Path, stores: Stores, monkeypatch: pytest.MonkeyPatch) -> Installation:
    """A collection for which the fire service answered, its files in these stores, on the day of its release."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/board.html": b"<p>x</p>"})
    found = office(tmp_path, framework(FIRES))
    found.installation = replace(found.installation, stores=stores, transport=Outbox(tmp_path / "outbox"))
    found.opened()
    found.returned("fire", [row(value=10)])
    return found.installation


def publish_and_tell(installation: Installation) -> None:
    """What the day's runs do: make the release that is due, then tell those who wait for it."""
    for due in (Publish, Send):
        for action in what_is_due(installation.framework, installation.facts(), PUBLISH_ON):
            if isinstance(action, Publish) and due is Publish:
                make_release(installation, action)
            elif isinstance(action, Send) and due is Send and action.occasion in ("thank-you", "pack-ready"):
                perform_send(installation, action)
    settle_unfinished(installation)


def killed_at(step: int, installation: Installation) -> bool:
    """Publish in a process of its own that kills itself before or after a write; False where it came to its end."""
    child = os.fork()
    if child == 0:
        writes = iter(range(1, 10_000))
        for owner, name in WRITES:
            setattr(owner, name, _deadly(getattr(owner, name), writes, step))
        ended = 1
        try:
            publish_and_tell(replace(installation, register=open_register(installation.settings)))
            ended = 0
        finally:
            os._exit(ended)
    _, status = os.waitpid(child, 0)

    assert status in (0, signal.SIGKILL), status
    return status == signal.SIGKILL


def _deadly(write: Callable[..., Any], writes: Iterator[int], step: int) -> Callable[..., Any]:
    def written(*said: Any, **more: Any) -> Any:
        _die_at(step, writes)
        done = write(*said, **more)
        _die_at(step, writes)
        return done

    return written


def _die_at(step: int, writes: Iterator[int]) -> None:
    if next(writes) == step:
        os.kill(os.getpid(), signal.SIGKILL)


@pytest.mark.proof
def test_publication_killed_at_every_write_ends_in_one_whole_release(quarter: Installation, tmp_path: Path):
    """Whatever was the last write, readers have nothing or all of it; the next run completes it and tells each once."""
    step = kills = seen = 0
    facts = len(list(quarter.facts()))
    while killed_at(step := step + 1, quarter):
        kills += 1
        if (now := len(list(quarter.facts()))) > facts:  # what was recorded is not done again: what is left is
            facts, step = now, 0
        for release in quarter.facts().of(ReleaseMade)[seen:]:
            seen += 1
            whole(quarter, release, tmp_path / "read")
    mailed = Counter(path.name.rpartition("-")[2] for path in (tmp_path / "outbox").glob("*.eml"))
    booked = quarter.facts().of(MessageReserved)

    assert kills > 25
    assert 1 == seen == len(quarter.facts().of(ReleaseMade))
    assert len(quarter.framework.partnership.boards) + 1 == len(booked) == len(mailed) == sum(mailed.values())
    assert {"thank-you", "pack-ready"} == {each.occasion for each in booked}


def whole(installation: Installation, release: ReleaseMade, folder: Path) -> None:
    """Read a release as readers would, and prove it whole."""
    store = installation.stores.published
    names = [NAME, *(each.path for each in listed(store.get(f"{release.folder}/{NAME}")))]
    for name in names:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(store.get(f"{release.folder}/{name}"))

    assert [] == problems(folder)
