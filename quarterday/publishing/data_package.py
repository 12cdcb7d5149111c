"""The release's description after the Data Package and Table Schema standards (frictionless)."""

import json
from datetime import date

from quarterday.domain.facts import Rag
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Unit
from quarterday.publishing.columns import Table
from quarterday.publishing.references import identified_without_blanks, references
from quarterday.publishing.tables import ReleaseTables

MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_CODES = {
    "marker": [str(each) for each in Marker],
    "unit": [str(each) for each in Unit],
    "rag": [str(each) for each in Rag],
}
_BOOLEANS = {"trueValues": ["true"], "falseValues": ["false"]}


def data_package(framework: Framework, tables: ReleaseTables, written: tuple[Table, ...]) -> bytes:
    """`datapackage.json`: every table with the type and meaning of its columns."""
    notes = ["The figures are made up: they show how the product works."] if tables.synthetic else []
    package = {
        "profile": "tabular-data-package",
        "name": f"{tables.collection}-v{tables.version}".lower(),
        "title": f"{framework.partnership.name}, {tables.label}, version {tables.version} ({tables.kind})",
        "description": " ".join(
            [
                f"Figures for {tables.period}.",
                "Missing is [x] and never nought; hidden is [c] and never nought.",
                *notes,
            ]
        ),
        "version": f"{tables.version}.0.0",
        "created": f"{tables.made_on}T00:00:00Z",
        **_licences(framework),
        "contributors": [
            {
                "title": framework.partnership.name,
                "email": framework.partnership.reply_to,
                "role": "publisher",
            }
        ],
        "temporal": {"start": first_day(tables).isoformat(), "end": tables.period.end.isoformat()},
        "spatial": [
            {"code": area.code, "name": area.name, "level": area.level} for area in framework.partnership.areas
        ],
        "resources": [_resource(table, written) for table in written],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


def first_day(tables: ReleaseTables) -> date:
    """The first day that anything of a release is about: its earlier figures reach back behind its own period."""
    return min((each.period.start for each in tables.history), default=tables.period.start)


def _licences(framework: Framework) -> dict[str, object]:
    licence = framework.partnership.licence
    return {"licenses": [{"name": licence.code, "title": licence.title, "path": licence.url}]} if licence else {}


def _resource(table: Table, written: tuple[Table, ...]) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [
            {"name": column.name, "type": column.kind, "description": column.says}
            | (_BOOLEANS if column.kind == "boolean" else {})
            | ({"constraints": {"enum": _CODES[column.name]}} if column.name in _CODES else {})
            for column in table.columns
        ],
        "missingValues": [""],
    }
    keys = [
        {"fields": list(names), "reference": {"resource": leads_to, "fields": list(names)}}
        for leads_to, names in references(table, written)
    ]
    if keys:
        schema["foreignKeys"] = keys
    if identified_without_blanks(table):
        schema["primaryKey"] = list(table.key)
    elif table.key:
        # parts of the key may be empty (a total has no category), which a primary key may not: it is told here only
        schema["x-identifiedBy"] = list(table.key)
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "title": table.title,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": MEDIA_TYPES["csv"],
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True},
        "schema": schema,
    }
