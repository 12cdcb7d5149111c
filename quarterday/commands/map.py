"""`quarterday map FILE`: propose a mapping for a partner's own export from a sample, and show what it would read."""

import io
import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError
from ruamel.yaml import YAML

from quarterday.adapters.clock import now
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.config_files.configuration import PARTNERS
from quarterday.adapters.config_files.new_mapping import MappingNotWrittenError, write_mapping
from quarterday.adapters.reading import FileTables, ReadReturn, Refusal, as_return, bytes_of, read_tables
from quarterday.adapters.reading.as_json import finding_said, return_said
from quarterday.adapters.reading.proposals import Proposal, propose
from quarterday.adapters.settings import get_settings
from quarterday.domain.facts import RequestMade
from quarterday.domain.framework.codes import new_code
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import Period, describe, quarter_name

REFUSED, NOTHING_PROPOSED = 2, 1


def run(
    file: Annotated[Path, typer.Argument(help="a sample of the partner's own export")],
    partner: Annotated[str | None, typer.Option("--as", help="the partner whose export it is")] = None,
    write: Annotated[
        str | None, typer.Option("--write", help="the mapping's code, such as police: keep it in config/exports/")
    ] = None,
    json_too: Annotated[bool, typer.Option("--json", help="say it as JSON, for programs")] = False,
) -> None:
    """Propose a mapping for config/exports/ from a sample file, and show what would be read with it."""
    config = get_settings().config
    framework = load_framework(config)
    _refuse_odd_code(write)
    reading = _reading(file)
    asked = _asked(framework, partner)
    proposal = propose(reading, framework, asked)
    if not proposal.figures:
        typer.echo(f"No mapping can be proposed for {file.name}.", err=True)
        _remark(proposal)
        raise typer.Exit(NOTHING_PROPOSED)
    supplier = framework.indicator[proposal.figures[0]["indicator"]].supplier
    export = {
        "code": write or new_code(file.stem, "export"),
        "title": f"{framework.partner[supplier].name}: {file.stem}",
        "partner": supplier,
        "figures": list(proposal.figures),
    }
    if json_too:
        typer.echo(json.dumps(_as_json(framework, reading, export, proposal), ensure_ascii=False, indent=2))
    else:
        typer.echo(_mapping_file(export, proposal))
        _show(framework, reading, export, proposal)
    if write is not None:
        _keep(config, write, _mapping_file(export, proposal))


def _refuse_odd_code(code: str | None) -> None:
    if code is not None and code != new_code(code, "export"):
        _refuse(f"“{code}” is no code: use small letters, digits and dashes, such as {new_code(code, 'police')}.")


def _mapping_file(export: dict[str, Any], proposal: Proposal) -> str:
    """The mapping as a file, with what to look at above it."""
    head = f"A proposal for {export['code']}.yaml in config/exports/. Look it over before you use it."
    return "".join(f"# {' '.join(each.split())}\n" for each in (head, *proposal.remarks)) + _yaml(export)


def _keep(config: Path, code: str, text: str) -> None:
    try:
        place = write_mapping(config, code, text)
    except MappingNotWrittenError as problem:
        _refuse(str(problem))
    then = f"name it in {config / PARTNERS} (export: {code}), and run “quarterday check”"
    typer.echo(f"Written to {place}. Look it over, {then}.", err=True)


def _as_json(framework: Framework, reading: FileTables, export: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """The mapping, what to look at, and the return that it would make of the sample's last quarter."""
    period = _last_quarter(proposal.periods)
    said: dict[str, Any] = {"mapping": export, "remarks": list(proposal.remarks), "return": None}
    if period is not None:
        read = _read_with(framework, reading, Export.model_validate(export), period)
        said["return"] = {
            **return_said(read.partner_return),
            "findings": [finding_said(each) for each in read.findings],
        }
    return said


def _reading(file: Path) -> FileTables:
    try:
        result = read_tables(bytes_of(file), file.name)
    except OSError as unreadable:
        _refuse(f"{file} cannot be opened: {(unreadable.strerror or 'unknown trouble').lower()}.")
    if isinstance(result, Refusal):
        _refuse(result.sentence)
    return result


def _refuse(sentence: str) -> NoReturn:
    typer.echo(sentence, err=True)
    raise typer.Exit(REFUSED)


def _asked(framework: Framework, partner: str | None) -> tuple[Indicator, ...]:
    if partner is None:
        return framework.indicators
    if partner not in framework.partner:
        _refuse(f"There is no partner “{partner}”. The partners are {', '.join(sorted(framework.partner))}.")
    return framework.supplied_by(partner)


def _yaml(export: dict[str, Any]) -> str:
    text = io.StringIO()
    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(export, text)
    return text.getvalue()


def _remark(proposal: Proposal) -> None:
    for remark in proposal.remarks:
        typer.echo(f"# {remark}", err=True)


def _show(framework: Framework, reading: FileTables, export: dict[str, Any], proposal: Proposal) -> None:
    try:
        mapping = Export.model_validate(export)
    except ValidationError as wrong:
        typer.echo(f"# The proposal is not whole yet: {wrong.errors()[0]['msg']}.", err=True)
        return
    period = _last_quarter(proposal.periods)
    if period is None:
        typer.echo("# The sample covers no whole quarter, so nothing can be shown of it.", err=True)
        return
    read = _read_with(framework, reading, mapping, period)
    values = [row.value for row in read.partner_return.rows if row.value is not None]
    typer.echo(f"# With it, {describe(period)} reads as {len(values)} figures that add up to {sum(values):g}:")
    for row in read.partner_return.rows[:5]:
        value = "—" if row.value is None else f"{row.value:g}"
        typer.echo(f"#   {row.area_code} {row.category}: {value}, from {', '.join(c for _, c in row.cells)}")
    for finding in read.findings:
        typer.echo(f"#   {finding.severity.value}: {finding.sentence}")


def _last_quarter(periods: tuple[Period, ...]) -> Period | None:
    """The last financial quarter that the sample has, whole or month by month."""
    if quarters := [each for each in periods if quarter_name(each)]:
        return quarters[0] if len(quarters) <= 4 else quarters[-1]
    for first, second, third in reversed(list(zip(periods, periods[1:], periods[2:], strict=False))):
        whole = Period(first.start, third.end)
        if quarter_name(whole) and first.start <= second.start <= third.start:
            return whole
    return None


def _read_with(framework: Framework, reading: FileTables, mapping: Export, period: Period) -> ReadReturn:
    at = now(get_settings())
    request = RequestMade(
        at=at,
        by="quarterday",
        partnership=framework.partnership.code,
        collection="sample",
        request="sample",
        partner=mapping.partner,
        asked=mapping.indicators,
        withheld=(),
        due=at.date(),
        closes=at.date(),
    )
    return as_return(reading, framework, request, period, {mapping.code: mapping})
