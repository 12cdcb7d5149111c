"""A subgroup's ask is passed on, decided, acted on and told in the third pack; one is withdrawn, one nobody answers."""

from datetime import timedelta

from flows.release_decisions import read_words
from quarterday.domain.asks.agreed_actions import agreed_actions
from quarterday.domain.facts import BoardAnswer
from quarterday.domain.rulings.undecided import undecided
from rehearsal.cast import Deed
from rehearsal.staging.boards import Boardroom
from rehearsal.staging.quarter import Quarter

PASSED_ON, DECIDED = "It needs every partner.", "Each partner names the day by which it answers."
ACTION = "Name who answers for data."
NO_MORE = "The money was found elsewhere."
UPWARD = "More come forward since they trust the service."
WORDS = "read-words"
LAST_TIME, NOW = "What you decided last time, and what became of it", "What is asked of you now"


def happens(first: Quarter) -> None:
    """What happens, and what must be so."""
    first.to_the_end()
    room = Boardroom(first)
    asker, silent, gives_up = (each.code for each in room.asking()[:3])
    board = room.above(asker)
    top, ask = room.above(board), room.ask_of(asker)
    first.is_so("the board's pack asks it", ask.what in _part(first, board, NOW))
    first.none("the level above sees nothing of it", [top] if ask.what in first.pack(top, 1) else [])

    _subgroup_says(first, room, asker, board)
    gone = _withdraws(first, room, gives_up)
    room.meets(board)
    page = room.fills_in(
        room.letter(board).link, "meeting", "/answers", **_said(ask.ask, BoardAnswer.PASSED_ON, PASSED_ON)
    )
    first.none("nothing speaks against passing it on", page.errors())
    _reads(first)
    first.expect("it lies one level up", (top, True), (room.ask_of(asker).board, room.ask_of(asker).open))

    second = first.next_quarter()
    second.to_the_end()
    room = Boardroom(second)
    second.none("what was withdrawn is asked no more", [board] if gone in _part(second, board, NOW) else [])
    told = _part(second, board, LAST_TIME)
    second.is_so("and its board is told why", gone in told and NO_MORE in told, told)
    second.is_so("the level above is asked it now", ask.what in _part(second, top, NOW))
    second.is_so("the board reads that it passed it on", PASSED_ON in _part(second, board, LAST_TIME))
    room.meets(top)
    owner = second.partner("prompt")
    _decided(second, room, asker, owner)
    second.is_so("the asker's ask is answered", not room.ask_of(asker).open)

    third = second.next_quarter()
    _acted_on(third, owner)
    third.to_the_end()
    third.is_so("it is gone from what is asked", ask.what not in _part(third, top, NOW))
    told = _part(third, top, LAST_TIME)
    for words in (ask.what, DECIDED, ACTION, "Done"):
        third.is_so(f"the third pack tells “{words}”", words in told, told)
    third.is_so("the asker's pack tells it too", DECIDED in third.pack(asker, 1))
    never = room.ask_of(silent)
    third.is_so(
        "what nobody answers is still asked", never.open and never.what in _part(third, room.above(silent), NOW)
    )
    keys = [
        each.key for each in third.facts if type(each).__name__ == "MessageReserved" and "after-meeting" in each.key
    ]
    third.expect("each page after a meeting went once", len(set(keys)), len(keys))


def _subgroup_says(quarter: Quarter, room: Boardroom, subgroup: str, board: str) -> None:
    """Between its own meeting and the papers of the board above it says what that board should know."""
    room.meets(subgroup)
    page = room.fills_in(room.letter(subgroup).link, "meeting", "/words", upward=UPWARD)
    quarter.none("nothing speaks against its words", page.errors())
    _reads(quarter)
    quarter.until(quarter.workday(quarter.plan.papers[board], 0))
    quarter.is_so("the board's papers have it", UPWARD in quarter.pack(board, 2))
    quarter.none("the level above is not told", [subgroup] if UPWARD in quarter.pack(room.above(board), 2) else [])


def _withdraws(quarter: Quarter, room: Boardroom, subgroup: str) -> str:
    """Another finds its own way, and asks no more: what it asked."""
    room.meets(subgroup)
    ask = room.ask_of(subgroup)
    page = room.fills_in(room.letter(subgroup).link, "meeting", "/withdraw", withdraw=ask.ask, withdraw_why=NO_MORE)
    quarter.none("nothing speaks against withdrawing it", page.errors())
    _reads(quarter)
    quarter.is_so("it lies before no board", not room.ask_of(subgroup).open)
    return ask.what


def _decided(quarter: Quarter, room: Boardroom, asker: str, owner: str) -> None:
    """The topmost board decides, and sets an action for a partner."""
    ask = room.ask_of(asker)
    link = room.letter(ask.board).link
    page = room.fills_in(link, "meeting", "/answers", **_said(ask.ask, BoardAnswer.DECIDED, DECIDED))
    quarter.none("nothing speaks against deciding it", page.errors())
    due = quarter.workday(quarter.today + timedelta(days=90), 0)
    day = {"due-day": str(due.day), "due-month": str(due.month), "due-year": str(due.year)}
    page = room.fills_in(link, "meeting", "/actions", what=ACTION, owner=owner, for_ask=ask.ask, **day)
    quarter.none("nothing speaks against the action", page.errors())
    _reads(quarter)


def _acted_on(quarter: Quarter, owner: str) -> None:
    """Its owner is asked with the next request, and tells beside it that it is done."""
    quarter.until(quarter.workday(quarter.plan.request_on[owner], 1))
    quarter.tells_once(owner, "request", ACTION)
    planned = quarter.play.planned(owner, Deed.NOTHING)
    assert planned
    ((code, _),) = [pair for pair in agreed_actions(quarter.facts).items() if pair[1].set.owner == owner]
    said = {f"{code}-state": "done", f"{code}-said": "Everybody has named theirs."}
    page = Boardroom(quarter).fills_in(planned.link, "boards", "/boards", **said)
    quarter.none("nothing speaks against its being done", page.errors())
    _reads(quarter)


def _reads(quarter: Quarter) -> None:
    """An officer reads what waits, so that no pack leaves it out beside hidden figures; then nothing waits."""
    waits = [each for each in undecided(quarter.framework, quarter.facts, quarter.today) if each.decide_with == WORDS]
    quarter.is_so("what was written waits to be read", waits)
    for each in waits:
        reference, _, on = each.about.rpartition("/")
        told = quarter.officer.decides(read_words, reference, on, decide="publish")
        quarter.is_so("the reading is taken", told.recorded, told.said)
    left = undecided(quarter.framework, quarter.facts, quarter.today)
    quarter.none("words that wait still", [each.what for each in left if each.decide_with == WORDS])


def _said(ask: str, answer: BoardAnswer, words: str) -> dict[str, str]:
    return {f"{ask}-answer": answer.value, f"{ask}-for_readers": words}


def _part(quarter: Quarter, board: str, heading: str) -> str:
    """One part of a board's first pack of a quarter: from its heading to the next of its kind."""
    after = quarter.pack(board, 1).partition("<main")[2].partition(f">{heading}</h2>")[2]
    return after.partition("<h2")[0]
