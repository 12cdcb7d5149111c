"""Settings from the environment (`QUARTERDAY_…`): each embedded default turns into a real part, one at a time."""

from functools import lru_cache
from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """Where things are kept and how the world is reached."""

    model_config = SettingsConfigDict(env_prefix="QUARTERDAY_", env_file=".env", extra="ignore")

    home: Path = Path("var")
    config: Path = Path("config")
    database_url: str = ""  # empty: SQLite in `home`
    store: str = Field(default="", pattern="^(|files|s3)$")  # empty: files in `home`
    s3_raw_bucket: str = ""  # for what partners send: nobody but us reads it
    s3_published_bucket: str = ""  # for releases
    s3_endpoint: str = ""  # another address than Amazon's, such as a gateway's
    s3_region: str = "eu-west-2"
    s3_encryption: str = Field(default="AES256", pattern="^(|AES256|aws:kms|aws:kms:dsse)$")  # empty: the bucket's own
    s3_kms_key: str = ""
    s3_timeout: float = Field(default=20, gt=0)  # seconds that the bucket may take to answer
    mail: str = Field(default="outbox", pattern="^(outbox|smtp|sendgrid)$")
    mail_timeout: float = Field(default=20, gt=0)  # seconds that a mail server may take to answer
    smtp_host: str = "localhost"
    smtp_port: int = 587
    smtp_security: str = Field(default="starttls", pattern="^(starttls|tls|none)$")
    smtp_ca_file: Path | None = None  # whose certificates to trust, where not the system's
    smtp_user: str = ""
    smtp_password: SecretStr = SecretStr("")
    sendgrid_key: SecretStr = SecretStr("")
    sendgrid_region: str = Field(default="eu", pattern="^(eu|global)$")  # where SendGrid keeps the data
    sendgrid_url: str = ""  # another address for its interface, such as a stand-in for trials
    sendgrid_at_once: int = Field(default=1000, ge=1, le=1000)  # emails in one call, at most; 1: each by itself
    sendgrid_sandbox: bool = False  # SendGrid checks each email and delivers none
    sendgrid_webhook_key: str = ""  # the public key with which SendGrid signs its events
    pack_formats: str = Field(default="html pdf docx pptx", pattern="^html( (pdf|docx|pptx))*$")
    portal_url: str = "http://127.0.0.1:8400"
    prefect_ui_url: str = "http://127.0.0.1:4200"
    prefect_api_url: str = ""  # where the portal asks for a return's check; empty: `prefect_ui_url` with /api
    deployment_suffix: str = ""  # what this partnership's deployments end with, where several share one Prefect
    prefect_auth: SecretStr = SecretStr("")  # the Prefect server's `user:password`, where it has one
    clock_file: Path | None = None  # a rehearsal's clock: a file that holds an ISO date and time with its offset
    least_disk_gb: float = Field(default=2, ge=0)  # less room than this in `home`, and the officers hear of it
    backups: Path | None = None  # where housekeeping lays a backup each night; empty: nowhere
    backups_kept: int = Field(default=14, ge=1)  # nights: what retention deleted is in a backup no longer than this
    metrics_token: SecretStr = SecretStr("")  # what Prometheus shows to see /metrics; empty: this machine alone sees it
    logs: str = Field(default="text", pattern="^(text|json)$")  # the portal's: lines for people, or for machines
    secret: SecretStr = SecretStr("")  # signs the portal's forms; made and kept in `home` where empty

    @property
    def register_url(self) -> str:
        """The register's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home.resolve()}/register.db"


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
