"""`quarterday map FILE`: propose a mapping for a partner's own export from a sample, and show what it would read."""

import json
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError

from quarterday.adapters.clock import now
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.config_files.configuration import PARTNERS
from quarterday.adapters.config_files.new_mapping import MappingNotWrittenError, write_mapping
from quarterday.adapters.reading import FileTables, Refusal, bytes_of, read_tables
from quarterday.adapters.reading.as_json import finding_said, refusal_said, return_said
from quarterday.adapters.reading.proposals import Proposal, propose
from quarterday.adapters.reading.proposed_mapping import (
    as_export,
    figure_in_words,
    last_quarter,
    mapping_file,
    return_of,
)
from quarterday.adapters.settings import get_settings
from quarterday.domain.framework.codes import new_code
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.periods import describe

REFUSED, NOTHING_PROPOSED = 2, 1
_CELLS_NAMED = 6


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
    reading = _reading(file, json_too=json_too)
    asked = _asked(framework, partner)
    proposal = propose(reading, framework, asked)
    if not proposal.figures:
        if json_too:
            _say({"mapping": None, "remarks": list(proposal.remarks), "return": None})
        typer.echo(f"No mapping can be proposed for {file.name}.", err=True)
        _remark(proposal)
        raise typer.Exit(NOTHING_PROPOSED)
    export = as_export(framework, proposal, file.stem, write or "")
    if json_too:
        _say(_as_json(framework, reading, export, proposal))
    else:
        typer.echo(mapping_file(export, proposal))
        _show(framework, reading, export, proposal)
    if write is not None:
        _keep(config, write, mapping_file(export, proposal))


def _say(said: dict[str, Any]) -> None:
    typer.echo(json.dumps(said, ensure_ascii=False, indent=2))


def _refuse_odd_code(code: str | None) -> None:
    if code is not None and code != new_code(code, "export"):
        _refuse(f"“{code}” is no code: use small letters, digits and dashes, such as {new_code(code, 'police')}.")


def _keep(config: Path, code: str, text: str) -> None:
    try:
        place = write_mapping(config, code, text)
    except MappingNotWrittenError as problem:
        _refuse(str(problem))
    then = f"name it in {config / PARTNERS} (export: {code}), and run “quarterday check”"
    typer.echo(f"Written to {place}. Look it over, {then}.", err=True)


def _as_json(framework: Framework, reading: FileTables, export: dict[str, Any], proposal: Proposal) -> dict[str, Any]:
    """The mapping, what to look at, and the return that it would make of the sample's last quarter."""
    period = last_quarter(proposal.periods)
    said: dict[str, Any] = {"mapping": export, "remarks": list(proposal.remarks), "return": None}
    if period is not None:
        read = return_of(framework, reading, Export.model_validate(export), period, now(get_settings()))
        said["return"] = {
            **return_said(read.partner_return),
            "findings": [finding_said(each) for each in read.findings],
        }
    return said


def _reading(file: Path, *, json_too: bool) -> FileTables:
    try:
        result = read_tables(bytes_of(file), file.name)
    except OSError as unreadable:
        _refuse(f"{file} cannot be opened: {(unreadable.strerror or 'unknown trouble').lower()}.")
    if isinstance(result, Refusal):
        if json_too:
            _say(refusal_said(result))
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


def _remark(proposal: Proposal) -> None:
    for remark in proposal.remarks:
        typer.echo(f"# {remark}", err=True)


def _show(framework: Framework, reading: FileTables, export: dict[str, Any], proposal: Proposal) -> None:
    try:
        mapping = Export.model_validate(export)
    except ValidationError as wrong:
        typer.echo(f"# The proposal is not whole yet: {wrong.errors()[0]['msg']}.", err=True)
        return
    period = last_quarter(proposal.periods)
    if period is None:
        typer.echo("# The sample covers no whole quarter, so nothing can be shown of it.", err=True)
        return
    read = return_of(framework, reading, mapping, period, now(get_settings()))
    read_of = [row for row in read.partner_return.rows if figure_in_words(row) != "—"]
    total = sum(row.value for row in read_of if row.value is not None)
    typer.echo(f"# With it, {describe(period)} reads as {len(read_of)} figures that add up to {total:,g}:")
    for row in read.partner_return.rows[:5]:
        of = " ".join(each for each in (row.indicator, row.area_code, row.category) if each)
        cells = [cell for _, cell in row.cells]
        more = f" and {len(cells) - _CELLS_NAMED} more" if len(cells) > _CELLS_NAMED else ""
        typer.echo(f"#   {of}: {figure_in_words(row)}, from {', '.join(cells[:_CELLS_NAMED])}{more}")
    for finding in read.findings:
        typer.echo(f"#   {finding.severity.value}: {finding.sentence}")
