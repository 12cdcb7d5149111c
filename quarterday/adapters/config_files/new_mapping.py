"""A mapping of a partner's own export put into `config/exports/`: whole or not at all, and never over another."""

import fcntl
import os
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from quarterday.adapters.config_files.configuration import EXPORTS
from quarterday.adapters.config_files.load import check_configuration
from quarterday.adapters.disk import sync_folder


class MappingNotWrittenError(Exception):
    """Nothing was written and nothing changed; the message says why and what to do."""


def write_mapping(config: Path, code: str, text: str) -> Path:
    """Write a mapping that fits with the rest of a configuration, and say where; the very same stands as it is.

    Raises `MappingNotWrittenError`.
    """
    place = config / EXPORTS / f"{code}.yaml"
    if not _holds(place, text):  # else whoever wrote it was cut off before they heard so
        _refuse_to_write_over(place)
        _refuse_what_does_not_fit(config, code, text)
    try:
        place.parent.mkdir(exist_ok=True)
        with _one_at_a_time(place.parent):
            _put(place, text)
    except OSError as problem:
        raise MappingNotWrittenError(
            f"{place} cannot be written ({(problem.strerror or 'unknown trouble').lower()}): nothing was changed."
        ) from problem
    return place


def _holds(place: Path, text: str) -> bool:
    return place.is_file() and place.read_bytes() == text.encode()


def _refuse_to_write_over(place: Path) -> None:
    if place.exists():
        raise MappingNotWrittenError(
            f"{place} is there already, and a mapping is never written over: move it away, or name another code."
        )


def _put(place: Path, text: str) -> None:
    """Write a file aside and put it in place, once what somebody left aside who was killed is gone.

    That may be the very file which was put in place, so it is never written into.
    """
    aside = place.with_name(f".{place.name}.partial")  # not read: it does not end in .yaml
    aside.unlink(missing_ok=True)
    if _holds(place, text):
        return
    try:
        aside.write_text(text, encoding="utf-8")
        os.link(aside, place)  # unlike a rename, a link never replaces what came there meanwhile
        sync_folder(place.parent)
    finally:
        aside.unlink(missing_ok=True)


@contextmanager
def _one_at_a_time(folder: Path) -> Generator[None]:
    """Hold a folder: whoever else would write into it waits."""
    held = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(held, fcntl.LOCK_EX)
        yield
    finally:
        os.close(held)


def _refuse_what_does_not_fit(config: Path, code: str, text: str) -> None:
    """Check a copy of the configuration that has the mapping: what `check` would refuse is not written."""
    with TemporaryDirectory(prefix="quarterday-") as place:
        tried = Path(place) / "config"
        shutil.copytree(config, tried)
        (tried / EXPORTS).mkdir(exist_ok=True)
        (tried / EXPORTS / f"{code}.yaml").write_text(text, encoding="utf-8")
        if problems := check_configuration(tried).problems:
            said = "\n".join(f"  {each.file}: {each.sentence} {each.remedy}" for each in problems)
            raise MappingNotWrittenError(f"With this mapping the configuration would not be in order:\n{said}")
