"""JSON Schemas of the files in `config/`, so that an editor completes, explains and checks while one types."""

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from quarterday.adapters.config_files.documents import AgreementsFile, FrameworkFile, PartnersFile
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.ladder import Ladders
from quarterday.domain.framework.partners import Partnership

_MODELS: dict[str, type[BaseModel]] = {
    "partnership": Partnership,
    "partners": PartnersFile,
    "agreements": AgreementsFile,
    "escalation": Ladders,
    "framework": FrameworkFile,
    "export": Export,
}
_DIALECT = "https://json-schema.org/draft/2020-12/schema"
_QUARTER = {
    "type": "string",
    "pattern": r"^\d{4}-\d{2} ?Q[1-4]$",
    "description": "A financial quarter, such as 2025-26 Q1 (April to June 2025).",
}


def schemas() -> dict[str, str]:
    """Every schema by file name, as text."""
    return {f"{name}.schema.json": _as_text(model) for name, model in _MODELS.items()}


def write_schemas(folder: Path) -> None:
    """Write the schemas, over what stood there."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in schemas().items():
        (folder / name).write_text(text, encoding="utf-8")


def stale_schemas(folder: Path) -> list[str]:
    """The names of the schemas in a folder that are missing or not what the code says today."""
    return [name for name, text in schemas().items() if _read(folder / name) != text]


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None


def _as_text(model: type[BaseModel]) -> str:
    schema = {"$schema": _DIALECT, **model.model_json_schema()}
    _let_quarters_be_named(schema)
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _let_quarters_be_named(schema: dict[str, Any]) -> None:
    """A meeting's period may be written as a quarter's name, which pydantic's own schema does not know."""
    meeting = schema.get("$defs", {}).get("Meeting")
    if meeting:
        meeting["properties"]["considers"] = {"anyOf": [_QUARTER, meeting["properties"]["considers"]]}
