"""`quarterday erase`, and what `quarterday verify` says of the head, as whoever types them reads it."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import typer
from click.testing import CliRunner
from sqlalchemy import text

from quarterday.__main__ import app
from quarterday.adapters.register import Register, open_register
from quarterday.adapters.register.heads import record_head
from quarterday.adapters.settings import Settings, get_settings
from quarterday.commands import verify
from quarterday.domain.facts import ContactChanged, PersonErased, ReplyKind, ReplyReceived

CODE, OFFICER = "safer-lewisham", "information-governance"
ROOT = Path(__file__).parents[3]
AT = datetime(2025, 7, 8, 8, 0, tzinfo=UTC)
WHO = {"by": "quarterday", "partnership": CODE}


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Register]:
    """A register of the example's partnership that names Bo, writes of Bo, and has its first head."""
    monkeypatch.setenv("QUARTERDAY_HOME", str(tmp_path))
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(ROOT / "config"))
    monkeypatch.delenv("QUARTERDAY_DATABASE_URL", raising=False)
    get_settings.cache_clear()
    with open_register(Settings(_env_file=None, home=tmp_path, database_url="")) as register:
        named = ContactChanged(
            partner="met-police", role="deputy", name="Bo Brand", email="bo@police.example", at=AT, **WHO
        )
        now = ContactChanged(
            partner="met-police",
            role="deputy",
            name="Ann Other",
            email="ann@police.example",
            at=AT + timedelta(hours=1),
            **WHO,
        )
        wrote = ReplyReceived(
            request="r", reply="a", kind=ReplyKind.OWN_REFERENCE, reason="Bo Brand knows.", at=AT, **WHO
        )
        register.append(named, now, wrote)
        record_head(register, CODE, AT + timedelta(days=2))
        yield register
    get_settings.cache_clear()


def test_a_person_is_taken_out_by_a_command(kept: Register) -> None:
    """It says in how many facts, words of reasons too, and until when backups hold it; refused, nothing changes."""
    typed = ["erase", "Bo Brand", "--who", OFFICER, "--why", "They asked for it."]
    done = CliRunner().invoke(app, typed)
    again = CliRunner().invoke(app, typed)

    assert 0 == done.exit_code, done.output
    assert "Taken out of 2 fact(s)" in done.output
    assert "(name taken out) knows." == kept.facts(CODE).of(ReplyReceived)[0].reason
    assert "Backups of before still hold it" in done.output
    assert 1 == again.exit_code
    assert 2 == len(kept.facts(CODE).of(PersonErased))


def test_verify_says_whether_the_register_holds_to_its_head(kept: Register, capsys: pytest.CaptureFixture[str]) -> None:
    """Its number and how many facts it covers; a fact that was changed since stops it, with what was changed."""
    verify._tell_of_head()
    assert "The register holds to head 1, over 3 facts." in capsys.readouterr().out
    with kept.engine.begin() as connection:
        connection.execute(text("DROP TRIGGER reply_received_refuses_update"))
        connection.execute(text("UPDATE reply_received SET reason = 'Ann Other knows.'"))
    with pytest.raises(typer.Exit):
        verify._tell_of_head()

    assert "what at least one of them says was changed" in capsys.readouterr().err
