"""An officer's day in a real browser: on a desktop and a telephone, with and without scripts, by axe's rules."""

import pytest

from quarterday.adapters.reading import FileTables, read_tables
from quarterday.adapters.reading.proposed_mapping import mapping_in, return_of
from quarterday.domain.facts import ExtensionDecided
from quarterday.web.officers import export_page
from tests.axe import bring_axe
from tests.web.conftest import COLLECTION, FIRE, QUARTER
from tests.web.officers.conftest import OfficerAtWork, an_office_of, letter_that_comes
from tests.web.officers.test_deciding import wants_time
from tests.web.test_browser import (  # noqa: F401 - fixtures
    DESKTOP,
    TELEPHONE,
    chromium,
    is_accessible,
    serving,
)
from tests.web.test_browser import pytestmark as in_a_browser

pytestmark = [*in_a_browser, pytest.mark.proof]


def sign_in(page, base, office):
    """Jo signs in by the code that is mailed; every page on the way is accessible."""
    jo, before = OfficerAtWork(office), set(office.outbox())
    page.goto(f"{base}/officers")
    is_accessible(page)
    page.fill("#email", jo.who.email)
    page.click("main button")
    page.wait_for_selector("#code")
    is_accessible(page)
    jo.letter = letter_that_comes(page, office, before)
    page.fill("#code", jo.mailed()[0])
    page.click("main button")
    page.wait_for_selector("#owing")


@pytest.mark.parametrize("seen", ["desktop", "telephone without scripts"])
def test_an_officer_gives_time_in_three_clicks(chromium, tmp_path, seen):  # noqa: F811
    """Signs in, presses the matter's button, says why, decides; every page on the way is accessible."""
    office = an_office_of(tmp_path)
    wants_time(office)
    with serving(office.client.app) as base:
        context = chromium.new_context(viewport=TELEPHONE if "telephone" in seen else DESKTOP)
        bring_axe(context)
        page = context.new_page()
        if "without" in seen:
            page.route("**/*.js*", lambda route: route.fulfill(body=""))
        sign_in(page, base, office)
        is_accessible(page)
        page.click("text=Give more time")
        is_accessible(page)
        page.fill("#why", "They told us early.")
        page.click("main button")
        page.wait_for_selector("text=was given time until 29 July 2025")
        is_accessible(page)
        for path in (
            *(f"collections/{COLLECTION}", f"collections/{COLLECTION}/release", "collections", "decisions", "nothing"),
            *("indicators", "indicators/deliberate-fires", f"partners/fire/{COLLECTION}"),
            *(f"partners/fire/{COLLECTION}/as-they-see-it", f"decide/send-back/{FIRE}"),
            *(f"decide/adopt-changes/{COLLECTION}", "decide/limits-anew/deliberate-fires"),
        ):
            page.goto(f"{base}/officers/{path}")
            is_accessible(page)
        context.close()

    assert [FIRE] == [each.request for each in office.kept(ExtensionDecided)]


def test_an_officer_maps_an_export_and_a_return_is_read_by_it(chromium, tmp_path, monkeypatch):  # noqa: F811
    """Chooses a sample, reads what is not clear, puts the mapping right, sees other figures, keeps it."""
    office = an_office_of(tmp_path)
    sample = tmp_path / "fires.csv"
    sample.write_text("Month,Count,Staff\nApr-25,3,7\nMay-25,4,7\nJun-25,5,7\n")
    kept = {}
    monkeypatch.setattr(export_page, "write_mapping", lambda config, code, text: kept.setdefault(code, text) and config)
    with serving(office.client.app) as base:
        context = chromium.new_context(viewport=TELEPHONE)
        bring_axe(context)
        page = context.new_page()
        sign_in(page, base, office)
        page.goto(f"{base}/officers/partners/fire")
        page.click("text=Map an export of its own system")
        is_accessible(page)
        page.set_input_files("input[type=file]", sample)
        page.click("button[value=look]")
        page.wait_for_selector("text=absent_rows")
        page.wait_for_selector("td:has-text('12')")
        is_accessible(page)
        page.fill("#mapping", page.input_value("#mapping").replace("value_column: Count", "value_column: Staff"))
        page.set_input_files("input[type=file]", sample)
        page.click("button[value=look]")
        page.wait_for_selector("td:has-text('21')")
        page.fill("#code", "fires")
        page.click("button[value=keep]")
        page.wait_for_selector(".govuk-notification-banner--success")
        is_accessible(page)
        context.close()

    mapping = mapping_in(kept["fires"])
    reading = read_tables(sample.read_bytes(), sample.name)
    assert isinstance(reading, FileTables)
    read = return_of(office.installation.framework, reading, mapping, QUARTER, office.installation.now())
    assert [21] == [row.value for row in read.partner_return.rows]
