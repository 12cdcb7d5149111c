"""Where things are kept: the home and its disk, the register, the store."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import current_version, latest_version
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import StoreUnavailableError, open_stores

LEAST_FREE = 1_000_000_000  # bytes: a quarter's returns and releases of a borough take some hundred million


def look_at_home(settings: Settings) -> Iterator[Complaint]:
    """Whether the home is there, can be written, and has room."""
    home = settings.home.resolve()
    if not home.is_dir():
        yield Complaint(f"There is no folder {home} yet.", "Start with `make up`, or set QUARTERDAY_HOME.")
        return
    yield from _not_writable(home)
    free = shutil.disk_usage(home).free
    if free < LEAST_FREE:
        yield Complaint(
            f"Only {free / 1e6:,.0f} MB are free where {home} lies.",
            "Make room before returns are refused: move old backups and logs away.",
        )


def look_at_register(settings: Settings) -> Iterator[Complaint]:
    """Whether the register can be reached and is at this quarterday's version."""
    address = make_url(settings.register_url)
    if address.get_backend_name() == "sqlite" and not Path(address.database or "").is_file():
        yield Complaint("There is no register yet.", "`make up` makes one; or set QUARTERDAY_DATABASE_URL.")
        return
    engine = open_engine(settings.register_url)
    try:
        current, latest = current_version(engine), latest_version()
    except SQLAlchemyError as problem:
        said = str(problem.__cause__ or problem).strip().splitlines()[0]
        shown = address.render_as_string(hide_password=True)
        yield Complaint(
            f"The register cannot be reached at {shown} ({said}).", "Start its database, or correct the URL."
        )
        return
    finally:
        engine.dispose()
    if current != latest:
        remedy = (
            "Install the later quarterday that made it."
            if current and current > latest
            else "Make a backup, then run `quarterday migrate`."
        )
        yield Complaint(f"The register is at version {current or 'none'}; this quarterday needs {latest}.", remedy)


def look_at_store(settings: Settings) -> Iterator[Complaint]:
    """Whether raw returns and releases can be kept."""
    try:
        stores = open_stores(settings)
    except StoreUnavailableError as problem:
        yield Complaint("The store cannot be opened.", str(problem))
        return
    if settings.store == "s3":
        for store in (stores.raw, stores.published):
            for said in store.problems():  # type: ignore[attr-defined]
                sentence, _, remedy = said.partition(". ")
                yield Complaint(f"{sentence}.", remedy)
        return
    for name in ("raw", "published"):
        folder = settings.home.resolve() / "store" / name
        if folder.is_dir():
            yield from _not_writable(folder)


def _not_writable(folder: Path) -> Iterator[Complaint]:
    try:
        with tempfile.TemporaryFile(dir=folder) as file:
            file.write(b"quarterday doctor")
            file.flush()
    except OSError as problem:
        yield Complaint(
            f"{folder} cannot be written ({problem.strerror}).", "Give the user who runs quarterday the right to."
        )
