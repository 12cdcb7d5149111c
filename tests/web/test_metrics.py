"""What Prometheus is told: how many and how long, and nothing about anybody."""

import json
import logging
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.doctor.last_runs import LastRun
from quarterday.web.serving.app import create_app
from quarterday.web.serving.logs import JsonLines
from quarterday.web.serving.runs_known import RunsKnown
from tests.web.conftest import WRONG, Office, Person


def metrics(office: Office, **headers: str) -> str:
    """The page as Prometheus on this machine reads it."""
    client = TestClient(office.client.app, client=("127.0.0.1", 40000))
    return client.get("/metrics", headers=headers).text


def test_uploads_receipts_and_checks_are_counted(office: Office, person: Person) -> None:
    """One file, checked once and sent: one upload, one check, one receipt."""
    person.upload(b"Indicator,Value\nDeliberate fires,12\n")
    person.send("/send")
    told = metrics(office).splitlines()

    assert "quarterday_uploads_total 1.0" in told
    assert "quarterday_upload_bytes_total 36.0" in told
    assert 'quarterday_receipts_total{kind="figures"} 1.0' in told
    assert 'quarterday_check_seconds_count{verdict="accepted"} 1.0' in told


def test_a_receipt_that_is_shown_again_counts_once(office: Office, person: Person) -> None:
    """Sending the same upload twice is one return."""
    person.upload()
    checked = person.page
    person.send("/send")
    person.page = checked
    person.send("/send")

    assert 'quarterday_receipts_total{kind="figures"} 1.0' in metrics(office)


def test_checks_that_fail_are_counted_apart(office: Office, person: Person) -> None:
    """Broken machinery is not a verdict."""
    office.checks.down = True
    person.upload()

    assert 'quarterday_check_seconds_count{verdict="failed"}' in metrics(office)
    assert 'verdict="accepted"' not in metrics(office)


def test_pages_are_told_by_their_pattern(office: Office, person: Person) -> None:
    """No token, no upload's name, no file's name, no partner: neither of pages that exist nor of others."""
    office.checks.finds = (WRONG,)
    person.upload(name="canary-figures.csv")
    person.open("no-such-page-canary")
    told = metrics(office)

    assert 'page="/r/{token}/uploads/{upload}"' in told
    assert 'page="other"' in told
    assert not any(secret in told for secret in (person.token, "canary", "fire", "-4 is below"))


def test_room_on_the_disk_is_told(office: Office) -> None:
    """A gauge that an alert can watch."""
    (line,) = [each for each in metrics(office).splitlines() if each.startswith("quarterday_disk_free_bytes")]

    assert float(line.split()[1]) > 0


def test_what_waits_is_told(office: Office) -> None:
    """How many emails were given up, wait or are in doubt, and how many returns wait: an alert can watch them."""
    told = metrics(office)

    for name in ("emails_given_up", "emails_waiting", "emails_in_doubt", "returns_unchecked"):
        assert f"quarterday_{name} 0.0" in told


def test_when_each_flow_last_succeeded_is_told(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """In seconds, as Prometheus likes it; one that is ill says so, and where Prefect is silent there is no number."""
    last = datetime(2026, 5, 6, 8, 3, tzinfo=UTC)
    runs = [
        LastRun("chase-returns", last, None, None),
        LastRun("publish-collection", None, failed=last, due=None),
    ]
    silent = metrics(office)
    monkeypatch.setattr(RunsKnown, "now", lambda _: runs)
    told = metrics(office)

    assert "quarterday_flow_last_success_timestamp_seconds{" not in silent
    assert 'quarterday_flow_last_success_timestamp_seconds{flow="chase-returns"} 1.77805458e+09' in told
    assert 'quarterday_flow_ill{flow="chase-returns"} 0.0' in told
    assert 'quarterday_flow_ill{flow="publish-collection"} 1.0' in told


def test_only_this_machine_sees_them_where_no_token_is_set(office: Office) -> None:
    """Whoever comes from elsewhere, or through a proxy, finds no such page."""
    elsewhere = TestClient(office.client.app, client=("192.0.2.7", 40000)).get("/metrics")

    assert 404 == elsewhere.status_code
    assert "not found" == metrics(office, **{"x-forwarded-for": "192.0.2.7"})


def test_who_has_the_token_sees_them_from_anywhere(office: Office) -> None:
    """With a token, it counts and the address does not."""
    settings = office.installation.settings.model_copy(update={"metrics_token": _secret("a-token")})
    installation = type(office.installation)(**{**vars(office.installation), "settings": settings})
    client = TestClient(create_app(installation, office.checks), client=("192.0.2.7", 40000))

    assert 404 == client.get("/metrics").status_code
    assert 404 == client.get("/metrics", headers={"authorization": "Bearer another"}).status_code
    assert 200 == client.get("/metrics", headers={"authorization": "Bearer a-token"}).status_code


def _secret(said: str) -> object:
    from pydantic import SecretStr

    return SecretStr(said)


def test_logs_for_machines(office: Office, person: Person, caplog: pytest.LogCaptureFixture) -> None:
    """As JSON a request's line has fields, and its path no token."""
    caplog.set_level(logging.INFO, "quarterday.web.access")
    person.open()
    (record,) = [each for each in caplog.records if each.name == "quarterday.web.access"]
    said = json.loads(JsonLines().format(record))

    assert ("GET", "/r/…", 200) == (said["method"], said["path"], said["status"])
    assert person.token not in json.dumps(said)
