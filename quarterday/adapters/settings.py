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
    store: str = ""  # empty: files in `home`
    mail: str = Field(default="outbox", pattern="^(outbox|smtp|sendgrid)$")
    portal_url: str = "http://127.0.0.1:8400"
    prefect_ui_url: str = "http://127.0.0.1:4200"
    clock_file: Path | None = None  # a rehearsal's clock: a file that holds an ISO date and time with its offset
    secret: SecretStr = SecretStr("")  # signs the portal's forms; made and kept in `home` where empty

    @property
    def register_url(self) -> str:
        """The register's SQLAlchemy URL."""
        return self.database_url or f"sqlite:///{self.home.resolve()}/register.db"


@lru_cache
def get_settings() -> Settings:
    """The settings of this process, read once."""
    return Settings()
