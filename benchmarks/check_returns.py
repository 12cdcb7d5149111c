"""How fast returns are checked, beside the same rules written otherwise.

    python benchmarks/check_returns.py            # two minutes or so
    python benchmarks/check_returns.py --returns 200 --alone 5

Prints, from one run on one machine:

1.  one return of 30 indicators x 19 wards: our suites (one expectation a rule, parameters in columns), against the
    same rules as one expectation an indicator, and against the same rules in plain pandas;
2.  1,000 returns of 20 rows in one validation, against one by one (a sample, scaled up);
3.  a single warm check of a workbook in its limited process, reading included;
4.  the same of a large export, of which little is ours.

Ratios are what lasts; seconds are this machine's.
"""

import argparse
import gc
import io
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime

import great_expectations as gx
import great_expectations.expectations as gxe
import openpyxl
import pandas as pd
from great_expectations.data_context.types.base import ProgressBarsConfig
from great_expectations.expectations.row_conditions import Column

from expectations.check_return import check_many, frame_of, warm_up
from expectations.checking import Checker, Job
from expectations.laid_out import lay_out
from expectations.suites import FIGURES
from expectations.validation import failures
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.findings import Finding, Severity
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow, grid
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework, Plan, Priority
from quarterday.domain.framework.indicators import Definition, Disclosure, Indicator
from quarterday.domain.framework.ladder import Ladders, Rung
from quarterday.domain.framework.partners import Area, Board, Contact, Meeting, Officer, Partner, Partnership
from quarterday.domain.framework.periods import financial_quarter

QUARTER = financial_quarter(2025, 1)
OURS = 19  # wards
DAMAGED_ONE_IN = 50  # so that failing rows have to be found and told as well


def a_framework(indicators: int, wards: int) -> Framework:
    """A partnership that asks one supplier for counts by ward."""
    person = Contact(name="A Contact", email="contact@somewhere.example")
    rung = Rung(code="remind", days=-3, to="contact", email="reminder")
    return Framework(
        partnership=Partnership(
            code="somewhere",
            name="Safer Somewhere",
            sender="returns@somewhere.example",
            reply_to="returns@somewhere.example",
            officers=(Officer(code="officer", name="An Officer", email="officer@somewhere.example"),),
            boards=(
                Board(
                    code="board",
                    name="The Board",
                    kind="board",
                    lead=person,
                    meetings=(Meeting(on=date(2025, 8, 14), considers=QUARTER),),
                ),
            ),
            areas=tuple(Area(code=f"E0500{n:04}", name=f"Ward {n}", level="ward") for n in range(wards)),
        ),
        partners=(Partner(code="police", name="Police", contact=person),),
        agreements=(),
        ladders=Ladders(first=(rung,), more_time=(rung,), correction=(rung,), rest=(rung,)),
        plans=(Plan(code="plan", title="The plan"),),
        priorities=(Priority(code="priority", title="A priority", plan="plan", board="board"),),
        breakdowns=(),
        indicators=tuple(_indicator(n) for n in range(indicators)),
        calendar=WorkingDays(frozenset(), frozenset({2025})),
    )


def _indicator(number: int) -> Indicator:
    return Indicator(
        code=f"indicator-{number}",
        title=f"Indicator {number}",
        definitions=(Definition(version=1, holds_from=date(2020, 4, 1), text="A count."),),
        supplier="police",
        priorities=("priority",),
        purpose="crime-and-disorder",
        area="ward",
        at_most=1_000 + number,
        usual_low=5,
        usual_high=200 + number,
        disclosure=Disclosure(threshold=5),
    )


def a_job(framework: Framework, data: bytes = b"") -> Job:
    """What the supplier was asked for."""
    request = RequestMade(
        at=datetime(2025, 6, 20, tzinfo=UTC),
        by="quarterday",
        partnership="somewhere",
        collection="somewhere-2025-26-q1",
        request="somewhere-2025-26-q1-police",
        partner="police",
        asked=tuple(each.code for each in framework.indicators),
        withheld=(),
        due=date(2025, 7, 18),
        closes=date(2025, 7, 31),
    )
    return Job(data, ".xlsx", framework, request, QUARTER, {}, (), date(2025, 7, 10))


def a_return(framework: Framework, salt: int = 0) -> PartnerReturn:
    """A filled-in return, with one figure in fifty that cannot be."""
    rows = tuple(
        ReturnRow(
            place.indicator,
            place.area_code,
            "",
            "",
            place.period,
            value=5_000.0 if (number + salt) % DAMAGED_ONE_IN == 0 else float(3 + (number * 7 + salt) % 190),
            sheet="Figures",
            cells=(("Value", f"G{number + 2}"),),
        )
        for number, place in enumerate(grid(framework, framework.indicators, QUARTER))
    )
    return PartnerReturn("police", "somewhere-2025-26-q1", QUARTER, rows, "template")


def a_workbook(framework: Framework) -> bytes:
    """The same return as a filled-in form."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Figures"
    sheet.append(["Indicator", "Indicator code", "Area code", "Period from", "Period to", "Value", "Partner code"])
    for row in a_return(framework).rows:
        named = framework.indicator[row.indicator].title
        sheet.append([named, row.indicator, row.area_code, QUARTER.start, QUARTER.end, row.value, "police"])
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


def an_expectation_an_indicator(framework: Framework) -> gx.ExpectationSuite:
    """The rules that such a return can break, with each indicator's parameters written out."""
    expectations: list[object] = []
    for each in framework.indicators:
        of_it = {"row_condition": Column("indicator") == each.code}
        expectations += [
            gxe.ExpectColumnValuesToNotBeNull(column="answer", **of_it),
            gxe.ExpectColumnValuesToBeBetween(column="smallest", min_value=each.at_least, **of_it),
            gxe.ExpectColumnValuesToBeBetween(column="value", max_value=each.at_most, **of_it),
            gxe.ExpectColumnPairValuesToBeEqual(
                column_A="counted", column_B="counted_whole", ignore_row_if="either_value_is_missing", **of_it
            ),
            gxe.ExpectColumnValuesToBeBetween(column="value", min_value=each.usual_low, **of_it),
            gxe.ExpectColumnValuesToBeBetween(column="value", max_value=each.usual_high, **of_it),
            gxe.ExpectColumnValuesToBeBetween(
                column="small",
                min_value=each.disclosure.threshold,
                row_condition=(Column("indicator") == each.code) & (Column("small") > 0),
            ),
            gxe.ExpectCompoundColumnsToBeUnique(column_list=["indicator", "area", "start", "end"], **of_it),
        ]
    return gx.ExpectationSuite(name="an expectation an indicator", expectations=expectations)


def plain_pandas(frame: pd.DataFrame) -> int:
    """The same rules as comparisons of columns; how many rows break one."""
    value = frame["value"]
    key = ["partner_return", "indicator", "area", "breakdown", "category", "start", "end"]
    broken = {
        "missing": frame["required"].notna() & frame["answer"].isna(),
        "at-least": frame["smallest"] < frame["at_least"],
        "at-most": value > frame["at_most"],
        "not-whole": frame["counted"] != frame["counted_whole"],
        "low": value < frame["low"],
        "high": value > frame["high"],
        "small": (frame["small"] > 0) & (frame["small"] < frame["threshold"]),
        "twice": frame.duplicated(key, keep=False),
    }
    return sum(len(frame.loc[rows, ["partner_return", "line"]]) for rows in broken.values())


def median_seconds(function: Callable[[], object], times: int) -> float:
    """The median time of a call."""
    taken = []
    for _ in range(times):
        began = time.perf_counter()
        function()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)


def one_return(times: int) -> None:
    """Part 1: one return against two other ways to write the rules."""
    framework = a_framework(30, 19)
    job, partner_return = a_job(framework), a_return(framework)
    frame = frame_of([lay_out("return", job, partner_return, frozenset())])
    context = gx.get_context(mode="ephemeral")
    context.variables.progress_bars = ProgressBarsConfig(globally=False)
    asset = context.data_sources.add_pandas("baseline").add_dataframe_asset("frame")
    batch = asset.add_batch_definition_whole_dataframe("whole").get_batch({"dataframe": frame})
    by_indicator = an_expectation_an_indicator(framework)
    result_format = {
        "result_format": "COMPLETE",
        "unexpected_index_column_names": ["partner_return", "line"],
        "return_unexpected_index_query": False,
    }
    ours = median_seconds(lambda: list(failures(FIGURES, frame)), times)
    theirs = median_seconds(lambda: batch.validate(by_indicator, result_format=result_format), 1)
    pandas_alone = median_seconds(lambda: plain_pandas(frame), times)
    whole = median_seconds(lambda: check_many({"return": (job, partner_return, ())}), times)
    print(f"One return, {len(frame)} figures, {len(FIGURES.expectations)} expectations")
    print(f"  our suite, validation alone              {ours:8.3f} s   1")
    print(f"  laid out, validated, told as findings    {whole:8.3f} s   {whole / ours:.2f} x")
    said = f"({len(by_indicator.expectations)} expectations)"
    print(f"  an expectation an indicator {said:13}{theirs:8.3f} s   {theirs / ours:.1f} x ours")
    print(f"  plain pandas                             {pandas_alone:8.3f} s   {pandas_alone / ours:.3f} x ours")


def many_returns(returns: int, alone: int) -> None:
    """Part 2: many returns in one validation against one by one."""
    framework = a_framework(2, 10)
    job = a_job(framework)
    many: dict[str, tuple[Job, PartnerReturn, Sequence[Finding]]] = {
        f"return-{n}": (job, a_return(framework, n), ()) for n in range(returns)
    }
    sample = dict(list(many.items())[:alone])
    gc.collect()
    gc.freeze()  # as the warm process does
    began = time.perf_counter()
    one_by_one = {name: check_many({name: each})[name] for name, each in sample.items()}
    each_alone = (time.perf_counter() - began) / alone
    began = time.perf_counter()
    together = check_many(many)
    all_together = time.perf_counter() - began
    same = all(together[name] == checked for name, checked in one_by_one.items())
    critical = sum(each.severity is Severity.CRITICAL for checked in together.values() for each in checked.findings)
    print(f"\n{returns:,} returns of 20 figures ({critical} critical findings)")
    print(f"  in one validation                        {all_together:8.2f} s   1")
    print(f"  one by one ({alone} measured)                {each_alone * returns:8.2f} s   ", end="")
    print(f"{each_alone * returns / all_together:.0f} x; findings {'identical' if same else 'DIFFER'}")


def a_warm_check(times: int) -> None:
    """Part 3: what a sender waits for."""
    framework = a_framework(30, 19)
    job = a_job(framework, a_workbook(framework))
    with Checker() as checker:
        began = time.perf_counter()
        first = checker.check(job)
        cold = time.perf_counter() - began
        warm = median_seconds(lambda: checker.check(job), times)
    print(f"\nA workbook of 570 figures, read and checked behind its fences: {first.verdict}")
    print(f"  the first, warming included              {cold:8.2f} s")
    print(
        f"  each later one                           {warm:8.2f} s   {'under' if warm < 0.5 else 'OVER'} half a second"
    )


BY_WARD = Export.model_validate(
    {
        "code": "by-ward",
        "title": "The police's own table",
        "partner": "police",
        "figures": [
            {
                "indicator": "indicator-0",
                "where": {"Borough": ["Somewhere"]},
                "area": {"column": "Ward"},
                "when": {"months_across": "%Y%m"},
                "repeated_rows": "sum",
            }
        ],
    }
)


def a_large_export(wards: int, offences: int) -> bytes:
    """A police force's table of all its wards: a row for each ward and offence, two years of months across."""
    months = [f"{year}{month:02}" for year in (2024, 2025) for month in range(1, 13)]
    lines = [",".join(["Borough", "Ward", "Offence", *months])]
    for ward in range(wards):
        borough = "Somewhere" if ward < OURS else f"Borough {ward // OURS}"
        for offence in range(offences):
            counts = [str((ward * 7 + offence * 3 + n) % 40) for n in range(len(months))]
            lines.append(",".join([borough, f"E0500{ward:04}", f"Offence {offence}", *counts]))
    return "\n".join(lines).encode()


def a_warm_check_of_an_export(times: int) -> None:
    """Part 4: what a sender of a whole city's table waits for."""
    framework = a_framework(1, OURS)
    data = a_large_export(600, 30)
    job = replace(a_job(framework, data), suffix=".csv", exports={"by-ward": BY_WARD}, name="export.csv")
    with Checker() as checker:
        checked = checker.check(job)
        warm = median_seconds(lambda: checker.check(job), times)
    print(f"\nAn export of 18,000 rows, {len(data) / 1e6:.1f} MB, of which 19 wards are ours: {checked.verdict}")
    print(f"  each check                               {warm:8.2f} s")


def main() -> None:
    """Run all four parts."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--returns", type=int, default=1_000, help="how many returns to check together")
    parser.add_argument("--alone", type=int, default=20, help="how many of them to check one by one")
    parser.add_argument("--times", type=int, default=7, help="runs of which the median is printed")
    given = parser.parse_args()
    warm_up()
    one_return(given.times)
    many_returns(given.returns, given.alone)
    a_warm_check(given.times)
    a_warm_check_of_an_export(given.times)


if __name__ == "__main__":
    main()
