"""What a release and its packs tell of asks: what was decided last time, what is asked now, and no level too soon."""

import csv
import io
import json
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterday.domain.asks.wording import Worded, reading_of
from quarterday.domain.facts import (
    ActionState,
    BoardAnswer,
    BoardSaid,
    CollectionOpened,
    Fact,
    Facts,
    ReleaseKind,
    ReleaseMade,
)
from quarterday.domain.framework.partners import FirstAsk
from quarterday.domain.rulings.release_rulings import read_words
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.domain.rulings.words_named import words_named
from quarterday.publishing.asks import Followed, followed
from quarterday.publishing.data_package import data_package
from quarterday.publishing.pack.board import board_pack
from quarterday.publishing.pack.model import Pack, Table, Terms
from quarterday.publishing.rows import tables_of
from quarterday.publishing.table_files import to_csv
from quarterday.publishing.tables import ReleaseTables
from quarterday.publishing.verify import _ask_problems
from quarterday.publishing.words import WRITER_LEFT_OUT, WRITER_UNREAD
from quarterday.publishing.workbook import workbook
from tests.domain.activities_example import COLLECTION
from tests.domain.asks_example import SHARING, action_set, action_told, answered, at, following, raised, withdrawn
from tests.publishing.pack_frameworks import small_framework
from tests.publishing.pack_release import release_tables

HOUSE = following()
NEXT = "somewhere.2025-26-q2"
WHO = {"by": "quarterday", "partnership": "somewhere"}
OPENED = CollectionOpened(
    collection=COLLECTION, period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), at=at(date(2025, 6, 26)), **WHO
)
OPENED_NEXT = replace(
    OPENED, collection=NEXT, period_start=date(2025, 7, 1), period_end=date(2025, 9, 30), at=at(date(2025, 9, 25))
)
RELEASED = ReleaseMade(
    collection=COLLECTION,
    version=1,
    kind=ReleaseKind.PROVISIONAL,
    folder="f",
    manifest_sha256="0",
    returns=(),
    at=datetime(2025, 7, 24, 9, tzinfo=UTC),
    **WHO,
)
PASSED_ON = answered(date(2025, 8, 14), "operational", BoardAnswer.PASSED_ON, for_readers="It needs every partner.")
DECIDED = answered(date(2025, 9, 4), "top", BoardAnswer.DECIDED, for_readers="Ten working days, for all.")
ACTION = replace(action_set(date(2025, 9, 4), "police", date(2025, 10, 15)), board="top", ask="A-1")


def tables(
    collection: str, *facts: Fact, day: date = date(2025, 10, 30), hiding: tuple[str, ...] = ()
) -> ReleaseTables:
    """A release of a collection, from these facts."""
    told = followed(HOUSE, Facts([OPENED, OPENED_NEXT, RELEASED, *facts]), collection, day, hiding)
    parts = {"asks": told.asks, "actions": told.actions, "words_upward": told.words_upward, "made_on": day}
    return release_tables(small_framework(), observations=(), history=(), gaps=(), coverage=(), **parts)


def pack(board: str, made: ReleaseTables) -> Pack:
    """One board's pack."""
    return board_pack(HOUSE, made, HOUSE.board[board], {})


@pytest.fixture(autouse=True)
def _without_cards(monkeypatch: pytest.MonkeyPatch) -> None:
    """No figures: what is told here is told beside them."""
    monkeypatch.setattr("quarterday.publishing.pack.board._cards", lambda *_: [])


def words(made: Pack, anchor: str) -> str:
    """The words of a part of a pack; empty where it has none."""
    found: list[str] = []
    for section in made.sections:
        if section.anchor == anchor:
            for block in section.blocks:
                rows = block.rows if isinstance(block, Table | Terms) else ((getattr(block, "text", ""),),)
                found += [" ".join(map(str, row)) for row in rows]
    return " ".join(found)


def test_a_pack_begins_with_last_time_and_then_what_is_asked_now() -> None:
    """Before the figures: the ask with its options, what follows otherwise and its paper trail."""
    ask = raised(
        date(2025, 7, 10), consequence="Figures stay old.", options="One time; or as it is.", by_when=date(2025, 9, 1)
    )
    made = pack("operational", tables(COLLECTION, ask))

    assert ["last-time", "asked-now", "ask-A-1", "what-matters"] == [each.anchor for each in made.sections[:4]]
    card = words(made, "ask-A-1")
    assert "Asked by Streets" in card and "Needed by 1 September 2025" in card
    assert "If nothing is done Figures stay old." in card and "Options One time; or as it is." in card
    assert "Paper trail Raised on 10 July 2025 by Streets (A-1)." in card


def test_the_level_above_sees_nothing_before_it_is_passed_on() -> None:
    """Not in its pack, and not in the release's tables."""
    made = tables(COLLECTION, raised(date(2025, 7, 10)))

    assert SHARING not in str(pack("top", made).sections)
    assert "asks" not in {each.name for each in tables_of(HOUSE, made)}


def test_what_was_passed_on_is_told_in_both_packs() -> None:
    """Below as an answer of last time, above as what is asked now, with the trail."""
    made = tables(NEXT, raised(date(2025, 7, 10)), PASSED_ON)

    assert "Passed on to Top. It needs every partner. It lies before Top." in words(
        pack("operational", made), "last-time"
    )
    assert "Operational, 14 August 2025: Passed on to Top." in words(pack("top", made), "ask-A-1")


def test_what_was_decided_is_gone_from_the_next_pack_and_told_in_it() -> None:
    """With the action that followed, and what its owner said; whoever asked reads it too."""
    done = action_told(date(2025, 10, 10), ActionState.DONE, said="All have signed.")
    made = tables(NEXT, raised(date(2025, 7, 10)), PASSED_ON, DECIDED, ACTION, done)

    top, streets = pack("top", made), pack("streets", made)
    assert "Nothing lies before this board." == words(top, "asked-now")
    assert (
        "Decided. Ten working days, for all. Write it down. Done, told on 10 October 2025. All have signed."
        in words(top, "last-time")
    )
    assert "Answered by Top" in words(streets, "asked-by-you") and "Ten working days" in words(streets, "asked-by-you")


def test_what_was_withdrawn_is_gone_from_what_is_asked_and_told_with_the_reason() -> None:
    """Of the board before which it lay, of the one that passed it on, and of whoever asked; the table knows it."""
    made = tables(NEXT, raised(date(2025, 7, 10)), PASSED_ON, withdrawn(date(2025, 8, 20)))
    top, operational, streets = (pack(board, made) for board in ("top", "operational", "streets"))

    why = "Withdrawn on 20 August 2025. It is solved."
    assert "Nothing lies before this board." == words(top, "asked-now")
    assert f"{SHARING} Streets {why}" in words(top, "last-time")
    assert 1 == words(operational, "last-time").count(why)
    assert f"{SHARING} Withdrawn Operational, 14 August 2025" in words(streets, "asked-by-you")
    (row,) = csv.DictReader(io.StringIO(csv_of(made)["asks.csv"].decode("utf-8-sig")))
    assert ("withdrawn", "2025-08-20", "It is solved.") == (row["state"], row["withdrawn_on"], row["withdrawn_why"])


def test_what_no_board_answered_before_it_was_withdrawn_is_told_to_its_board_alone() -> None:
    """No level above ever saw it: it is in no table; the next quarter's packs tell of it no more."""
    facts = raised(date(2025, 7, 10)), withdrawn(date(2025, 7, 20))
    made, later = tables(COLLECTION, *facts), tables(NEXT, *facts)

    assert "Withdrawn on 20 July 2025. It is solved." in words(pack("operational", made), "last-time")
    assert SHARING not in str(pack("top", made).sections)
    assert "asks.csv" not in csv_of(made)
    assert SHARING not in str(pack("operational", later).sections)


def csv_of(made: ReleaseTables) -> dict[str, bytes]:
    """The release's tables as files."""
    return {f"{each.name}.csv": to_csv(each) for each in tables_of(HOUSE, made)}


def test_an_answer_is_told_once() -> None:
    """The pack of the quarter before does not tell it, however late its revision; nor does the one after next."""
    facts = [raised(date(2025, 7, 10)), PASSED_ON, DECIDED]
    released_next = replace(RELEASED, collection=NEXT, at=at(date(2025, 10, 30)))
    third = replace(
        OPENED, collection="somewhere.2025-26-q3", period_start=date(2025, 10, 1), period_end=date(2025, 12, 31)
    )
    told = []
    for code, more in ((COLLECTION, []), (NEXT, []), (third.collection, [third, released_next])):
        known = Facts([OPENED, OPENED_NEXT, RELEASED, *more, *facts])
        (ask,) = followed(HOUSE, known, code, date(2026, 2, 1), ()).asks
        told.append([each.new for each in ask.answers])

    assert [[False, False], [True, True], [False, False]] == told


def test_an_overdue_action_says_so_until_it_is_done() -> None:
    """Its day has passed and nobody has told."""
    made = pack("top", tables(NEXT, raised(date(2025, 7, 10)), PASSED_ON, DECIDED, ACTION))

    assert "Police 15 October 2025 Nothing told, overdue." in words(made, "last-time")


def test_what_a_board_says_upward_stands_in_the_pack_above() -> None:
    """In that board's own name, and nowhere else."""
    said = BoardSaid(
        board="streets", meeting=date(2025, 8, 4), words="It is confidence.", at=at(date(2025, 8, 5)), **WHO
    )
    made = tables(NEXT, said)

    assert ["It is confidence.", "", ""] == [
        words(pack(board, made), "from-below-in-words") for board in ("operational", "top", "streets")
    ]


def test_what_a_subgroup_said_for_the_papers_is_told_in_its_own_quarter_and_in_no_other() -> None:
    """On the day on which the papers leave; once a release of that quarter bears it, the next tells it no more."""
    said = BoardSaid(
        board="streets", meeting=date(2025, 8, 4), words="It is confidence.", at=at(date(2025, 8, 5)), **WHO
    )
    bears = replace(RELEASED, version=2, at=at(date(2025, 8, 6)), returns=(said.key,))
    known = Facts([OPENED, OPENED_NEXT, RELEASED, said])

    assert [[], ["It is confidence."]] == [
        [each.words for each in followed(HOUSE, known, COLLECTION, day, ()).words_upward]
        for day in (date(2025, 8, 5), date(2025, 8, 6))
    ]
    assert () == followed(HOUSE, known.plus(bears), NEXT, date(2025, 11, 1), ()).words_upward


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.dates(date(2025, 8, 4), date(2025, 10, 29)))
def test_whenever_a_subgroup_says_it_it_is_told_in_the_packs_of_one_quarter(day: date) -> None:
    """By the day of the papers in its own quarter's next version, later in the next quarter's first: never lost."""
    said = BoardSaid(board="streets", meeting=date(2025, 8, 4), words="It is confidence.", at=at(day), **WHO)
    papers = date(2025, 8, 6)
    versions = [replace(RELEASED, version=2, at=at(papers), returns=(said.key,))] if day <= papers else []
    next_one = replace(RELEASED, collection=NEXT, at=at(date(2025, 10, 30)))
    known = Facts([OPENED, OPENED_NEXT, RELEASED, *versions, next_one, said])
    made = [(COLLECTION, papers)] * len(versions) + [(NEXT, date(2025, 10, 30))]

    assert 1 == sum(len(followed(HOUSE, known, code, on, ()).words_upward) for code, on in made)


FIRES = ("deliberate-fires",)
SAID = "The other family moved."  # a phrase that no list of telling phrases knows


def test_words_about_a_person_are_left_out() -> None:
    """A name is in no release, whoever wrote it."""
    (ask,) = tables(COLLECTION, raised(date(2025, 7, 10), what="Help for Margaret Thompson.")).asks

    assert WRITER_LEFT_OUT == ask.what


def written() -> tuple[Worded, ...]:
    """The same words in every place where a board, an asker or an owner may write any, and by none of the officers."""
    ask = raised(date(2025, 7, 10), by="streets/lead", what=SAID, consequence=SAID, options=SAID)
    answer = answered(date(2025, 8, 14), "operational", BoardAnswer.DECIDED, for_readers=SAID)
    action = replace(ACTION, what=SAID, board="operational", by="operational/lead")
    upward = BoardSaid(
        board="streets", meeting=date(2025, 8, 4), words=SAID, at=at(date(2025, 8, 5)),
        **{**WHO, "by": "streets/lead"},
    )  # fmt: skip
    return ask, answer, action, action_told(date(2025, 10, 10), ActionState.DONE, said=SAID), upward


def every_word(told: Followed) -> list[str]:
    """What a release says in those places."""
    asked = [text for each in told.asks for text in (each.what, each.consequence, each.options)]
    asked += [answer.for_readers for each in told.asks for answer in each.answers]
    asked += [text for each in told.actions for text in (each.what, each.said)]
    return asked + [each.words for each in told.words_upward]


def test_words_wait_for_an_officer_where_something_is_hidden_and_nowhere_else() -> None:
    """Each of them, and each is named; once read they are published, in the next quarter's release as well."""
    facts = Facts([OPENED, OPENED_NEXT, RELEASED, *written()])
    waiting = followed(HOUSE, facts, NEXT, date(2025, 10, 30), FIRES)
    free = followed(HOUSE, facts, NEXT, date(2025, 10, 30), ("unheard-of",))
    some, *others = waiting.unread
    read = followed(HOUSE, facts, NEXT, date(2025, 10, 30), FIRES, {each[:2] for each in others})

    assert [WRITER_UNREAD] * 7 == every_word(waiting)
    assert "What Streets asked of Operational on 10 July 2025 (help)" == some[2]
    assert not any(SAID in each[2] for each in waiting.unread)  # a title shows nothing of what waits
    assert [reading_of(each) for each in written()] == [each[:2] for each in waiting.unread]
    assert ([SAID] * 7, ()) == (every_word(free), free.unread)
    assert ([WRITER_UNREAD] * 3 + [SAID] * 4, (some,)) == (every_word(read), read.unread)


def test_what_a_reading_names_is_found_again() -> None:
    """By the fact's key and the ask, action or board; an officer says that it may be published."""
    facts = Facts([OPENED, *written()])
    for fact in written():
        reference, on = reading_of(fact)
        named = words_named(facts, reference, on)
        ruling = Ruling("jo", "It tells nothing.", at(date(2025, 10, 11)))
        ruled = read_words(HOUSE, facts, ruling, partner_return=reference, indicator=on, publish=True)

        assert named and {SAID} == set(named.texts)
        assert (reference, on, "", True) == (ruled.partner_return, ruled.indicator, ruled.collection, ruled.publish)
    assert None is words_named(facts, "A-1", "A-2")


def test_an_officers_own_words_and_words_put_anew_by_an_officer_do_not_wait() -> None:
    """Whoever might let them through wrote them."""
    by_lead = raised(date(2025, 7, 10), by="streets/lead", what=SAID)
    anew = raised(date(2025, 7, 11), what="Help the families.")
    told = followed(HOUSE, Facts([OPENED, by_lead, anew]), COLLECTION, date(2025, 8, 1), FIRES)

    assert ((), "Help the families.") == (told.unread, told.asks[0].what)


def test_words_that_are_written_anew_wait_anew() -> None:
    """What was read was other words."""
    first, anew = (raised(date(2025, 7, day), by="streets/lead", what=SAID) for day in (10, 11))
    read = {reading_of(first)}
    told = followed(HOUSE, Facts([OPENED, first, anew]), COLLECTION, date(2025, 8, 1), FIRES, read)

    assert ([reading_of(anew)], WRITER_UNREAD) == ([each[:2] for each in told.unread], told.asks[0].what)


def test_words_of_the_configuration_pass_as_they_are() -> None:
    """The officers wrote them there, before there was a figure to hide."""
    house = following(FirstAsk(what="One agreed time for all."))
    told = followed(
        house,
        Facts([OPENED, raised(date(2025, 7, 10), what="One agreed time for all.")]),
        COLLECTION,
        date(2025, 8, 1),
        ("deliberate-fires",),
    )

    assert ["One agreed time for all."] == [each.what for each in told.asks]


def test_an_outside_reader_is_asked_nothing() -> None:
    """Its pack begins with what matters."""
    assert "what-matters" == pack("vru", tables(COLLECTION, raised(date(2025, 7, 10)))).sections[0].anchor


def test_the_tables_have_their_rows_their_keys_and_their_sheets() -> None:
    """What a board has answered, and each action with its owner; officers without a name; and `verify` agrees."""
    facts = raised(date(2025, 7, 10), asker="officer/jo"), PASSED_ON, DECIDED, ACTION
    made = tables(NEXT, *facts)
    written = {each.name: each for each in tables_of(HOUSE, made)}
    files = {f"{name}.csv": to_csv(written[name]) for name in ("asks", "actions")}
    (ask,) = csv.DictReader(io.StringIO(files["asks.csv"].decode("utf-8-sig")))
    (action,) = csv.DictReader(io.StringIO(files["actions.csv"].decode("utf-8-sig")))
    package = json.loads(data_package(HOUSE, made, tuple(written.values())))

    assert ("officers", "decided", "top", "2025-09-04") == (
        ask["asker"],
        ask["state"],
        ask["board"],
        ask["answered_on"],
    )
    assert ("police", "2025-10-15", "nothing told", "A-1") == (
        action["owner"],
        action["due"],
        action["state"],
        action["ask"],
    )
    assert {"asks", "actions"} <= {each["name"] for each in package["resources"]}
    assert [] == list(_ask_problems(files))
    assert workbook(HOUSE, made)


def test_verify_tells_an_ask_that_no_board_has_answered() -> None:
    """Somebody wrote it into the table by hand."""
    header = "ask,answers,answered_on\n"

    assert ["asks.csv tells of A-1, which no board has answered yet."] == list(
        _ask_problems({"asks.csv": f"{header}A-1,,\n".encode()})
    )


def test_a_partnership_that_follows_nothing_up_has_no_such_part() -> None:
    """Nor a table."""
    quiet = following(follows_up=False)
    told = followed(quiet, Facts([OPENED, raised(date(2025, 7, 10)), ACTION]), COLLECTION, date(2025, 8, 1), ())
    made = board_pack(quiet, replace(tables(COLLECTION), asks=told.asks), quiet.board["operational"], {})

    assert ((), "what-matters") == (told.asks, made.sections[0].anchor)
