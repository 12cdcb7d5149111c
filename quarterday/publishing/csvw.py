"""The release's description after the W3C's CSV on the Web: the same tables as the data package, for other readers."""

import json

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.columns import Column, Table
from quarterday.publishing.data_package import first_day
from quarterday.publishing.references import identified_without_blanks, references
from quarterday.publishing.tables import ReleaseTables

NAME = "csv-metadata.json"
_DATATYPES: dict[str, object] = {"boolean": {"base": "boolean", "format": "true|false"}}


def csvw(framework: Framework, tables: ReleaseTables, written: tuple[Table, ...]) -> bytes:
    """`csv-metadata.json`: each table with its columns, its key and what its codes lead to."""
    licence = framework.partnership.licence
    said = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": "en"}],
        "dc:title": f"{framework.partnership.name}, {tables.label}, version {tables.version} ({tables.kind})",
        "dc:publisher": framework.partnership.name,
        "dcat:contactPoint": {"vcard:hasEmail": {"@id": f"mailto:{framework.partnership.reply_to}"}},
        **({"dc:license": {"@id": licence.url}} if licence else {}),
        "dc:created": tables.made_on.isoformat(),
        "dc:temporal": f"{first_day(tables)}/{tables.period.end}",
        "dc:spatial": [each.code for each in framework.areas("borough")],
        "tables": [_table(each, written) for each in written],
    }
    return (json.dumps(said, indent=2, ensure_ascii=False) + "\n").encode()


def _table(table: Table, written: tuple[Table, ...]) -> dict[str, object]:
    schema: dict[str, object] = {"columns": [_column(each) for each in table.columns]}
    if identified_without_blanks(table):
        schema["primaryKey"] = list(table.key)
    keys = [
        {
            "columnReference": list(names),
            "reference": {"resource": f"{leads_to}.csv", "columnReference": list(names)},
        }
        for leads_to, names in references(table, written)
    ]
    if keys:
        schema["foreignKeys"] = keys
    return {"url": f"{table.name}.csv", "dc:title": table.title, "tableSchema": schema}


def _column(column: Column) -> dict[str, object]:
    return {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.says,
        "datatype": _DATATYPES.get(column.kind, column.kind),
    }
