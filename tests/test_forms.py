"""The forms of the Prefect UI say what each of their fields wants."""

import importlib
from pathlib import Path

import pytest
from prefect import Flow
from prefect.utilities.callables import parameter_schema

MODULES = sorted(each.stem for each in (Path(__file__).parents[1] / "flows").glob("*_decisions.py"))
FORMS = [
    form
    for name in MODULES
    for form in vars(importlib.import_module(f"flows.{name}")).values()
    if isinstance(form, Flow)
]


@pytest.mark.parametrize("form", FORMS, ids=lambda each: each.name)
def test_each_field_says_what_it_wants(form: Flow) -> None:
    """What most forms ask is described once, the rest by the form itself."""
    fields = parameter_schema(form).properties

    assert [] == [name for name, field in fields.items() if not field.get("description")]
