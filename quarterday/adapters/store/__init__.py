"""The store of files: raw returns and releases, in folders or in S3 buckets, under the same promises."""

from quarterday.adapters.settings import Settings
from quarterday.adapters.store.contract import (
    AlreadyStored,
    BadNameError,
    Damaged,
    NotStored,
    Store,
    StoredFile,
    Stores,
    StoreUnavailableError,
)
from quarterday.adapters.store.files import FilesStore

__all__ = [
    "AlreadyStored",
    "BadNameError",
    "Damaged",
    "FilesStore",
    "NotStored",
    "Store",
    "StoreUnavailableError",
    "StoredFile",
    "Stores",
    "open_stores",
]


def open_stores(settings: Settings) -> Stores:
    """The stores of an installation: folders under `home`, or the buckets that the settings name."""
    folder = settings.home.resolve() / "store"
    return Stores(raw=FilesStore(folder / "raw"), published=FilesStore(folder / "published"))
