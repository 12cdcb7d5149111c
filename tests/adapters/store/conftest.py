"""Stores to test with: a folder, and a bucket of moto's server, under the same tests.

With `TEST_S3_ENDPOINT` the bucket is a real gateway's, its keys in the AWS_… variables: `make s3-test`.
"""

import os
import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores, open_stores

REAL = os.environ.get("TEST_S3_ENDPOINT", "")
collect_ignore = [] if REAL else ["test_real_gateway.py"]
REGION = "us-east-1" if REAL else "eu-west-2"  # the one that wants no place for a new bucket


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of a stand-in for S3, or of the real gateway."""
    if REAL:
        yield REAL
        return
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials that open nothing; a real gateway's own are left as they are."""
    if REAL:
        return
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)


@pytest.fixture
def s3(moto: str, credentials: None) -> Any:
    """A client of our own, to look behind the store."""
    return boto3.client("s3", endpoint_url=moto, region_name=REGION)


@pytest.fixture
def buckets(s3: Any) -> dict[str, str]:
    """Two new buckets that keep versions."""
    names = {kind: f"quarterday-{kind}-{secrets.token_hex(4)}" for kind in ("raw", "published")}
    place: dict[str, Any] = {} if REAL else {"CreateBucketConfiguration": {"LocationConstraint": REGION}}
    for bucket in names.values():
        s3.create_bucket(Bucket=bucket, **place)
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return names


@pytest.fixture
def s3_settings(moto: str, buckets: dict[str, str], tmp_path: Path) -> Settings:
    """The settings of an installation that keeps its files in buckets."""
    return Settings(
        home=tmp_path,
        store="s3",
        s3_endpoint=moto,
        s3_region=REGION,
        s3_raw_bucket=buckets["raw"],
        s3_published_bucket=buckets["published"],
        s3_timeout=10 if REAL else 1,
        s3_encryption="" if REAL else "AES256",  # a gateway may have no keys to encrypt with
    )


@pytest.fixture(params=["files", "s3"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    """The stores of an installation, empty."""
    if request.param == "files":
        return open_stores(Settings(home=tmp_path))
    return open_stores(request.getfixturevalue("s3_settings"))
