"""An officer's day in a real browser: on a desktop and a telephone, with and without scripts, by axe's rules."""

import pytest

from quarterday.domain.facts import ExtensionDecided
from tests.axe import bring_axe
from tests.web.conftest import COLLECTION, FIRE
from tests.web.officers.conftest import OfficerAtWork, an_office_of, letter_that_comes
from tests.web.officers.test_deciding import wants_time
from tests.web.test_browser import (  # noqa: F401 - fixtures
    DESKTOP,
    TELEPHONE,
    chromium,
    is_accessible,
    pytestmark,
    serving,
)


@pytest.mark.parametrize("seen", ["desktop", "telephone without scripts"])
def test_an_officer_gives_time_in_three_clicks(chromium, tmp_path, seen):  # type: ignore[no-untyped-def] # noqa: F811
    """Signs in, presses the matter's button, says why, decides; every page on the way is accessible."""
    office = an_office_of(tmp_path)
    wants_time(office)
    with serving(office.client.app) as base:
        context = chromium.new_context(viewport=TELEPHONE if "telephone" in seen else DESKTOP)
        bring_axe(context)
        page = context.new_page()
        if "without" in seen:
            page.route("**/*.js*", lambda route: route.fulfill(body=""))
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
