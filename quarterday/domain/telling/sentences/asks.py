"""The audit listing's sentences for what is asked of boards and what becomes of it."""

from textwrap import shorten

from quarterday.domain.facts import (
    ActionSet,
    ActionTold,
    AnswerTold,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardAnswer,
    BoardSaid,
    MeetingRecorded,
)
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import said, sentence


@sentence.register
def _(fact: AskRaised, names: Names) -> str:
    by_when = f" by {say_date(fact.by_when)}" if fact.by_when else ""
    return (
        f"{names.organisation(fact.asker)} asked {names.organisation(fact.board)} ({fact.kind}{by_when}): "
        f"“{_short(fact.what)}”."
    )


@sentence.register
def _(fact: AskAnswered, names: Names) -> str:
    became = {
        BoardAnswer.DECIDED: "decided",
        BoardAnswer.PASSED_ON: f"passed on to {names.organisation(fact.passed_to)}",
        BoardAnswer.REFUSED: "refused",
        BoardAnswer.DEFERRED: f"deferred until {say_date(fact.until)}" if fact.until else "deferred",
    }[fact.answer]
    return (
        f"{names.organisation(fact.board)} {became}, at its meeting of {say_date(fact.meeting)}, what was asked: "
        f"“{_short(names.ask(fact.ask))}”.{said(fact.for_readers, 'Readers are told')}"
    )


@sentence.register
def _(fact: AskWithdrawn, names: Names) -> str:
    what = _short(names.ask(fact.ask))
    return f"“{what}” is asked no more: it was withdrawn.{said(fact.for_readers, 'Readers are told')}"


@sentence.register
def _(fact: AnswerTold, names: Names) -> str:
    return f"{names.of_request(fact.told_in)} is told with its request what became of “{_short(names.ask(fact.ask))}”."


@sentence.register
def _(fact: ActionSet, names: Names) -> str:
    return (
        f"{names.organisation(fact.board)} set an action at its meeting of {say_date(fact.meeting)}: "
        f"{names.organisation(fact.owner)}, by {say_date(fact.due)}: “{_short(fact.what)}”."
    )


@sentence.register
def _(fact: ActionTold, names: Names) -> str:
    return f"The action “{_short(names.action(fact.action))}” is {fact.state}.{said(fact.said, 'It was said')}"


@sentence.register
def _(fact: MeetingRecorded, names: Names) -> str:
    return f"All that {names.organisation(fact.board)} decided at its meeting of {say_date(fact.meeting)} is on record."


@sentence.register
def _(fact: BoardSaid, names: Names) -> str:
    whose = f"{names.organisation(fact.board)}, after its meeting of {say_date(fact.meeting)},"
    return f"{whose}{said(fact.words, 'says upward')}" if fact.words else f"{whose} takes its words upward back."


def _short(words: str) -> str:
    return shorten(words, 120, placeholder=" …")
