"""Why there is another version, as its boards read it: only what follows from what it was made from."""

from dataclasses import replace
from datetime import datetime

import pytest

from quarterday.domain.facts import ActivityRuled, Fact, FiguresHeld, Rag
from tests.adapters.mail.conftest import COLLECTION, FIRE, a_send
from tests.adapters.mail.scenes import RELEASE, REVISED, SCENES
from tests.adapters.mail.test_templates import DAYS, LEAD, written

BY_JO = {"by": "jo", "partnership": "somewhere", "at": datetime(2025, 8, 20, 9, tzinfo=RELEASE.at.tzinfo)}
HELD = FiguresHeld(request=FIRE, indicator="deliberate-fires", held=True, **BY_JO)
RATED = ActivityRuled(collection=COLLECTION, activity="campaign", rag=Rag.RED, for_readers="It stands still.", **BY_JO)


@pytest.mark.parametrize(
    ("before", "after", "decided", "says"),
    [
        ((), ("R-2025-0002",), None, "revised since returns came after the last one"),
        ((), (HELD.key,), HELD, "revised since figures that came are held back now"),
        ((HELD.key,), (), HELD, "revised since the partnership decided otherwise on something in it"),
        ((), (RATED.key,), RATED, "revised since the partnership decided otherwise on something in it"),
        (("R-2025-0002",), (), None, "revised since a return that was in the last one is not used any more"),
    ],
)
def test_a_board_reads_why_there_is_another_version(
    monkeypatch: pytest.MonkeyPatch, before: tuple[str, ...], after: tuple[str, ...], decided: Fact | None, says: str
) -> None:
    """That returns came is said where some did, and an officer's decision is told as one."""
    whole = RELEASE.returns
    first, second = replace(RELEASE, returns=whole + before), replace(REVISED, returns=whole + after)
    others = [each for each in SCENES["revised"] if each not in (RELEASE, REVISED)]
    scene = f"from {before} to {after}"  # offices are kept by the name of their scene
    monkeypatch.setitem(SCENES, scene, (*others, first, *([decided] if decided else []), second))
    action = replace(a_send("pack-ready", LEAD, about=REVISED.key), request="", partner="")

    assert says in " ".join(written(scene, action, DAYS[2], "").text.split())
