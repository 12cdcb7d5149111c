"""How the limited process hands its result back: JSON, since nothing that it says may run in the caller."""

import json
from datetime import date, datetime
from typing import Any

from quarterday.adapters.parsing.tables import Cell, Reading, Refusal, Table


def dump(result: Reading | Refusal) -> str:
    """The result as JSON; dates stand in an object of one member."""
    if isinstance(result, Refusal):
        return json.dumps({"refused": result.reason, "sentence": result.sentence})
    tables = [
        {
            "sheet": each.sheet,
            "hidden": each.hidden,
            "rows": each.rows,
            "doubts": dict(each.doubts),
            "merged": each.merged,
        }
        for each in result.tables
    ]
    return json.dumps({"tables": tables, "notes": result.notes}, default=_moment, separators=(",", ":"))


def _moment(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def load(text: str) -> Reading | Refusal:
    """The result that `dump` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
    said = json.loads(text)
    if "refused" in said:
        return Refusal(str(said["refused"]), str(said["sentence"]))
    tables = (
        Table(
            str(each["sheet"]),
            bool(each["hidden"]),
            tuple(tuple(map(_cell, row)) for row in each["rows"]),
            {str(where): str(why) for where, why in each["doubts"].items()},
            tuple(map(str, each["merged"])),
        )
        for each in said["tables"]
    )
    return Reading(tuple(tables), tuple(map(str, said["notes"])))


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        if "day" in value:
            return date.fromisoformat(value["day"])
        return datetime.fromisoformat(value["moment"])
    if isinstance(value, list):
        raise TypeError("a cell cannot hold a list")
    return value
