"""What a pack says of a figure: computed sentences, never an arrow; and what it asks of whom."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

import pytest

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator, Target
from quarterday.domain.framework.periods import Period, calendar_month, financial_quarter
from quarterday.domain.framework.submissions import Submission
from quarterday.publishing.pack.boards import coming_section
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.change_said import Change, SaidOfChange
from quarterday.publishing.pack.figures_said import say_figure, say_number, say_share
from quarterday.publishing.pack.model import CHANGED, Bullets, Glances, Link, Pack, Paragraph, Scorecard, Section, Table
from quarterday.publishing.pack.on_paper import on_paper
from quarterday.publishing.pack.packs import board_packs
from quarterday.publishing.pack.questions import questions
from quarterday.publishing.pack.sections import by_chance, caveats_section
from quarterday.publishing.pack.series import SeriesTables
from quarterday.publishing.pack.targets import tally_of_targets
from quarterday.publishing.tables import Gap, ReleaseTables
from tests.publishing.pack_frameworks import indicator, small_framework
from tests.publishing.pack_points import LAST, observation, tables
from tests.publishing.pack_release import release_tables, revision

USUAL = [30.0, 34.0] * 6  # mean 32, limits 21.36 and 42.64


def card_of(values: Sequence[float | None], about: Indicator | None = None, **of_last: object) -> Card:
    """The card of a series of quarters."""
    about = about or indicator("robberies")
    framework = small_framework(indicators=(about,))
    return Card(framework, SeriesTables(framework, tables(about, values, **of_last)), about)


def verdict_of(values: Sequence[float | None], about: Indicator | None = None, **of_last: object) -> SaidOfChange:
    """What is said of the last figure."""
    return card_of(values, about, **of_last).change_said


@pytest.mark.parametrize(
    ("after", "sentence"),
    [
        ([33], "No sign of possible change: the figure lies within its usual range (21.4 to 42.6)."),
        ([90], "90 is above the upper limit of 42.6."),
        ([5], "5 is below the lower limit of 21.4."),
        ([31, 30, 31, 30, 31, 30, 31], "7 quarters running below the mean of 32.0."),
        ([29, 30, 31, 33, 34, 35, 36], "7 quarters running one way, each higher than the one before."),
        ([40, 32, 40], "At least 2 of the last 3 quarters lie close to the upper limit of 42.6."),
    ],
)
def test_each_sign_is_said_in_a_sentence(after: list[float], sentence: str) -> None:
    """Computed from the chart, for the latest figure."""
    assert sentence == verdict_of([*USUAL, *after]).sentence


def test_an_earlier_sign_is_no_news() -> None:
    """What changed a year ago and has settled is marked in the chart and not told as new."""
    assert Change.NONE is verdict_of([*USUAL, 90, 33]).change


def test_a_sign_in_an_earlier_month_of_the_quarter_is_news_and_names_its_month() -> None:
    """A collection brings three months at once; the first of them was out of the ordinary."""
    about = indicator("robberies", frequency="month")
    framework = small_framework(indicators=(about,))
    months = [calendar_month(2024 + (index + 3) // 12, (index + 3) % 12 + 1) for index in range(15)]
    made = [observation(about, month, value) for month, value in zip(months, [*USUAL, 90, 33, 31], strict=True)]
    release = replace(tables(about, [1]), history=tuple(made[:12]), observations=tuple(made[12:]))

    assert "April 2025: 90 is above the upper limit of 42.6." == (
        Card(framework, SeriesTables(framework, release), about).change_said.sentence
    )


def test_a_rare_count_has_no_limits_and_says_why() -> None:
    """A usual range of 0.5 to 3.9 deaths would call one more a change."""
    said = verdict_of([1, 2, 0, 3, 1, 2, 4, 1, 0, 2, 1, 3, 2, 9])

    assert Change.TOO_SOON is said.change
    assert "So few are counted" in said.sentence


def test_the_first_page_says_how_many_signs_chance_alone_would_make() -> None:
    """Reckoned for the charts of this very pack."""
    about = tuple(indicator(f"robberies-{number}") for number in range(30))
    framework = small_framework(indicators=about)
    one = tables(about[0], [*USUAL, *([33] * 8)])
    parts = {
        name: tuple(replace(each, indicator=of.code) for of in about for each in getattr(one, name))
        for name in ("history", "observations")
    }
    series = SeriesTables(framework, replace(one, **parts))
    cards = [Card(framework, series, each) for each in about]

    assert (
        "About 2 such signs would be expected by chance among these 30 charts, even if nothing had changed."
        == by_chance(cards)
    )
    assert "" == by_chance([])


def test_few_figures_are_too_few_to_tell() -> None:
    """However far apart they lie."""
    expected = "Too soon to tell real change from the usual ups and downs: 3 figures, and 13 are needed for limits."

    assert expected == verdict_of([10, 90, 10]).sentence


def test_a_new_definition_begins_the_count_anew() -> None:
    """Thirteen figures, one of them under the new definition."""
    said = verdict_of([*USUAL, 90], definition_version=2, marker=Marker.BREAK, comparable=False)

    assert (
        "Too soon to tell real change from the usual ups and downs: 1 figure since the definition changed, "
        "and 13 are needed for limits."
    ) == said.sentence


def test_rolling_years_are_not_read_for_change() -> None:
    """They share most of their days, so a run of them means nothing."""
    said = verdict_of([*USUAL, 90], indicator("reoffending", frequency="rolling year"))

    assert Change.TOO_SOON is said.change
    assert "shares most of its days" in said.sentence


def test_a_missing_figure_is_said_to_be_missing() -> None:
    """With the period it is missing for."""
    assert "No figure for April to June 2025 (not available)." == verdict_of([*USUAL, None]).sentence


def test_a_hidden_figure_says_why_and_not_how_much() -> None:
    """Its marker is the confidential one."""
    said = verdict_of([*USUAL, 4], value=None, marker=Marker.CONFIDENTIAL).sentence

    assert "No figure for April to June 2025 (hidden, because small counts could point to a person)." == said


def test_a_figure_for_other_days_is_not_compared() -> None:
    """Its own reason is given."""
    why = "It covers June to September 2025; April to June 2025 was asked."
    said = verdict_of([*USUAL, 90], comparable=False, comparable_why=why)

    assert (Change.NOT_COMPARED, f"Not compared with earlier figures. {why}") == (said.change, said.sentence)


def test_a_value_that_stands_in_says_nothing_of_change() -> None:
    """It is last year's."""
    said = verdict_of([*USUAL, 30], period=financial_quarter(2024, 4), stale=True, comparable=False)

    assert said.sentence.startswith("The figure for January to March 2025 stands in")


@pytest.mark.parametrize(
    ("direction", "words"),
    [
        (
            "lower is better",
            "This is a high figure or a rise; lower is better here, so it is not the way the plan hopes for.",
        ),
        (
            "higher is better",
            "This is a high figure or a rise; higher is better here, so it is the way the plan hopes for.",
        ),
        ("depends", "This is a high figure or a rise. By itself that is neither good nor bad here."),
    ],
)
def test_what_a_rise_means_is_said_in_words(direction: str, words: str) -> None:
    """The paper's referrals: a rise may be confidence, awareness, trust, or more incidents."""
    assert words == verdict_of([*USUAL, 90], indicator("referrals", direction=direction)).direction


def test_a_target_within_the_usual_range_is_met_by_chance() -> None:
    """And one beyond it needs a change."""
    about = indicator("robberies", direction="lower is better", target=Target(value=30, source="the plan"))
    hard = about.model_copy(update={"target": Target(value=10)})

    chance = "As things run now it will be met at some times and missed at others, by chance alone."

    assert f"30 (the plan): not met this time. {chance}" in _terms(card_of([*USUAL, 33], about))
    assert "10: not met this time. As things run now it will not be met: it needs a change." in _terms(
        card_of([*USUAL, 33], hard)
    )


@pytest.mark.parametrize(
    ("values", "target", "said"),
    [
        ([*USUAL, 33], 30, "Of 1 target: none is met this time."),
        ([*USUAL, 33], 10, "Of 1 target: none is met this time, 1 will not be met unless something changes."),
        ([*USUAL, 33], 60, "Of 1 target: 1 is met this time."),
        ([*USUAL, None], 30, ""),
    ],
)
def test_the_first_page_counts_the_targets(values: list[float | None], target: float, said: str) -> None:
    """Those that can be judged, those met, and those that no chance can meet as things run now."""
    about = indicator("robberies", direction="lower is better", target=Target(value=target))
    judged = card_of(values, about).aim

    assert judged is not None
    assert said == tally_of_targets([judged])


@pytest.mark.parametrize(
    ("about", "value", "more", "said"),
    [
        ({}, 1234.0, {}, "1,234"),
        ({"unit": "out of", "out_of": 19}, 17.0, {}, "17 of 19"),
        ({"unit": "percentage"}, 23.448, {"numerator": 34.0, "denominator": 145.0}, "23.4% (34 of 145)"),
        ({"unit": "rate", "per": 1000}, 12.34, {}, "12.3 per 1,000"),
        ({}, 12.0, {"marker": Marker.PROVISIONAL}, "12 [p]"),
        ({}, None, {}, "No figure [x]"),
        ({}, 0.0, {}, "0"),
    ],
)
def test_a_figure_is_said_with_its_unit_and_its_marker(
    about: dict[str, object], value: float | None, more: dict[str, object], said: str
) -> None:
    """Nought is a figure; a missing one is not."""
    made = indicator("made", **about)

    assert said == say_figure(made, observation(made, LAST, value, **more))


@pytest.mark.parametrize(
    ("share", "said"), [(1.0, "100%"), (0.997, "over 99%"), (0.845, "85%"), (0.004, "under 1%"), (0.0, "0%")]
)
def test_nearly_all_is_not_all(share: float, said: str) -> None:
    """One figure missing of seven hundred is not a hundred per cent."""
    assert said == say_share(share)


def test_numbers_keep_one_decimal_where_they_have_any() -> None:
    """Rounded in one place for every format."""
    assert ["0", "7", "7.3", "12,345.7", "8"] == [say_number(each) for each in (0, 7.0, 7.25, 12345.67, 7.96)]


def test_the_first_page_says_what_changed_what_is_missing_and_what_is_asked() -> None:
    """In that order, under its own headings."""
    section = _pack("board").sections[0]
    headings = [block.text for block in section.blocks if isinstance(block, Paragraph) and block.kind == "heading"]

    assert "What matters" == section.title
    assert ["Signs of possible change", "What is missing", "What is asked of this board"] == headings


def test_a_board_above_sees_in_one_line_what_the_boards_below_look_at() -> None:
    """The subgroup's eleven indicators, each with its figure and sentence; what shows a sign has its card here."""
    card = next(block for block in _section("board", "below").blocks if isinstance(block, Scorecard))

    assert 11 == len(card.lines)
    assert {True: "indicator", False: ""} == {
        line.sign.kind in CHANGED: line.anchor[:9] for line in card.lines
    }  # the other cards are in the subgroup's own pack


def test_every_gap_has_its_reason_owner_and_date() -> None:
    """A gap without a date says that too."""
    table = next(block for block in _section("streets", "gaps").blocks if isinstance(block, Table))

    assert [
        (
            "Admissions",
            "Health",
            "No answer had come when the collection closed.",
            "Head of safety",
            "no date given yet",
        ),
        (
            "Ambulance calls",
            "Health",
            "The supplier asked for time until 20 August 2025.",
            "Head of safety",
            "20 August 2025",
        ),
    ] == list(table.rows)


def test_the_five_rates_stand_together() -> None:
    """Each with what it is a share of."""
    table = next(block for block in _section("streets", "quality").blocks if isinstance(block, Table))

    assert ["96%", "93%", "71%", "90%", "67%"] == [row[1] for row in table.rows]


def test_a_later_version_tells_what_it_changed() -> None:
    """A first version has nothing to tell."""
    framework = small_framework()
    later = release_tables(framework, version=2, kind="revised", revisions=(revision(framework),))
    pack = next(each for each in board_packs(framework, later) if each.board == "streets")
    table = next(section for section in pack.sections if section.anchor == "revisions").blocks[0]

    assert isinstance(table, Table)
    assert ("17 [p]", "18 [r]", "Version 2: a late return") == table.rows[0][3:]
    assert "revisions" not in {section.anchor for section in _pack("streets").sections}


def test_many_revisions_are_told_totals_first_and_not_all_of_them() -> None:
    """A table of wards that was sent again fills no pages, and its classes bear their titles."""
    framework = small_framework()
    wards = next(each for each in framework.indicators if each.area == "ward" and each.breakdowns)
    category = framework.breakdown[wards.breakdowns[0]].categories[0]
    total = revision(framework)
    part = replace(total, indicator=wards.code, category=category.code)
    later = release_tables(framework, version=2, kind="revised", revisions=(*[part] * 60, total))
    pack = next(each for each in board_packs(framework, later) if each.board == "streets")
    table, more = next(section for section in pack.sections if section.anchor == "revisions").blocks

    assert isinstance(table, Table) and isinstance(more, Paragraph)
    assert "And 21 more: the release’s table of revisions holds them all." == more.text
    assert framework.indicators[0].title == table.rows[0][0]
    assert table.rows[1][1].endswith(f", {category.title}")


def test_coming_meetings_and_submissions_name_the_day_their_papers_leave() -> None:
    """Five clear working days before: the bank holiday of 25 August counts for none."""
    table = next(block for block in _section("board", "coming").blocks if isinstance(block, Table))

    assert [
        ("11 August 2025", "Streets Subgroup (meeting)", "1 August 2025"),
        ("14 August 2025", "The Board (meeting)", "6 August 2025"),
        ("29 August 2025", "The Office (submission)", "20 August 2025"),
        ("13 November 2025", "The Board (meeting)", "5 November 2025"),
    ] == [tuple(row[cell].replace("\u00a0", " ") for cell in (0, 1, 3)) for row in table.rows]


def test_what_is_owed_outward_stands_among_what_comes_and_an_outside_reader_sees_its_own_alone() -> None:
    """Its next day, earliest first; a board that reports to none sees all."""
    days = (date(2025, 7, 1), date(2025, 8, 20), date(2026, 2, 20))
    ours = Submission(code="ours", title="A return", to="The Office", board="office", owed_on=days)
    theirs = ours.model_copy(update={"code": "theirs", "title": "A letter", "board": "board"})
    house = small_framework(submissions=(ours, theirs))

    def coming(board: str) -> list[tuple[str, ...]]:
        blocks = coming_section(house, house.board[board], date(2025, 8, 5)).blocks
        rows = (row for block in blocks if isinstance(block, Table) for row in block.rows)
        return [row for row in rows if row[2].startswith("A ")]

    day = "20\u00a0August\u00a02025"
    assert [
        (day, "The Office (submission)", "A letter", day), (day, "The Office (submission)", "A return", day),
    ] == coming("board")  # fmt: skip
    assert [(day, "The Office (submission)", "A return", day)] == coming("office")


def test_wards_stand_by_name_and_the_borough_last() -> None:
    """Whatever their codes or figures: there is no league table."""
    annex = _section("streets", "figures-crime-by-ward")
    table = [block for block in annex.blocks if isinstance(block, Table)][-1]

    assert ["Abbey", "Bridge", "Castle", "Somewhere (whole borough)"] == [row[0] for row in table.rows]
    assert ("Area", "Weapons", "Drugs", "Other", "Total") == table.columns


def test_cards_hold_messages_and_the_annex_their_tables() -> None:
    """Whoever reads for what matters meets no table of figures before the annex, and every card leads to its own."""
    sections = _pack("streets").sections
    cards = [each for each in sections if each.kind == "card"]
    behind = [each for each in sections if each.kind == "figures"]

    assert not [block for card in cards for block in card.blocks if isinstance(block, Table)]
    assert {each.anchor for each in behind} == {
        block.anchor for card in cards for block in card.blocks if isinstance(block, Link)
    }
    assert all(isinstance(each.blocks[0], Table) for each in behind)


def test_a_change_without_commentary_is_asked_about() -> None:
    """A supplier who has said why is not asked again what lies behind it."""
    told = card_of([*USUAL, 90], commentary="An operation in May.")

    asked = ("Police", "What lies behind this change?")

    assert asked in list(questions(card_of([*USUAL, 90])))
    assert asked not in list(questions(told))


def test_a_supplier_whom_no_agreement_lets_us_ask_is_asked_nothing() -> None:
    """The owner of the gap is: nobody chases a partner for what is under review."""
    gap = Gap("robberies", "police", "the agreement is under review", "Head of safety", None)
    card = card_of([*USUAL, None])
    with_gap = replace(card, series=SeriesTables(card.framework, replace(card.series.tables, gaps=(gap,))))

    assert [("Head of safety", "When will an agreement let it be asked for, and what stands in the way?")] == list(
        questions(with_gap)
    )


def test_what_changed_has_its_card_before_the_annex() -> None:
    """Every indicator has one card and one line, and the line leads to the card."""
    sections = _pack("streets").sections
    places = [each.anchor for each in sections]
    cards = {each.anchor: places.index(each.anchor) for each in sections if each.kind == "card"}
    lines = next(block.lines for block in _section("streets", "scorecard").blocks if isinstance(block, Scorecard))
    before = {anchor for anchor, place in cards.items() if place < places.index("annex-cards")}

    assert 11 == len(lines) == len(cards)
    assert set(cards) == {line.anchor for line in lines}
    assert {"indicator-referrals", "indicator-ward-panels"} <= before
    assert {"indicator-robberies", "indicator-admissions"}.isdisjoint(before)  # the part on gaps tells of the latter


def test_an_indicator_that_is_not_due_is_not_missing() -> None:
    """Deaths are told once a year: in the other quarters the latest year's figure is named."""
    about = indicator("deaths", frequency="financial year")
    framework = small_framework(indicators=(about,))
    release = tables(about, [1])
    year = observation(about, Period(date(2023, 4, 1), date(2024, 3, 31)), 22)
    card = Card(framework, SeriesTables(framework, replace(release, history=(year,), observations=())), about)

    assert ("Not due", Change.NOT_DUE) == (card.figure, card.change_said.change)
    assert (
        "It was not due in this collection; the latest is 22, for April 2023 to March 2024."
        == card.change_said.sentence
    )


def test_a_hidden_figure_is_no_missing_one() -> None:
    """It came, and is kept back: no card of it is put before a board as if something were wrong."""
    card = card_of([*USUAL, 4], value=None, marker=Marker.CONFIDENTIAL)

    assert (Change.HIDDEN, False) == (card.change_said.change, card.notable)


def test_a_caveat_or_question_that_several_indicators_share_stands_once() -> None:
    """With all of them."""
    about = [indicator(code, caveats=("Rounded to the nearest 5.",)) for code in ("robberies", "thefts")]
    framework = small_framework(indicators=tuple(about))
    series = SeriesTables(framework, tables(about[0], [*USUAL, 90]))
    section = caveats_section([Card(framework, series, each) for each in about])

    assert "Rounded to the nearest 5. (Robberies; Thefts)" == _words(section)


def test_a_board_without_indicators_gets_a_pack_that_says_so() -> None:
    """It still has its meetings and how to read the charts."""
    assert "No indicator is reported to this board." in _words(_pack("office").sections[0])


def test_nothing_of_a_hidden_value_is_anywhere() -> None:
    """The tables hold no hidden value, so this looks for a difference that would give one away."""
    about = indicator("robberies")
    framework = small_framework(indicators=(about,))
    hidden = tables(about, [*USUAL, 4], value=None, marker=Marker.CONFIDENTIAL)
    packs = board_packs(framework, hidden)

    assert all("[c]" in _words(section) for section in packs[1].sections if section.kind == "card")


def test_a_gap_is_told_on_its_card() -> None:
    """Why, when, and whose it is."""
    card = card_of([*USUAL, None])
    gap = Gap("robberies", "police", "a return came and was sent back", "Head of safety", date(2025, 9, 1))
    with_gap = replace(card, series=SeriesTables(card.framework, replace(card.series.tables, gaps=(gap,))))
    said = "Missing: a return came and was sent back. It is expected by 1 September 2025; its owner is Head of safety."

    assert said in _words(with_gap.section)


def test_the_period_really_covered_is_told_where_another_was_asked() -> None:
    """June to September is four months."""
    covered = Period(date(2025, 6, 1), date(2025, 9, 30))
    card = card_of([*USUAL, 90], period=covered, comparable=False, comparable_why="It covers other days.")

    assert "June to September 2025, where April to June 2025 was asked." == card.covers


def _framework_and_release() -> tuple[Framework, ReleaseTables]:
    framework = small_framework()
    return framework, release_tables(framework)


def _pack(board: str) -> Pack:
    return next(each for each in board_packs(*_framework_and_release()) if each.board == board)


def _section(board: str, anchor: str) -> Section:
    return next(each for each in _pack(board).sections if each.anchor == anchor)


def _words(section: Section) -> str:
    said = []
    for block in section.blocks:
        match block:
            case Paragraph(text):
                said.append(text)
            case Bullets(items):
                said += [item.words for item in items]
            case Table(_, _, rows):
                said += [cell for row in rows for cell in row]
    return "\n".join(said)


def _terms(card: Card) -> list[str]:
    return [
        text
        for block in card.section.blocks
        if hasattr(block, "rows") and not isinstance(block, Table)
        for _, text in block.rows
    ]


def test_the_printed_pack_of_every_board_leads_nowhere_that_is_not_printed(streets: Framework) -> None:
    """Annexes are read on the page; no line of the body points at them on paper."""
    for pack in board_packs(streets, release_tables(streets)):
        paper = on_paper(pack)
        there = {section.anchor for section in paper.sections}
        blocks = [block for section in paper.sections for block in section.blocks]
        led = {block.anchor for block in blocks if isinstance(block, Link)}
        led |= {item.anchor for block in blocks if isinstance(block, Bullets) for item in block.items}
        led |= {row.anchor for block in blocks if isinstance(block, Glances) for row in block.rows}
        led |= {line.anchor for block in blocks if isinstance(block, Scorecard) for line in block.lines}

        assert led - {""} <= there
        assert not any(section.kind in ("annex", "figures") for section in paper.sections)


def test_a_large_board_has_fifteen_slides_at_most_and_eight_cards_in_print() -> None:
    """Sixty indicators of which all show a sign: the strongest are told, and how many more there are."""
    about = tuple(indicator(f"robberies-{number}") for number in range(60))
    framework = small_framework(indicators=about)
    one = tables(about[0], [*USUAL, 90])
    parts = {
        name: tuple(replace(each, indicator=of.code) for of in about for each in getattr(one, name))
        for name in ("history", "observations")
    }
    pack = next(each for each in board_packs(framework, replace(one, **parts)) if each.board == "streets")

    assert len(pack.slides) < 15  # the first has the name of the board
    assert 8 == sum(section.kind == "card" for section in on_paper(pack).sections)
    assert any("And 56 more" in line for slide in pack.slides for line in slide.lines)
