"""What an ask, a board's answer and an action need before they count: each problem beside its field."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.asks.climbing import Ask
from quarterday.domain.facts import BoardAnswer
from quarterday.domain.facts.recipients import officer_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board, Partner
from quarterday.domain.framework.periods import say_date, within_reach

WORDS = 600  # characters: two or three sentences


@dataclass(frozen=True)
class Wanting:
    """What stands against words or an answer: the field, what is wrong and what good looks like."""

    field: str
    sentence: str


def wanting_in_ask(
    framework: Framework, *, board: str, what: str, by_when: date | None, consequence: str, options: str, today: date
) -> tuple[Wanting, ...]:
    """Everything that stands against an ask; none where it counts."""
    return tuple(
        _in_ask(framework, board, {"what": what, "consequence": consequence, "options": options}, by_when, today)
    )


def _in_ask(
    framework: Framework, board: str, words: dict[str, str], by_when: date | None, today: date
) -> Iterator[Wanting]:
    if board not in {each.code for each in boards_asked(framework)}:
        known = "; ".join(each.name for each in boards_asked(framework))
        yield Wanting("board", f"Say which board this is asked of: {known}.")
    if len(words["what"].strip()) < 3:
        yield Wanting("what", "Say in a sentence or two what is asked.")
    if len(words["consequence"].strip()) < 3:
        yield Wanting("consequence", "Say in a sentence what follows if nothing is done.")
    yield from _too_long(words)
    if by_when and (by_when <= today or not within_reach(by_when)):
        yield Wanting("by_when", f"{say_date(by_when)} is not ahead. Give the day by which it is needed, or none.")


def wanting_in_answer(
    framework: Framework,
    ask: Ask,
    board: str,
    answer: BoardAnswer,
    *,
    for_readers: str,
    until: date | None,
    meeting: date,
) -> tuple[Wanting, ...]:
    """Everything that stands against a board's answer; none where it counts."""
    return tuple(_in_answer(framework, ask, board, answer, for_readers, until, meeting))


def _in_answer(
    framework: Framework,
    ask: Ask,
    board: str,
    answer: BoardAnswer,
    for_readers: str,
    until: date | None,
    meeting: date,
) -> Iterator[Wanting]:
    if not ask.may_be_answered_by(board):
        name = framework.board[ask.board].name if ask.board in framework.board else ask.board
        yield Wanting("answer", f"This does not lie before this board: {name} has it.")
    if answer is BoardAnswer.PASSED_ON and not board_above(framework, board):
        yield Wanting("answer", "This board reports to no other: there is nobody to pass it on to.")
    if answer in (BoardAnswer.DECIDED, BoardAnswer.REFUSED) and len(for_readers.strip()) < 3:
        what = "what was decided" if answer is BoardAnswer.DECIDED else "why"
        yield Wanting("for_readers", f"Say in a sentence {what}: whoever asked reads it.")
    yield from _too_long({"for_readers": for_readers})
    if until and answer is BoardAnswer.DEFERRED and (until <= meeting or not within_reach(until)):
        yield Wanting("until", f"{say_date(until)} is not after the meeting. Give a later day, or none.")


def wanting_in_withdrawal(framework: Framework, ask: Ask, *, for_readers: str) -> tuple[Wanting, ...]:
    """Everything that stands against withdrawing an ask; none where it counts."""
    return tuple(_in_withdrawal(framework, ask, for_readers))


def _in_withdrawal(framework: Framework, ask: Ask, for_readers: str) -> Iterator[Wanting]:
    if ask.withdrawn:
        yield Wanting("ask", "It was withdrawn already.")
    elif not ask.open and ask.last:
        board = ask.last.board
        name = framework.board[board].name if board in framework.board else board
        said = f"{name} {ask.last.answer.value} it on {say_date(ask.last.meeting)}"
        yield Wanting("ask", f"{said}: what is answered is not withdrawn. Ask anew where something else is wanted.")
    if len(for_readers.strip()) < 3:
        yield Wanting("for_readers", "Say in a sentence why it is not asked any more: the boards that saw it read it.")
    yield from _too_long({"for_readers": for_readers})


def wanting_in_action(
    framework: Framework, *, what: str, owner: str, due: date | None, meeting: date
) -> tuple[Wanting, ...]:
    """Everything that stands against an action; none where it counts."""
    return tuple(_in_action(framework, what, owner, due, meeting))


def _in_action(framework: Framework, what: str, owner: str, due: date | None, meeting: date) -> Iterator[Wanting]:
    if len(what.strip()) < 3:
        yield Wanting("what", "Say in a sentence what is to be done.")
    yield from _too_long({"what": what})
    if owner not in dict(owners(framework)):
        yield Wanting("owner", "Say who does it.")
    if due is None or due <= meeting or not within_reach(due):
        yield Wanting("due", "Give the day by which it is to be done, after the meeting.")


def _too_long(words: dict[str, str]) -> Iterator[Wanting]:
    for name, text in words.items():
        if len(text) > WORDS:
            yield Wanting(name, f"This is {len(text):,} characters long. Two or three sentences are enough: {WORDS}.")


def boards_asked(framework: Framework) -> tuple[Board, ...]:
    """The boards that may be asked something; an outside reader is asked nothing."""
    return tuple(each for each in framework.partnership.boards if each.kind != "external")


def board_above(framework: Framework, board: str) -> str:
    """The board that a board passes asks on to; empty where there is none that may be asked."""
    known = framework.board.get(board)
    above = framework.board.get(known.reports_to or "") if known else None
    return above.code if above and above.kind != "external" else ""


def owners(framework: Framework) -> list[tuple[str, str]]:
    """Who may own an action, by code, with what they are called: partners, boards, officers."""
    return [*_named(framework.partners), *_named(boards_asked(framework)), *officers(framework)]


def officers(framework: Framework) -> list[tuple[str, str]]:
    """The officers by their codes as the register knows them."""
    return [(officer_code(each.code), each.name) for each in framework.partnership.officers]


def _named(those: Iterable[Partner | Board]) -> list[tuple[str, str]]:
    return [(each.code, each.name) for each in those]
