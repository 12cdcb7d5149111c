"""How often a chart of a series in which nothing changes shows a sign that ends in its latest point, rule by rule.

`python benchmarks/signs_by_chance.py [--series 3000]`

The rates stand in `quarterday/publishing/charts/spc.py`: each pack reckons from them how many signs to expect.
"""

import argparse
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).parents[1]))

from quarterday.domain.framework.indicators import Frequency
from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.publishing.charts.seasons import with_seasons
from quarterday.publishing.charts.spc import Point, chance_of_sign, control_chart

SEASONS = (25.0, -25.0, 12.5, -12.5)
QUARTERS = [financial_quarter(1990 + number // 4, number % 4 + 1) for number in range(40)]
PERIODS = [Period(date.fromordinal(1 + number), date.fromordinal(1 + number)) for number in range(100)]


def main() -> None:
    """Print the table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--series", type=int, default=3000)
    count = asked.parse_args().series
    chance = Random(1)  # noqa: S311 the same series on every run
    print("points  any sign  said  by rule")
    for points in (13, 14, 16, 20, 30, 50):
        found: Counter[str] = Counter()
        for _ in range(count):
            values = [chance.gauss(100, 10) for _ in range(points)]
            chart = control_chart([Point(PERIODS[index], value) for index, value in enumerate(values)])
            causes = {signal.cause for signal in chart.signals if signal.last == points - 1}
            found.update(causes)
            found["any"] += bool(causes)
        rules = ", ".join(f"{cause} {found[cause] / count:.1%}" for cause in sorted(set(found) - {"any"}))
        print(f"{points:6}  {found['any'] / count:8.1%}  {chance_of_sign(points):4.1%}  {rules}")
    print("\nwith strong seasons, quarter by quarter: taken out, and left in")
    for points in (17, 20, 30, 40):
        taken, left = (_in_seasons(chance, points, count, taken_out=each) for each in (True, False))
        print(f"{points:6}  {taken:8.1%}  {left:8.1%}")


def _in_seasons(chance: Random, points: int, count: int, *, taken_out: bool = False) -> float:
    """How many unchanged series with strong seasons show a sign in their latest point."""
    found = 0
    for _ in range(count):
        values = [chance.gauss(100, 10) + SEASONS[number % 4] for number in range(points)]
        made = [Point(QUARTERS[number], value) for number, value in enumerate(values)]
        chart = control_chart(with_seasons(made, Frequency.QUARTER) if taken_out else made)
        found += any(signal.last == points - 1 for signal in chart.signals)
    return found / count


if __name__ == "__main__":
    main()
