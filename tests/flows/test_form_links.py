"""Links from artifacts lead to a decision's form, filled in with the matter's quarter and partner and nothing else."""

import json
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from prefect.exceptions import ObjectNotFound

from flows.showing import form_links
from flows.showing.form_links import Links, filled_in_for
from quarterday.domain.rulings.undecided import Undecided
from tests.web.conftest import COLLECTION, FIRE, Office, an_office


class Client:
    """A Prefect that knows one deployment."""

    def __enter__(self) -> "Client":
        return self

    def __exit__(self, *_: object) -> None:
        """Nothing to close."""

    def read_deployment_by_name(self, name: str) -> Any:
        """The one that there is."""
        if name != "decide-extension/decide-extension":
            raise ObjectNotFound(LookupError(name))
        return SimpleNamespace(id="an-id")


@pytest.fixture
def office(tmp_path: Any, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose Prefect knows one deployment."""
    monkeypatch.setattr(form_links, "get_client", lambda **_: Client())
    return an_office(tmp_path)


def test_a_form_comes_filled_in_but_for_who_decides_and_what(office: Office) -> None:
    """A matter of a partner with both, a matter of a collection with its quarter."""
    facts, installation = office.installation.facts(), office.installation
    of_partner = filled_in_for(installation, facts, Undecided("", date(2025, 7, 15), "decide-extension", FIRE))
    words = Undecided("", date(2025, 7, 15), "read-words", "A-1|operational/A-1")
    of_quarter = filled_in_for(installation, facts, Undecided("", date(2025, 7, 15), "approve-release", COLLECTION))
    address = Links(installation).form("decide-extension", of_partner).partition("](")[2].removesuffix(")")

    assert {"quarter": "2025-26 Q1", "partner": "fire"} == of_partner
    assert {"quarter": "2025-26 Q1"} == of_quarter
    assert {"partner_return": "A-1|operational", "indicator": "A-1"} == filled_in_for(installation, facts, words)
    assert "/deployments/deployment/an-id/run" == urlsplit(address).path
    assert of_partner == json.loads(parse_qs(urlsplit(address).query)["parameters"][0])
    assert {} == filled_in_for(installation, facts, Undecided("", date(2025, 7, 15), "confirm-going-on", ""))


def test_a_server_that_does_not_know_it_is_asked_by_the_list(office: Office) -> None:
    """The link then leads to its line there, as before."""
    said = Links(office.installation).form("approve-release", {})

    assert "[approve-release](/deployments?deployments.flowOrDeploymentNameLike=approve-release)" == said
