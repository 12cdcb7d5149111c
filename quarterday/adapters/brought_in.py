"""Earlier figures that were found in order, kept: first their file, then the fact that names it."""

from datetime import datetime
from hashlib import sha256

from quarterday.adapters.register import Register
from quarterday.adapters.store import Stores
from quarterday.domain.facts import FiguresBackfilled


def keep_earlier_figures(
    stores: Stores, register: Register, data: bytes, *, at: datetime, by: str, why: str, partnership: str, rows: int
) -> bool:
    """Keep a tidy file of them. False where the very same was kept before; cut short, it is simply done again."""
    stored = stores.raw.put(f"backfill/{sha256(data).hexdigest()}.csv", data)
    fact = FiguresBackfilled(
        at=at,
        by=by,
        reason=why,
        partnership=partnership,
        stored_as=stored.name,
        sha256=stored.sha256,
        rows=rows,
    )
    return bool(register.append_new(fact))
