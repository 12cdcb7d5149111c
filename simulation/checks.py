"""The real checks, asked once a file: what they made of the same bytes under the same request is kept by SHA-256."""

import fcntl
import hashlib
import os
import pickle
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path

from expectations.checking import Checked, Checker, Job

ROOT = Path(__file__).parents[1]
_DECIDES = ("config", "expectations", "quarterday/adapters/parsing", "quarterday/adapters/reading")
_DECIDES_TOO = ("quarterday/adapters/template", "quarterday/domain/figures", "rehearsal")


@cache
def fingerprint() -> str:
    """What the answers of the checks, and the files of the people, follow from."""
    said = hashlib.sha256()
    for folder in (*_DECIDES, *_DECIDES_TOO):
        for file in sorted((ROOT / folder).rglob("*")):
            if file.suffix in (".py", ".yaml"):
                said.update(file.read_bytes())
    return said.hexdigest()[:16]


def keep_in(home: Path) -> Path:
    """The folder that keeps answers and files as long as nothing that they follow from changes."""
    folder = home / f"kept-{fingerprint()}"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


@lru_cache
def remembered_in(folder: Path) -> "RememberedChecker":
    """The checker of a folder: one for all years of this process, which keeps what it has read of it."""
    return RememberedChecker(folder)


class RememberedChecker(Checker):
    """The checker, which reads no file twice.

    What was usual before is left out of the question, or the answer would hang on whatever else a year brought.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._known: dict[str, Checked] = {}
        self.share(os.getpid())

    def share(self, owner: int) -> None:
        """Ask the warm process of `owner` and of all whom it began: the first of them who needs one warms it."""
        note = self._folder / f"warm-{owner}.json"
        super().__init__(lends=note, borrows=note)

    def start(self) -> None:
        """See `Checker.start`: not before there is something new to ask."""

    def check(self, job: Job) -> Checked:
        """See `Checker.check`."""
        key = _key(job)
        if key not in self._known:
            self._known[key] = self._found(key) or self._asked(key, job)
        return self._known[key]

    def _found(self, key: str) -> Checked | None:
        place = self._folder / f"{key}.checked"
        if not place.exists():
            return None
        found = pickle.loads(place.read_bytes())  # noqa: S301 - we wrote it ourselves
        assert isinstance(found, Checked)
        return found

    def _asked(self, key: str, job: Job) -> Checked:
        with self._alone_in_asking():
            if found := self._found(key):  # meanwhile another asked
                return found
            checked = super().check(_alone(job))
            write_whole(self._folder / f"{key}.checked", pickle.dumps(checked))
        return checked

    @contextmanager
    def _alone_in_asking(self) -> Generator[None]:
        """Whoever plays beside us waits: no file is checked twice, and no second process is warmed."""
        with (self._folder / "asking.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _alone(job: Job) -> Job:
    """The job without what other quarters brought."""
    return Job(
        data=job.data,
        suffix=job.suffix,
        framework=job.framework,
        request=job.request,
        period=job.period,
        exports=job.exports,
        earlier=(),
        today=job.request.due,
        says_period=job.says_period,
        part=job.part,
        explanations=job.explanations,
        already=job.already,
        no_more=job.no_more,
    )


def _key(job: Job) -> str:
    request = job.request
    said: Iterable[object] = (
        hashlib.sha256(job.data).hexdigest(),
        job.suffix,
        request.request,
        request.asked,
        request.due,
        job.period,
        job.says_period,
        job.part,
        job.explanations,
        job.already,
        job.no_more,
    )
    return hashlib.sha256(repr(said).encode()).hexdigest()


def write_whole(place: Path, data: bytes) -> None:
    """Write a file that others may read meanwhile: all of it or nothing."""
    aside = place.with_suffix(f".{os.getpid()}.new")  # two that play years side by side make the same files
    aside.write_bytes(data)
    aside.replace(place)
