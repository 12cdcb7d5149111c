"""A bucket that is slow, fails, cuts its answers short or ignores what it is asked."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from quarterday.adapters.settings import Settings
from quarterday.adapters.store import AlreadyStored, Stores, StoreUnavailableError, open_stores
from quarterday.adapters.store.s3 import S3Store
from quarterday.publishing.release import write_release
from tests.adapters.store.faulty import FaultyLine, faulty_line

NAME = "q1/v1/observations.csv"


@pytest.fixture
def line(moto: str) -> Iterator[FaultyLine]:
    """A faulty line to the stand-in."""
    with faulty_line(moto) as opened:
        yield opened


@pytest.fixture
def over_the_line(line: FaultyLine, s3_settings: Settings) -> Stores:
    """The stores, reached over the faulty line."""
    return open_stores(s3_settings.model_copy(update={"s3_endpoint": line.url}))


@pytest.mark.parametrize("fault", ["slow", "failing", "lost"])
@pytest.mark.parametrize("request_spoiled", [0, 1, 2, 3])
def test_putting_over_a_bad_line(
    over_the_line: Stores, line: FaultyLine, s3: Any, buckets: dict[str, str], fault: str, request_spoiled: int
) -> None:
    """Whichever request of a write is spoiled, the file is whole and there once."""
    line.faults = [""] * request_spoiled + [fault]

    assert 5 == over_the_line.published.put(NAME, b"a,b,c").size
    assert b"a,b,c" == over_the_line.published.get(NAME)
    assert 1 == len(s3.list_object_versions(Bucket=buckets["published"])["Versions"])


@pytest.mark.parametrize("fault", ["slow", "failing", "lost", "truncated"])
def test_getting_over_a_bad_line(over_the_line: Stores, line: FaultyLine, fault: str) -> None:
    """An answer that fails or is cut short is asked for again; half a file is never handed out."""
    over_the_line.published.put(NAME, b"a,b,c" * 1000)
    line.faults = [fault, fault]

    assert b"a,b,c" * 1000 == over_the_line.published.get(NAME)


@pytest.mark.parametrize("fault", ["failing", "truncated"])
def test_a_bucket_that_never_answers_well(over_the_line: Stores, line: FaultyLine, fault: str) -> None:
    """After every retry that could help, the failure is told in a sentence and nothing is handed out."""
    over_the_line.published.put(NAME, b"a,b,c" * 1000)
    line.faults = [fault] * 40
    with pytest.raises(StoreUnavailableError, match="did not answer as it should about q1/v1") as told:
        over_the_line.published.get(NAME)

    assert "the next run tries again: if it fails again, run `quarterday doctor`" in str(told.value)


def test_another_write_on_its_way(over_the_line: Stores, line: FaultyLine) -> None:
    """409 is not 412: the bucket is busy with this name, so the write is tried again."""
    line.faults = ["", "conflict", "conflict"]

    assert 3 == over_the_line.published.put(NAME, b"abc").size
    assert 3 == line.seen.count("PUT")


def test_writing_twice_sends_the_bytes_once(over_the_line: Stores, line: FaultyLine) -> None:
    """A file that lies there already is not sent again."""
    over_the_line.published.put(NAME, b"abc")
    over_the_line.published.put(NAME, b"abc")

    assert 1 == line.seen.count("PUT")


RELEASE = {"observations.csv": b"a,b,c" * 100}


@pytest.mark.parametrize("fault", ["failing", "lost", "truncated"])
def test_a_release_is_whole_whichever_call_is_the_last(over_the_line: Stores, line: FaultyLine, fault: str) -> None:
    """The line goes bad at each call in turn and stays so: no manifest without all files; the next run ends whole."""
    store, calls, spoiled = over_the_line.published, 0, True
    store._pause = 0
    while spoiled:
        folder = f"somewhere.2025-26-q1/v{calls}"
        line.faults = [""] * calls + [fault] * 60
        try:
            write_release(store, folder, RELEASE, b"{}")
            spoiled = len(line.faults) < 60
        except StoreUnavailableError:
            line.faults = []
            if store.exists(f"{folder}/manifest.json"):
                assert store.exists(f"{folder}/observations.csv")
            folder = write_release(store, folder, RELEASE, b"{}")
        line.faults, calls = [], calls + 1
        written = {name.removeprefix(f"{folder}/"): store.get(name) for name in store.names(f"{folder}/")}
        assert RELEASE | {"manifest.json": b"{}"} == written

    assert calls > 8


class IgnoresConditions:
    """A gateway that takes a write under a name that is taken, and shows the name as free before."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.blind = 1

    def __getattr__(self, name: str) -> Any:
        return getattr(self._client, name)

    def put_object(self, IfNoneMatch: str, **asked: Any) -> Any:  # noqa: N803 - the client's names
        return self._client.put_object(**asked)

    def head_object(self, **asked: Any) -> Any:
        if self.blind:
            self.blind -= 1
            asked["Key"] = "free"
        return self._client.head_object(**asked)


def test_a_gateway_that_ignores_conditions(s3: Any, buckets: dict[str, str]) -> None:
    """The oldest version counts: a later write of other bytes is taken back and refused."""
    bucket = buckets["published"]
    S3Store(s3, bucket, {}).put(NAME, b"abc")
    with pytest.raises(AlreadyStored):
        S3Store(IgnoresConditions(s3), bucket, {}).put(NAME, b"other")

    assert b"abc" == S3Store(s3, bucket, {}).get(NAME)
    assert 1 == len(s3.list_object_versions(Bucket=bucket)["Versions"])


def test_a_gateway_that_ignores_conditions_given_the_same(s3: Any, buckets: dict[str, str]) -> None:
    """The same bytes written late are harmless there too."""
    S3Store(s3, buckets["published"], {}).put(NAME, b"abc")

    assert 3 == S3Store(IgnoresConditions(s3), buckets["published"], {}).put(NAME, b"abc").size


def test_a_writer_killed_before_it_stood_back(s3: Any, buckets: dict[str, str]) -> None:
    """Where the condition was ignored and nobody took the later bytes back, those that came first are still had."""
    store = S3Store(s3, buckets["published"], {})
    first = store.put(NAME, b"abc")
    s3.put_object(Bucket=buckets["published"], Key=NAME, Body=b"other")

    assert b"abc" == store.get(NAME, first.sha256)


def test_deleting_leaves_no_version(s3: Any, s3_settings: Settings, buckets: dict[str, str]) -> None:
    """What the retention rule deletes cannot be had back from an older version."""
    raw = open_stores(s3_settings).raw
    raw.put("u1", b"abc")
    s3.delete_object(Bucket=buckets["raw"], Key="u1")
    raw.delete("u1")
    left = s3.list_object_versions(Bucket=buckets["raw"])

    assert not left.get("Versions") and not left.get("DeleteMarkers")


def test_what_a_write_asks_for(over_the_line: Stores, line: FaultyLine) -> None:
    """Each write names its SHA-256, asks for encryption at rest, and asks that nothing be written over."""
    over_the_line.raw.put("u1", b"abc")

    assert "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=" == line.asked["x-amz-checksum-sha256"]
    assert "AES256" == line.asked["x-amz-server-side-encryption"]
    assert "*" == line.asked["if-none-match"]


def test_the_lifecycle_rule_that_is_advised(s3: Any, buckets: dict[str, str]) -> None:
    """It is one that a bucket takes, and it never ends a version that counts."""
    page = (Path(__file__).parents[3] / "docs" / "how-to" / "keep-files-in-s3.md").read_text()
    rules = json.loads(page[page.index('{"Rules"') : page.index("```\n\nWhen a raw file")])
    s3.put_bucket_lifecycle_configuration(Bucket=buckets["raw"], LifecycleConfiguration=rules)
    (rule,) = s3.get_bucket_lifecycle_configuration(Bucket=buckets["raw"])["Rules"]

    assert {"ExpiredObjectDeleteMarker": True} == {k: v for k, v in rule["Expiration"].items() if v}
    assert "NoncurrentVersionExpiration" not in rule


def test_problems_of_a_bucket(s3: Any, buckets: dict[str, str]) -> None:
    """What is wrong with a bucket is told with what to do."""
    s3.create_bucket(Bucket="no-versions", CreateBucketConfiguration={"LocationConstraint": "eu-west-2"})

    assert [] == S3Store(s3, buckets["raw"], {}).problems()
    assert "Turn versioning on" in S3Store(s3, "no-versions", {}).problems()[0]
    assert "cannot be reached" in S3Store(s3, "not-there", {}).problems()[0]
