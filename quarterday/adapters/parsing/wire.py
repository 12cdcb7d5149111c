"""How the limited process hands its result back: JSON, since nothing that it says may run in the caller."""

import json
from datetime import date, datetime
from typing import Any

from quarterday.adapters.parsing.tables import Aside, Cell, FileTables, Refusal, Table


def dump(result: FileTables | Refusal) -> str:
    """The result as JSON; dates stand in an object of one member."""
    if isinstance(result, Refusal):
        return json.dumps({"refused": result.reason, "sentence": result.sentence})
    said = {
        "tables": [_table_said(each) for each in result.tables],
        "notes": result.notes,
        "asides": [(each.place, each.text, each.sheet, each.cell) for each in result.asides],
        "kept_apart": [_table_said(each) for each in result.kept_apart],
    }
    return json.dumps(said, default=_moment, separators=(",", ":"))


def _table_said(table: Table) -> dict[str, Any]:
    return {
        "sheet": table.sheet,
        "hidden": table.hidden,
        "rows": table.rows,
        "doubts": dict(table.doubts),
        "merged": table.merged,
        "shown_as": dict(table.shown_as),
        "hidden_columns": table.hidden_columns,
    }


def _moment(value: object) -> dict[str, str]:
    if isinstance(value, datetime):
        return {"moment": value.isoformat()}
    if isinstance(value, date):
        return {"day": value.isoformat()}
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def load(text: str) -> FileTables | Refusal:
    """The result that `dump` wrote. Raises `ValueError`, `KeyError` or `TypeError` for anything else."""
    said = json.loads(text)
    if "refused" in said:
        return Refusal(str(said["refused"]), str(said["sentence"]))
    return FileTables(
        tuple(map(_table, said["tables"])),
        tuple(map(str, said["notes"])),
        tuple(Aside(*map(str, each)) for each in said["asides"]),
        tuple(map(_table, said["kept_apart"])),
    )


def _table(said: Any) -> Table:
    return Table(
        str(said["sheet"]),
        bool(said["hidden"]),
        tuple(tuple(map(_cell, row)) for row in said["rows"]),
        {str(where): str(why) for where, why in said["doubts"].items()},
        tuple(map(str, said["merged"])),
        {str(where): str(how) for where, how in said["shown_as"].items()},
        tuple(map(int, said["hidden_columns"])),
    )


def _cell(value: Any) -> Cell:
    if isinstance(value, dict):
        if "day" in value:
            return date.fromisoformat(value["day"])
        return datetime.fromisoformat(value["moment"])
    if isinstance(value, list):
        raise TypeError("a cell cannot hold a list")
    return value
