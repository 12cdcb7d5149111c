"""What only a real gateway enforces: run by `make s3-test` and `make ceph`, and not collected without one."""

from typing import Any

import boto3
import pytest

from quarterday.adapters.settings import Settings
from quarterday.adapters.store import StoreUnavailableError, open_stores
from quarterday.adapters.store.s3 import S3Store
from tests.adapters.store.test_s3 import NAME, IgnoresConditions


def test_who_is_not_known_is_refused(s3_settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """A wrong secret is told as what it is, and nothing is written."""
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "another")
    monkeypatch.setattr(boto3, "DEFAULT_SESSION", None)  # it has read the right one already
    stores = open_stores(s3_settings)

    with pytest.raises(StoreUnavailableError, match="did not answer as it should about u1"):
        stores.raw.put("u1", b"abc")
    assert "cannot be reached" in stores.raw.problems()[0]


def test_the_doctor_finds_nothing_wrong(s3_settings: Settings) -> None:
    """Buckets with versions, and rights to them."""
    stores = open_stores(s3_settings)

    assert [] == [*stores.raw.problems(), *stores.published.problems()]


def test_an_unconditional_write_is_found_out(s3: Any, buckets: dict[str, str]) -> None:
    """Its own versions show that a name was taken, whatever the gateway thinks of conditions."""
    bucket = buckets["published"]
    first = S3Store(s3, bucket, {}).put(NAME, b"abc")
    S3Store(IgnoresConditions(s3), bucket, {}).put(NAME, b"abc")

    assert b"abc" == S3Store(s3, bucket, {}).get(NAME, first.sha256)
    assert 1 == len(s3.list_object_versions(Bucket=bucket)["Versions"])


def test_what_the_gateway_makes_of_conditions(s3: Any, buckets: dict[str, str], capsys: Any) -> None:
    """Told, not demanded: some ignore `If-None-Match` where versions are kept. The store rests on neither answer."""
    bucket = buckets["raw"]
    s3.put_object(Bucket=bucket, Key="u1", Body=b"abc")
    try:
        s3.put_object(Bucket=bucket, Key="u1", Body=b"other", IfNoneMatch="*")
        said = "ignored"
    except s3.exceptions.ClientError as refusal:
        said = f"refused with {refusal.response['ResponseMetadata']['HTTPStatusCode']}"
    with capsys.disabled():
        print(f"\nIf-None-Match in a versioned bucket: {said}")

    assert said in ("ignored", "refused with 412", "refused with 409")


def test_what_the_gateway_makes_of_encryption(s3: Any, buckets: dict[str, str], capsys: Any) -> None:
    """Told, not demanded: a gateway without keys refuses what `QUARTERDAY_S3_ENCRYPTION` asks unless it is empty."""
    store = S3Store(s3, buckets["raw"], {"ServerSideEncryption": "AES256"})
    try:
        store.put("u1", b"abc")
        said = s3.head_object(Bucket=buckets["raw"], Key="u1").get("ServerSideEncryption", "passed over")
    except StoreUnavailableError as refusal:
        said = f"refused: {refusal}"
    with capsys.disabled():
        print(f"\nAES256: {said}")

    assert said == "AES256" or said.startswith(("refused", "passed over"))
