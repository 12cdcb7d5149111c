"""`quarterday doctor` says why emails do not go, and what is kept past its end."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.doctor.retention import look_at_what_is_kept
from quarterday.adapters.doctor.words import look_at_quarter
from quarterday.adapters.links import hash_token
from quarterday.adapters.pack_drafts import keep_draft as keep_packs
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.adapters.typed_drafts import keep_draft as keep_typed
from quarterday.domain.facts import (
    Fact,
    LinkIssued,
    MessageReserved,
    MessageSettled,
    Outcome,
    RequestMade,
    Step,
    UploadKept,
)

NOW = datetime.now(UTC)
REQUEST = "safer-lewisham.2025-26-q1.met-police"
WHO: dict[str, Any] = {"by": "quarterday", "partnership": "safer-lewisham"}
CONFIG = Path(__file__).parents[2] / "config"
WHY = "SendGrid refused our key (401): put QUARTERDAY_SENDGRID_KEY right"
BOOKED = MessageReserved(
    at=NOW - timedelta(hours=9),
    collection="",
    request=REQUEST,
    message="m1",
    occasion="request",
    email="request",
    recipient="met-police/contact",
    subject="",
    outbox_id="1",
    **WHO,
)


def told(home: Path, look: Any, *facts: Fact) -> str:
    """What a look at an installation says of these facts."""
    there = Settings(_env_file=None, home=home, config=CONFIG, database_url="")
    with open_register(there) as register:
        register.append(*facts)
    return "\n".join(str(each) for each in look(there) if each.serious)


@pytest.mark.parametrize(
    ("step", "what"),
    [(Step.NOT_SENT, "have not gone yet and are tried again"), (Step.GIVEN_UP, "were given up")],
    ids=["tried", "given up"],
)
def test_doctor_says_why_emails_do_not_go(tmp_path: Path, step: Step, what: str) -> None:
    """A wrong key is named while emails are still tried, and once they were given up."""
    ended = MessageSettled(
        at=NOW - timedelta(hours=1), message="m1", outcome=Outcome.FAILED, step=step, attempt=1, detail=WHY, **WHO
    )
    said = told(tmp_path, look_at_quarter, BOOKED, ended)

    assert f"1 email(s) {what}: request to met-police/contact" in said
    assert WHY in said


def test_doctor_says_why_an_email_is_in_doubt(tmp_path: Path) -> None:
    """What broke over it stands with it, and not in `history` alone."""
    broke = "the connection broke while the message was given (TimeoutError)"
    doubted = MessageSettled(
        at=NOW, message="m1", outcome=Outcome.UNCONFIRMED, step=Step.ANSWERED, attempt=1, detail=broke, **WHO
    )

    assert f"1 email(s) went: request to met-police/contact. Of the last: {broke}." in told(
        tmp_path, look_at_quarter, BOOKED, doubted
    )


def test_doctor_says_what_is_past_its_end(tmp_path: Path) -> None:
    """A return that an agreement let be kept for some years and that is still there two days after them; not before."""
    months = max(each.keep_raw_months for each in load_framework(CONFIG).agreements)
    long_ago = NOW - timedelta(days=31 * months + 200)
    made = RequestMade(
        at=long_ago,
        collection="safer-lewisham.2025-26-q1",
        request=REQUEST,
        partner="met-police",
        asked=("stop-searches",),
        withheld=(),
        due=long_ago.date(),
        closes=long_ago.date(),
        **WHO,
    )
    uploads = [
        UploadKept(
            at=at,
            request=REQUEST,
            upload=name,
            sha256="0",
            size=1,
            suffix=".csv",
            stored_as=f"uploads/{name}",
            said_name="q1.csv",
            **WHO,
        )
        for name, at in (("old", long_ago), ("new", NOW))
    ]

    assert "1 file(s) are past their agreement's date and still there" in told(
        tmp_path, look_at_what_is_kept, made, *uploads
    )


def test_doctor_says_which_drafts_are_past_their_end(tmp_path: Path) -> None:
    """Packs that nobody may look at any more, and what was typed by a link that has ended, where nothing deleted it."""
    raw = open_stores(Settings(_env_file=None, home=tmp_path, config=CONFIG, database_url="")).raw
    for days in (1, 3, 5):
        keep_packs(raw, "safer-lewisham.2025-26-q1", 1, NOW - timedelta(days=days), {"pack.pdf": b"%PDF"})
    links = []
    for name, hours in (("ended", -48), ("just now", -2), ("works", 48)):
        keep_typed(raw, name, {"box": "7"}, NOW - timedelta(days=9))
        links.append(
            LinkIssued(
                at=NOW - timedelta(days=9),
                request=REQUEST,
                token_hash=hash_token(name),
                recipient="met-police/contact",
                message=name,
                expires=NOW + timedelta(hours=hours),
                **WHO,
            )
        )
    said = told(tmp_path, look_at_what_is_kept, *links)

    assert "1 file(s) are drafts and previews of packs from more than 3 days ago and still there" in said
    assert "1 file(s) were typed and not sent by a link that has ended and still there" in said
