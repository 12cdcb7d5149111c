"""Earlier figures that were found in order, kept: first their file, then the fact that names it."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from quarterday.adapters.register import Register
from quarterday.adapters.store import Store, Stores
from quarterday.domain.facts import FiguresBackfilled


def keep_earlier_figures(stores: Stores, register: Register, data: bytes, **who: Any) -> bool:
    """Keep a tidy file of them, as `stored` does, and the fact.

    False where the very same was kept before; cut short, it is simply done again.
    """
    return bool(register.append_new(stored(stores.raw, data, **who)))


def stored(
    raw: Store, data: bytes, *, at: datetime, by: str, why: str, partnership: str, rows: int
) -> FiguresBackfilled:
    """Keep a tidy file in the store, and give the fact that brings its figures in."""
    kept = raw.put(f"backfill/{sha256(data).hexdigest()}.csv", data)
    return FiguresBackfilled(
        at=at,
        by=by,
        reason=why,
        partnership=partnership,
        stored_as=kept.name,
        sha256=kept.sha256,
        rows=rows,
    )
