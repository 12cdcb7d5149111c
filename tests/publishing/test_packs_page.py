"""The web page of a pack: its structure for those who cannot see it, and that it fetches nothing."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pytest
from lxml import html

from quarterday.domain.framework.framework import Framework
from quarterday.publishing.pack.packs import build_packs
from quarterday.publishing.tables import ReleaseTables
from tests.chromium import launched, needs_chromium


@pytest.fixture(scope="module")
def packs(streets: Framework, release: ReleaseTables) -> dict[str, bytes]:
    """The packs as web pages alone: no other format is looked at here."""
    return build_packs(streets, release, formats=["html"])


@pytest.fixture(scope="module")
def page(packs: dict[str, bytes]) -> html.HtmlElement:
    """The subgroup's page."""
    return html.fromstring(packs["packs/streets.html"])


def test_it_has_its_landmarks_and_a_skip_link(page: html.HtmlElement) -> None:
    """Header, contents, main and footer, and a way past the first two."""
    assert (1, 1, 1, 1) == tuple(len(page.xpath(f"//body//{name}")) for name in ("header", "nav", "main", "footer"))
    assert "#main" == page.xpath("//body/a[1]/@href")[0]


def test_headings_leave_no_level_out(page: html.HtmlElement) -> None:
    """One first heading, and each step down goes by one."""
    levels = [int(each.tag[1]) for each in page.xpath("//h1 | //h2 | //h3 | //h4")]

    assert 1 == levels.count(1)
    assert all(after - before <= 1 for before, after in pairwise(levels))


def test_every_table_has_a_caption_and_headings_with_their_scope(page: html.HtmlElement) -> None:
    """A cell is read out with its row and its column."""
    tables = page.xpath("//table")

    assert len(tables) > 10
    assert all(table.xpath("./caption") for table in tables)
    assert all(each.get("scope") in ("col", "row", "rowgroup") for each in page.xpath("//th"))
    assert all(len(row.xpath("./th[@scope='row' or @scope='rowgroup']")) == 1 for row in page.xpath("//tbody/tr"))


def test_every_chart_has_a_title_and_a_description_of_its_own(page: html.HtmlElement) -> None:
    """Named by ids that no other element bears."""
    for chart in page.xpath("//*[local-name()='svg']"):
        title, description = chart.get("aria-labelledby").split()

        assert "img" == chart.get("role")
        assert page.xpath(f"//*[@id='{title}']")[0].text.startswith(("Chart: ", "Trend: "))
        assert len(page.xpath(f"//*[@id='{description}']")[0].text) > 40


def test_no_id_stands_twice_and_every_link_leads_somewhere(page: html.HtmlElement) -> None:
    """Links within the page are all there are."""
    ids = Counter(page.xpath("//@id"))

    assert not [name for name, count in ids.items() if count > 1]
    assert all(address.startswith("#") and address[1:] in ids for address in page.xpath("//@href"))


def test_annexes_are_folded_and_every_link_to_them_stands_open(page: html.HtmlElement) -> None:
    """The heading that a link leads to is what opens its part: it is never within what is folded."""
    folded = page.xpath("//details")
    cards = page.xpath(
        "//section[@class='card'][preceding-sibling::section[@id='annex-cards' or h2/@id='annex-cards']]"
    )

    assert len(folded) > len(cards) > 0
    assert all(each.xpath("./summary/h3/@id") for each in folded)
    assert not page.xpath("//details/*[not(self::summary)]//*[self::h2 or self::h3][@id]")
    assert not page.xpath("//section[@class='scorecard' or @class='matters']//details")


def test_it_fetches_nothing(packs: dict[str, bytes]) -> None:
    """No script, no style sheet, no image and no type face from anywhere; its policy forbids it too."""
    text = packs["packs/streets.html"].decode()

    assert not re.findall(r"<(?:script|link|iframe|img)\b|@import|@font-face|url\((?!#)", text)
    assert "default-src &#39;none&#39;" in text or "default-src 'none'" in text


def test_no_names_or_addresses_of_persons_are_in_it(packs: dict[str, bytes]) -> None:
    """A pack goes to the public: boards and posts are named, people are not."""
    text = packs["packs/board.html"].decode() + packs["packs/streets.html"].decode()

    assert "Lee Lead" not in text
    assert "@partner.example" not in text


@pytest.mark.browser
@needs_chromium
@pytest.mark.parametrize("board", ["board", "streets", "office"])
def test_axe_finds_nothing_wrong(packs: dict[str, bytes], board: str, tmp_path: Path) -> None:
    """WCAG 2.2 AA and axe's own best practice, on a site and on a phone."""
    from playwright.sync_api import sync_playwright

    from tests.axe import bring_axe, broken_rules

    place = tmp_path / f"{board}.html"
    place.write_bytes(packs[f"packs/{board}.html"])
    with sync_playwright() as playwright:
        browser = launched(playwright)
        context = browser.new_context()
        bring_axe(context)
        tab = context.new_page()
        asked: list[str] = []
        tab.on("request", lambda request: asked.append(request.url))
        tab.goto(place.as_uri())
        on_site = broken_rules(tab)
        tab.set_viewport_size({"width": 375, "height": 800})
        on_phone = broken_rules(tab)
        browser.close()

    assert [place.as_uri()] == [url for url in asked if not url.startswith("data:")]
    assert [] == on_site == on_phone


@pytest.mark.browser
@needs_chromium
def test_charts_keep_readable_words_on_a_narrow_screen(packs: dict[str, bytes], tmp_path: Path) -> None:
    """At 320 pixels the page itself does not scroll sideways; a chart does, within itself, and by keyboard too."""
    from playwright.sync_api import sync_playwright

    place = tmp_path / "streets.html"
    place.write_bytes(packs["packs/streets.html"])
    with sync_playwright() as playwright:
        browser = launched(playwright)
        tab = browser.new_page(viewport={"width": 320, "height": 800})
        tab.goto(place.as_uri())
        wide = tab.evaluate("document.documentElement.scrollWidth")
        shown, natural = tab.evaluate(
            "(chart => [chart.getBoundingClientRect().width, chart.viewBox.baseVal.width])"
            "(document.querySelector('.chart svg'))"
        )
        browser.close()

    assert 320 == wide
    assert natural == pytest.approx(shown, abs=1)
