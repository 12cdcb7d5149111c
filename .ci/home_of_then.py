"""Run with an earlier commit's code: the home that its simulation leaves with a quarter released and another begun.

Nothing goes wrong in it, and nothing of it needs Prefect or a network: some seconds of work. `home_of_then.py FOLDER`;
`links.json` in it has the links that were mailed, which the simulation's mail server keeps instead of an outbox.
"""

import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace
from typing import Any

from simulation import year as years

SEED = 50  # later simulations make the releases of every fiftieth whole
BEGUN = 0.4  # of the second quarter's days: some have answered by then, and others have not


class Enough(Exception):  # noqa: N818 - nothing is wrong
    """The second quarter is under way."""


def main(folder: Path) -> None:
    """Play until the second quarter is under way, and keep what there is then."""

    @contextmanager
    def kept(**_: object) -> Iterator[str]:
        folder.mkdir(parents=True)
        yield str(folder)

    def until_enough(year: Any, day: date) -> Any:
        plan = year.plans[1]
        if day > plan.opens + (plan.closes - plan.opens) * BEGUN:
            mailed = {each.request: each.token for each in year.world.server.accepted if each.token}
            (folder / "links.json").write_text(json.dumps(mailed))
            raise Enough
        return a_day(year, day)

    a_day, years.Year._day = years.Year._day, until_enough
    with TemporaryDirectory() as aside:
        years.tempfile = SimpleNamespace(TemporaryDirectory=kept)
        years.on_a_day = lambda *_: []  # whether promises hold is not asked here
        try:
            years.play(years.Story(SEED, rate=0, quarters=2), Path(aside))
        except Enough:
            return
    raise AssertionError("the year ended before its second quarter had begun")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
