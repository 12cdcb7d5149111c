"""What whoever keeps the installation types on a Saturday: commands, each again next week where it was cut short."""

from collections.abc import Callable, Iterator
from datetime import date

from quarterday.adapters.brought_in import keep_earlier_figures
from quarterday.adapters.installation import Installation
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from quarterday.domain.rulings.key_rulings import live_keys, make_key, revoke_keys
from quarterday.domain.rulings.request_rulings import Ruling
from rehearsal.earlier import earlier_csv, earlier_quarters
from rehearsal.others import bring_in_others

Typed = tuple[str, Callable[[Installation], int]]
_FILES: dict[tuple[str, Period], list[bytes]] = {}


def commands(today: date, asked: Period) -> Iterator[Typed]:
    """The commands of a Saturday, by what the table of side effects calls them."""
    month = today.month
    yield "command: backfill", lambda office: _backfill(office, asked, month)
    yield "command: reference", lambda office: _reference(office, earlier_quarters(asked)[month])
    yield "command: keys", _keys


def _backfill(office: Installation, asked: Period, month: int) -> int:
    """Earlier figures of one indicator, one more with each month."""
    lines = _earlier(office.framework, asked)[: month + 1]
    kept = keep_earlier_figures(
        office.stores,
        office.register,
        b"".join(lines),
        at=office.now(),
        by="quarterday",
        why="They were kept elsewhere.",
        partnership=office.framework.partnership.code,
        rows=len(lines) - 1,
    )
    return int(kept)


def _reference(office: Installation, period: Period) -> int:
    """Figures of other places for an earlier quarter."""
    bring_in_others(office, period)
    return 1


def _earlier(framework: Framework, asked: Period) -> list[bytes]:
    key = framework.partnership.code, asked
    if key not in _FILES:
        _FILES[key] = earlier_csv(framework, framework.indicators[:1], asked).splitlines(keepends=True)
    return _FILES[key]


def _keys(office: Installation) -> int:
    """A partner's script is given a key; where it has one, it ends, and another is made next week."""
    partner, facts = office.framework.partners[0].code, office.facts()
    ruling = Ruling(office.framework.partnership.officers[0].code, "They asked for it.", office.now())
    if live_keys(facts, partner):
        office.register.append(*revoke_keys(office.framework, facts, ruling, partner=partner))
    else:
        key_hash = f"hash of the key of {office.now()}"
        office.register.append(make_key(office.framework, facts, ruling, partner=partner, key_hash=key_hash))
    return 1
