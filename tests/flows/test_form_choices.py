"""The lists in Prefect's forms: what there is to choose from, and nothing that decides by itself."""

import importlib
from dataclasses import replace
from pathlib import Path

import pytest
from prefect import Flow
from prefect.utilities.callables import parameter_schema

from flows.showing import form_choices
from flows.showing.form_choices import choices, with_choices, words_beside
from tests.web.conftest import Office, an_office

DECIDES = {"decide", "parts", "which", "who", "partner", "quarter", "rag", "role", "indicator", "message"}


def _forms() -> list[Flow]:
    modules = sorted(each.stem for each in (Path(__file__).parents[2] / "flows").glob("*_decisions.py"))
    every = [form for name in modules for form in vars(importlib.import_module(f"flows.{name}")).values()]
    return [each for each in every if isinstance(each, Flow)]


@pytest.fixture
def office(tmp_path: Path) -> Office:
    """An office with one quarter under way."""
    return an_office(tmp_path)


def test_quarters_partners_and_officers_are_those_that_there_are(office: Office) -> None:
    """Quarters the latest first; of what there is nothing, such as versions, the list is empty."""
    offered = choices(office.installation, office.installation.facts().going_on)
    framework = office.installation.framework

    assert "2025-26 Q1" in offered["quarter"]
    assert sorted(offered["quarter"], reverse=True) == list(offered["quarter"])
    assert sorted(framework.partner) == list(offered["partner"])
    assert [each.code for each in framework.partnership.officers] == list(offered["who"])
    assert ["all"] == list(offered["parts"])
    assert [] == offered["version"]


def test_a_list_goes_into_the_field_it_is_for_and_nowhere_else() -> None:
    """One to choose in a plain field, several in a list; words, days and what may be left empty stay as they are."""
    plain, several, other = {"type": "string"}, {"type": "array", "items": {"type": "string"}}, {"type": "string"}
    schema = {"properties": {"who": plain, "parts": several, "why": other, "version": {"anyOf": [{"type": "null"}]}}}
    made = with_choices(schema, {"who": ["a"], "parts": ["all"], "version": [1]})["properties"]

    assert ["a"] == made["who"]["enum"]
    assert ["all"] == made["parts"]["items"]["enum"]
    assert other == made["why"]
    assert schema["properties"]["version"] == made["version"]
    assert "enum" not in plain


def test_words_stand_beside_an_indicator_or_an_activity() -> None:
    """Both are offered where words are read, and indicators alone elsewhere."""
    offered = {"indicator": ["fires"], "activity": ["campaign"], "who": ["jo"]}

    assert {**offered, "indicator": ["fires", "campaign"]} == words_beside(offered)


def test_a_list_that_became_empty_offers_nothing_old() -> None:
    """The last risk went out of config/: its code is chosen no more. What a list never was stays as the form has it."""
    schema = {"properties": {"risk": {"type": "string", "enum": ["R-1"]}, "decide": {"type": "string", "enum": ["a"]}}}
    made = with_choices(schema, {"risk": [], "who": ["jo"]})["properties"]

    assert {"type": "string"} == made["risk"]
    assert ["a"] == made["decide"]["enum"]


def test_prefect_is_asked_only_when_a_list_is_another_one(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twice the same is offered once; where Prefect failed it is offered again by the next."""
    offered: list[object] = []
    monkeypatch.setattr(form_choices, "_offer_all", lambda _, lists: offered.append(lists["who"]))
    facts, installation = office.installation.facts().going_on, office.installation
    form_choices.offer_choices(installation, facts)
    form_choices.offer_choices(installation, facts)
    assert 1 == len(offered)
    people = installation.framework.partnership.model_copy(update={"officers": ()})
    changed = installation.framework.model_copy(update={"partnership": people})
    form_choices.offer_choices(replace(installation, framework=changed), facts)
    assert [] == offered[-1]


@pytest.mark.parametrize("form", _forms(), ids=lambda each: each.name)
def test_nothing_decides_by_itself(form: Flow) -> None:
    """Whatever says who decides, about what, and how has no default; and no switch stands ready on one side."""
    fields = parameter_schema(form)

    assert DECIDES & set(fields.properties) <= set(fields.required)
    assert "boolean" not in {each.get("type") for each in fields.properties.values()}
