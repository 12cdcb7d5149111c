"""A proposal as a mapping's file, and the return that a mapping makes of a sample: for the command and the pages."""

import io
from datetime import datetime
from typing import Any

from pydantic import ValidationError
from ruamel.yaml import YAML
from ruamel.yaml.error import YAMLError

from quarterday.adapters.parsing.tables import FileTables
from quarterday.adapters.reading.partner_returns import ReadReturn, as_return
from quarterday.adapters.reading.proposals import Proposal
from quarterday.domain.facts import RequestMade
from quarterday.domain.figures.returns import ReturnRow
from quarterday.domain.framework.codes import new_code
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, quarter_name

_QUARTERS_A_YEAR = 4


class MappingUnreadableError(ValueError):
    """A text is no mapping; the message says what is wrong with it."""


def as_export(framework: Framework, proposal: Proposal, name: str, code: str = "") -> dict[str, Any]:
    """What a mapping's file would say, for a sample of this name. The proposal must have figures."""
    supplier = framework.indicator[proposal.figures[0]["indicator"]].supplier
    return {
        "code": code or new_code(name, "export"),
        "title": f"{framework.partner[supplier].name}: {name}",
        "partner": supplier,
        "figures": _shared(list(proposal.figures)),
    }


def _shared(entries: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Entries that share a layout as one, with what differs under `each`."""
    first, *others = entries
    same = {name: said for name, said in first.items() if all(each.get(name) == said for each in others)}
    if not others or "when" not in same or "area" not in same:
        return entries
    return [{"each": [{name: said for name, said in entry.items() if name not in same} for entry in entries], **same}]


def mapping_file(export: dict[str, Any], proposal: Proposal) -> str:
    """The mapping as a file, with what to look at above it."""
    head = f"A proposal for {export['code']}.yaml in config/exports/. Look it over before you use it."
    return "".join(f"# {' '.join(each.split())}\n" for each in (head, *proposal.remarks)) + as_yaml(export)


def as_yaml(export: dict[str, Any]) -> str:
    """A mapping as people read and change it."""
    text = io.StringIO()
    writer = YAML()
    writer.indent(mapping=2, sequence=4, offset=2)
    writer.dump(export, text)
    return text.getvalue()


def mapping_in(text: str) -> Export:
    """The mapping that a file says. Raises `MappingUnreadableError`."""
    try:
        return Export.model_validate(YAML(typ="safe").load(text))
    except YAMLError as wrong:
        mark = getattr(wrong, "problem_mark", None)
        line = f" near line {mark.line + 1}" if mark else ""
        raise MappingUnreadableError(f"This cannot be read as YAML{line}: look at colons, dashes and spaces.") from None
    except ValidationError as wrong:
        first = wrong.errors()[0]
        where = " → ".join(str(each) for each in first["loc"])
        raise MappingUnreadableError(f"{where}: {first['msg']}." if where else f"{first['msg']}.") from None


def figure_in_words(row: ReturnRow) -> str:
    """What a mapping read for one figure: `12`, of a rate `6 of 30`, with its marker; a dash where it read nothing."""
    said = f"{row.value:,g}" if row.value is not None else ""
    if row.numerator is not None or row.denominator is not None:
        said = " of ".join("—" if part is None else f"{part:,g}" for part in (row.numerator, row.denominator))
    return " ".join(each for each in (said, row.marker or "") if each) or "—"


def last_quarter(periods: tuple[Period, ...]) -> Period | None:
    """The last financial quarter that a sample has, whole or month by month."""
    if quarters := [each for each in periods if quarter_name(each)]:
        return quarters[0] if len(quarters) <= _QUARTERS_A_YEAR else quarters[-1]
    for first, second, third in reversed(list(zip(periods, periods[1:], periods[2:], strict=False))):
        whole = Period(first.start, third.end)
        if quarter_name(whole) and first.start <= second.start <= third.start:
            return whole
    return None


def return_of(framework: Framework, reading: FileTables, mapping: Export, period: Period, at: datetime) -> ReadReturn:
    """The return that a mapping makes of a sample for a quarter."""
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
