"""The scorecard: what stands beside a figure, what does not compare, and how its rows are chosen without a script."""

from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Disclosure, Indicator, Target
from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.html import to_html, to_print_html
from quarterday.publishing.pack.model import Bullets, Pack, Scorecard, ScoreLine
from quarterday.publishing.pack.packs import board_packs
from quarterday.publishing.pack.scorecard import scorecard
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.tables import Observation, ReleaseTables
from tests.chromium import launched, needs_chromium
from tests.publishing.pack_frameworks import example_framework, indicator, small_framework
from tests.publishing.pack_points import observation, quarters_to_last, tables
from tests.publishing.pack_release import release_tables

STEADY = (20, 22, 19, 21, 20, 23, 18, 21, 22, 19, 20, 21, 20, 22)
THIRD = financial_quarter(2025, 3)


def _card(about: Indicator, told: ReleaseTables) -> Scorecard:
    framework = small_framework(indicators=(about,))
    return scorecard("Scorecard", [("", [Card(framework, SeriesTables(framework, told), about)])])


def _line(about: Indicator, told: ReleaseTables) -> dict[str, str]:
    """The cells of an indicator's only line under their headings."""
    card = _card(about, told)
    return dict(zip(card.columns, card.lines[0].cells, strict=True))


def _year(about: Indicator, values: tuple[float | None, ...], **of_last: object) -> ReleaseTables:
    """The release of October to December 2025, after quarters back to as many as there are values."""
    periods = [financial_quarter(number // 4, number % 4 + 1) for number in range(2025 * 4 + 3 - len(values), 8103)]
    made = [observation(about, period, value) for period, value in zip(periods, values, strict=True)]
    last = replace(made[-1], **of_last)
    return replace(tables(about, [1]), period=THIRD, history=tuple(made[:-1]), observations=(last,))


def test_a_count_stands_beside_last_quarter_the_year_before_and_the_year_so_far() -> None:
    """October to December 2025: 7; before it 6; a year before 3; April to December 5 + 6 + 7."""
    about = indicator("robberies", target=Target(value=10), direction="lower is better")

    assert {
        "This time": "7",
        "Last time": "6",
        "A year before": "3",
        "Year so far": "18",
        "Target": "10: met",
    } == _line(about, _year(about, (3, 4, 5, 6, 7)))


def test_a_percentage_of_the_year_is_worked_out_anew_from_its_parts() -> None:
    """1 of 10 and 45 of 90 are 46 of 100, and not the mean of 10% and 50%."""
    about = indicator("detected", unit="percentage", numerator="Detected", denominator="Offences")
    periods = [financial_quarter(2025, 1), financial_quarter(2025, 2)]
    parts = ((1.0, 10.0), (45.0, 90.0))
    first, second = (
        observation(about, period, 100 * part / whole, numerator=part, denominator=whole)
        for period, (part, whole) in zip(periods, parts, strict=True)
    )
    told = replace(tables(about, [1]), period=periods[1], history=(first,), observations=(second,))

    assert "46.0%" == _line(about, told)["Year so far"]


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ({}, "about 18"),
        ({"adds_up": False}, ""),
    ],
)
def test_rounded_figures_are_added_up_as_about_and_what_counts_the_same_persons_again_is_not(
    more: dict[str, object], said: str
) -> None:
    """Nobody on probation for three quarters is three persons."""
    rounding = Disclosure(rule="threshold with rounding")
    about = indicator("probation", disclosure=rounding, **more)

    assert said == _line(about, _year(about, (3, 4, 5, 6, 7))).get("Year so far", "")


def test_a_hidden_or_missing_figure_leaves_its_marker_in_the_year_so_far() -> None:
    """What cannot be told cannot be added."""
    about = indicator("robberies")
    told = _year(about, (3, 4, 5, 6, 7))
    hidden = replace(told.history[-1], value=None, marker=Marker.CONFIDENTIAL)

    line = _line(about, replace(told, history=(*told.history[:-1], hidden)))
    assert ("[c]", "[c]") == (line["Last time"], line["Year so far"])


def test_a_figure_for_other_days_compares_with_nothing() -> None:
    """June to September lies across two quarters: its period is told, and the other columns go."""
    about = indicator("robberies")
    other = Period(THIRD.start.replace(month=9), THIRD.start.replace(month=11, day=30))
    told = _year(about, (3, 4, 5, 6, 7), period=other, comparable=False, comparable_why="Other days.")

    card = _card(about, told)
    assert (("This time",), ("7 (Sep–Nov 2025)",)) == (card.columns, card.lines[0].cells)
    assert "≠ Not compared" == str(card.lines[0].sign)


def test_what_was_counted_otherwise_is_not_put_beside_the_figure() -> None:
    """A new definition from the last quarter on: the marker stands in the place of the numbers."""
    about = indicator("robberies")
    line = _line(about, _year(about, (3, 4, 5, 6, 7), definition_version=2))

    assert ("[b]", "[b]") == (line["Last time"], line["A year before"])
    assert "Year so far" not in line


def test_a_quarter_that_was_never_published_is_not_last_time() -> None:
    """The figure before the hole is no neighbour of this one."""
    about = indicator("robberies")
    told = _year(about, (3, 4, 5, 6, 7))
    without = tuple(each for each in told.history if each.period != financial_quarter(2025, 2))

    line = _line(about, replace(told, history=without))
    assert "Last time" not in line
    assert "3" == line["A year before"]


@pytest.mark.parametrize(
    ("direction", "last", "said", "kind"),
    [
        ("lower is better", 60, "▲ High or rising, not hoped", "unhoped"),
        ("higher is better", 60, "▲ High or rising, as hoped", "hoped"),
        ("depends", 60, "▲ High or rising", "open"),
        ("higher is better", 2, "▼ Low or falling, not hoped", "unhoped"),
        ("lower is better", 21, "○ No sign", "steady"),
    ],
)
def test_a_sign_has_a_shape_words_and_a_colour(direction: str, last: int, said: str, kind: str) -> None:
    """Whether the plan hopes for it is told in words too."""
    about = indicator("robberies", direction=direction)
    line = _card(about, tables(about, [*STEADY, last])).lines[0]

    assert (said, kind) == (str(line.sign), line.sign.kind)


def test_what_shows_most_comes_first_in_that_order() -> None:
    """The strongest sign, then what is missing, then all others in the order of the plan."""
    about = [indicator(code) for code in ("adders", "boars", "cats")]
    framework = small_framework(indicators=about)
    told = tables(about[0], [*STEADY, 21])
    of_cats = [replace(each, indicator="cats") for each in (*told.history, replace(told.observations[0], value=90))]
    series = SeriesTables(
        framework,
        replace(told, history=(*told.history, *of_cats[:-1]), observations=(*told.observations, of_cats[-1])),
    )
    lines = scorecard("Scorecard", [("", [Card(framework, series, each) for each in about])]).lines

    assert ["Cats", "Boars", "Adders"] == [each.title for each in sorted(lines, key=lambda line: line.by_sign)]


@pytest.fixture(scope="module")
def large() -> Pack:
    """The Operational Board of the example: it looks at most of what there is."""
    framework = example_framework()
    packs = board_packs(framework, release_tables(framework))
    return next(each for each in packs if each.board == "operational-board")


def test_seventy_indicators_are_two_pages_and_the_body_twelve(large: Pack) -> None:
    """As they are printed. Seconds: the example's largest pack is drawn and laid out whole."""
    layout = pytest.importorskip("quarterday.publishing.pack.layout", reason="needs Pango", exc_type=OSError)
    pypdf = pytest.importorskip("pypdf")
    lines = [replace(line, anchor="") for line in (_lines(large) * 2)[:70]]
    long = _with_lines(large, lines)
    pages = [page.extract_text() for page in pypdf.PdfReader(BytesIO(layout.document(to_print_html(long)))).pages]

    assert [1, 2] == [place for place, text in enumerate(pages) if "A year before" in text]
    assert len(pages) <= 12


def _lines(pack: Pack) -> list[ScoreLine]:
    return list(_scorecard(pack).lines)


def _scorecard(pack: Pack) -> Scorecard:
    section = next(each for each in pack.sections if each.anchor == "scorecard")
    return next(block for block in section.blocks if isinstance(block, Scorecard))


def _with_lines(pack: Pack, lines: list[ScoreLine]) -> Pack:
    """The pack with these lines under headings of ten each, and no other scorecard."""
    groups = ((f"Priority {place // 10}", tuple(lines[place : place + 10])) for place in range(0, len(lines), 10))
    card = replace(_scorecard(pack), groups=tuple(groups))
    sections = [
        replace(each, blocks=(*each.blocks[:-1], card)) if each.anchor == "scorecard" else each
        for each in pack.sections
        if each.anchor != "below"
    ]
    return replace(pack, sections=tuple(sections))


@needs_chromium
def test_lines_are_chosen_and_put_in_another_order_without_a_script(large: Pack, tmp_path: Path) -> None:
    """On a desk and on a phone: signs alone, then all by name."""
    sync_api = pytest.importorskip("playwright.sync_api")
    page_file = tmp_path / "pack.html"
    page_file.write_bytes(to_html([large])[0])
    lines = _lines(large)
    signs = [line.title for line in lines if "sign" in line.kinds]
    with sync_api.sync_playwright() as playwright:
        browser = launched(playwright)
        for width in (1280, 390):
            page = browser.new_context(java_script_enabled=False, viewport={"width": width, "height": 900}).new_page()
            page.goto(page_file.as_uri())
            page.locator("section.scorecard .show-sign").check()
            assert signs == [title for title, top in _places(page) if top is not None]
            page.locator("section.scorecard .show-all").check()
            page.locator("section.scorecard .sort-name").check()
            by_place = [title for title, _ in sorted(_places(page), key=lambda place: place[1])]
            assert sorted((line.title for line in lines), key=str.casefold) == by_place
        browser.close()


def _places(page: Any) -> list[tuple[str, float | None]]:
    """The title of each row with where it stands on the page; None for one that is not shown."""
    found = page.eval_on_selector_all(
        "section.scorecard tbody tr:not(.group)",
        "rows => rows.map(row => [row.cells[0].innerText || row.cells[0].textContent,"
        " row.offsetParent ? row.getBoundingClientRect().top : null])",
    )
    return [(title, top) for title, top in found]


def test_a_release_of_one_quarter_has_nothing_to_compare_with(streets: Framework) -> None:
    """Every column but the figure's own goes; the empty ones are not shown."""
    first: tuple[Observation, ...] = release_tables(streets).observations
    packs = board_packs(streets, release_tables(streets, history=(), observations=first))
    card = _scorecard(next(each for each in packs if each.board == "streets"))

    assert {"This time", "Target"} >= set(card.columns)
    assert quarters_to_last(1) == [release_tables(streets).period]


@pytest.mark.parametrize(
    ("last", "fit"),
    [
        (90, ("More confidence", "Counted otherwise")),
        (1, ("Less trust", "Counted otherwise")),
        (21, ()),
    ],
)
def test_a_card_has_the_readings_that_fit_its_change(last: int, fit: tuple[str, ...]) -> None:
    """Those of a rise, those of a fall, and none where nothing shows a change."""
    about = indicator(
        "referrals",
        readings_of_a_rise=("More confidence",),
        readings_of_a_fall=("Less trust",),
        readings=("Counted otherwise",),
    )
    framework = small_framework(indicators=(about,))
    card = Card(framework, SeriesTables(framework, tables(about, [*STEADY, last])), about)

    shown = [item.text for block in card.section.blocks if isinstance(block, Bullets) for item in block.items]
    assert fit == card.readings == tuple(each for each in shown if each in about.every_reading)
