"""Asks and actions as sheets of the workbook: in names, where the tables have codes."""

from collections.abc import Iterator, Sequence

from quarterday.domain.asks.naming import public_name_of
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.columns import Value
from quarterday.publishing.tables import ActionLine, AskLine, ReleaseTables

ASKS = (
    "What is asked", "Asked by", "What is wanted", "Raised on", "Needed by", "If nothing is done", "Options",
    "Where it lies", "Last answer", "Answers", "Withdrawn", "Ask code",
)  # fmt: skip
ACTIONS = (
    "Action",
    "Set by",
    "At the meeting of",
    "Who",
    "By",
    "How it goes",
    "Told on",
    "What was said",
    "Action code",
)
Sheet = tuple[str, str, Sequence[str], Sequence[tuple[Value, ...]]]


def ask_sheets(framework: Framework, tables: ReleaseTables) -> Iterator[Sheet]:
    """The sheets of asks that were answered, and of actions, each with its title, columns and rows."""
    answered = [_ask(framework, each) for each in tables.asks if each.for_all]
    yield "Asks", "What boards were asked, and what they answered", ASKS, answered
    yield (
        "Actions",
        "What boards wanted done, and how it goes",
        ACTIONS,
        [_action(framework, a) for a in tables.actions],
    )


def _ask(framework: Framework, each: AskLine) -> tuple[Value, ...]:
    said = (
        f"{public_name_of(framework, one.board)}, {one.meeting}: {one.answer}"
        f"{f': {one.for_readers}' if one.for_readers else ''}"
        for one in each.answers
    )
    return (
        each.what,
        public_name_of(framework, each.asker),
        each.kind,
        each.raised_on,
        each.by_when or "no day",
        each.consequence or "not said",
        each.options or "not said",
        public_name_of(framework, each.board),
        each.state,
        "; ".join(said),
        f"{each.withdrawn.on}: {each.withdrawn.for_readers}" if each.withdrawn else "no",
        each.ask,
    )


def _action(framework: Framework, each: ActionLine) -> tuple[Value, ...]:
    return (
        each.what,
        public_name_of(framework, each.board),
        each.meeting,
        public_name_of(framework, each.owner),
        each.due,
        f"{each.state}, overdue" if each.overdue else each.state,
        each.told_on or "nothing told",
        each.said,
        each.action,
    )
