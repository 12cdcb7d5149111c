"""What a release costs by how many were made before it: processor time and memory, as ratios to the first release.

Run: `.venv/bin/python -m benchmarks.past_releases [--quarters 24]`. The worked example with made-up returns, and 14
quarters brought in from before. Three homes: nothing behind; so many quarters answered and none released; all of them
released. The release of the quarter after them is prepared in a process that knows nothing yet, once more in it, and
then all of its files are made: the first and the last are what a whole release costs.

On two busy cores, with 24 quarters behind (seconds, and MB at most; in brackets times the first):

                                  prepare       files         whole
    nothing behind                1.1           8.7           9.8           579
    24 quarters, none released    3.2 (3.0x)    14.0 (1.6x)   17.2 (1.8x)   738 (1.3x)
    24 quarters, all released     5.0 (4.7x)    13.5 (1.6x)   18.5 (1.9x)   834 (1.4x)

A release tells its whole history, which holds 2.7 times the figures then.
"""

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from unittest.mock import patch

from quarterday.adapters.config_files import load_framework
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.facts import FiguresBackfilled
from quarterday.domain.figures.returns import ReturnRow
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, financial_quarter, period_code
from quarterday.publishing import release
from quarterday.publishing.candidate import prepare
from quarterday.publishing.release import make_release
from rehearsal.earlier import earlier_csv, earlier_quarters
from rehearsal.made_up import made_up_figures
from tests.publishing.installation_example import Office, office, publish

CONFIG = Path(__file__).parents[1] / "config"
NOW = financial_quarter(2025, 1)


def collection(framework: Framework, period: Period) -> str:
    """The collection of a period."""
    return f"{framework.partnership.code}.{period_code(period)}"


def answered(house: Office, period: Period) -> None:
    """Everybody is asked for a quarter and sends all of it."""
    framework = house.installation.framework
    name = collection(framework, period)
    house.opened(name, period)
    for partner in framework.partners:
        asked = tuple(framework.asked_of(partner.code, period))
        rows = [
            ReturnRow(
                each.row.indicator,
                each.row.area_code,
                each.row.breakdown,
                each.row.category,
                each.row.period,
                each.value,
                each.numerator,
                each.denominator,
                sheet="Figures",
            )
            for each in made_up_figures(framework, asked, period).values()
        ]
        house.returned(partner.code, rows, collection=name)


def prepared_home(home: Path, quarters: int, *, released: bool) -> None:
    """A home with so many quarters behind, and the one to come answered."""
    house = office(home, load_framework(CONFIG))
    framework = house.installation.framework
    behind = earlier_quarters(NOW, quarters) if quarters else []
    data = earlier_csv(framework, framework.indicators, behind[0] if behind else NOW)
    kept = house.installation.stores.raw.put("backfill/earlier.csv", data)
    who = {"at": house.now(), "by": "jo", "partnership": framework.partnership.code}
    house.record(FiguresBackfilled(stored_as=kept.name, sha256=kept.sha256, rows=data.count(b"\n"), **who))
    with patch.object(release, "build_packs", lambda *_: {}), patch.object(release, "workbook", lambda *_: b"x"):
        for period in behind:
            answered(house, period)
            if released:
                make_release(house.installation, publish(collection=collection(framework, period)))
    answered(house, NOW)


def measure(home: Path) -> None:
    """Prepare the release twice in this process and make its files; prints seconds of processor time and MB at most."""
    house = office(home, load_framework(CONFIG))
    action = publish(collection=collection(house.installation.framework, NOW))
    taken = {}
    for what in ("prepare", "prepare again"):
        began = time.process_time()
        tables = prepare(house.installation, action).tables
        taken[what] = time.process_time() - began
    began = time.process_time()
    release.release_files(
        framework_of(house.installation.framework, house.installation.facts(), action.collection), tables
    )
    taken["files"] = time.process_time() - began
    taken["whole"] = taken["prepare"] + taken["files"]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({**taken, "MB": peak}))


def main() -> None:
    """Print the figures of each home, and their ratios to the first."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--quarters", type=int, default=24)
    asked.add_argument("--measure", type=Path)
    given = asked.parse_args()
    if given.measure:
        measure(given.measure)
        return
    homes = {
        "nothing behind": (0, False),
        f"{given.quarters} quarters, none released": (given.quarters, False),
        f"{given.quarters} quarters, all released": (given.quarters, True),
    }
    first: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (quarters, released)) in enumerate(homes.items()):
            home = Path(folder) / str(number)
            prepared_home(home, quarters, released=released)
            command = [sys.executable, "-m", "benchmarks.past_releases", "--measure", str(home)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            first = first or found
            print(name, ", ".join(f"{what} {each:.1f} ({each / first[what]:.1f}x)" for what, each in found.items()))


if __name__ == "__main__":
    main()
