"""Settings from the environment (`QUARTERDAY_…`): each embedded default turns into a real part, one at a time.

A `.env` file in the folder where a command is called is part of the environment, for every process alike: what already
stands in the environment goes before it. `docs/reference/settings.md` is made from this file.
"""

import re
from functools import lru_cache
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import load_dotenv
from pydantic import Field, SecretStr, ValidationInfo, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from quarterday.adapters.sealing import SealError, recipients

PREFIX = "QUARTERDAY_"
_ADDRESS = r"^https?://[^/\s]+(/\S*)?$"
_LISTEN = r"^$|^(\[\S+\]|[^\s:/]+):\d{1,5}$"
_CLAMD = r"^$|^/\S+$|^(\[\S+\]|[^\s:/]+):\d{1,5}$"
_BUCKET = r"s3://[a-z0-9][a-z0-9.-]+(/[A-Za-z0-9_.@+=/-]*)?"
_PREFECT_DATABASE = r"^$|^(postgresql\+asyncpg|sqlite\+aiosqlite)://\S+$"
_OURS = frozenset({"127.0.0.1", "localhost", "::1"})


class Settings(BaseSettings):
    """Where things are kept and how the world is reached."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_file=".env", extra="ignore", use_attribute_docstrings=True, hide_input_in_errors=True
    )

    home: Path = Path("var")
    """The folder in which everything is kept: one for every command."""
    config: Path = Path("config")
    """The partnership's configuration."""
    database_url: str = ""
    """The register's database, such as `postgresql://user:password@host/name`; empty: SQLite in the home."""
    prefect_database_url: str = Field(default="", pattern=_PREFECT_DATABASE)
    """Prefect's own database, such as `postgresql+asyncpg://…`; empty: SQLite in the home."""

    store: str = Field(default="", pattern="^(|files|s3)$")
    """Where files are kept: `files` or `s3`; empty: files in the home."""
    s3_raw_bucket: str = ""
    """The bucket for what partners send: nobody but quarterday reads it."""
    s3_published_bucket: str = ""
    """The bucket for releases."""
    s3_endpoint: str = Field(default="", pattern=rf"^$|{_ADDRESS}")
    """Another address than Amazon's, such as a gateway's."""
    s3_region: str = "eu-west-2"
    """The buckets' region."""
    s3_encryption: str = Field(default="AES256", pattern="^(|AES256|aws:kms|aws:kms:dsse)$")
    """How each object is encrypted: `AES256`, `aws:kms` or `aws:kms:dsse`; empty: as the bucket has it."""
    s3_kms_key: str = ""
    """The key for `aws:kms`."""
    s3_timeout: float = Field(default=20, gt=0)
    """Seconds that the bucket may take to answer."""

    mail: str = Field(default="outbox", pattern="^(outbox|smtp|sendgrid)$")
    """How emails go: `outbox` (files in the home, nobody gets them), `smtp` or `sendgrid`."""
    mail_timeout: float = Field(default=20, gt=0)
    """Seconds that a mail server may take to answer."""
    smtp_host: str = "localhost"
    """The mail server."""
    smtp_port: int = Field(default=587, ge=1, le=65535)
    """Its port."""
    smtp_security: str = Field(default="starttls", pattern="^(starttls|tls|none)$")
    """`starttls`, `tls` or `none`."""
    smtp_ca_file: Path | None = None
    """Whose certificates to trust, where not the system's."""
    smtp_user: str = ""
    """The user, where the mail server wants one."""
    smtp_password: SecretStr = SecretStr("")
    """Its password."""
    sendgrid_key: SecretStr = SecretStr("")
    """SendGrid's API key, with leave to send mail."""
    sendgrid_region: str = Field(default="eu", pattern="^(eu|global)$")
    """Where SendGrid keeps the data: `eu` or `global`."""
    sendgrid_url: str = Field(default="", pattern=rf"^$|{_ADDRESS}")
    """Another address for its interface, such as a stand-in for trials."""
    sendgrid_at_once: int = Field(default=1, ge=1, le=1000)
    """Emails in one call, at most; 1: each by itself."""
    sendgrid_sandbox: bool = False
    """SendGrid checks each email and delivers none."""
    sendgrid_webhook_key: str = ""
    """The public key with which SendGrid signs its events."""

    pack_formats: str = Field(default="html pdf docx pptx", pattern="^html( (pdf|docx|pptx))*$")
    """The formats of the boards' packs: `html`, and after it any of `pdf`, `docx`, `pptx`."""

    portal_url: str = Field(default="http://127.0.0.1:8400", pattern=_ADDRESS)
    """The public address of the pages, which stands in every email; behind a proxy it may have a path."""
    portal_listen: str = Field(default="", pattern=_LISTEN)
    """Where the pages listen, as `host:port`; empty: at `QUARTERDAY_PORTAL_URL` where that is this machine, else
    127.0.0.1:8400, for a proxy."""
    prefect_ui_url: str = Field(default="http://127.0.0.1:4200", pattern=_ADDRESS)
    """The public address of the Prefect UI, for officers' browsers; behind a proxy it may have a path."""
    prefect_listen: str = Field(default="", pattern=_LISTEN)
    """Where the Prefect server listens, as `host:port`; empty: at `QUARTERDAY_PREFECT_UI_URL` where that is this
    machine, else 127.0.0.1:4200, for a proxy."""
    prefect_api_url: str = Field(default="", pattern=rf"^$|{_ADDRESS}")
    """Where our own processes ask Prefect; empty: where it listens on this machine, else the public address with
    `/api`."""
    prefect_auth: SecretStr = SecretStr("")
    """The Prefect server's `user:password`."""
    deployment_suffix: str = Field(default="", pattern="^(-[a-z0-9]+)*$")
    """What this partnership's deployments end with, where several share one Prefect, such as `-ashford`."""

    clamd: str = Field(default="", pattern=_CLAMD)
    """Where ClamAV's clamd listens, as a socket's path (`/run/clamav/clamd.ctl`) or `host:port`: each file that comes
    is scanned before anything reads it, and waits, not yet checked, while clamd does not answer. Empty: nothing is
    scanned."""

    clock_file: Path | None = None
    """A rehearsal's clock: a file that holds an ISO date and time with its offset."""
    least_disk_gb: float = Field(default=2, ge=0)
    """Less room than this in the home, in gigabytes, and the officers hear of it."""
    backups: Path | None = None
    """Where housekeeping lays a backup each night; empty: nowhere."""
    backups_kept: int = Field(default=14, ge=1)
    """Nights that a backup is kept: what retention deleted is in a backup no longer than this."""
    backups_for: str = ""
    """The public keys of age (`age1…`, several with spaces between them) for which backups are encrypted: any one of
    their identities opens one, and this machine none. Empty: backups are not encrypted."""
    backups_copy: str = ""
    """Where housekeeping lays a copy of each night's backup: a folder that is there, such as another machine's, or
    `s3://bucket/folder`. Empty: nowhere."""
    heartbeat_url: SecretStr = SecretStr("")
    """An address that is called after each working day's run of `chase-returns` that succeeded, such as a check of
    healthchecks.io: whoever watches there hears of it when nothing comes. Empty: nowhere."""
    oidc_issuer: str = Field(default="", pattern=rf"^$|{_ADDRESS}")
    """Where officers sign in with their account at work, such as `https://login.microsoftonline.com/TENANT/v2.0`: an
    OpenID Connect provider that says where its parts are, TENANT being your own tenant's id, not `common`. Empty: they
    sign in by a code that is mailed to them."""
    oidc_client_id: str = ""
    """What the provider knows these pages by."""
    oidc_client_secret: SecretStr = SecretStr("")
    """The secret that goes with it."""
    officers_code: bool | None = None
    """Whether officers may sign in by a mailed code; unset: where they cannot sign in with their account at work."""
    undo_minutes: int = Field(default=5, ge=0, le=120)
    """Minutes in which nothing follows from a decision on the officers' pages, so that one press takes it back; 0: the
    emails are asked for at once."""
    metrics_token: SecretStr = SecretStr("")
    """What Prometheus shows to see /metrics; empty: this machine alone sees it."""
    logs: str = Field(default="text", pattern="^(text|json)$")
    """The pages' log: `text`, lines for people, or `json`, for machines."""
    secret: SecretStr = SecretStr("")
    """Signs the pages' forms; made and kept in the home where empty."""

    @field_validator("home", "config", mode="before")
    @classmethod
    def _empty_is_the_usual(cls, said: object, info: ValidationInfo) -> object:
        return cls.model_fields[str(info.field_name)].default if said == "" else said  # nobody means where they stand

    @field_validator("home", "config", "backups", "clock_file", "smtp_ca_file")
    @classmethod
    def _of_whoever_runs_it(cls, said: Path | None) -> Path | None:
        return said.expanduser() if said else said  # in `.env` no shell has put the folder in the place of ~

    @field_validator("home")
    @classmethod
    def _a_folder(cls, said: Path) -> Path:
        there = next((each for each in (said.absolute(), *said.absolute().parents) if each.exists()), said)
        if not there.is_dir():
            raise ValueError(f"{there} is a file, and no folder")
        if "?" in str(said.absolute()):
            raise ValueError("a database's address ends at the ? in it: give the folder another name")
        return said

    @field_validator("backups", "clock_file", "smtp_ca_file", mode="before")
    @classmethod
    def _empty_is_nowhere(cls, said: object) -> object:
        return None if said == "" else said  # of itself an empty path is the folder where one is

    @field_validator("portal_listen", "prefect_listen")
    @classmethod
    def _a_port(cls, said: str) -> str:
        if said and int(said.rpartition(":")[2]) not in range(1, 65536):
            raise ValueError("a port is a number from 1 to 65535")
        return said

    @field_validator("prefect_auth")
    @classmethod
    def _user_and_password(cls, said: SecretStr) -> SecretStr:
        if said.get_secret_value() and not all(said.get_secret_value().partition(":")):
            raise ValueError("it wants a user, a colon and a password")
        return said

    @field_validator("backups_for")
    @classmethod
    def _public_keys(cls, said: str) -> str:
        try:
            return said if recipients(said) else ""
        except SealError as problem:
            raise ValueError(str(problem)) from problem

    @field_validator("backups_copy")
    @classmethod
    def _another_place(cls, said: str, info: ValidationInfo) -> str:
        backups: Path | None = info.data.get("backups")
        if said and "://" in said and not re.fullmatch(_BUCKET, said):
            raise ValueError("it is neither a folder nor s3:// and a bucket's name")
        if said and backups is None:
            raise ValueError("there is nothing to copy before QUARTERDAY_BACKUPS names the folder of the backups")
        if backups and said and "://" not in said and Path(said).resolve() == backups.resolve():
            raise ValueError("it is the folder of the backups themselves")
        return said

    @property
    def register_url(self) -> str:
        """The register's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home.resolve()}/register.db"

    @property
    def openid(self) -> bool:
        """Whether officers sign in with their account at work."""
        return bool(self.oidc_issuer and self.oidc_client_id)

    @property
    def officers_by_code(self) -> bool:
        """Whether officers may sign in by a mailed code."""
        return not self.openid if self.officers_code is None else self.officers_code

    @property
    def portal_at(self) -> tuple[str, int]:
        """The host and port on which the pages listen: behind a proxy another than partners know."""
        return _listening(self.portal_listen, self.portal_url, 8400)

    @property
    def prefect_at(self) -> tuple[str, int]:
        """The host and port on which the Prefect server of this installation listens."""
        return _listening(self.prefect_listen, self.prefect_ui_url, 4200)

    @property
    def prefect_api(self) -> str:
        """Where our own processes ask Prefect: on this machine where it listens here, else by its public address."""
        if self.prefect_api_url:
            return self.prefect_api_url.rstrip("/")
        if self.prefect_listen:
            return f"http://127.0.0.1:{self.prefect_at[1]}/api"
        return f"{self.prefect_ui_url.rstrip('/')}/api"


def _listening(said: str, url: str, otherwise: int) -> tuple[str, int]:
    """Where to listen: as said; else at a public address of this very machine; else on loopback, for a proxy."""
    if said:
        host, _, port = said.rpartition(":")
        return host.strip("[]"), int(port)
    public = urlsplit(url)
    if public.hostname in _OURS:
        return public.hostname or "127.0.0.1", public.port or (443 if public.scheme == "https" else 80)
    return "127.0.0.1", otherwise


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once. Raises pydantic's `ValidationError` where a value is none."""
    load_dotenv(Path(".env"))  # for what others read of the environment, too: storage keys, Prefect's own settings
    return Settings()
