"""Stores to test with: a folder, and a bucket of moto's server, under the same tests."""

import secrets
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from moto.server import ThreadedMotoServer

from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores, open_stores


@pytest.fixture(scope="session")
def moto() -> Iterator[str]:
    """The address of a stand-in for S3."""
    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Credentials that open nothing."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "nobody")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "nothing")
    monkeypatch.setattr("botocore.endpoint.time.sleep", lambda _seconds: None)


@pytest.fixture
def s3(moto: str, credentials: None) -> Any:
    """A client of our own, to look behind the store."""
    return boto3.client("s3", endpoint_url=moto, region_name="eu-west-2")


@pytest.fixture
def buckets(s3: Any) -> dict[str, str]:
    """Two new buckets that keep versions."""
    names = {kind: f"quarterday-{kind}-{secrets.token_hex(4)}" for kind in ("raw", "published")}
    for bucket in names.values():
        s3.create_bucket(Bucket=bucket, CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})
        s3.put_bucket_versioning(Bucket=bucket, VersioningConfiguration={"Status": "Enabled"})
    return names


@pytest.fixture
def s3_settings(moto: str, buckets: dict[str, str], tmp_path: Path) -> Settings:
    """The settings of an installation that keeps its files in buckets."""
    return Settings(
        home=tmp_path,
        store="s3",
        s3_endpoint=moto,
        s3_raw_bucket=buckets["raw"],
        s3_published_bucket=buckets["published"],
        s3_timeout=1,
    )


@pytest.fixture(params=["files", "s3"])
def stores(request: pytest.FixtureRequest, tmp_path: Path) -> Stores:
    """The stores of an installation, empty."""
    if request.param == "files":
        return open_stores(Settings(home=tmp_path))
    return open_stores(request.getfixturevalue("s3_settings"))
