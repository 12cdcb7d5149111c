"""The pages under a path of a name that others use too: redirects followed, cookies kept by path, as browsers do."""

import re
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from quarterday.adapters.links import link_url
from quarterday.domain.facts import ReturnReceived
from quarterday.web.serving.under_a_path import under_its_path
from tests.web.conftest import A_FILE, Office, an_office, form_on
from tests.web.officers.conftest import OfficerAtWork

PATH = "/council/returns"
_ADDRESSES = re.compile(r' (?:href|action|src)="(/[^"]*)"')


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Office:
    """The office, whose pages lie under a path."""
    office = an_office(tmp_path_factory.mktemp("home"))
    office.installation.settings.portal_url = f"http://testserver{PATH}/"
    office.client = TestClient(under_its_path(office.client.app, office.installation.settings))
    return office


def addresses_on(html: str) -> set[str]:
    """Where a page leads on this very site, and what it is made of."""
    return set(_ADDRESSES.findall(html))


def test_a_partner_answers_by_the_link_of_the_email(office: Office) -> None:
    """Link, file, check page, sending and receipt: redirects and forms stay under the path, and so does each cookie."""
    link = link_url(office.installation.settings, office.link()[0])
    client = TestClient(office.client.app)
    page = client.get(link)
    where, hidden = form_on(page.text, "/upload")
    checked = client.post(where, data=hidden, files={"file": ("figures.csv", A_FILE)})
    where, hidden = form_on(checked.text, "/send")
    receipt = client.post(where, data=hidden)

    assert link.startswith(f"http://testserver{PATH}/r/")
    assert [200, 200, 200] == [each.status_code for each in (page, checked, receipt)]
    assert office.kept(ReturnReceived)[0].partner_return in receipt.text
    for each in (page, checked, receipt):
        assert all(where.startswith(f"{PATH}/") for where in addresses_on(each.text))
        assert each.url.path.startswith(f"{PATH}/r/")
    assert {True} == {cookie.path.startswith(f"{PATH}/r") for cookie in client.cookies.jar}


def test_each_address_of_a_page_is_there(office: Office) -> None:
    """Style, scripts, pictures, files and links of a partner's page all answer under the path."""
    client = TestClient(office.client.app)
    page = client.get(link_url(office.installation.settings, office.link()[0]))
    answers = {where: client.get(where) for where in addresses_on(page.text) if not where.endswith("/upload")}

    assert any("/static/web.css" in where for where in answers)
    assert {200} == {each.status_code for each in answers.values()}
    assert "./govuk-frontend.min.js" in client.get(f"{PATH}/static/web.js").text


def test_an_officer_signs_in_and_goes_about(office: Office) -> None:
    """The emailed link, the code, and each page that Today leads to."""
    jo = OfficerAtWork(office)
    jo.open(f"{PATH}/officers")
    before = set(office.outbox())
    jo.send("", email="jo@somewhere.example")
    (jo.letter,) = set(office.outbox()) - before
    code, link = jo.mailed()
    jo.send("", code=code)

    assert link.startswith(f"{PATH}/officers/sign-in/")
    assert jo.page
    assert f"{PATH}/officers" == jo.page.url.path
    no_pages = ("/sign-out", "/static/", "/decide/")
    leads = {where for where in addresses_on(jo.page.text) if not any(each in where for each in no_pages)}
    assert len(leads) > 5
    assert [] == [where for where in leads if jo.open(where).status_code != 200]


@pytest.mark.parametrize("asked", [PATH, f"{PATH}/", "/"])
def test_the_first_page_whatever_the_proxy_passes_on(office: Office, asked: str) -> None:
    """With the path, without the slash after it, or with the path taken off by the proxy."""
    answer = office.client.get(asked)

    assert 200 == answer.status_code
    assert "Safer Somewhere" in answer.text
    assert str(len(answer.content)) == answer.headers["content-length"]
    assert "" == office.client.head(asked).text


def test_a_neighbours_page_is_none_of_ours(office: Office) -> None:
    """A path that only begins alike is not taken for ours."""
    assert 404 == office.client.get(f"{PATH}-of-tax/officers").status_code


def test_nothing_stands_around_pages_that_have_their_name_for_themselves(tmp_path: Path) -> None:
    """Without a path the application is served as it is."""
    office = an_office(tmp_path)

    assert under_its_path(office.client.app, office.installation.settings) is office.client.app
