"""`quarterday read FILE`: what quarterday sees in a file, or with `--as PARTNER` the return it would make of it."""

import json
from datetime import datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer

from quarterday.adapters.reading import Refusal, bytes_of, read_tables
from quarterday.adapters.reading.as_csv import write_tables
from quarterday.adapters.reading.as_json import finding_said, refusal_said, return_said, tables_said
from quarterday.domain.facts.collections import request_id

if TYPE_CHECKING:
    from expectations.checking import Checked
    from quarterday.adapters.settings import Settings
    from quarterday.domain.facts import RequestMade
    from quarterday.domain.figures.returns import PartnerReturn
    from quarterday.domain.framework.framework import Framework
    from quarterday.domain.framework.periods import Period

REFUSED, SENT_BACK = 2, 1


def run(
    file: Annotated[Path, typer.Argument(help="the file to read: .xlsx, .xls, .ods or .csv")],
    partner: Annotated[str | None, typer.Option("--as", help="read it as this partner's return")] = None,
    quarter: Annotated[str | None, typer.Option(help="the quarter asked for, as 2025-26Q1 (default: the last)")] = None,
    json_too: Annotated[bool, typer.Option("--json", help="say it as JSON, for programs")] = False,
) -> None:
    """Show each table found as CSV, cell for cell; or say in a sentence why the file is refused (exit 2)."""
    try:
        data = bytes_of(file)
    except OSError as unreadable:
        _refuse(f"{file} cannot be opened: {(unreadable.strerror or 'unknown trouble').lower()}.")
    result = read_tables(data, file.name)
    if isinstance(result, Refusal):
        if json_too:
            _say(refusal_said(result))
        _refuse(result.sentence)
    if partner is None and json_too:
        _say(tables_said(result))
    elif partner is None:
        write_tables(result)
    elif _is_sent_back(data, file, partner, quarter, json_too=json_too):
        raise typer.Exit(SENT_BACK)


def _say(said: dict[str, Any]) -> None:
    typer.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(REFUSED)


def _is_sent_back(data: bytes, file: Path, partner: str, quarter: str | None, *, json_too: bool) -> bool:
    """Check the file as the portal would, print the return and the findings, and say whether it would be sent back."""
    from expectations.checking import Checker, Job  # noqa: PLC0415  (the checks import slowly)
    from expectations.lent import note_in  # noqa: PLC0415
    from expectations.warm import CheckFailedError  # noqa: PLC0415
    from quarterday.adapters.clock import today  # noqa: PLC0415
    from quarterday.adapters.config_files import load_exports, load_framework  # noqa: PLC0415
    from quarterday.adapters.config_files.problems import ConfigurationProblems  # noqa: PLC0415
    from quarterday.adapters.settings import get_settings  # noqa: PLC0415
    from quarterday.domain.facts import Verdict  # noqa: PLC0415

    settings = get_settings()
    try:
        framework, exports = load_framework(settings.config), load_exports(settings.config)
    except ConfigurationProblems:
        _refuse("The configuration has problems, so no return can be checked. `quarterday check` names them.")
    if partner not in framework.partner:
        _refuse(f"There is no partner “{partner}”. The partners are {', '.join(sorted(framework.partner))}.")
    period = _period(framework, settings, quarter)
    request = _request(framework, settings, partner, period)
    with Checker(borrows=note_in(settings.home)) as checker:
        job = Job(
            data=data,
            suffix=file.suffix,
            framework=framework,
            request=request,
            period=period,
            exports=exports,
            earlier=(),
            today=today(settings),
            name=file.name,
        )
        try:
            checked = checker.check(job)
        except CheckFailedError as failed:
            _refuse(f"The checks themselves failed, which is no fault of the file: {failed}.")
    _show(checked) if not json_too else _say(_as_json(checked))
    return checked.verdict in (Verdict.QUERIED, Verdict.QUARANTINED)


def _period(framework: "Framework", settings: "Settings", quarter: str | None) -> "Period":
    """The quarter named, else the last one that a board considers and that is over."""
    from quarterday.adapters.clock import today  # noqa: PLC0415
    from quarterday.domain.collection.timetable import timetables  # noqa: PLC0415
    from quarterday.domain.framework.periods import parse_quarter  # noqa: PLC0415

    try:
        if quarter:
            return parse_quarter(quarter)
    except ValueError as unreadable:
        _refuse(f"{unreadable}.")
    over = [plan.period for plan in timetables(framework) if plan.period.end < today(settings)]
    if not over:
        _refuse("No board considers a quarter that is over. Name the quarter, for example --quarter 2025-26Q1.")
    return over[-1]


def _request(framework: "Framework", settings: "Settings", partner: str, period: "Period") -> "RequestMade":
    """The request that the partner has in this collection, every indicator of its turn asked for."""
    from quarterday.adapters.clock import now  # noqa: PLC0415
    from quarterday.domain.collection.timetable import collection_id, timetable  # noqa: PLC0415
    from quarterday.domain.facts import RequestMade  # noqa: PLC0415

    plan = timetable(framework, period)
    collection = collection_id(framework, period)
    at = now(settings)
    return RequestMade(
        at=datetime.combine(at.date(), time(), at.tzinfo),
        by="quarterday",
        partnership=framework.partnership.code,
        collection=collection,
        request=request_id(collection, partner),
        partner=partner,
        asked=tuple(each.code for each in framework.asked_of(partner, period)),
        withheld=(),
        due=plan.due if plan else period.end,
        closes=plan.closes if plan else period.end,
    )


def _as_json(checked: "Checked") -> dict[str, Any]:
    """The return as read, the findings and the verdict."""
    return {
        "return": return_said(checked.partner_return) if checked.partner_return else None,
        "findings": [finding_said(each) for each in checked.findings],
        "verdict": checked.verdict.value,
    }


def _show(checked: "Checked") -> None:
    if checked.partner_return:
        _show_return(checked.partner_return)
    typer.echo(f"\nFindings: {len(checked.findings)}")
    for finding in checked.findings:
        place = f" ({finding.place})" if finding.place else ""
        typer.echo(f"  {finding.severity.value.upper()}{place}: {finding.sentence}")
    typer.echo(f"\nVerdict: {checked.verdict.value}")


def _show_return(partner_return: "PartnerReturn") -> None:
    covers = partner_return.period or "not one period"
    typer.echo(f"Read as: {partner_return.layout or 'no return that we know'}. It covers: {covers}.")
    typer.echo(f"\nFigures: {len(partner_return.rows)}")
    for row in partner_return.rows:
        parts = [f"{each:g}" for each in (row.numerator, row.denominator) if each is not None]
        value = f"{row.value:g}" if row.value is not None else "—"
        said = " ".join(each for each in (value, f"({' of '.join(parts)})" if parts else "", row.marker or "") if each)
        name = " ".join(each for each in (row.indicator, row.area_code, row.category) if each)
        typer.echo(f"  {name}, {row.period or 'no period'}: {said}")
    if partner_return.tidied:
        typer.echo(f"\nTidied: {len(partner_return.tidied)}")
    for each in partner_return.tidied:
        where = f"{each.sheet}!{each.cell}" if each.sheet else each.cell
        typer.echo(f"  {where}, {each.column}: “{each.written}” read as {each.read_as}")
