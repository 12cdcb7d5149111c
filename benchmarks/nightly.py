"""What the night's head and the look for damage cost, as ratios to reading every fact once.

Run: `.venv/bin/python -m benchmarks.nightly [--years 1 3 10]`. A register in SQLite of 18 partners: each quarter
a request to each, eight emails about it with what became of them and their words kept, and a file sent in answer.
Processor time, the best of three.
"""

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from quarterday.adapters.damage import damage, share_of_the_hour
from quarterday.adapters.register import Register, open_register
from quarterday.adapters.register.heads import record_head, what_does_not_hold
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores, open_stores
from quarterday.domain.facts import EmailKept, Fact, MessageReserved, MessageSettled, Outcome, Step, UploadKept
from tests.adapters.register.examples import WHO, message, plain_fact

PARTNERS, EMAILS, UPLOADED, WRITTEN = 18, 8, 200_000, 3_000  # the last two in bytes of a file
BEGAN = datetime(2015, 4, 1, 8, 0, tzinfo=UTC)


def quarter(number: int) -> Iterator[Fact]:
    """The facts of a quarter; its files are named by what they hold."""
    at = BEGAN + timedelta(days=91 * number)
    for partner in range(PARTNERS):
        who = {**WHO, "at": at}
        request = f"somewhere.{number}.{partner}"
        data = content(f"{request}/upload", UPLOADED)
        known = {"sha256": sha256(data).hexdigest(), "stored_as": f"uploads/{number}-{partner}.csv"}
        yield UploadKept(request=request, upload=request, size=len(data), suffix=".csv", said_name="", **known, **who)
        for email in range(EMAILS):
            key = f"{request}/{email}"
            booked: MessageReserved = message(key, at=at, request=request)
            yield booked
            yield MessageSettled(message=key, step=Step.ANSWERED, outcome=Outcome.SENT, **who)
            text = content(key, WRITTEN)
            name = f"emails/{number}-{partner}-{email}.txt"
            fields = {name: getattr(plain_fact(EmailKept), name) for name in EmailKept.__dataclass_fields__}
            kept = {"message": key, "request": request, "stored_as": name, "sha256": sha256(text).hexdigest()}
            yield EmailKept(**{**fields, **kept, **who})


def content(name: str, size: int) -> bytes:
    """The bytes of a file, which are nobody else's."""
    return (name.encode() * (size // len(name) + 1))[:size]


def lived(register: Register, stores: Stores, years: int) -> None:
    """Years behind an installation, each quarter's facts and files."""
    for number in range(4 * years):
        facts = list(quarter(number))
        register.append(*facts)
        for each in facts:
            if isinstance(each, UploadKept):
                stores.raw.put(each.stored_as, content(f"{each.request}/upload", UPLOADED))
            if isinstance(each, EmailKept):
                stores.raw.put(each.stored_as, content(each.message, WRITTEN))


def spent(what: Callable[[], object]) -> float:
    """Seconds of processor time, the best of three."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        what()
        taken.append(time.process_time() - began)
    return min(taken)


def measured(years: int) -> str:
    """A line: what each costs beside reading every fact once."""
    with tempfile.TemporaryDirectory() as home:
        settings = Settings(_env_file=None, home=Path(home), database_url="")
        stores = open_stores(settings)
        with open_register(settings) as register:
            lived(register, stores, years)
            facts = register.facts("somewhere")
            count = len(list(facts))
            read = spent(lambda: list(register.facts("somewhere")))
            nights = iter(range(1, 9))
            now = BEGAN + timedelta(days=366 * years)
            written = spent(lambda: record_head(register, "somewhere", now + timedelta(days=next(nights))))
            with register.snapshot() as connection:
                held = spent(lambda: what_does_not_hold(connection, "somewhere"))
            share = spent(lambda: list(damage(stores, facts, share_of_the_hour(now))))
            deep = spent(lambda: list(damage(stores, facts)))
    costs = {"a night's head": written, "holding it": held, "an hour's share of files": share, "all files": deep}
    ratios = ", ".join(f"{name} {cost / read:.2f}" for name, cost in costs.items())
    return f"{years} year(s), {count} facts read in {read:.2f} s: {ratios} times that"


def main() -> None:
    """Print a line for each number of years."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.nightly", description=__doc__)
    parser.add_argument("--years", type=int, nargs="+", default=[1, 3, 10])
    for years in parser.parse_args().years:
        print(measured(years), flush=True)


if __name__ == "__main__":
    main()
