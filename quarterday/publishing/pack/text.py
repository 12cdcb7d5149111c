"""Words that others wrote, made fit for every format: what no document may hold is taken out, nothing else."""

import re
from dataclasses import fields, replace
from typing import Any, TypeVar

from quarterday.publishing.risk_tables import BidLine, RiskLine
from quarterday.publishing.tables import ActivityLine, Coverage, Gap, Observation, ReleaseTables, Revision, Version

Row = TypeVar("Row", ActivityLine, RiskLine, BidLine, Observation, Gap, Coverage, Revision, Version)

# Control characters and the halves of surrogate pairs, which XML forbids; marks that turn the direction of writing.
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff\u202a-\u202e\u2066-\u2069]")


def plain(text: str) -> str:
    """The text without characters that a document cannot hold, or that would make it read as something else."""
    return _UNFIT.sub("", text).replace("\r\n", "\n").strip()


def plain_tables(tables: ReleaseTables) -> ReleaseTables:
    """The release's tables with every word that came from outside made plain."""
    return replace(
        tables,
        observations=tuple(_plain_words(each) for each in tables.observations),
        history=tuple(_plain_words(each) for each in tables.history),
        gaps=tuple(_plain_words(each) for each in tables.gaps),
        coverage=tuple(_plain_words(each) for each in tables.coverage),
        revisions=tuple(_plain_words(each) for each in tables.revisions),
        versions=tuple(_plain_words(each) for each in tables.versions),
        activities=tuple(_plain_words(each) for each in tables.activities),
        activities_before=tuple(_plain_words(each) for each in tables.activities_before),
        risks=tuple(_plain_words(each) for each in tables.risks),
        risks_before=tuple(_plain_words(each) for each in tables.risks_before),
        bids=tuple(_plain_words(each) for each in tables.bids),
        bids_before=tuple(_plain_words(each) for each in tables.bids_before),
        since=tuple((version, tuple(map(_plain_words, changed))) for version, changed in tables.since),
    )


def _plain_words(row: Row) -> Row:
    told = ((each.name, getattr(row, each.name)) for each in fields(row))
    changed: dict[str, Any] = {name: made for name, value in told if (made := _plain(value)) != value}
    return replace(row, **changed) if changed else row


def _plain(value: object) -> object:
    if type(value) is str:  # a marker is a word of ours
        return plain(value)
    if isinstance(value, tuple):
        return tuple(_plain(each) for each in value)
    return value
