"""What the register says of a release that is whole in itself: whether it is what was published, and still stands."""

import json
from collections.abc import Iterator
from hashlib import sha256
from pathlib import Path

from quarterday.domain.collection.binding import FrameworkLostError, content_for
from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import CollectionBound, Facts, ReleaseMade, ReleaseWithdrawn
from quarterday.domain.framework.periods import say_date
from quarterday.publishing import manifest
from quarterday.publishing.yearly.verifying import is_review, register_problems_of_review, what_has_come_since


def register_problems(folder: Path, facts: Facts) -> list[str]:
    """What the register says against a folder that is whole in itself.

    Who can change every file can change the manifest too, but not the fact that names it.
    """
    if is_review(folder):
        return register_problems_of_review(folder, facts)
    listing = (folder / manifest.NAME).read_bytes()
    said = json.loads(listing)
    collection, version = said.get("collection"), said.get("version")
    release = next((each for each in facts.about(str(collection), ReleaseMade) if each.version == version), None)
    if release is None:
        return [
            f"The register here knows no version {version} of {collection}. If the release is another "
            "installation's, look at the folder alone: --alone."
        ]
    if sha256(listing).hexdigest() != release.manifest_sha256:
        return [f"{manifest.NAME} is not what was published: its SHA-256 differs from the register's."]
    return list(promise_problems(facts, release.collection))


def withdrawal_told(folder: Path, facts: Facts) -> str:
    """That an officer took the release in a folder back, with what readers are told and what stands; else nothing.

    Of a yearly review: whether it was made from releases that were taken back or replaced since.
    """
    if is_review(folder):
        return what_has_come_since(folder, facts)
    said = json.loads((folder / manifest.NAME).read_bytes())
    collection, version = str(said.get("collection")), said.get("version")
    gone = next((each for each in facts.about(collection, ReleaseWithdrawn) if each.version == version), None)
    if gone is None:
        return ""
    standing = standing_releases(facts, collection)
    words = f" Readers are told: “{gone.for_readers}”" if gone.for_readers else ""
    instead = f"Version {standing[-1].version} stands in its place." if standing else "No version stands in its place."
    return f"Version {version} was withdrawn on {say_date(london_day(gone.at))} by {gone.by}.{words} {instead}"


def promise_problems(facts: Facts, collection: str) -> Iterator[str]:
    """Whether every framework that the collection went by is in the register as it was written down."""
    for bound in facts.about(collection, CollectionBound):
        try:
            content_for(facts, bound)
        except FrameworkLostError as lost:
            yield str(lost)
