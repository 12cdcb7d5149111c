"""A supplier changes its classes, from its export to the release: sent, thanked, placed by an officer, published.

The mapping, the checks, the officers' page and the release are the real ones, so it takes some ten seconds. That series
break visibly in packs is for tests/publishing/test_class_series.py.
"""

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from expectations.checking import Checker
from flows import receive_return
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.actions import Publish, Send
from quarterday.domain.collection.binding import bind_what_began
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.facts import ReleaseKind, RequestMade
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Breakdown, Category
from quarterday.publishing.release import make_release
from quarterday.web.serving.app import create_app
from tests.domain.conftest import framework, indicator
from tests.web.conftest import COLLECTION, Office, an_office
from tests.web.officers.conftest import OfficerAtWork

pytestmark = pytest.mark.proof
MARCH, APRIL = date(2025, 3, 31), date(2025, 4, 1)
OLD = ("Burglary", "Joyriding", "Drunkenness", "Brawling", "Vagrancy")
MAPPING = Export.model_validate(
    {
        "code": "fire-export",
        "title": "The brigade's own table",
        "partner": "fire",
        "figures": [
            {
                "indicator": "crimes",
                "area": {"always": "E09000099"},
                "category": {"breakdown": "offence", "column": "Offence", "written_as": "slug"},
                "when": {"months_across": "%Y%m"},
            }
        ],
    }
)
EXPORT = b"""Offence,202504,202505,202506
ARSON,10,10,10
BURGLARY - HOMES,10,10,20
BURGLARY - SHOPS,20,20,20
VEHICLE TAKING,10,20,20
DISORDER,20,20,30
CYBER CRIME,30,20,30
"""
NEW = {"burglary-homes": 40, "burglary-shops": 60, "vehicle-taking": 50, "disorder": 70, "cyber-crime": 80}


def a_class(title: str, **more: object) -> Category:
    """A class whose code is made from its title."""
    return Category(code=title.lower().replace(" - ", "-").replace(" ", "-"), title=title, **more)


def offences(*categories: Category) -> Framework:
    """The partnership that counts crimes by these classes."""
    apart = Category(code="new-classes", title="Classes not placed yet", takes_new=True)
    breakdown = Breakdown(code="offence", title="Offence", categories=(a_class("Arson"), *categories, apart))
    return framework(breakdowns=(breakdown,), indicators=(indicator("crimes", "fire", breakdowns=("offence",)),))


BEFORE = offences(*(a_class(title) for title in OLD))
AFTER = offences(
    *(a_class(title, ends=MARCH) for title in OLD),
    a_class("Burglary - homes", starts=APRIL, succeeds=("burglary",)),
    a_class("Burglary - shops", starts=APRIL, succeeds=("burglary",)),
    a_class("Vehicle taking", starts=APRIL, succeeds=("joyriding",)),
    a_class("Disorder", starts=APRIL, succeeds=("drunkenness", "brawling")),
    a_class("Cyber crime", starts=APRIL),
)


@pytest.fixture(scope="module")
def checker() -> Iterator[Checker]:
    """The real checks."""
    with Checker() as checks:
        yield checks


def going_by(office: Office, checker: Checker, house: Framework) -> Office:
    """The same office once its `config/` says something else."""
    settings = office.installation.settings.model_copy(update={"pack_formats": "html"})
    changed = replace(office.installation, settings=settings, framework=house, exports={MAPPING.code: MAPPING})
    app = create_app(changed, checker, dead_seconds=0)
    return Office(changed, office.checks, TestClient(app, raise_server_exceptions=False), office.clock)


def told_to_the_sender(installation: Installation, on: date) -> set[str]:
    """The emails to the brigade that are due by a day."""
    due = what_is_due(installation.framework, installation.facts(), on)
    return {each.email for each in due if isinstance(each, Send) and each.partner == "fire"}


def published(installation: Installation, name: str) -> str:
    """A file of the release, made on the day of the papers."""
    publish = Publish(COLLECTION, 1, ReleaseKind.PROVISIONAL, date(2025, 8, 5), "The papers leave.")
    made = make_release(installation, publish)
    return installation.stores.published.get(f"{made.folder}/{name}").decode()


def by_class(observations: str) -> dict[str, str]:
    """Published values by class; the total's class is none."""
    return {each["category"]: each["value"] for each in csv.DictReader(io.StringIO(observations))}


def test_what_an_officer_places_is_published_and_its_sender_only_thanked(
    checker: Checker, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Burglary split in two, an offence added, one renamed, two merged, one gone: nobody sends anything again."""
    monkeypatch.setattr(receive_return, "checker", lambda: checker)
    begun = an_office(tmp_path, breakdowns=BEFORE.breakdowns, indicators=BEFORE.indicators)
    office = going_by(begun, checker, BEFORE)
    installation = office.installation
    installation.register.append_new(*bind_what_began(BEFORE, installation.facts(), installation.now()))

    person = office.person()
    person.upload(EXPORT, "crimes.csv")
    assert "Nothing needs putting right" in person.text, person.text
    assert "new: 5 rows in 5 classes; gone: 5" in person.text
    person.send("/send")
    (received,), (request,) = unjudged(installation.facts()), office.kept(RequestMade)
    checked = receive_return.check_return(installation, installation.facts(), request, received)
    installation.register.append(
        receive_return.verdict_fact(installation, installation.facts(), request, received, checked)
    )
    assert {"request", "receipt"} == told_to_the_sender(installation, date(2025, 8, 1))

    jo = OfficerAtWork(going_by(office, checker, AFTER)).sign_in()
    jo.open(f"/officers/decide/adopt-changes/{COLLECTION}")
    jo.send(COLLECTION, why="The brigade's new classes are placed.", parts="breakdown offence")
    assert 200 == jo.page.status_code, jo.text
    installation = jo.office.installation
    assert [request.request] == [each.request for each in receive_return.read_again(installation)]
    assert {"request", "receipt"} == told_to_the_sender(installation, date(2025, 8, 1))

    office.at("2025-08-05T10:00:00+01:00")
    figures = by_class(published(installation, "observations.csv"))
    assert {"": "330", "arson": "30", **{code: str(value) for code, value in NEW.items()}} == figures
