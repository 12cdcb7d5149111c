"""Editors are told what the code checks."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from quarterday.adapters.config_files.configuration import read_configuration
from quarterday.adapters.config_files.schemas import schemas, stale_schemas
from quarterday.adapters.config_files.starting import STARTER
from quarterday.adapters.config_files.yaml_file import read_yaml

from .conftest import EXAMPLE

YAML_FILES = [Path(each.file) for each in read_configuration(EXAMPLE).documents if each.file.endswith(".yaml")]


def test_the_schemas_are_current() -> None:
    """Run `quarterday schemas` after a change to the models."""
    assert [] == stale_schemas(EXAMPLE / "schemas")


@pytest.mark.parametrize("file", YAML_FILES, ids=str)
def test_each_file_names_its_schema(file: Path) -> None:
    """The first line tells an editor's YAML support which schema holds, relative to the file."""
    first = (EXAMPLE / file).read_text().splitlines()[0]
    schema = first.removeprefix("# yaml-language-server: $schema=")

    assert (EXAMPLE / file).parent.joinpath(schema).resolve().is_file()


@pytest.mark.parametrize("file", YAML_FILES, ids=str)
def test_each_file_of_the_example_fits_its_schema(file: Path) -> None:
    """An editor shows no complaint where `quarterday check` has none."""
    first = (EXAMPLE / file).read_text().splitlines()[0]
    schema = json.loads(schemas()[Path(first.partition("=")[2]).name])

    jsonschema.validate(dates_as_text(read_yaml(EXAMPLE / file, str(file)).content), schema)


def test_a_quarters_name_fits_and_a_season_does_not() -> None:
    """A meeting considers a financial quarter or two dates."""
    meeting = json.loads(schemas()["partnership.schema.json"])["$defs"]["Meeting"]["properties"]["considers"]["anyOf"][
        0
    ]

    jsonschema.validate("2025-26 Q1", meeting)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate("summer 2025", meeting)


@pytest.mark.parametrize(
    "path",
    [path for path in sorted(STARTER.rglob("*.yaml*")) if path.name != "rehearsal.yaml"],  # a cast has no schema
    ids=lambda path: path.name,
)
def test_a_new_partnerships_files_name_their_schema(path: Path) -> None:
    """What `quarterday init` writes is as helpful to an editor."""
    assert path.read_text().startswith("# yaml-language-server: $schema=")


def dates_as_text(content: Any) -> Any:
    """Dates as an editor's YAML support has them."""
    match content:
        case dict():
            return {key: dates_as_text(value) for key, value in content.items()}
        case list():
            return [dates_as_text(value) for value in content]
        case date():
            return content.isoformat()
    return content
