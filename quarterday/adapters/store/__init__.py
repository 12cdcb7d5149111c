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
    """The stores of an installation: folders under `home`, or the buckets that the settings name.

    Raises `StoreUnavailableError` where S3 is chosen and no two buckets are named.
    """
    if settings.store == "s3":
        return _buckets(settings)
    folder = settings.home.resolve() / "store"
    return Stores(raw=FilesStore(folder / "raw"), published=FilesStore(folder / "published"))


def _buckets(settings: Settings) -> Stores:
    raw, published = settings.s3_raw_bucket, settings.s3_published_bucket
    if not raw or not published or raw == published:
        raise StoreUnavailableError(
            "Name two buckets, QUARTERDAY_S3_RAW_BUCKET and QUARTERDAY_S3_PUBLISHED_BUCKET: "
            "what partners send never lies beside what is published."
        )
    from quarterday.adapters.store.s3 import open_s3  # noqa: PLC0415 - boto3 takes a while, and few need it

    return Stores(raw=open_s3(settings, raw), published=open_s3(settings, published))
