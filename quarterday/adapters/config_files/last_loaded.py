"""The last configuration that loaded, kept in the home: it goes on while a slip keeps `config/` from loading.

Without it a comma too few would stop every email, the one that tells of it included.
"""

import hashlib
import logging
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import mkdtemp

from quarterday.adapters.config_files.configuration import PARTNERSHIP
from quarterday.adapters.config_files.load import load_exports, load_framework
from quarterday.adapters.config_files.problems import ConfigurationProblems, Problem
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework

FOLDER, LATEST = "configuration-that-loaded", "latest"
KEPT = 3  # a process that began with one of them reads its emails' templates from it for as long as it lives

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True)
class Loaded:
    """A configuration, the folder that it was read from and, where that is not the one asked for, why not."""

    folder: Path
    framework: Framework
    exports: dict[str, Export]
    instead_of: ConfigurationProblems | None = None


def load_or_last(folder: Path, home: Path, anothers: Callable[[str], str] = lambda _code: "") -> Loaded:
    """The configuration of a folder or, where that does not load, the last one of this home that did.

    `anothers` says what is wrong where a partnership's code is not that of the home; such a configuration is not kept.
    Raises `ConfigurationProblems` where none ever loaded.
    """
    try:
        loaded = _ours(_load(folder), anothers)
    except ConfigurationProblems as problems:
        return _last(home, problems, anothers)
    try:
        _keep(folder, home)
    except OSError as problem:  # a full disk stops nobody from working with what has loaded
        first = problem.args[0][0][-1] if isinstance(problem, shutil.Error) else problem  # of many alike
        _LOG.warning("The configuration could not be kept for bad days: %s", first)
    return loaded


def kept_since(home: Path) -> datetime | None:
    """When the last configuration that loaded was first read; None where none is kept."""
    pointer = home / FOLDER / LATEST
    return datetime.fromtimestamp(pointer.stat().st_mtime, UTC) if pointer.is_file() else None


def _load(folder: Path, instead_of: ConfigurationProblems | None = None) -> Loaded:
    return Loaded(folder, load_framework(folder), load_exports(folder), instead_of)


def _ours(loaded: Loaded, anothers: Callable[[str], str]) -> Loaded:
    if wrong := anothers(loaded.framework.partnership.code):
        sentence, _, remedy = wrong.partition(". ")
        raise ConfigurationProblems((Problem(PARTNERSHIP, 1, f"{sentence}.", remedy),))
    return loaded


def _last(home: Path, problems: ConfigurationProblems, anothers: Callable[[str], str]) -> Loaded:
    last = _latest(home)
    if last is None:
        raise problems
    try:
        return _ours(_load(last, problems), anothers)
    except ConfigurationProblems:  # an earlier quarterday's, say: what is wrong in `config/` is what can be put right
        raise problems from None


def _latest(home: Path) -> Path | None:
    pointer = home / FOLDER / LATEST
    folder = home / FOLDER / pointer.read_text().strip() if pointer.is_file() else None
    return folder if folder and folder.is_dir() else None


def _keep(folder: Path, home: Path) -> None:
    """Keep a copy of what was read, where it is not kept yet; none where it is being changed: the next run keeps it.

    A home that is not there yet is not begun by this.
    """
    known, mark = _latest(home), _mark(folder)
    if (known and known.name == mark) or not home.is_dir():
        return
    root = (home / FOLDER).resolve()
    root.mkdir(parents=True, exist_ok=True)
    if not (root / mark).is_dir():
        copy = Path(mkdtemp(dir=root, prefix="new-"))
        shutil.copytree(folder, copy, dirs_exist_ok=True, ignore=shutil.ignore_patterns(".*", "*~"))
        try:
            _load(copy)
        except ConfigurationProblems:
            shutil.rmtree(copy)
            return
        copy.rename(root / mark)
    (root / mark).touch()  # a copy has its model's time: by this one the oldest are told
    pointer = root / f"{LATEST}-{mark}"
    pointer.write_text(mark)
    pointer.replace(root / LATEST)
    older = sorted((each for each in root.iterdir() if each.is_dir()), key=lambda each: -each.stat().st_mtime)
    for each in older[KEPT:]:
        shutil.rmtree(each, ignore_errors=True)


def _mark(folder: Path) -> str:
    """What a configuration's files hold, in a few letters: the same files give the same mark."""
    told = hashlib.sha256()
    for path in sorted(each for each in folder.rglob("[!.]*[!~]") if each.is_file()):
        told.update(f"{path.relative_to(folder)}\0".encode())
        told.update(hashlib.sha256(path.read_bytes()).digest())
    return told.hexdigest()[:16]
