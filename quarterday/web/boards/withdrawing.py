"""Whoever asked something of a board withdraws it: on its own page, while no board has answered it."""

from collections.abc import Iterable
from typing import Any

from quarterday.domain.asks.answering import WORDS, wanting_in_withdrawal
from quarterday.domain.asks.climbing import Ask
from quarterday.domain.facts import AskWithdrawn
from quarterday.domain.framework.framework import Framework
from quarterday.web.boards.said_of_asks import refuse_persons
from quarterday.web.serving.forms import Form
from quarterday.web.words import Words

WHICH, WHY = "withdraw", "withdraw_why"


def may_be_withdrawn(own: Iterable[Ask]) -> list[tuple[str, str]]:
    """Of what somebody asked, that which no board has answered yet, by its id."""
    return [(each.ask, each.what) for each in own if each.open]


def withdrawn(words: Words, framework: Framework, own: Iterable[Ask], form: Form, **who: Any) -> list[AskWithdrawn]:
    """What a form withdraws of somebody's own asks; what stands against it is noted beside its field.

    Nothing where they have withdrawn it in these words already: whoever saw no answer presses again.
    """
    chosen = next((each for each in own if each.ask == form.said(WHICH)), None)
    why = form.text(WHY, WORDS, lines=True, label=words.say("boards.withdraw_why"))
    if chosen is None:
        form.errors[WHICH] = words.say("boards.withdraw_needed")
        return []
    if chosen.withdrawn and (chosen.withdrawn.for_readers, chosen.withdrawn.by) == (why, who["by"]):
        return []
    for each in wanting_in_withdrawal(framework, chosen, for_readers=why):
        form.errors.setdefault(WHICH if each.field == "ask" else WHY, each.sentence)
    refuse_persons(words, framework, form, {WHY: why})
    return [] if form.errors else [AskWithdrawn(ask=chosen.ask, for_readers=why, **who)]
