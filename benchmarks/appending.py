"""What the register's mark costs those who append, on a real PostgreSQL that waits for its disk.

Run: `.venv/bin/python -m benchmarks.appending`. Each count of writers appends facts one by one, once with the triggers
that move the mark and once without: the ratio is the mark's price. And what a mark saves those who read: the time to
ask for one beside the time to read the register.
"""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import count

import psycopg
from sqlalchemy import text

from quarterday.adapters.register import Register
from quarterday.adapters.register.changes import Changes
from quarterday.adapters.register.engine import open_engine
from quarterday.adapters.register.migrating import migrate
from quarterday.adapters.register.tables import TABLES
from tests.adapters.register.test_changes import closed
from tests.postgres import new_database, plain, postgres_server

FACTS, ROUNDS = 400, 5
_numbers = count()


def appending(register: Register, writers: int) -> float:
    """Seconds for `FACTS` facts, each in a transaction of its own, by so many writers at once."""
    began = time.perf_counter()
    with ThreadPoolExecutor(writers) as pool:
        list(pool.map(lambda _: register.append(closed(f"c{next(_numbers)}")), range(FACTS)))
    return time.perf_counter() - began


def switch(register: Register, how: str) -> None:
    """ENABLE or DISABLE the triggers that move the mark."""
    with register.engine.begin() as connection:
        for table in TABLES.values():
            connection.execute(text(f"ALTER TABLE {table.name} {how} TRIGGER {table.name}_marks_change"))


def main() -> None:
    """Print both, and their ratios."""
    with postgres_server() as server:
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute("ALTER SYSTEM RESET ALL")
            connection.execute("SELECT pg_reload_conf()")
        engine = open_engine(new_database(server))
        migrate(engine)
        with Register(engine) as register:
            for writers in (1, 4, 12):
                times: dict[str, list[float]] = {"DISABLE": [], "ENABLE": []}
                for _ in range(ROUNDS):
                    for how, taken in times.items():
                        switch(register, how)
                        taken.append(appending(register, writers))
                without, marked = (statistics.median(taken) for taken in times.values())
                print(
                    f"{writers} writers: {1000 * marked / FACTS:.2f} ms a fact with the mark, "
                    f"{1000 * without / FACTS:.2f} without: {marked / without:.2f} times"
                )
            changes = Changes(engine)
            began = time.perf_counter()
            for _ in range(200):
                changes.mark()
            mark = (time.perf_counter() - began) / 200
            began = time.perf_counter()
            facts = len(list(register.facts("somewhere")))
            whole = time.perf_counter() - began
            print(f"a mark {1000 * mark:.2f} ms, reading {facts} facts {1000 * whole:.0f} ms: 1 to {whole / mark:.0f}")


if __name__ == "__main__":
    main()
