"""A quarter's release from an officer's preview to its withdrawal, as real runs, read where readers read it."""

import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from expectations.checking import Checked
from flows.showing import previewing
from quarterday.adapters.kept_returns import keep_checked
from quarterday.adapters.pack_drafts import draft_names
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import open_stores
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import (
    CollectionOpened,
    Fact,
    FiguresBackfilled,
    MessageReserved,
    ReleaseMade,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.rulings.officer_links import OfficerPage
from quarterday.publishing import release
from quarterday.web.serving.app import create_app
from tests.flows.test_request_decisions import artifact
from tests.web.conftest import Checks

pytestmark = [pytest.mark.prefect, pytest.mark.usefixtures("prefect_server")]
PROJECT = Path(__file__).parents[2]
QUARTER, COLLECTION = "2025-26 Q1", "safer-lewisham.2025-26-q1"
PUBLISH_ON = date(2025, 8, 5)
WHO = {"who": "performance", "why": "Read it through."}


@pytest.fixture
def careful(tmp_path, monkeypatch, office, clock):
    """The worked example where each release waits for an officer, on the day on which its first partners were asked."""
    from flows.open_collection import open_collection
    from flows.performing import process as flows_office

    config = tmp_path / "config"
    shutil.copytree(PROJECT / "config", config)
    _change(config / "partnership.yaml", "releases: automatic", "releases: approval")
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(config))
    monkeypatch.setenv("QUARTERDAY_PACK_FORMATS", "html")
    get_settings.cache_clear()
    flows_office.this_installation.cache_clear()
    clock.set(date(2025, 7, 4))
    open_collection()
    return flows_office.this_installation()


def _change(file: Path, was: str, now: str) -> None:
    text = file.read_text()
    assert was in text
    file.write_text(text.replace(was, now, 1))


def readers_of(office) -> TestClient:
    """Somebody who reads the published packs."""
    return TestClient(create_app(office, Checks()))


def nil(office, number: int) -> None:
    """A partner says that it has nothing to count."""
    from flows.receive_return import receive_return

    made = office.facts().of(RequestMade)[number]
    received = ReturnReceived(
        at=office.now(),
        by=f"{made.partner}/contact",
        partnership=made.partnership,
        request=made.request,
        partner_return=f"R-{number}",
        kind=ReturnKind.NIL,
    )
    office.register.append(received)
    receive_return(received.partner_return)


def told(office) -> int:
    """How many emails went about releases."""
    return sum(each.occasion in ("thank-you", "pack-ready") for each in office.facts().of(MessageReserved))


def test_a_release_from_preview_to_withdrawal(careful, clock):
    """Previewed, approved with a reason, published, told of once, revised by a late return, and withdrawn again."""
    from flows.publish_collection import publish_collection
    from flows.release_decisions import approve_release, preview_release, withdraw_release

    readers = readers_of(careful)
    board = careful.framework.partnership.boards[0].code
    nil(careful, 0)
    clock.set(PUBLISH_ON)

    publish_collection()
    assert "It waits for an officer" in artifact("preview-2025-26-q1")
    assert "Link sent" == preview_release(QUARTER, "performance", return_state=True).name
    (mailed,) = (each for each in careful.facts().of(MessageReserved) if each.email == OfficerPage.PREVIEW)
    assert f"{board}.html" in draft_names(careful.stores.raw, mailed.tells_of)
    assert () == careful.facts().of(ReleaseMade)
    assert 404 == readers.get(f"/packs/{COLLECTION}/{board}.html").status_code

    assert "is not an officer" in refused(approve_release(QUARTER, "nobody", "Fine.", return_state=True))
    assert "reason" in refused(approve_release(QUARTER, "performance", " ", return_state=True))
    approve_release(QUARTER, **WHO)
    assert "performance has already approved version 1" in refused(approve_release(QUARTER, **WHO, return_state=True))
    clock.set(PUBLISH_ON, hour=11)
    nil(careful, 1)
    publish_collection()
    assert () == careful.facts().of(ReleaseMade), "what the officer approved is not what would be published"

    approve_release(QUARTER, **WHO)
    publish_collection()
    (first,) = careful.facts().of(ReleaseMade)
    emails = told(careful)
    assert (1, 2) == (first.version, len(first.returns))
    assert emails > 2
    assert "version 1" in words(readers.get("/packs/").text)
    assert 200 == readers.get(f"/packs/{COLLECTION}/v1/{board}.html").status_code
    assert (0, emails) == (publish_collection(), told(careful))

    clock.set(date(2025, 8, 18))
    nil(careful, 2)
    publish_collection()
    assert 1 == len(careful.facts().of(ReleaseMade))
    approve_release(QUARTER, **WHO)
    publish_collection()
    assert [1, 2] == [each.version for each in careful.facts().of(ReleaseMade)]
    assert "version 2" in words(readers.get("/packs/").text)
    assert "published" in refused(approve_release(QUARTER, version=2, **WHO, return_state=True))

    withdraw_release(QUARTER, 2, **WHO)
    assert "version 1" in words(readers.get("/packs/").text)
    assert 410 == readers.get(f"/packs/{COLLECTION}/v2/{board}.html").status_code
    assert "has already withdrawn version 2" in refused(withdraw_release(QUARTER, 2, **WHO, return_state=True))
    before = told(careful)
    publish_collection()
    assert ([1, 2], before) == ([each.version for each in careful.facts().of(ReleaseMade)], told(careful))


def refused(state) -> str:
    """What a refused decision says."""
    assert "Refused" == state.name
    return str(state.message)


def words(html: str) -> str:
    """A page's words, in lower case."""
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", html)).lower()


def test_a_release_that_cannot_be_made_safe_stops_and_says_where(careful, clock, monkeypatch):
    """The run fails naming the cells and what to do; officers hear of it once, and readers keep what they have."""
    from flows.collection_decisions import adopt_changes
    from flows.performing import process as flows_office
    from flows.publish_collection import publish_collection
    from flows.release_decisions import approve_release

    earlier(careful, {"": 40, "police": 3, "health": 14, "childrens-services": 8, "housing": 7, "voluntary-sector": 8})
    nil(careful, 0)
    clock.set(PUBLISH_ON)
    approve_release(QUARTER, **WHO)
    publish_collection()
    # a rule that asks more than the release that is out gave
    _change(
        careful.settings.config / "framework" / "domestic-abuse-vawg.yaml",
        "disclosure: {rule: threshold, threshold: 5}",
        "disclosure: {rule: threshold, threshold: 20}",
    )
    flows_office.this_installation.cache_clear()
    adopt_changes(QUARTER, ["all"], **WHO)
    nil(careful, 1)
    approve_release(QUARTER, **WHO)
    before = told(careful)
    states = [publish_collection(return_state=True) for _ in range(2)]
    failures = [each for each in careful.facts().of(MessageReserved) if each.occasion == "officer-failure"]

    for state in states:
        assert state.is_failed()
        assert "Publish version 2" in str(state.message)
        assert "marac-referrals in E09000023, police (January to March 2025)" in str(state.message)
        assert "give it the earlier threshold again" in str(state.message)
    assert "No safe release can be made" in artifact("preview-2025-26-q1")
    assert (1, 1, before) == (len(failures), len(careful.facts().of(ReleaseMade)), told(careful))
    assert "version 1" in words(readers_of(careful).get("/packs/").text)


@pytest.mark.parametrize("spoiled", [0, 1], ids=["the earlier", "the later"])
def test_a_damaged_return_of_one_quarter_keeps_no_other_quarter_from_readers(office, clock, monkeypatch, spoiled):
    """Two quarters wait to be published: one is, prepared once, and the run fails naming the other."""
    from flows.publish_collection import publish_collection

    both = timetables(office.framework)[:2]
    clock.set(both[1].closes)
    for plan in both:
        office.register.append(*asked(office, plan))
    damage(office, both[spoiled])
    whole = both[1 - spoiled].collection
    prepared: list[str] = []
    true = release.prepare
    monkeypatch.setattr(release, "prepare", lambda *given: prepared.append(given[1].collection) or true(*given))
    monkeypatch.setattr(previewing, "prepare", release.prepare)
    monkeypatch.setattr(release, "build_packs", lambda *_: {})
    clock.set(both[1].publish_on)
    state = publish_collection(return_state=True)

    assert [whole] == [each.collection for each in office.facts().of(ReleaseMade)]
    assert 1 == prepared.count(whole)
    assert state.is_failed()
    assert "Publish version 1" in str(state.message)


def asked(office, plan) -> tuple[Fact, Fact]:
    """The fire brigade alone was asked, for one quarter."""
    who = {"at": office.now(), "by": "quarterday", "partnership": office.framework.partnership.code}
    partner = "london-fire-brigade"
    codes = tuple(each.code for each in office.framework.asked_of(partner, plan.period))
    opened = CollectionOpened(
        collection=plan.collection, period_start=plan.period.start, period_end=plan.period.end, **who
    )
    made = RequestMade(
        collection=plan.collection,
        request=f"{plan.collection}.{partner}",
        partner=partner,
        asked=codes,
        withheld=(),
        due=plan.due,
        closes=plan.closes,
        **who,
    )
    return opened, made


def damage(office, plan) -> None:
    """The brigade's return was accepted; then a disk lost a part of it."""
    request = f"{plan.collection}.london-fire-brigade"
    who = {"at": office.now(), "partnership": office.framework.partnership.code}
    sent = {"request": request, "partner_return": f"R-{plan.collection}"}
    nothing = PartnerReturn("london-fire-brigade", plan.collection, None, (), "template")
    findings, rows = keep_checked(
        open_stores(office.settings), sent["partner_return"], Checked(nothing, (), Verdict.ACCEPTED), office.now()
    )
    found = {"critical": 0, "warnings": 0, "notes": 0, "findings_stored_as": findings, "rows_stored_as": rows}
    found["answered"] = tuple(each.code for each in office.framework.asked_of("london-fire-brigade", plan.period))
    office.register.append(
        ReturnReceived(kind=ReturnKind.FIGURES, by="london-fire-brigade/contact", **sent, **who),
        VerdictGiven(by="quarterday", verdict="accepted", **found, **sent, **who),
    )
    (file,) = (office.settings.home / "store" / "raw").rglob(Path(rows).name)
    file.chmod(0o644)
    file.write_bytes(b"half a fi")


def earlier(office, referrals: dict[str, int]) -> None:
    """Bring in the referrals of January to March 2025 by who referred, the total under an empty name."""
    lines = [
        f"marac-referrals,E09000023,{'referrer' if category else ''},{category},2025-01-01,2025-03-31,{value}"
        for category, value in referrals.items()
    ]
    text = "\n".join(["indicator,area_code,breakdown,category,period_start,period_end,value", *lines])
    stored = office.stores.raw.put("backfill/referrals.csv", text.encode())
    office.register.append(
        FiguresBackfilled(
            at=office.now(),
            by="performance",
            partnership=office.framework.partnership.code,
            stored_as=stored.name,
            sha256=stored.sha256,
            rows=len(lines),
        )
    )
