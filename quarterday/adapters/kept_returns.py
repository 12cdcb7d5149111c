"""Keeps what a check found beside the file it was found in: the findings and the rows as read, as JSON.

They stand in the raw store: the findings quote figures, and only the partner's own page shows them.
"""

import hashlib
from datetime import datetime
from typing import Protocol

from pydantic import TypeAdapter

from quarterday.adapters.store import Damaged, Stores
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import PartnerReturn

_MARK = 16  # hexadecimal digits of the SHA-256 that stand in the name of what is kept
_FINDINGS: TypeAdapter[tuple[Finding, ...]] = TypeAdapter(tuple[Finding, ...])
_RETURN: TypeAdapter[PartnerReturn] = TypeAdapter(PartnerReturn)


class Checked(Protocol):
    """What a check made of a return: `expectations.checking.Checked`, which this layer does not know."""

    @property
    def partner_return(self) -> PartnerReturn | None:
        """The return as read, None where nothing of it may be kept."""

    @property
    def findings(self) -> tuple[Finding, ...]:
        """What was found."""


def keep_checked(stores: Stores, return_id: str, checked: Checked, at: datetime) -> tuple[str, str]:
    """Keep findings and rows; where each is kept. The second is empty where no rows may be kept.

    The names follow from the content, so that keeping the same again changes nothing.
    """
    folder = f"checked/{at:%Y-%m}/{return_id}"
    findings = _put(stores, f"{folder}/findings", _FINDINGS.dump_json(checked.findings, indent=1))
    stores.known.put(findings, tuple(checked.findings))
    if checked.partner_return is None:
        return findings, ""
    rows = _put(stores, f"{folder}/rows", _RETURN.dump_json(checked.partner_return))
    stores.known.put(rows, checked.partner_return)
    return findings, rows


def load_findings(stores: Stores, name: str) -> tuple[Finding, ...]:
    """The findings kept under a name. Raises the store's `NotStored` and `Damaged`."""
    return stores.known.get(name, lambda: _FINDINGS.validate_json(_get(stores, name)))


def load_rows(stores: Stores, name: str) -> PartnerReturn:
    """The return kept under a name. Raises the store's `NotStored` and `Damaged`."""
    return stores.known.get(name, lambda: _RETURN.validate_json(_get(stores, name)))


def mark_in(name: str) -> str:
    """How the SHA-256 begins of what is kept under a name."""
    return name.rpartition("-")[2].removesuffix(".json")[:_MARK]


def _get(stores: Stores, name: str) -> bytes:
    """The bytes under a name, held to it: a figure with one digit flipped reads as well as the true one."""
    data = stores.raw.get(name)
    if not hashlib.sha256(data).hexdigest().startswith(mark_in(name)):
        raise Damaged(f"{name} has other bytes than were kept.")
    return data


def _put(stores: Stores, name: str, data: bytes) -> str:
    name = f"{name}-{hashlib.sha256(data).hexdigest()[:_MARK]}.json"
    stores.raw.put(name, data)
    return name
