"""What was read of a workbook's activities, for its sender to look over before sending."""

from collections.abc import Iterable, Iterator

from quarterday.domain.activities.answering import Answer
from quarterday.web.door.visits import Visit
from quarterday.web.words import Words


def answers_read(words: Words, visit: Visit, answers: Iterable[Answer]) -> list[tuple[str, list[str]]]:
    """Each activity that a file tells of, by title, with what it says."""
    known = visit.framework.activity
    return [(known[each.activity].title, list(_said(words, visit, each))) for each in answers if each.activity in known]


def _said(words: Words, visit: Visit, answer: Answer) -> Iterator[str]:
    yield answer.state
    if answer.next_milestone or answer.next_on:
        day = words.date_of(answer.next_on) if answer.next_on else ""
        yield words.say("activities.read_next", what=", ".join(filter(None, (answer.next_milestone, day))))
    board = visit.framework.board.get(answer.asks_board)
    asked = f"{answer.asks} ({board.name})" if answer.asks and board else answer.asks
    yield from (each for each in (answer.done, answer.in_the_way, asked) if each)
