"""What boards decided in a year and what became of it, from the asks and actions that were released."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from quarterday.domain.asks.naming import public_name_of
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import Period, say_date
from quarterday.publishing.pack.boards import boards_below
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.yearly.released import ReleasedYear
from quarterday.publishing.yearly.said import capital

_ANSWER = re.compile(r"(?P<board>[a-z0-9-]+), (?P<day>\d{4}-\d{2}-\d{2}), (?P<said>.*)", re.DOTALL)
_BETWEEN = re.compile(r" \| (?=[a-z0-9-]+, \d{4}-\d{2}-\d{2}, )")


@dataclass(frozen=True)
class Decided:
    """What one board answered at a meeting, or an action that it set of its own accord."""

    board: str
    meeting: date
    what: str
    asker: str
    answer: str
    became: str


def decided_in(released: ReleasedYear, board: Board) -> tuple[Decided, ...]:
    """Every answer and action of the year's meetings that a board reads of, oldest first.

    A board reads of its own and of those below; an outside reader of all that was published.
    """
    framework = released.framework
    boards = {each.code for each in (board, *boards_below(framework, board))}
    if board.kind == "external":
        boards = {each.code for each in framework.partnership.boards}
    found = [*_answers(released, framework), *_of_its_own(released, framework)]
    mine = (each for each in found if each.board in boards and _within(released.year.period, each.meeting))
    return tuple(sorted(mine, key=lambda each: (each.meeting, each.board, each.what)))


def _within(year: Period, day: date) -> bool:
    return year.start <= day <= year.end


def _answers(released: ReleasedYear, framework: Framework) -> Iterator[Decided]:
    for ask in released.asks:
        answers = [found for each in _BETWEEN.split(ask["answers"]) if (found := _ANSWER.fullmatch(each))]
        for number, each in enumerate(answers):
            later = [_told(framework, other) for other in answers[number + 1 :]]
            done = [_how_it_goes(action) for action in released.actions if action["ask"] == ask["ask"]]
            yield Decided(
                board=each["board"],
                meeting=date.fromisoformat(each["day"]),
                what=ask["what"],
                asker=public_name_of(framework, ask["asker"]),
                answer=_named(framework, each["said"]),
                became=" ".join([*later, *done, *_withdrawn(ask)]) or "No action was set.",
            )


def _withdrawn(ask: Mapping[str, str]) -> Iterator[str]:
    if on := ask.get("withdrawn_on"):  # releases made before this was told have no such column
        yield f"Withdrawn on {say_date(date.fromisoformat(on))}. {ask['withdrawn_why']}"


def _of_its_own(released: ReleasedYear, framework: Framework) -> Iterator[Decided]:
    """Actions that follow from no ask."""
    for each in released.actions:
        if not each["ask"]:
            who = public_name_of(framework, each["owner"])
            due = say_date(date.fromisoformat(each["due"]))
            yield Decided(
                board=each["board"],
                meeting=date.fromisoformat(each["meeting"]),
                what=each["what"],
                asker="The board itself",
                answer=f"An action for {who}, by {due}.",
                became=_stands(each),
            )


def _how_it_goes(action: Mapping[str, str]) -> str:
    return f"{action['what']} {_stands(action)}"


def _stands(action: Mapping[str, str]) -> str:
    when = f", told on {say_date(date.fromisoformat(action['told_on']))}" if action["told_on"] else ""
    late = ", overdue" if action["overdue"] == "true" else ""
    said = f" {action['said']}" if action["said"] else ""
    return f"{capital(action['state'])}{when}{late}.{said}"


def _told(framework: Framework, answer: re.Match[str]) -> str:
    who = public_name_of(framework, answer["board"])
    return f"{who}, {say_date(date.fromisoformat(answer['day']))}: {_named(framework, answer['said'])}"


def _named(framework: Framework, said: str) -> str:
    """An answer as it stands in the table, with the name of the board that it was passed to."""
    answer, _, words = said.partition(": ")
    first, to, board = answer.partition(" to ")
    told = f"{first}{to}{public_name_of(framework, board)}" if board else answer
    return f"{capital(told)}. {words}".strip()


def tally_of(decided: Collection[Decided]) -> str:
    """How many decisions there were; empty where there were none."""
    if not decided:
        return ""
    noun = "decision is" if len(decided) == 1 else "decisions are"
    return f"{say_number(len(decided))} {noun} on record of the year’s meetings."
