"""Where things are kept: the home and its disk, the register, the store."""

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import make_url
from sqlalchemy.exc import SQLAlchemyError

from quarterday.adapters.breakage import what_to_do
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.config_files.problems import ConfigurationProblems
from quarterday.adapters.copies import CopyFailedError, without_copy
from quarterday.adapters.damage import missing_files
from quarterday.adapters.disk import DiskNearlyFullError, watch_room, why_not_written
from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.nightly import STALE, backups_in, newest_backup, past_keeping
from quarterday.adapters.register import RegisterNotReadyError
from quarterday.adapters.register.engine import is_there, open_engine
from quarterday.adapters.register.migrating import current_version, latest_version, refuse_newer
from quarterday.adapters.register.register import refuse_lost
from quarterday.adapters.sealing import is_sealed
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import StoreUnavailableError, open_stores
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, FileDeleted, UploadKept
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day

KEY_FILE, KEY_BYTES = "portal-secret", 32  # as the portal makes it
LOOKED_FOR = 20  # files of returns that came last


def look_at_home(settings: Settings) -> Iterator[Complaint]:
    """Whether the home is there, can be written, and has room."""
    home = settings.home.resolve()
    if not home.is_dir():
        yield Complaint(f"There is no folder {home} yet.", "Start with `quarterday up`, or set QUARTERDAY_HOME.")
        return
    yield from _not_writable(home)
    try:
        watch_room(settings)
    except DiskNearlyFullError as problem:
        sentence, _, remedy = str(problem).partition(" wanted. ")
        yield Complaint(f"{sentence} wanted.", remedy)
    secret = home / KEY_FILE
    if secret.exists() and secret.stat().st_size < KEY_BYTES and not settings.secret.get_secret_value():
        yield Complaint(
            f"{secret} is not whole: anybody could sign a form in our name.",
            "Delete it and start the portal again: it makes another.",
        )


def look_at_backups(settings: Settings) -> Iterator[Complaint]:
    """Whether there is a backup of today's returns."""
    if settings.backups is None:
        yield Complaint(
            "quarterday makes no backups by itself.",
            "Set QUARTERDAY_BACKUPS to a folder on another disk, or see that something else makes them.",
            serious=False,
        )
        return
    newest = newest_backup(settings)
    if newest is None or datetime.now(UTC) - newest > STALE:
        since = f"since {say_day(london_day(newest))}" if newest else "yet"
        yield Complaint(
            f"There has been no backup in {settings.backups} {since}.",
            "Open the last run of “housekeeping” in the Prefect UI: it makes one a night.",
        )
    yield from _held_back(settings)
    yield from _in_the_clear(settings, settings.backups)
    if settings.backups_copy:
        yield from _look_at_copies(settings)


def _held_back(settings: Settings) -> Iterator[Complaint]:
    """Backups that are not let go, since they hold what is missing here."""
    if settings.backups is None or not settings.backups.is_dir() or any(look_at_register(settings)):
        return
    if not (past := past_keeping(settings)):
        return
    if lost := sorted(missing_files(settings)):
        yield Complaint(
            f"{len(lost)} file(s) on record are missing, such as {lost[0]}, and {past[-1].name} is kept for longer "
            f"than {settings.backups_kept} nights, since no later backup is known to hold them.",
            "Restore it into another folder, copy what is missing back from there, and it goes with the next backup.",
        )
    else:
        yield Complaint(
            f"{len(past)} backup(s) are kept for longer than {settings.backups_kept} nights, such as {past[0].name}.",
            "They go with the next backup: open the last run of “housekeeping” in the Prefect UI, which makes it.",
        )


def _in_the_clear(settings: Settings, folder: Path) -> Iterator[Complaint]:
    """Of where encryption was switched on, backups from before; of copies elsewhere, that anybody there reads them."""
    clear = [each.name for each in backups_in(folder) if not is_sealed(each)] if folder.is_dir() else []
    if clear and settings.backups_for:
        yield Complaint(
            f"{len(clear)} backup(s) in {folder} were made before backups were encrypted, the last {clear[-1]}.",
            f"They go within {settings.backups_kept} nights; delete them, and their copies, where that is too long.",
            serious=False,
        )
    elif settings.backups_copy and not settings.backups_for:
        yield Complaint(
            f"Copies of the backups lie in {settings.backups_copy}, and whoever reads there can read them.",
            "Set QUARTERDAY_BACKUPS_FOR, and they are encrypted (docs/how-to/back-up-and-restore.md).",
            serious=False,
        )


def _look_at_copies(settings: Settings) -> Iterator[Complaint]:
    """Whether each night's backup lies in the other place too."""
    try:
        missing = without_copy(settings)
    except CopyFailedError as problem:
        sentence, _, remedy = str(problem).partition("). ")
        yield Complaint(f"{sentence}).", remedy)
        return
    if missing:
        yield Complaint(
            f"{len(missing)} backup(s) have no copy in {settings.backups_copy}, the last {missing[-1]}.",
            "Open the last run of “housekeeping” in the Prefect UI: each run tries again.",
        )


def look_at_register(settings: Settings) -> Iterator[Complaint]:
    """Whether the register can be reached and is at this quarterday's version."""
    address = make_url(settings.register_url)
    try:
        refuse_lost(settings)
    except RegisterNotReadyError as problem:
        yield Complaint("There is no register, and there was one.", str(problem))
        return
    if not is_there(settings.register_url):
        yield Complaint("There is no register yet.", "`quarterday up` makes one; or set QUARTERDAY_DATABASE_URL.")
        return
    engine = open_engine(settings.register_url)
    try:
        current, latest = current_version(engine), latest_version()
        refuse_newer(engine)
    except RegisterNotReadyError as problem:
        yield Complaint("The register is none that this quarterday can use.", str(problem))
        return
    except SQLAlchemyError as problem:
        said = str(problem.__cause__ or problem).strip().splitlines()[0]
        shown = address.render_as_string(hide_password=True)
        yield Complaint(
            f"The register cannot be reached at {shown} ({said}).",
            what_to_do(problem) or "Start its database, or correct the URL.",
        )
        return
    finally:
        engine.dispose()
    if current != latest:
        yield Complaint(
            f"The register is at version {current or 'none'}; this quarterday needs {latest}.",
            "Make a backup, then run `quarterday migrate`.",
        )


def look_at_store(settings: Settings) -> Iterator[Complaint]:
    """Whether raw returns and releases can be kept."""
    try:
        stores = open_stores(settings)
    except StoreUnavailableError as problem:
        yield Complaint("The store cannot be opened.", str(problem))
        return
    if settings.store == "s3":
        for store in (stores.raw, stores.published):
            for said in store.problems():  # pyrefly: ignore[missing-attribute]
                sentence, _, remedy = said.partition(". ")
                yield Complaint(f"{sentence}.", remedy)
        return
    for name in ("raw", "published"):
        folder = settings.home.resolve() / "store" / name
        if folder.is_dir():
            yield from _not_writable(folder)
        elif folder.exists():
            yield Complaint(f"{folder} is no folder, so no file can be kept.", "Move what lies there away.")


def look_at_returns(settings: Settings, facts: Facts) -> Iterator[Complaint]:
    """Whether the files that came last can be found again."""
    gone = {each.stored_as for each in facts.of(FileDeleted)}
    kept = [each.stored_as for each in facts.of(UploadKept) if each.stored_as not in gone][-LOOKED_FOR:]
    raw = open_stores(settings).raw
    if lost := [each for each in kept if not raw.exists(each)]:
        yield Complaint(
            f"{len(lost)} of the last {len(kept)} files that partners sent cannot be found, such as {lost[0]}.",
            "See that the store is the one that the register belongs to, or restore a backup.",
        )


def known_framework(settings: Settings) -> Framework | None:
    """What `config/` says, for whoever looks at the facts; None where register or configuration tell of themselves."""
    if any(look_at_register(settings)):
        return None
    try:
        return load_framework(settings.config)
    except ConfigurationProblems:
        return None


def _not_writable(folder: Path) -> Iterator[Complaint]:
    if why := why_not_written(folder):
        yield Complaint(f"No return can be kept in {folder}.", why)
