"""The real SendGrid client against Prism, a server that answers as SendGrid's own description says it must."""

import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from typing import Any

import pytest

from quarterday.adapters.mail import sendgrid_api
from quarterday.adapters.mail.sendgrid_api import SendGridApi
from quarterday.adapters.mail.sendgrid_body import body_of
from quarterday.domain.facts import Outcome
from tests.adapters.mail.conftest import DESCRIPTION, ROOT, an_email
from tests.adapters.mail.test_sendgrid_together import LETTERS

PRISM = ROOT / ".prism" / "node_modules" / ".bin" / "prism"
LISTENING = re.compile(r"Prism is listening on (http://\S+)")


@pytest.fixture(scope="module")
def api(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SendGridApi]:
    """Our way to Prism, which serves SendGrid's description of mail/send on loopback."""
    prism = str(PRISM) if PRISM.exists() else shutil.which("prism")
    if not prism:
        pytest.skip("needs Prism: make prism")
    if not DESCRIPTION.exists():
        pytest.skip("needs ../shared/data/sendgrid_oai/tsg_mail_v3.json, which is not here")
    started = subprocess.Popen(
        [prism, "mock", "--host", "127.0.0.1", "--port", "0", str(DESCRIPTION.resolve())],
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    try:
        assert started.stdout
        url = next((found[1] for line in started.stdout if (found := LISTENING.search(line))), None)
        assert url, "Prism ended before it listened"
        yield SendGridApi("a-key", url, timeout=20, pause=lambda _: None)
    finally:
        started.terminate()
        started.wait()


def test_one_email_is_accepted(api: SendGridApi) -> None:
    """Thread, calendar file, tracking settings and all."""
    assert Outcome.SENT is api.send(an_email()).outcome


def test_a_call_of_many_is_accepted(api: SendGridApi) -> None:
    """Personalizations with their own subject, headers, arguments and substitutions."""
    assert Outcome.SENT is api.send_together(LETTERS).outcome


@pytest.mark.parametrize(
    "breaks",
    [
        lambda body: body.update(custom_args={"outbox_id": "x"}),
        lambda body: body.pop("from"),
        lambda body: body["personalizations"][3].pop("to"),
        lambda body: body["personalizations"][0]["substitutions"].update({"-part1-": 3}),
        lambda body: body.update(personalizations=body["personalizations"] * 200),
        lambda body: body["attachments"][0].pop("filename"),
    ],
    ids=["arguments of a wrong type", "no sender", "no reader", "a number for words", "too many", "a nameless file"],
)
def test_a_broken_call_is_refused(
    api: SendGridApi, monkeypatch: pytest.MonkeyPatch, breaks: Callable[[dict[str, Any]], Any]
) -> None:
    """Prism looks: what departs from the description is told as refused for good."""

    def broken(*given: Any, **more: Any) -> dict[str, Any]:
        body = body_of(*given, **more)
        breaks(body)
        return body

    monkeypatch.setattr(sendgrid_api, "body_of", broken)
    sent = api.send_together(LETTERS)

    assert (Outcome.FAILED, False) == (sent.outcome, sent.again)
    assert "SendGrid refused the email (400)" == sent.detail
