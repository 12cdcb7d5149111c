"""What takes as long as there are files: each held to the SHA-256 that the register knows, and to the last backup."""

from collections.abc import Iterator

from quarterday.adapters.archives import BackupError, SealedError, read_contents
from quarterday.adapters.copies import CopyFailedError, unlike
from quarterday.adapters.damage import damage
from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.doctor.facts import PUT_BACK
from quarterday.adapters.doctor.keeping import look_at_register
from quarterday.adapters.nightly import last_backup
from quarterday.adapters.register import Register, existing_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.domain.facts import HeadRecorded


def look_at_every_file(settings: Settings) -> Iterator[Complaint]:
    """Every file that the register names, whole; and the heads of the last backup, which nobody here can rewrite."""
    if any(look_at_register(settings)):
        return  # told with the register
    stores = open_stores(settings)
    with existing_register(settings) as register:
        for partnership in register.partnerships():
            for sentence in damage(stores, register.facts(partnership)):
                yield Complaint(sentence, PUT_BACK)
            yield from _against_backup(settings, register, partnership)
    yield from _copies(settings)


def _copies(settings: Settings) -> Iterator[Complaint]:
    try:
        for name in unlike(settings) if settings.backups_copy else []:
            yield Complaint(
                f"The copy of {name} in {settings.backups_copy} is not what the backup is.",
                "Delete the copy if the backup can be restored: the next run copies it again.",
            )
    except CopyFailedError as problem:
        yield Complaint("The copies of the backups cannot be read.", str(problem))


def _against_backup(settings: Settings, register: Register, partnership: str) -> Iterator[Complaint]:
    archive = last_backup(settings)
    if archive is None:
        return
    try:
        kept = read_contents(archive).heads.get(partnership)
    except SealedError:
        yield Complaint(
            f"{archive.name} is encrypted and cannot be looked into here: its head was not compared.",
            "Where its key is, put it back into a folder of its own and compare the last head in `quarterday history`.",
            serious=False,
        )
        return
    except BackupError as problem:
        yield Complaint(f"The last backup cannot be read: {problem}", "Make another with `quarterday backup`.")
        return
    known = register.find(HeadRecorded, f"{partnership}|{kept.number}") if kept else None
    if kept and (known is None or known.head != kept.head):
        yield Complaint(
            f"Head {kept.number} in {archive.name} is not the register's: facts and heads were rewritten.",
            "Restore that backup into another folder and compare.",
        )
