"""`quarterday doctor`: each thing that may be wrong is told with what to do; a sound installation is called sound."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.doctor import examine
from quarterday.adapters.doctor.running import deployments_wanted, look_at_portal, look_at_prefect
from quarterday.adapters.doctor.words import look_at_configuration, look_at_mail, look_at_quarter
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.facts import MessageReserved, MessageSettled, Outcome, RequestMade, ReturnKind, ReturnReceived

CONFIG = Path(__file__).parents[2] / "config"
NOW = datetime.now(UTC)
WHO: dict[str, Any] = {"by": "quarterday", "partnership": "safer-lewisham"}


def settings(home: Path, **more: Any) -> Settings:
    """An installation of the worked example."""
    return Settings(home=home, config=CONFIG, **more)


class Answering(BaseHTTPRequestHandler):
    """A Prefect server and a portal in one, which say what the test lets them say."""

    answers: dict[str, Any]

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        found = self.answers.get(path)
        if found is None and path.startswith("/api/deployments/name/"):
            found = {"paused": False, "schedules": [{"active": True}]}
        self.send_response(200 if found is not None else 404)
        self.end_headers()
        self.wfile.write(json.dumps(found).encode())

    def log_message(self, *_: object) -> None:
        """Nothing is printed."""


@pytest.fixture
def served() -> Iterator[tuple[str, dict[str, Any]]]:
    """Its address, and its answers, which a test may change."""
    answers = {
        "/api/admin/version": "3.8.8",
        "/api/admin/settings": {"server": {"analytics_enabled": False, "api": {"csrf_protection_enabled": True}}},
        "/api/work_pools/quarterday": {"status": "READY"},
        "/readyz": {"ready": True},
    }
    handler = type("Handler", (Answering,), {"answers": answers})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}", answers
    server.shutdown()


def said(complaints: Any) -> str:
    """The serious complaints, in one text."""
    return "\n".join(str(each) for each in complaints if each.serious)


def test_a_sound_installation(tmp_path, served):
    """Nothing serious is said of any part."""
    there = settings(tmp_path, prefect_ui_url=served[0], portal_url=served[0])
    open_register(there).close()

    assert {} == {part: said(found) for part, found in examine(there) if said(found)}


def test_where_nothing_has_begun(tmp_path):
    """Each part that is missing is named with what to do, and nothing is made by looking."""
    absent = tmp_path / "home"
    there = settings(absent, prefect_ui_url="http://127.0.0.1:9", portal_url="http://127.0.0.1:9")
    told = {part: said(found) for part, found in examine(there)}

    assert "make up" in told["home"]
    assert "no register" in told["register"]
    assert "Nothing answers" in told["Prefect"]
    assert "does not answer" in told["portal"]
    assert not absent.exists()


def test_what_is_wrong_in_config_is_told_with_its_line(tmp_path):
    """As `quarterday check` tells it."""
    (tmp_path / "partnership.yaml").write_text("code: Not A Code\n")

    assert "partnership.yaml:1" in said(look_at_configuration(Settings(home=tmp_path, config=tmp_path)))


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        ({"/api/work_pools/quarterday": {"status": "NOT_READY"}}, "No worker looks after"),
        ({"/api/work_pools/quarterday": {"status": "PAUSED"}}, "is paused"),
        ({"/api/work_pools/quarterday": None}, "no work pool"),
        ({"/api/deployments/name/chase-returns/chase-returns": {"schedules": [{"active": False}]}}, "no schedule"),
        ({"/api/deployments/name/chase-returns/chase-returns": {"paused": True}}, "“chase-returns” is paused"),
        ({"/api/admin/settings": {"server": {"analytics_enabled": True}}}, "tells its makers"),
        ({"/api/admin/settings": {"server": {"api": {"csrf_protection_enabled": False}}}}, "could start a run"),
    ],
)
def test_what_may_be_wrong_with_prefect(tmp_path, served, change, sentence):
    """One sentence for each."""
    served[1].update(change)

    assert sentence in said(look_at_prefect(settings(tmp_path, prefect_ui_url=served[0])))


def test_deployments_are_those_of_prefect_yaml():
    """With and without schedules."""
    names = {each["name"] for each in deployments_wanted()}

    assert {"chase-returns", "sweep-returns", "approve-release"} <= names


def test_a_portal_without_its_register(tmp_path, served):
    """It answers and is not ready."""
    served[1].pop("/readyz")

    assert "not ready" in said(look_at_portal(settings(tmp_path, portal_url=served[0])))


def test_mail_without_its_settings(tmp_path):
    """The missing setting is named."""
    assert "QUARTERDAY_SENDGRID_KEY" in said(look_at_mail(settings(tmp_path, mail="sendgrid")))


def test_unconfirmed_emails_and_forgotten_returns(tmp_path):
    """Named by code and reference; no address stands there."""
    there = settings(tmp_path)
    request = "safer-lewisham.2025-26-q1.somebody"
    with open_register(there) as register:
        register.append(
            RequestMade(
                at=NOW - timedelta(days=3),
                collection="safer-lewisham.2025-26-q1",
                request=request,
                partner="somebody",
                asked=(),
                withheld=(),
                due=NOW.date(),
                closes=NOW.date(),
                **WHO,
            ),
            MessageReserved(
                at=NOW - timedelta(days=2),
                collection="",
                request=request,
                message="m1",
                rung="request",
                email="request",
                recipient="somebody/contact",
                subject="",
                outbox_id="1",
                **WHO,
            ),
            MessageSettled(
                at=NOW - timedelta(days=2), message="m1", outcome=Outcome.UNCONFIRMED, settles="not known", **WHO
            ),
            *(
                ReturnReceived(at=NOW - age, request=request, partner_return=reference, kind=ReturnKind.NIL, **WHO)
                for reference, age in (("R-OLD", timedelta(hours=2)), ("R-NEW", timedelta(minutes=5)))
            ),
        )
    told = said(look_at_quarter(there))

    assert "request to somebody/contact" in told
    assert "R-OLD" in told
    assert "R-NEW" not in told
