"""Attacks on real releases, by hand: what a reader gets by plain arithmetic from everything that was published."""

import csv
import io
from dataclasses import replace
from datetime import date, timedelta

import pytest

from quarterday.domain.facts import FiguresBackfilled, ReplyKind, ReplyReceived
from quarterday.domain.figures.assembling import NIL_RETURN
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.indicators import Disclosure
from quarterday.domain.framework.periods import Period, financial_quarter
from quarterday.domain.rulings.release_rulings import read_words
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.publishing.candidate import prepare
from quarterday.publishing.disclosure.risk import DisclosureRiskError
from quarterday.publishing.missing import WHY_UNREAD
from quarterday.publishing.release import make_release, release_files
from quarterday.publishing.words import LEFT_OUT, UNREAD
from tests.publishing.dataset_example import BOROUGH, DETECTED, FIRES, Q1, Q4, THEFTS, framework
from tests.publishing.installation_example import COLLECTION, Office, office, publish, row, ward_rows

APRIL, MAY = Period(date(2025, 4, 1), date(2025, 4, 30)), Period(date(2025, 5, 1), date(2025, 5, 31))
KINDS = THEFTS.model_copy(update={"area": "borough", "ask_total": True})


@pytest.fixture
def opened(tmp_path, monkeypatch):
    """Opens a collection with these indicators; packs are of a line each."""
    monkeypatch.setattr("quarterday.publishing.release.build_packs", lambda *said: {"packs/board.html": b"<p>x</p>"})

    def of(*indicators) -> Office:
        found = office(tmp_path, framework(*indicators))
        found.opened()
        return found

    return of


def kind(code: str, value: float | None, **more: object):
    """A row of thefts of one kind."""
    return row("thefts", value, breakdown="kind", category=code, **more)


def released(found: Office, version: int = 1, table: str = "observations") -> list[dict[str, str]]:
    """What a version says."""
    fact = make_release(found.installation, publish(version))
    data = found.installation.stores.published.get(f"{fact.folder}/{table}.csv")
    return list(csv.DictReader(io.StringIO(data.decode())))


def told(rows: list[dict[str, str]]) -> dict[tuple[str, str, str], str]:
    """Each figure as a reader sees it, by category and days."""
    return {(r["category"], r["period_start"], r["period_end"]): r["value"] or r["marker"] for r in rows}


def test_month_is_not_given_back_by_a_quarter_with_a_month_missing(opened):
    """33 in the quarter less 30 in May leaves 3 at most for April, whether or not June came."""
    found = opened(FIRES.model_copy(update={"frequency": "month"}))
    found.returned("fire", [row(value=3, period=APRIL), row(value=30, period=MAY), row(value=33, period=Q1)])
    seen = told(released(found))

    assert "[c]" == seen["", "2025-04-01", "2025-04-30"] == seen["", "2025-05-01", "2025-05-31"]


def test_months_of_one_version_and_the_quarter_of_the_next_are_taken_together(opened):
    """Version 1 told May and hid April; version 2 replaces both by a quarter that would give April back."""
    found = opened(FIRES)
    found.returned("fire", [row(value=3, period=APRIL), row(value=30, period=MAY)])
    first = told(released(found))
    found.returned("fire", [row(value=33)])
    second = told(released(found, 2))

    assert ("[c]", "30") == (first["", "2025-04-01", "2025-04-30"], first["", "2025-05-01", "2025-05-31"])
    assert "[c]" == second["", "2025-04-01", "2025-06-30"]


def test_class_that_nobody_sent_is_not_told_by_what_is_left_of_the_total(opened):
    """100 in all and 97 of one kind would tell that the other kinds have 3."""
    found = opened(KINDS)
    found.returned("police", [row("thefts", 100), kind("shop", 97)])
    seen = {category: value for (category, *_), value in told(released(found)).items()}

    assert ("100", "[c]", "[x]") == (seen[""], seen["shop"], seen["bicycle"])


def test_class_that_the_supplier_hid_is_not_given_back(opened):
    """A supplier's own “fewer than 5” beside its total and the other kinds would be 100 - 67 - 30."""
    found = opened(KINDS)
    hidden = kind("bicycle", None, marker=Marker.CONFIDENTIAL)
    found.returned("police", [row("thefts", 100), kind("shop", 67), kind("vehicle", 30), hidden])
    seen = {category: value for (category, *_), value in told(released(found)).items()}

    assert "[c]" == seen["bicycle"]
    assert "[c]" in (seen[""], seen["shop"], seen["vehicle"])


def test_two_rates_of_one_whole_hide_it_alike(opened):
    """The number of offences that one rate hides for another's sake is not read off a second rate of them."""
    detected = DETECTED.model_copy(update={"breakdowns": ("kind",)})
    charged = detected.model_copy(update={"code": "charged", "title": "Charged", "numerator": "Charges"})
    found = opened(detected, charged)
    few = [(20, 90, ""), (1, 3, "bicycle"), (9, 40, "shop"), (10, 47, "vehicle")]
    many = [(70, 90, ""), (1, 3, "bicycle"), (29, 40, "shop"), (40, 47, "vehicle")]
    found.returned(
        "police",
        [
            row(code, None, numerator=above, denominator=below, breakdown=bool(category) * "kind", category=category)
            for code, parts in (("detected", few), ("charged", many))
            for above, below, category in parts
        ],
    )
    shown = {(r["indicator"], r["category"]): r["denominator"] for r in released(found)}

    assert all(shown["detected", each] == shown["charged", each] for each in ("", "bicycle", "shop", "vehicle"))
    assert "" in (shown["charged", ""], shown["charged", "shop"], shown["charged", "vehicle"])


def test_open_rate_that_tells_a_hidden_count_stops_the_release(opened):
    """Config hides a count and publishes it as the whole of an open rate: nothing could hide it there."""
    share = DETECTED.model_copy(
        update={"code": "share", "title": "Share", "denominator": "Fires", "disclosure": Disclosure(rule="none")}
    )
    found = opened(FIRES, share)
    found.returned("fire", [row(value=3)])
    found.returned("police", [row("share", None, numerator=1, denominator=3)])

    with pytest.raises(DisclosureRiskError, match=r"fires in E09000099 .* whose rule is “none”"):
        make_release(found.installation, publish())


def test_words_beside_this_quarters_figure_do_not_tell_last_quarters(opened):
    """“Last quarter only 3” is left out where last quarter's figure is hidden, and a caveat says so."""
    found = opened(FIRES)
    found.opened("somewhere.2024-25-q4", Q4)
    found.returned("fire", [row(value=3)], collection="somewhere.2024-25-q4")
    found.returned("fire", [row(value=40, comment="Last quarter only 3, a couple by day, the third by night.")])
    (now,) = released(found)

    assert "" == now["commentary"]
    assert UNREAD in now["caveats"]


@pytest.mark.parametrize(
    "said",
    ["It has doubled.", "The same as last quarter.", "A lone case.", "Pairs of brothers.", "Threefold since May."],
)
def test_words_without_a_number_tell_as_much_and_wait_for_an_officer(opened, said):
    """No list of number words is long enough, so words beside what is hidden are read first."""
    found = opened(FIRES)
    found.returned("fire", [row(value=3, comment=said)])

    assert "" == released(found)[0]["commentary"]


@pytest.mark.parametrize(("publish", "words"), [(True, "The same as ever."), (False, "")])
def test_words_that_an_officer_has_read_are_published_or_not_as_the_officer_says(opened, publish, words):
    """The reading is a decision on record; the latest holds."""
    found = opened(FIRES)
    received = found.returned("fire", [row(value=3, comment="The same as ever.")])
    facts = found.installation.facts()
    ruling = Ruling("jo", "tells nothing", found.installation.now())
    for may in (not publish, publish):
        found.installation.register.append_new(
            read_words(
                found.installation.framework,
                facts,
                replace(ruling, at=ruling.at + timedelta(minutes=may == publish)),
                partner_return=received,
                indicator="fires",
                publish=may,
            )
        )

    assert words == released(found)[0]["commentary"]


@pytest.mark.parametrize("said", ["So says Mr Unwin.", "Ring 020 7946 0018.", "The boy born on 3 April 2011."])
def test_words_about_a_person_are_not_published(opened, said):
    """What was typed into a page is read by nobody before it is published: words that name somebody are left out."""
    found = opened(FIRES, DETECTED)
    found.returned("fire", [], nil=True, reason=said)
    found.record(
        ReplyReceived(
            at=found.now(),
            by="police/contact",
            partnership="somewhere",
            request=f"{COLLECTION}.police",
            reply="A1",
            kind=ReplyKind.NOT_AVAILABLE,
            indicators=("detected",),
            reason=said,
        )
    )
    fires = next(each for each in released(found) if each["indicator"] == "fires")
    (gap,) = released(found, table="gaps")

    assert ("", f"{NIL_RETURN} | {LEFT_OUT}") == (fires["commentary"], fires["caveats"])
    assert f"the supplier says that it is not available. {LEFT_OUT}" == f"{gap['why']}."


def why_detected_is_missing(found, *, small: int, version: int = 1) -> str:
    """What a release says of the share that the police does not have; so many thefts in Kent Road are beside it."""
    if version == 1:
        found.returned("police", ward_rows([[small, 40, 40], [40, 40, 40], [40, 40, 40]]))
        found.record(
            ReplyReceived(
                at=found.now(), by="police/contact", partnership="somewhere", request=f"{COLLECTION}.police",
                reply="A1", kind=ReplyKind.NOT_AVAILABLE, indicators=("detected",), reason="Only the other family.",
            )
        )  # fmt: skip
    return next(each["why"] for each in released(found, version, table="gaps") if each["indicator"] == "detected")


@pytest.mark.parametrize("small", [3, 40])
def test_the_reason_of_a_gap_waits_for_an_officer_where_its_supplier_hides_something(opened, small):
    """No list knows such a phrase; where nothing is hidden it is published at once, and once read in any case."""
    found = opened(THEFTS, DETECTED)
    before = why_detected_is_missing(found, small=small)
    ruling = Ruling("jo", "tells nothing", found.installation.now())
    house, facts = found.installation.framework, found.installation.facts()
    found.installation.register.append_new(
        read_words(house, facts, ruling, partner_return="A1", indicator="detected", publish=True)
    )

    said = "the supplier says that it is not available: Only the other family."
    waits = f"the supplier says that it is not available. {WHY_UNREAD}"
    assert (waits if small == 3 else said, said) == (before, why_detected_is_missing(found, small=small, version=2))


def test_hash_of_a_file_is_not_told_where_its_hidden_counts_could_be_tried_out(opened):
    """A typed form is a file that anyone can write again, but for the hidden count: its hash would confirm a guess."""
    found = opened(FIRES, FIRES.model_copy(update={"code": "alarms", "title": "Alarms"}))
    found.returned("fire", [row(value=3), row("alarms", 40)], sha256="cd" * 32)
    first = released(found)
    found.returned("fire", [row(value=30)], sha256="ef" * 32)
    second = {each["indicator"]: each["source_sha256"] for each in released(found, 2)}

    assert ["", ""] == [each["source_sha256"] for each in first]
    assert {"alarms": "", "fires": "ef" * 32} == second


def test_source_of_earlier_figures_does_not_bear_their_hash(opened):
    """Figures brought in from a file are said to come of the first or second such file, and of which line."""
    found = opened(FIRES)
    backfilled(found, [3])
    (earlier,) = released(found, table="history")

    assert ("backfill 1", "line 2", "", "[c]") == tuple(
        earlier[name] for name in ("source_return", "source_cells", "source_sha256", "marker")
    )


def backfilled(found: Office, values) -> None:
    """Bring in fires of the quarters up to January to March 2025, the oldest first."""
    quarters = [financial_quarter(year, number) for year in range(2020, 2025) for number in (1, 2, 3, 4)]
    lines = (
        f"fires,{BOROUGH},{quarter.start},{quarter.end},{value}\n"
        for quarter, value in zip(quarters[-len(values) :], values, strict=True)
    )
    data = "".join(["indicator,area_code,period_start,period_end,value\n", *lines]).encode()
    stored = found.installation.stores.raw.put("backfill/earlier.csv", data)
    found.record(
        FiguresBackfilled(
            at=found.now(), by="jo", partnership="somewhere", stored_as=stored.name, sha256=stored.sha256, rows=1
        )
    )


def test_what_is_hidden_changes_no_byte_of_any_file(tmp_path):
    """Of two truths that agree in all that is shown, every file is the same: tables, packs, charts, words, axes, means.

    So nothing of a release can tell them apart, in whatever way it is read.
    """
    files = []
    for number, shift in enumerate((0, 1)):
        found = office(tmp_path / str(number), framework(THEFTS, FIRES))
        backfilled(found, [31, 29, 40, 35, 28, 33, 3 - shift, 36, 30, 41, 27, 38, 34, 32])
        found.opened()
        rows = ward_rows(((12, 3, 20), (9, 15, 30), (25, 18, 40)))
        tables = prepare(_answered(found, rows), publish()).tables
        hidden = {(each.area_code, each.category) for each in tables.observations if each.marker == "[c]"}
        found.returned("police", [_shifted(each, hidden, shift) for each in rows])
        tables = prepare(found.installation, publish()).tables
        files.append(release_files(found.installation.framework, tables, ["html"]))

    assert 4 == len(hidden)
    assert b"usual range" in files[0]["packs/board.html"]
    assert [] == [name for name in files[0] if files[0][name] != files[1][name]]


def _answered(found: Office, rows):
    found.returned("police", rows)
    found.returned("fire", [row(value=41)])
    return found.installation


def _shifted(each, hidden, shift: int):
    """The hidden cells moved around their square, up and down in turn, so that every shown sum stays."""
    square = sorted(place for place in hidden)
    place = each.area_code, each.category
    if place not in square:
        return each
    up = square.index(place) in (0, 3)
    return replace(each, value=each.value + (shift if up else -shift))
