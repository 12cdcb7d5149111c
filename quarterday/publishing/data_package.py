"""The release's description after the Data Package and Table Schema standards (frictionless)."""

import json

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.rows import Table
from quarterday.publishing.tables import ReleaseTables

MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
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
        "resources": [_resource(table) for table in written],
    }
    return (json.dumps(package, indent=2, ensure_ascii=False) + "\n").encode()


def _resource(table: Table) -> dict[str, object]:
    schema: dict[str, object] = {
        "fields": [
            {"name": column.name, "type": column.kind, "description": column.says}
            | (_BOOLEANS if column.kind == "boolean" else {})
            for column in table.columns
        ],
        "missingValues": [""],
    }
    if table.key:
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
