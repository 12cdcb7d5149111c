"""What stories are put on stage with: an officer's editor, and a mail server that writes down what it took."""

import shutil
from datetime import date, timedelta
from pathlib import Path

import pytest

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.mail.smtp import SmtpServer
from quarterday.domain.collection.timetable import timetable
from quarterday.domain.facts import Outcome
from quarterday.domain.framework.periods import parse_quarter
from rehearsal.letters import read_letters
from rehearsal.staging.editing import PARTNERS, Config
from rehearsal.staging.mail_server import MailServer, mail_server
from tests.adapters.mail.conftest import an_email

PROJECT = Path(__file__).parents[2]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    """A copy of the worked example that nobody reads anew."""
    return Config(Path(shutil.copytree(PROJECT / "config", tmp_path / "config")), lambda: None)


def test_an_edit_leaves_all_else_as_it_was(config: Config) -> None:
    """One line of the file differs, comments and quotes stay."""
    before = (config.folder / PARTNERS).read_text()
    with config.partner("london-fire-brigade").edit() as partner:
        partner["lead_time"] = 12
    after = (config.folder / PARTNERS).read_text()

    assert [("    lead_time: 10", "    lead_time: 12")] == [
        (old, new) for old, new in zip(before.splitlines(), after.splitlines(), strict=True) if old != new
    ]


def test_meetings_move_together_and_the_timetable_with_them(config: Config) -> None:
    """Three weeks later, every board that considers the quarter; the example stays a configuration that loads."""
    period = parse_quarter("2025-26 Q1")
    before = timetable(load_framework(config.folder), period)
    config.move_meetings("2025-26 Q1", lambda on: on + timedelta(weeks=3))
    after = timetable(load_framework(config.folder), period)

    assert before and after
    assert after.papers_on - before.papers_on >= timedelta(weeks=3)


def test_meetings_that_are_cancelled_are_gone(config: Config) -> None:
    """No board considers the quarter then."""
    config.move_meetings("2025-26 Q1", lambda on: None)

    assert timetable(load_framework(config.folder), parse_quarter("2025-26 Q1")) is None


def test_search_and_replace_takes_whole_codes_only(config: Config) -> None:
    """`housing` is another code than `housing-needs`."""
    file = config.folder / "note.yaml"
    file.write_text("a: housing\nb: housing-needs\nc: [met-housing, housing]\n")
    config.replace("housing", "homes")

    assert "a: homes\nb: housing-needs\nc: [met-housing, homes]\n" == file.read_text()


def test_a_retired_indicator_is_named_nowhere_and_that_is_said_once(config: Config) -> None:
    """Activities name it no more either, so that what is left loads; only then is it read anew."""
    told: list[date] = []
    edited = Config(config.folder, lambda: told.append(date(2025, 7, 1)))
    edited.retire("ward-panels")

    assert [date(2025, 7, 1)] == told
    assert "ward-panels" not in load_framework(config.folder).indicator


def given(server: MailServer, to: str, outbox_id: str) -> Outcome:
    """What the real transport says of one email to the server."""
    transport = SmtpServer(host="127.0.0.1", port=server.port, security="none", timeout=5)
    return transport.send(an_email(to_email=to, outbox_id=outbox_id)).outcome


def test_the_mail_server_writes_down_what_it_took(tmp_path: Path) -> None:
    """A file an email, named after what it was booked as; a dead address bounces, a full one may be tried again."""
    with mail_server(tmp_path) as server:
        server.gone.add("nobody@fire.example")
        server.full.add("full@fire.example")
        outcomes = [
            given(server, "callum@fire.example", "abc"),
            given(server, "nobody@fire.example", "def"),
            given(server, "full@fire.example", "ghi"),
        ]

    assert [Outcome.SENT, Outcome.BOUNCED, Outcome.FAILED] == outcomes
    assert ["00000-abc.eml"] == [file.name for file in tmp_path.glob("*.eml")]
    assert ["callum@fire.example"] == [letter.to for letter in read_letters(tmp_path, {})]
