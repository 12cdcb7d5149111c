"""A store in an S3 bucket. Nothing rests on the bucket's good manners alone: what is written is looked at again.

- Every request bears a checksum, and what comes back is held against it: a truncated answer is asked for again.
- A write asks the bucket to refuse a name that is taken (`If-None-Match: *`). 412 says that it is taken; 409 says that
  another write is on its way, so we ask again. Some gateways ignore the condition in a versioned bucket, so where
  versions are kept the oldest one counts: a later one of ours with other bytes is taken back and refused.
- Deleting removes every version: the retention rule means it.
"""

import base64
import hashlib
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError, HTTPClientError

from quarterday.adapters.settings import Settings
from quarterday.adapters.store.contract import (
    AlreadyStored,
    NotStored,
    StoredFile,
    StoreUnavailableError,
    check_sha256,
    checked_name,
    sha256_of,
)

T = TypeVar("T")
ATTEMPTS = 4  # of our own, at what the client does not try again itself
_NOT_THERE = ("NoSuchKey", "404", "NotFound")


class S3Store:
    """Files in one bucket."""

    def __init__(self, client: Any, bucket: str, encryption: dict[str, str], pause: float = 0.2) -> None:
        self._client, self._bucket, self._encryption, self._pause = client, bucket, encryption, pause

    def put(self, name: str, data: bytes) -> StoredFile:
        """See `Store.put`."""
        checked_name(name)
        with _told(name):
            if not self._holds(name, data):
                version = self._again(lambda: self._write(name, data))
                if version:
                    version = self._stand_back(name, version)
                if not self._holds(name, data, version):
                    raise StoreUnavailableError(f"{name} was written, but the bucket does not show it. Try again.")
        return StoredFile(name, sha256_of(data), len(data))

    def get(self, name: str, sha256: str | None = None) -> bytes:
        """See `Store.get`."""
        checked_name(name)
        with _told(name):
            data = self._again(lambda: self._read(name))
            if sha256 is not None and sha256_of(data) != sha256 and (versions := self._versions(name, "Versions")):
                # a writer that was killed before it could stand back has left its bytes on top of those that count
                data = self._again(lambda: self._read(name, versions[-1]))
            return check_sha256(name, data, sha256)

    def exists(self, name: str) -> bool:
        """See `Store.exists`."""
        with _told(name):
            return self._head(checked_name(name)) is not None

    def names(self, prefix: str = "") -> list[str]:
        """See `Store.names`."""
        return sorted(each["Key"] for each in self._listed(prefix))

    def names_older(self, prefix: str, than: timedelta) -> list[str]:
        """See `Store.names_older`. A bucket does not note that the same was put again."""
        before = datetime.now(UTC) - than
        return sorted(each["Key"] for each in self._listed(prefix) if each["LastModified"] < before)

    def delete(self, name: str) -> None:
        """See `Store.delete`."""
        with _told(name):
            for version in self._versions(checked_name(name), "Versions", "DeleteMarkers"):
                self._client.delete_object(Bucket=self._bucket, Key=name, VersionId=version)
            if self._head(name) is not None:  # a bucket that keeps no versions
                self._client.delete_object(Bucket=self._bucket, Key=name)

    def sweep(self, older_than: timedelta) -> int:
        """0: an interrupted write leaves nothing in a bucket but parts, which its own lifecycle rule ends."""
        return 0

    def problems(self) -> list[str]:
        """What is wrong with the bucket, each in a sentence that says what to do."""
        try:
            self._client.head_bucket(Bucket=self._bucket)
            state = self._client.get_bucket_versioning(Bucket=self._bucket).get("Status")
        except (ClientError, BotoCoreError) as problem:
            return [f"The bucket “{self._bucket}” cannot be reached ({problem}). Check its name and our rights to it."]
        if state != "Enabled":
            return [f"The bucket “{self._bucket}” keeps no versions. Turn versioning on: it guards what is published."]
        return []

    def _listed(self, prefix: str) -> list[dict[str, Any]]:
        pages = self._client.get_paginator("list_objects_v2")
        with _told(prefix):
            return [
                each for page in pages.paginate(Bucket=self._bucket, Prefix=prefix) for each in page.get("Contents", ())
            ]

    def _holds(self, name: str, data: bytes, version: str | None = None) -> bool:
        """Whether the bytes lie there already. Raises `AlreadyStored` where others do."""
        head = self._head(name, version)
        if head is None:
            return False
        known = head.get("ChecksumSHA256")
        same = known == _checksum(data) if known else self._again(lambda: self._read(name, version)) == data
        if not same:
            raise AlreadyStored(f"{name} already holds other bytes, and nothing is ever written over")
        return True

    def _head(self, name: str, version: str | None = None) -> dict[str, Any] | None:
        try:
            return self._client.head_object(
                Bucket=self._bucket, Key=name, ChecksumMode="ENABLED", **_of_version(version)
            )
        except ClientError as answer:
            if _code(answer) in _NOT_THERE:
                return None
            raise

    def _write(self, name: str, data: bytes) -> str | None:
        """Write where nothing lies. Returns the version's id; None where none is kept, or where the name is taken."""
        try:
            answer = self._client.put_object(
                Bucket=self._bucket,
                Key=name,
                Body=data,
                ChecksumSHA256=_checksum(data),
                IfNoneMatch="*",
                **self._encryption,
            )
        except ClientError as refusal:
            if _code(refusal) in ("PreconditionFailed", "412"):
                return None
            if _code(refusal) in ("ConditionalRequestConflict", "OperationAborted", "409"):
                raise _AskAgainError from refusal
            raise
        version = answer.get("VersionId")
        return None if version == "null" else version

    def _stand_back(self, name: str, version: str) -> str:
        """The version that counts, the oldest: ours goes where the bucket ignored our condition and wrote it on top."""
        oldest = self._versions(name, "Versions")[-1:] or [version]
        if oldest != [version]:
            self._client.delete_object(Bucket=self._bucket, Key=name, VersionId=version)
        return oldest[0]

    def _versions(self, name: str, *kinds: str) -> list[str]:
        """The ids of a name's versions (and deletions, where those are asked for), newest first."""
        pages = self._client.get_paginator("list_object_versions").paginate(Bucket=self._bucket, Prefix=name)
        return [
            each["VersionId"] for page in pages for kind in kinds for each in page.get(kind, ()) if each["Key"] == name
        ]

    def _read(self, name: str, version: str | None = None) -> bytes:
        try:
            answer = self._client.get_object(
                Bucket=self._bucket, Key=name, ChecksumMode="ENABLED", **_of_version(version)
            )
        except ClientError as refusal:
            if _code(refusal) in _NOT_THERE:
                raise NotStored(f"nothing is stored as {name}") from None
            raise
        try:
            data: bytes = answer["Body"].read()
        except (HTTPClientError, BotoCoreError) as broken:  # cut short, or not what its checksum says
            raise _AskAgainError from broken
        if len(data) != answer["ContentLength"]:
            raise _AskAgainError
        return data

    def _again(self, ask: Callable[[], T]) -> T:
        """Ask, and again after a pause where asking again can help."""
        for attempt in range(1, ATTEMPTS):
            try:
                return ask()
            except _AskAgainError:
                time.sleep(self._pause * 2**attempt)
        return ask()


class _AskAgainError(Exception):
    """The bucket's answer was cut short, or it was busy with this very name."""


@contextmanager
def _told(name: str) -> Generator[None]:
    """Machinery that failed after every retry, told in a sentence."""
    try:
        yield
    except (_AskAgainError, BotoCoreError, HTTPClientError, ClientError) as problem:
        why = str(problem.__cause__ or problem) or "its answer was cut short"
        raise StoreUnavailableError(
            f"The bucket did not answer as it should about {name} ({why}). Nothing is lost, and the next run tries "
            "again: if it fails again, run `quarterday doctor`, which says what is wrong with the bucket."
        ) from problem


def _code(answer: ClientError) -> str:
    return str(answer.response.get("Error", {}).get("Code", ""))


def _of_version(version: str | None) -> dict[str, str]:
    return {"VersionId": version} if version else {}


def _checksum(data: bytes) -> str:
    return base64.b64encode(hashlib.sha256(data).digest()).decode()


def open_s3(settings: Settings, bucket: str) -> S3Store:
    """The store in a bucket. Who we are is found where boto3 looks for it: the environment, its files, or a role."""
    client = boto3.client(
        "s3",
        endpoint_url=settings.s3_endpoint or None,
        region_name=settings.s3_region or None,
        config=Config(
            connect_timeout=settings.s3_timeout,
            read_timeout=settings.s3_timeout,
            retries={"mode": "standard", "total_max_attempts": 4},
            s3={"addressing_style": "path" if settings.s3_endpoint else "auto"},
        ),
    )
    encryption = {"ServerSideEncryption": settings.s3_encryption} if settings.s3_encryption else {}
    if settings.s3_kms_key:
        encryption["SSEKMSKeyId"] = settings.s3_kms_key
    return S3Store(client, bucket, encryption)
