"""What a release of ten years of figures costs, and its packs: processor time, memory, and the size of every file.

Run: `.venv/bin/python -m benchmarks.ten_years`. The worked example's 74 indicators with made-up figures: 42 quarters
brought in from before, and the one that is released, in a process that knows nothing yet. Times are this process's own
and, behind it, by the clock: charts and PDFs are made by others that it has by it.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

from benchmarks.past_releases import CONFIG, NOW, answered, collection
from quarterday.adapters.config_files import load_framework
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.facts import FiguresBackfilled
from quarterday.publishing.candidate import prepare
from quarterday.publishing.one_file import NAME as ONE_FILE
from quarterday.publishing.one_file import one_file
from quarterday.publishing.pack.packs import FORMATS, board_packs
from quarterday.publishing.release import release_files
from quarterday.publishing.workbook import NAME as WORKBOOK
from quarterday.publishing.workbook import workbook
from rehearsal.earlier import QUARTERS, earlier_csv, earlier_quarters
from tests.publishing.installation_example import office, publish

TIMES = 3  # of the fourteen quarters that the rehearsal brings in: ten years and a half
Sizes = dict[str, int]


def prepared_home(home: Path) -> None:
    """A home with ten years brought in, and a quarter that everybody has answered."""
    house = office(home, load_framework(CONFIG))
    framework, before = house.installation.framework, NOW
    who = {"at": house.now(), "by": "jo", "partnership": framework.partnership.code}
    for number in range(TIMES):
        data = earlier_csv(framework, framework.indicators, before)
        kept = house.installation.stores.raw.put(f"backfill/earlier-{number}.csv", data)
        house.record(FiguresBackfilled(stored_as=kept.name, sha256=kept.sha256, rows=data.count(b"\n"), **who))
        before = earlier_quarters(before, QUARTERS)[0]
    answered(house, NOW)


def measure(home: Path) -> dict[str, object]:
    """Make the release in this process; seconds of processor time, the peak of memory in MB, and bytes."""
    house = office(home, load_framework(CONFIG))
    name = collection(house.installation.framework, NOW)
    seconds: dict[str, tuple[float, float]] = {}
    tables = _timed(seconds, "prepare", lambda: prepare(house.installation, publish(collection=name)).tables)
    framework = framework_of(house.installation.framework, house.installation.facts(), name)
    files = _timed(seconds, "tables, workbook and descriptions", lambda: release_files(framework, tables, ()))
    _timed(seconds, f"of which {WORKBOOK}", lambda: workbook(framework, tables))
    _timed(seconds, f"of which {ONE_FILE}", lambda: one_file(framework, tables))
    packs = _timed(seconds, "packs in words and charts", lambda: board_packs(framework, tables))
    sizes = {path: len(data) for path, data in files.items()}
    for kind in FORMATS:
        write = getattr(import_module(f"quarterday.publishing.pack.{kind}"), f"to_{kind}")
        made = _timed(seconds, f"{len(packs)} packs as {kind}", lambda write=write: write(packs))
        sizes |= {f"packs/{pack.board}.{kind}": len(data) for pack, data in zip(packs, made, strict=True)}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    figures = len(tables.history) + len(tables.observations)
    return {"figures": figures, "seconds": seconds, "MB": peak, "sizes": sizes}


def _timed(seconds: dict[str, tuple[float, float]], what: str, work: Callable[[], object]) -> object:
    began, clock = time.process_time(), time.perf_counter()
    made = work()
    seconds[what] = time.process_time() - began, time.perf_counter() - clock
    return made


def main() -> None:
    """Print what it takes, and the files from the largest on."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--measure", type=Path)
    given = asked.parse_args()
    if given.measure:
        print(json.dumps(measure(given.measure)))
        return
    with tempfile.TemporaryDirectory() as folder:
        prepared_home(Path(folder))
        command = [sys.executable, "-m", "benchmarks.ten_years", "--measure", folder]
        told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    print(f"{told['figures']:,} figures, at most {told['MB']:,.0f} MB of memory")
    for what, (taken, clock) in told["seconds"].items():
        print(f"{taken:8.1f} s ({clock:.1f} by the clock)  {what}")
    sizes: Sizes = told["sizes"]
    print(f"{sum(sizes.values()) / 1e6:8.1f} MB in {len(sizes)} files")
    for path, size in sorted(sizes.items(), key=lambda each: -each[1])[:20]:
        print(f"{size / 1e6:8.2f} MB  {path}")


if __name__ == "__main__":
    main()
