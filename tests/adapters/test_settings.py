"""Settings: where things listen and are reached, and what is said of a wrong value or name."""

import os
from pathlib import Path

import pytest
from pydantic import ValidationError

from quarterday.adapters.settings import Settings, get_settings
from quarterday.adapters.settings_page import sentences, unknown

PUBLIC = "age1fp0vpr5qulfyph78fv39f92d9sh47a2zzhuaht0zsd2c9608zf7qszvhvq"


@pytest.mark.parametrize(
    ("said", "at"),
    [
        ({}, ("127.0.0.1", 8400)),
        ({"portal_url": "http://127.0.0.1:9123"}, ("127.0.0.1", 9123)),
        ({"portal_url": "https://returns.council.example"}, ("127.0.0.1", 8400)),
        ({"portal_url": "https://council.example/returns", "portal_listen": "0.0.0.0:80"}, ("0.0.0.0", 80)),
        ({"portal_listen": "[::]:8400"}, ("::", 8400)),
    ],
)
def test_where_the_pages_listen(said: dict[str, str], at: tuple[str, int]) -> None:
    """At a public address of this machine; behind a proxy on loopback, or as is said."""
    assert at == Settings(_env_file=None, **said).portal_at


def test_prefect_is_asked_where_it_listens() -> None:
    """Our own processes do not go by the public address of a server on this machine."""
    behind = Settings(_env_file=None, prefect_ui_url="https://runs.council.example", prefect_listen="127.0.0.1:4201")

    assert "http://127.0.0.1:4201/api" == behind.prefect_api
    assert "https://runs.council.example/api" == behind.model_copy(update={"prefect_listen": ""}).prefect_api


@pytest.mark.parametrize(
    ("setting", "value", "sentence"),
    [
        ("mail", "pigeon", "QUARTERDAY_MAIL cannot be used"),
        ("smtp_port", "many", "QUARTERDAY_SMTP_PORT cannot be used (it is no whole number"),
        ("portal_url", "returns.council.example", "QUARTERDAY_PORTAL_URL cannot be used"),
        ("portal_listen", "everywhere", "QUARTERDAY_PORTAL_LISTEN cannot be used"),
        ("prefect_listen", "0.0.0.0:99999", "QUARTERDAY_PREFECT_LISTEN cannot be used (a port is a number from 1"),
        ("prefect_auth", "secret", "QUARTERDAY_PREFECT_AUTH cannot be used (it wants a user, a colon and a password"),
        ("prefect_database_url", "postgres://db/prefect", "QUARTERDAY_PREFECT_DATABASE_URL cannot be used"),
        ("deployment_suffix", "Ashford", "QUARTERDAY_DEPLOYMENT_SUFFIX cannot be used"),
        ("backups_for", "age1abc", "QUARTERDAY_BACKUPS_FOR cannot be used (key 1 is no public key of age"),
        ("backups_for", f"{PUBLIC}, {PUBLIC[:-1]}x", "QUARTERDAY_BACKUPS_FOR cannot be used (key 2 is no public key"),
        ("backups_for", "AGE-SECRET-KEY-1QQ", "QUARTERDAY_BACKUPS_FOR cannot be used (key 1 is a secret one"),
        (
            "backups_copy",
            "/elsewhere",
            "QUARTERDAY_BACKUPS_COPY cannot be used (there is nothing to copy before",
        ),
        ("backups_copy", "ftp://elsewhere", "QUARTERDAY_BACKUPS_COPY cannot be used (it is neither a folder nor s3://"),
    ],
)
def test_a_wrong_value_is_a_sentence(setting: str, value: str, sentence: str) -> None:
    """It names the setting and what it is for, and never repeats the value, which may be a password."""
    with pytest.raises(ValidationError) as wrong:
        Settings(_env_file=None, **{setting: value})

    (told,) = sentences(wrong.value)

    assert told.startswith(sentence)
    assert value not in told


def test_an_empty_folder_is_none() -> None:
    """`QUARTERDAY_BACKUPS=` makes no backups, and none in the folder where quarterday is called."""
    empty = Settings(_env_file=None, backups="", clock_file="", smtp_ca_file="")

    assert (None, None, None) == (empty.backups, empty.clock_file, empty.smtp_ca_file)


def test_an_empty_home_is_the_usual_one() -> None:
    """`QUARTERDAY_HOME=` keeps nothing in the folder where somebody happens to stand; `QUARTERDAY_CONFIG=` likewise."""
    empty = Settings(_env_file=None, home="", config="")

    assert (Path("var"), Path("config")) == (empty.home, empty.config)


def test_a_home_with_a_question_mark_is_refused() -> None:
    """The register would lie beside it, under half of its name."""
    with pytest.raises(ValidationError) as wrong:
        Settings(_env_file=None, home="/srv/which?")

    assert "give the folder another name" in sentences(wrong.value)[0]


def test_a_tilde_is_the_users_own_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    """`QUARTERDAY_HOME=~/quarterday` in `.env`, where no shell reads it, makes no folder that is called ~."""
    monkeypatch.setenv("HOME", "/home/jo")
    said = Settings(_env_file=None, home="~/quarterday", config="~/ours", backups="~/backups")

    assert ("/home/jo/quarterday", "/home/jo/ours", "/home/jo/backups") == (
        str(said.home),
        str(said.config),
        str(said.backups),
    )


def test_a_home_that_is_a_file_is_told(tmp_path: Path) -> None:
    """A file in the home's place, or above it, holds nothing: said as settings are read, by every command."""
    (tmp_path / "file").write_text("")
    for home in ("file", "file/within"):
        with pytest.raises(ValidationError) as wrong:
            Settings(_env_file=None, home=tmp_path / home)
        assert "is a file, and no folder" in sentences(wrong.value)[0]


@pytest.mark.parametrize("said", ["", " ", " , "])
def test_no_key_is_no_encryption(said: str) -> None:
    """What is left empty, whatever stands between, encrypts for nobody."""
    assert "" == Settings(_env_file=None, backups_for=said).backups_for


def test_a_copy_beside_the_backups_is_none(tmp_path: Path) -> None:
    """The folder of the backups cannot be the other place."""
    with pytest.raises(ValidationError, match="the folder of the backups themselves"):
        Settings(_env_file=None, backups=tmp_path, backups_copy=f"{tmp_path}/../{tmp_path.name}")


def test_a_misspelt_name_is_told_with_the_nearest() -> None:
    """A setting that nobody reads would be ignored in silence."""
    seen = {"QUARTERDAY_PORTALURL": "https://a.example", "QUARTERDAY_HOME": "var", "HOME": "/home/jo"}

    assert ["There is no setting QUARTERDAY_PORTALURL. Is it QUARTERDAY_PORTAL_URL?"] == list(unknown(seen))


def test_the_env_file_is_the_environment_of_every_part(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What others read of the environment, such as a bucket's keys, may stand in `.env`; the environment goes first."""
    said = ("AWS_ACCESS_KEY_ID=from-file", "QUARTERDAY_MAIL=smtp", "QUARTERDAY_SMTP_HOST=file.example")
    (tmp_path / ".env").write_text("\n".join(said))
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("QUARTERDAY_SMTP_HOST", "shell.example")
    for name in ("AWS_ACCESS_KEY_ID", "QUARTERDAY_MAIL"):
        monkeypatch.setenv(name, "")  # so that it is as before after the test
        monkeypatch.delenv(name)
    get_settings.cache_clear()
    settings = get_settings()
    get_settings.cache_clear()

    assert ("smtp", "shell.example") == (settings.mail, settings.smtp_host)
    assert "from-file" == os.environ["AWS_ACCESS_KEY_ID"]
