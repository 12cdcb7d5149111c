"""A published release as a folder at hand, wherever the store keeps it."""

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from quarterday.adapters.store import FilesStore, Store
from quarterday.domain.facts import ReleaseMade


@contextmanager
def at_hand(published: Store, release: ReleaseMade) -> Generator[Path]:
    """The release's own folder; of one in a bucket a copy, which lasts as long as this is open."""
    if isinstance(published, FilesStore):
        yield published.folder(release.folder)
        return
    with TemporaryDirectory(prefix="quarterday-") as place:
        folder = Path(place) / release.folder
        for name in published.names(f"{release.folder}/"):
            file = Path(place) / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(published.get(name))
        yield folder
