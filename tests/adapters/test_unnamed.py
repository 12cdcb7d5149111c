"""Files that no fact names are swept after a day; whatever is named, or still to be named, stays."""

import os
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.doctor.retention import look_at_what_is_kept
from quarterday.adapters.register import Register, open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores, open_stores
from quarterday.adapters.unnamed import sweep_unnamed
from quarterday.domain.facts import ReleaseMade, ReturnKind, ReturnReceived, UploadKept, VerdictGiven

A_DAY = timedelta(days=1)
REQUEST = "safer-lewisham.2025-26-q1.fire"
WHO: dict[str, Any] = {"at": datetime.now(UTC), "by": "quarterday", "partnership": "safer-lewisham"}
ZERO = "0" * 16
NAMED = (
    f"uploads/{REQUEST}/named.csv",
    f"checked/2025-07/R-1/findings-{ZERO}.json",
    f"checked/2025-07/R-1/rows-{ZERO}.json",
)
WAITING = f"checked/2025-07/R-2/findings-{ZERO}.json"
FORGOTTEN = (
    f"uploads/{REQUEST}/killed.csv",
    f"checked/2025-07/R-1/rows-{'1' * 16}.json",
    f"emails/ab/{'a' * 64}.txt",
    "backfill/forgotten.csv",
)
OTHERS = ("drafts/20250701T090000/c/v2/pack.html", "typed/abc/1.json")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path, config=Path(__file__).parents[2] / "config")


@pytest.fixture
def kept(settings: Settings) -> tuple[Register, Stores]:
    """A register and its stores, with everything that may lie there, all of it written long ago."""
    stores, register = open_stores(settings), open_register(settings)
    for name in (*NAMED, WAITING, *FORGOTTEN, *OTHERS):
        stores.raw.put(name, name.encode())
    for folder in ("c/v1", "c/v1-2", "c/v2"):
        stores.published.put(f"{folder}/manifest.json", b"{}")
    upload = {"upload": "u", "sha256": "0", "size": 1, "suffix": ".csv", "said_name": "f.csv"}
    received = {"request": REQUEST, "kind": ReturnKind.FIGURES}
    verdict = {"verdict": "accepted", "critical": 0, "warnings": 0, "notes": 0}
    release = {"collection": "c", "version": 1, "kind": "provisional", "manifest_sha256": "", "returns": ()}
    register.append(
        UploadKept(request=REQUEST, stored_as=NAMED[0], **upload, **WHO),
        ReturnReceived(partner_return="R-1", stored_as=NAMED[0], **received, **WHO),
        ReturnReceived(partner_return="R-2", **received, **WHO),
        VerdictGiven(
            request=REQUEST,
            partner_return="R-1",
            findings_stored_as=NAMED[1],
            rows_stored_as=NAMED[2],
            **verdict,
            **WHO,
        ),
        ReleaseMade(folder="c/v1-2", **release, **WHO),
    )
    long_ago = time.time() - timedelta(days=3).total_seconds()
    for place in (settings.home / "store").rglob("*"):
        if place.is_file():
            os.utime(place, (long_ago, long_ago))
    return register, stores


def test_what_is_forgotten_goes(kept: tuple[Register, Stores]) -> None:
    """What a fact names stays, and so does what waits for its fact: results of no verdict, a version not made."""
    register, stores = kept
    swept = sweep_unnamed(register, stores, A_DAY)

    assert len(FORGOTTEN) + 1 == swept
    assert sorted([*NAMED, WAITING, *OTHERS]) == stores.raw.names()
    assert ["c/v1-2/manifest.json", "c/v2/manifest.json"] == stores.published.names()
    assert 0 == sweep_unnamed(register, stores, A_DAY)


def test_what_was_written_today_stays(kept: tuple[Register, Stores]) -> None:
    """Its fact may be on its way; and what is put once more counts as written."""
    register, stores = kept
    stores.raw.put(FORGOTTEN[2], FORGOTTEN[2].encode())
    sweep_unnamed(register, stores, A_DAY)

    assert stores.raw.exists(FORGOTTEN[2])


def test_what_is_named_meanwhile_is_put_back(kept: tuple[Register, Stores], monkeypatch: pytest.MonkeyPatch) -> None:
    """The very same bytes were kept once more while they were being deleted."""
    register, stores = kept
    delete = stores.raw.delete

    def named_meanwhile(name: str) -> None:
        delete(name)
        if name == FORGOTTEN[0]:
            upload = {"upload": "k", "sha256": "0", "size": 1, "suffix": ".csv", "said_name": "f.csv"}
            register.append(UploadKept(request=REQUEST, stored_as=name, **upload, **WHO))

    monkeypatch.setattr(stores.raw, "delete", named_meanwhile)
    sweep_unnamed(register, stores, A_DAY)

    assert FORGOTTEN[0].encode() == stores.raw.get(FORGOTTEN[0])


def test_the_doctor_counts_them(kept: tuple[Register, Stores], settings: Settings) -> None:
    """Where housekeeping has not been for two days."""
    told = [str(each) for each in look_at_what_is_kept(settings)]
    sweep_unnamed(*kept, A_DAY)

    assert 1 == sum("5 file(s) are named by no fact" in each for each in told)
    assert not [each for each in map(str, look_at_what_is_kept(settings)) if "named by no fact" in each]
