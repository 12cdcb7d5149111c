"""Files that no fact names: whoever wrote them was killed before the fact, and nothing will ever lead to them.

They hold what partners sent or what was made of it, and no retention rule finds them, since that goes by facts. Drafts
have rules of their own and are left alone, and so is whatever somebody is still to name: the results of a return that
waits for its verdict, and the folders of a version that is not made yet.
"""

from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta

from quarterday.adapters.damage import named_files
from quarterday.adapters.register import Register
from quarterday.adapters.store import NotStored, Store, Stores
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.facts import Facts, ReleaseMade

_FOLDERS = ("uploads/", "checked/", "emails/", "backfill/", "reference/")


def sweep_unnamed(register: Register, stores: Stores, older_than: timedelta) -> int:
    """Delete what no fact of any partnership names and was written longer ago than this. Returns how many files.

    A file that was named while it was deleted, since the very same was put once more, is put back.
    """
    swept = 0
    for store, name in list(unnamed(register, stores, older_than)):
        try:
            data = store.get(name)
        except NotStored:
            continue
        store.delete(name)
        if name in _named(_facts(register)):
            store.put(name, data)
        else:
            swept += 1
    return swept


def unnamed(register: Register, stores: Stores, older_than: timedelta) -> Iterator[tuple[Store, str]]:
    """The files that would be swept, each with its store. What is there is looked at first, and the facts after it."""
    raw = [name for folder in _FOLDERS for name in stores.raw.names_older(folder, older_than)]
    published = stores.published.names_older("", older_than)
    facts = _facts(register)
    named = _named(facts)
    waiting = {each.partner_return for of in facts for each in unjudged(of)}
    for name in raw:
        if name not in named and not waiting & set(name.split("/")):
            yield stores.raw, name
    made = _made(facts)
    for name in published:
        collection, _, rest = name.partition("/")
        folder = rest.partition("/")[0]
        if f"{collection}/{folder}" not in named and _version(folder) <= made[collection]:
            yield stores.published, name


def _facts(register: Register) -> list[Facts]:
    return [register.facts(each) for each in register.partnerships()]


def _named(facts: list[Facts]) -> set[str]:
    """The names of files, and of releases their folders."""
    return {
        each.name if each.store == "raw" else each.name.rpartition("/")[0] for of in facts for each in named_files(of)
    }


def _made(facts: list[Facts]) -> dict[str, int]:
    """The newest version that each collection has."""
    found: dict[str, int] = defaultdict(int)
    for of in facts:
        for each in of.of(ReleaseMade):
            found[each.collection] = max(found[each.collection], each.version)
    return found


def _version(folder: str) -> float:
    """The version whose files lie in a folder: 2 of `v2` and of `v2-3`; none that was made, of any other."""
    number = folder.removeprefix("v").partition("-")[0]
    return int(number) if folder.startswith("v") and number.isdecimal() else float("inf")
