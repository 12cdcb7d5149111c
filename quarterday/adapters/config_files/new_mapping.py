"""A mapping of a partner's own export put into `config/exports/`: whole or not at all, and never over another."""

import os
import shutil
from pathlib import Path
from tempfile import TemporaryDirectory

from quarterday.adapters.config_files.configuration import EXPORTS
from quarterday.adapters.config_files.load import check_configuration
from quarterday.adapters.disk import sync_folder


class MappingNotWrittenError(Exception):
    """Nothing was written and nothing changed; the message says why and what to do."""


def write_mapping(config: Path, code: str, text: str) -> Path:
    """Write a mapping that fits with the rest of a configuration, and say where.

    Raises `MappingNotWrittenError`.
    """
    place = config / EXPORTS / f"{code}.yaml"
    if place.exists():
        raise MappingNotWrittenError(
            f"{place} is there already, and a mapping is never written over: move it away, or name another code."
        )
    _refuse_what_does_not_fit(config, code, text)
    aside = place.with_name(f".{place.name}.{os.getpid()}.partial")  # not read: it does not end in .yaml
    try:
        place.parent.mkdir(exist_ok=True)
        aside.write_text(text, encoding="utf-8")
        os.link(aside, place)  # unlike a rename, a link never replaces what came there meanwhile
        sync_folder(place.parent)
    except OSError as problem:
        raise MappingNotWrittenError(
            f"{place} cannot be written ({(problem.strerror or 'unknown trouble').lower()}): nothing was changed."
        ) from problem
    finally:
        aside.unlink(missing_ok=True)
    return place


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
