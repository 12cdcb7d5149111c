"""What a lead's answer on an activity needs before it counts. Only what is new needs to be written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.facts import ActivityState, ActivityTold
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date, within_reach

WORDS = 600  # characters: two or three sentences
_NEEDS_A_REASON = frozenset({ActivityState.AT_RISK, ActivityState.LATE, ActivityState.STOPPED})
STATES = ", ".join(ActivityState)


@dataclass(frozen=True)
class Answer:
    """What a lead wrote about one activity, on the page or in a row of the workbook, before it was looked at."""

    activity: str
    state: str = ""
    done: str = ""
    next_milestone: str = ""
    next_on: date | None = None
    in_the_way: str = ""
    asks: str = ""
    asks_board: str = ""

    @property
    def says_anything(self) -> bool:
        """Whether something was written at all: a row left as it came asks and answers nothing."""
        return any((self.state, self.done, self.next_milestone, self.next_on, self.in_the_way, self.asks))

    @property
    def words(self) -> dict[str, str]:
        """What was written in the lead's own words, by field."""
        names = ("done", "next_milestone", "in_the_way", "asks")
        return {name: getattr(self, name) for name in names if getattr(self, name)}


@dataclass(frozen=True)
class AnswerRow:
    """An answer as it stood in a file: on which sheet, and each field (by its name) in which cell."""

    answer: Answer
    sheet: str = ""
    cells: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class Problem:
    """Why an answer cannot count as it is: the field, what is wrong and what good looks like."""

    field: str
    sentence: str


def problems_of(
    framework: Framework, activity: Activity, answer: Answer, before: ActivityTold | None, today: date
) -> tuple[Problem, ...]:
    """Everything that stands against an answer; none where it counts. `before` is what was told last time."""
    return tuple(_problems(framework, activity, answer, before, today))


def _problems(
    framework: Framework, activity: Activity, answer: Answer, before: ActivityTold | None, today: date
) -> Iterator[Problem]:
    state = state_of(answer.state)
    if state is None:
        what = f"“{answer.state}” is none of the states." if answer.state else "Say how it stands."
        yield Problem("state", f"{what} Choose one: {STATES}.")
    for name, text in answer.words.items():
        if len(text) > WORDS:
            yield Problem(name, f"This is {len(text):,} characters long. Two or three sentences are enough: {WORDS}.")
    if answer.next_on and not within_reach(answer.next_on):
        yield Problem("next_on", f"{say_date(answer.next_on)} cannot be meant. Write the day as 14 August 2026.")
    yield from _reasons(activity, answer, state, before, today)
    if answer.asks and answer.asks_board not in framework.board:
        known = "; ".join(each.name for each in framework.partnership.boards)
        yield Problem("asks_board", f"Say which board this is asked of: {known}.")


def _reasons(
    activity: Activity, answer: Answer, state: ActivityState | None, before: ActivityTold | None, today: date
) -> Iterator[Problem]:
    """What a state needs beside it. What was said of the same state last time is reason enough: only news is asked."""
    same = before is not None and before.state is state
    if state is ActivityState.CANNOT_SAY and not answer.in_the_way:
        yield Problem("in_the_way", "Say in a sentence why nothing can be told of it this time.")
    if state in _NEEDS_A_REASON and not answer.in_the_way and not (same and before and before.in_the_way):
        yield Problem("in_the_way", f"It is {state}: say in a sentence what is in the way, or why.")
    if state is ActivityState.DONE and not answer.done and not same:
        yield Problem("done", "It is done: say in a sentence or two what was done.")
    if state is ActivityState.NOT_BEGUN and activity.starts < today and not (answer.in_the_way or same):
        yield Problem(
            "in_the_way",
            f"It was to begin on {say_date(activity.starts)} and has not: say in a sentence what is in the way.",
        )


def state_of(said: str) -> ActivityState | None:
    """The state that a word means, however it is written; None for anything else."""
    plain = " ".join(said.replace("-", " ").casefold().split())
    return next((each for each in ActivityState if each.value == plain), None)


def board_of(framework: Framework, said: str) -> str:
    """The code of the board that a word means: its code or its name; the word itself where none does."""
    plain = said.strip().casefold()
    for board in framework.partnership.boards:
        if plain in (board.code, board.name.casefold()):
            return board.code
    return said.strip()
