"""`quarterday keys`, as typed: the same ruling as on the officers' pages."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quarterday.__main__ import app
from quarterday.adapters.links import hash_token
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings, get_settings
from quarterday.domain.facts import KeyMade, KeyRevoked

CONFIG = Path(__file__).parents[2] / "config"
DECIDED = ("--who", "coordinator", "--why", "They asked.")


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command, in a home of the example's."""
    monkeypatch.setenv("QUARTERDAY_CONFIG", str(CONFIG))
    monkeypatch.setenv("QUARTERDAY_HOME", str(tmp_path))
    get_settings.cache_clear()
    open_register(Settings(home=tmp_path)).close()
    yield lambda *words: CliRunner().invoke(app, ["keys", *words])
    get_settings.cache_clear()


def test_a_key_is_printed_once_and_revoked(keys: Callable[..., Result], tmp_path: Path) -> None:
    """The register holds its hash, who and why; the list says since when it works, and never the key."""
    made = keys("housing", "--make", *DECIDED)
    key = made.output.splitlines()[0]
    listed = keys().output
    revoked = keys("housing", "--revoke", *DECIDED)
    with open_register(Settings(home=tmp_path)) as register:
        facts = register.facts("safer-lewisham")

    assert key.startswith("qd_")
    assert (hash_token(key), "coordinator", "They asked.") == (
        facts.of(KeyMade)[0].key_hash,
        facts.of(KeyMade)[0].by,
        facts.of(KeyMade)[0].reason,
    )
    assert "housing: since" in listed
    assert key not in listed
    assert "revoked" in revoked.output
    assert hash_token(key) == facts.of(KeyRevoked)[0].key_hash
    assert "No key works." in keys().output


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("housing", "--make", "--who", "nobody", "--why", "They asked."), "Say who decides: performance"),
        (("housing", "--make", "--who", "information-governance", "--why", "They asked."), "may not decide this"),
        (("housing", "--make", "--who", "coordinator"), "Say why, in a few words"),
        (("navy", "--make", *DECIDED), "The partners are: "),
        (("housing", "--revoke", *DECIDED), "has no key that works"),
        (("--make", *DECIDED), "Name the partner by its code"),
        (("housing", "--make", "--revoke", *DECIDED), "--make or --revoke"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    keys: Callable[..., Result], words: tuple[str, ...], said: str
) -> None:
    """Nothing is recorded, and the exit code says so."""
    refused = keys(*words)

    assert 0 != refused.exit_code
    assert said in " ".join(refused.output.replace("│", " ").split())
