"""What may have happened by the time an email goes: one scene each, as facts about the fire service's request."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from hashlib import sha256
from typing import Any

from pydantic import TypeAdapter

from quarterday.domain.facts import (
    ExtensionDecided,
    Fact,
    GapRecorded,
    ReleaseMade,
    ReplyKind,
    ReplyReceived,
    RequestWaived,
    ReturnKind,
    ReturnReceived,
    Verdict,
    VerdictGiven,
    WaiverLifted,
)
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow
from tests.adapters.mail.conftest import COLLECTION, FIRE, MADE, WHO, StoresInMemory

LATER = datetime(2025, 7, 15, 9, 0, tzinfo=UTC)
SAID: dict[str, Any] = {"at": LATER, "partnership": "somewhere", "by": "fire/contact"}
SECRET_VALUE = "6174"  # stands in the return, never in an email


def replied(kind: ReplyKind, **more: Any) -> ReplyReceived:
    """The fire service said something."""
    return ReplyReceived(request=FIRE, reply=f"reply-{kind.name.lower()}", kind=kind, **(SAID | more))


def returned(kind: ReturnKind = ReturnKind.FIGURES, **more: Any) -> ReturnReceived:
    """The fire service sent a return."""
    parts = {"request": FIRE, "partner_return": "R-2025-0001", "kind": kind, "sha256": "ab" * 32, "suffix": ".xlsx"}
    return ReturnReceived(**(SAID | parts | more))


def judged(verdict: Verdict, **more: Any) -> VerdictGiven:
    """The checks, or an officer, said what they made of it."""
    parts = {
        "request": FIRE,
        "partner_return": "R-2025-0001",
        "verdict": verdict,
        "critical": 1,
        "warnings": 1,
        "notes": 0,
        "findings_stored_as": FINDINGS_KEPT,
        "rows_stored_as": ROWS_KEPT,
        "answered": MADE.asked,
    }
    return VerdictGiven(**(WHO | {"at": LATER.replace(hour=10)} | parts | more))


FINDINGS = (
    Finding(
        rule="area",
        severity=Severity.CRITICAL,
        sentence=f"“{SECRET_VALUE}” is no ward.",
        safe_sentence="Use the ward’s 9-character code, for example E05013714.",
        sheet="Figures",
        column="Ward",
        cells=("B14", "B19"),
    ),
    Finding(
        rule="usual",
        severity=Severity.WARNING,
        sentence=f"{SECRET_VALUE}, where 8 to 15 is usual.",
        safe_sentence="This is outside what is usual. Is it right? Tell us why.",
        sheet="Figures",
        column="Value",
        cells=("H14",),
    ),
)
ROWS = PartnerReturn(
    partner="fire",
    collection=COLLECTION,
    period=None,
    rows=(ReturnRow("deliberate-fires", "E09000099", "", "", None, value=float(SECRET_VALUE)),),
    layout="template",
)
IN_SHORT = {
    "board": {
        "signs": ["Knife crime"],
        "missing": ["Robberies"],
        "by_chance": "About 3 such signs would be expected by chance among these 40 charts.",
        "changes": {"1": {"lines": ["Knife crime, Deptford (April to June 2025): 31 before, 33 now"], "of": 3}},
    },
    "committee": {"signs": [], "missing": ["Fires"], "by_chance": ""},
}
FINDINGS_READ = TypeAdapter(tuple[Finding, ...]).dump_json(FINDINGS)
ROWS_READ = TypeAdapter(PartnerReturn).dump_json(ROWS)
FINDINGS_KEPT = f"findings-{sha256(FINDINGS_READ).hexdigest()}.json"  # as they are kept, by what they hold
ROWS_KEPT = f"rows-{sha256(ROWS_READ).hexdigest()}.json"
STORES = StoresInMemory(
    **{FINDINGS_KEPT: FINDINGS_READ, ROWS_KEPT: ROWS_READ, "/in-short.json": json.dumps(IN_SHORT).encode()}
)

RELEASE = ReleaseMade(
    **(WHO | {"at": LATER.replace(day=31)}),
    collection=COLLECTION,
    version=1,
    kind="provisional",
    folder="",
    manifest_sha256="",
    returns=("R-2025-0001",),
)
GAP = GapRecorded(
    **(WHO | {"at": LATER.replace(day=30)}),
    collection=COLLECTION,
    request="",
    partner="police",
    indicator="robberies",
    owner="police",
)
REVISED = replace(RELEASE, version=2, kind="revised", at=LATER.replace(month=9))


def granted(reply: str = "reply-needs_time", **more: Any) -> ExtensionDecided:
    """An officer gave more time."""
    parts = {"request": FIRE, "granted": True, "until": date(2025, 7, 29), "reply": reply, "to_partner": "Of course."}
    return ExtensionDecided(**(WHO | {"at": LATER.replace(hour=11)} | parts | more))


WAIVED = RequestWaived(**(WHO | {"at": LATER}), request=FIRE, to_partner="You have had a flood.")
SCENES: dict[str, tuple[Fact, ...]] = {
    "nothing yet": (),
    "needs time": (replied(ReplyKind.NEEDS_TIME, until=date(2025, 7, 29), reason="Two of us are away."),),
    "own reference": (replied(ReplyKind.OWN_REFERENCE, reference="FOI-2291"),),
    "not available": (replied(ReplyKind.NOT_AVAILABLE, indicators=("deliberate-fires",), reason="A new system."),),
    "a colleague": (replied(ReplyKind.COLLEAGUE, colleague_name="Cy Colleague", colleague_email="cy@partner.example"),),
    "granted": (replied(ReplyKind.NEEDS_TIME, until=date(2025, 7, 29)), granted()),
    "granted unasked": (granted(reply="", to_partner=""),),
    "refused": (
        replied(ReplyKind.NEEDS_TIME),
        granted(granted=False, until=None, to_partner="The papers leave before."),
    ),
    "being checked": (returned(),),
    "sent back": (returned(), judged(Verdict.QUERIED)),
    "accepted": (returned(), judged(Verdict.ACCEPTED_WITH_CAVEATS)),
    "accepted by an officer": (
        returned(),
        judged(Verdict.QUERIED),
        judged(Verdict.ACCEPTED_WITH_CAVEATS, overrides="jo", to_partner="We spoke.", at=LATER.replace(hour=12)),
    ),
    "a question": (
        returned(),
        judged(Verdict.ACCEPTED),
        judged(Verdict.QUERIED, overrides="jo", to_partner="Is 41 right?", at=LATER.replace(hour=12)),
    ),
    "let off": (WAIVED,),
    "asked after all": (WAIVED, WaiverLifted(**(WHO | {"at": LATER.replace(hour=13)}), request=FIRE)),
    "part": (
        returned(ReturnKind.PART, rest_by=date(2025, 7, 29)),
        judged(Verdict.ACCEPTED, answered=()),
    ),
    "nil": (
        returned(ReturnKind.NIL, sha256="", suffix=""),
        judged(Verdict.ACCEPTED, findings_stored_as="", rows_stored_as=""),
    ),
    "two people": (returned(), returned(partner_return="R-2025-0002", by="fire/manager")),
    "another period": (returned(period_start=date(2025, 6, 1), period_end=date(2025, 9, 30)),),
    "published": (returned(), judged(Verdict.ACCEPTED), GAP, RELEASE),
    "revised": (returned(), judged(Verdict.ACCEPTED), RELEASE, REVISED),
}
