"""Asks and actions as rows of a release: an ask is published once a board has answered it, and no sooner."""

from collections.abc import Iterator

from quarterday.domain.facts.recipients import is_officer
from quarterday.publishing.columns import ACTION_COLUMNS, ASK_COLUMNS, Table, Value
from quarterday.publishing.tables import ActionLine, AnswerLine, AskLine, ReleaseTables

_JOINED_BY = " | "


def ask_tables(tables: ReleaseTables) -> Iterator[Table]:
    """The tables of asks and of actions; none where the partnership has none.

    What lies before a board and was not answered stands in that board's pack alone, withdrawn since or not: whoever
    reads the release may be of the level above.
    """
    if asks := tuple(_ask_row(each) for each in tables.asks if each.for_all):
        yield Table("asks", "Asks of boards", ASK_COLUMNS, asks, ("ask",))
    if actions := tuple(map(_action_row, tables.actions)):
        yield Table("actions", "Actions that boards set", ACTION_COLUMNS, actions, ("action",))


def organisation(code: str) -> str:
    """A partner's or board's code; officers go without a name."""
    return "officers" if is_officer(code) else code


def _ask_row(each: AskLine) -> tuple[Value, ...]:
    return (
        each.ask,
        each.raised_on,
        organisation(each.asker),
        each.kind,
        each.what,
        each.by_when,
        each.consequence,
        each.options,
        each.activity,
        each.board,
        each.state,
        each.answers[-1].meeting,
        _JOINED_BY.join(map(_answer, each.answers)),
        each.withdrawn.on if each.withdrawn else None,
        each.withdrawn.for_readers if each.withdrawn else "",
    )


def _answer(each: AnswerLine) -> str:
    to = f" to {each.passed_to}" if each.passed_to else ""
    said = f": {each.for_readers}" if each.for_readers else ""
    return f"{each.board}, {each.meeting}, {each.answer}{to}{said}"


def _action_row(each: ActionLine) -> tuple[Value, ...]:
    return (
        each.action,
        each.board,
        each.meeting,
        each.ask,
        each.what,
        organisation(each.owner),
        each.due,
        each.state,
        each.told_on,
        each.said,
        each.overdue,
    )
