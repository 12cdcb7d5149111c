"""Proves a yearly review whole: every file as its manifest says, and the manifest the one that the register names."""

import json
from hashlib import sha256
from pathlib import Path

from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.facts import Facts, ReleaseMade, YearlyReviewMade
from quarterday.publishing import manifest


def is_review(folder: Path) -> bool:
    """Whether a folder says of itself that it is a yearly review."""
    try:
        said = json.loads((folder / manifest.NAME).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(said, dict) and "yearly_review" in said


def register_problems_of_review(folder: Path, facts: Facts) -> list[str]:
    """What the register says against a yearly review that is whole in itself."""
    made = _made(folder, facts)
    if made is None:
        return [
            "The register here knows no such yearly review. If it is another installation's, or was written by "
            "quarterday review, look at the folder alone: --alone."
        ]
    if sha256((folder / manifest.NAME).read_bytes()).hexdigest() != made.manifest_sha256:
        return [f"{manifest.NAME} is not what was made: its SHA-256 differs from the register's."]
    return []


def what_has_come_since(folder: Path, facts: Facts) -> str:
    """That a release which it was made from does not stand any more, or has a newer one; else nothing."""
    made = _made(folder, facts)
    by_key = {each.key: each for each in facts.of(ReleaseMade)}
    used = [by_key[key] for key in made.releases if key in by_key] if made else []
    overtaken = [each for each in used if each not in standing_releases(facts, each.collection)[-1:]]
    if not overtaken:
        return ""
    named = ", ".join(f"version {each.version} of {each.collection}" for each in overtaken)
    return f"It was made from releases that are not the newest that stand any more: {named}."


def _made(folder: Path, facts: Facts) -> YearlyReviewMade | None:
    said = json.loads((folder / manifest.NAME).read_bytes())
    wanted = said.get("submission"), said.get("owed_on"), said.get("version")
    made = facts.of(YearlyReviewMade)
    return next((each for each in made if (each.submission, each.owed_on.isoformat(), each.version) == wanted), None)
