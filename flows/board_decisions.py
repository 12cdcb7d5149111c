"""What officers record for boards, as plain forms: asks, answers, actions, and that a meeting is all on record.

Wraps `quarterday.domain.rulings.board_rulings`.
"""

from datetime import date
from typing import Literal

from flows.performing.process import this_installation
from flows.performing.recording import Decided, decision
from quarterday.domain.collection.undo import Matter
from quarterday.domain.facts import ActionState, BoardAnswer
from quarterday.domain.framework.partners import AskKind
from quarterday.domain.rulings import board_rulings
from quarterday.domain.rulings.request_rulings import Ruling

_NEXT = "The board’s next pack tells it."


@decision("raise-ask")
def raise_ask(
    board: str,
    asker: str,
    kind: Literal["decision", "help", "for information"],
    what: str,
    consequence: str,
    who: str,
    why: str,
    by_when: date | None = None,
    options: str = "",
) -> Decided:
    """Ask something of a board, for whoever asks.

    Args:
        board: the board's code
        asker: who asks: a partner's or a board's code, or an officer's such as officer/performance
        kind: what is wanted of the board
        what: what is asked, in a sentence or two
        consequence: what follows if nothing is done
        by_when: the day by which it is needed, where there is one
        options: what the board may choose between, where there is a choice
    """
    installation = this_installation()
    fact = board_rulings.raise_ask(
        installation.framework,
        Ruling(who, why, installation.now()),
        board=board.strip(),
        asker=asker.strip(),
        kind=AskKind(kind),
        what=what,
        by_when=by_when,
        consequence=consequence,
        options=options,
    )
    then = "It lies before that board, and is in its next pack."
    return Decided(f"Asked of {fact.board}", [fact], Matter("raise-ask", fact.board), then=then)


@decision("withdraw-ask")
def withdraw_ask(ask: str, publish: str, who: str, why: str) -> Decided:
    """Withdraw what is asked of a board, as whoever asked wants it: while no board has answered it.

    Args:
        ask: the ask's id, such as A-1f3c
        publish: why it is asked no more, as the boards that saw it read it
    """
    installation = this_installation()
    fact = board_rulings.withdraw_ask(
        installation.framework, installation.facts(), ask.strip(), Ruling(who, why, installation.now(), publish)
    )
    then = "No board answers it any more; the next packs tell those that saw it."
    return Decided(f"Ask withdrawn · {fact.ask}", [fact], Matter("withdraw-ask", fact.ask), then=then)


@decision("answer-ask")
def answer_ask(
    ask: str,
    answer: Literal["decided", "passed on", "refused", "deferred"],
    meeting: date,
    who: str,
    why: str,
    until: date | None = None,
    publish: str = "",
) -> Decided:
    """Record what a board made of an ask that lies before it. The latest holds until the board above has answered.

    Args:
        ask: the ask's id, such as A-1f3c
        answer: what the board made of it
        meeting: the day of its meeting
        until: when a deferred one is looked at again, where that was said
        publish: what whoever asked and readers are told; needed where it was decided or refused
    """
    installation = this_installation()
    fact = board_rulings.answer_ask(
        installation.framework,
        installation.facts(),
        ask.strip(),
        Ruling(who, why, installation.now(), publish),
        answer=BoardAnswer(answer),
        meeting=meeting,
        until=until,
    )
    matter = Matter("answer-ask", fact.ask)
    return Decided(f"Ask {fact.answer} · {fact.ask}", [fact], matter, then="Whoever asked is told.")


@decision("set-action")
def set_action(
    board: str,
    meeting: date,
    what: str,
    done_by: str,
    due: date,
    who: str,
    why: str,
    for_ask: str = "",
) -> Decided:
    """Set an action of a board. Its owner is asked how it goes.

    Args:
        board: the board's code
        meeting: the day of the meeting at which it was set
        what: what is to be done, in a sentence
        done_by: who does it: a partner's or a board's code, or an officer's such as officer/performance
        due: the day by which it is to be done
        for_ask: the id of the ask that it is for; empty where it follows from none
    """
    installation = this_installation()
    fact = board_rulings.set_action(
        installation.framework,
        installation.facts(),
        Ruling(who, why, installation.now()),
        board=board.strip(),
        meeting=meeting,
        what=what,
        owner=done_by.strip(),
        due=due,
        ask=for_ask.strip(),
    )
    matter = Matter("act-on-ask", fact.ask) if fact.ask else Matter("set-action", fact.board)
    return Decided(f"Action set · {fact.action}", [fact], matter, then=_NEXT)


@decision("tell-action")
def tell_action(
    action: str, state: Literal["going on", "done", "dropped"], who: str, why: str, publish: str = ""
) -> Decided:
    """Say how an action goes, as its owner told you. The latest holds.

    Args:
        action: the action's id, such as D-1f3c
        state: how it goes
        publish: what was done, or why it will not be done, as readers are told
    """
    installation = this_installation()
    fact = board_rulings.tell_action(
        installation.framework,
        installation.facts(),
        action.strip(),
        Ruling(who, why, installation.now(), publish),
        state=ActionState(state),
    )
    matter = Matter("tell-action", fact.action)
    return Decided(f"Action {fact.state} · {fact.action}", [fact], matter, then=_NEXT)


@decision("record-meeting")
def record_meeting(board: str, meeting: date, who: str, why: str) -> Decided:
    """Say that all that a board decided at a meeting is on record, be it nothing. Nobody is reminded of it any more.

    Args:
        board: the board's code
        meeting: the day of the meeting
    """
    installation = this_installation()
    fact = board_rulings.record_meeting(
        installation.framework,
        installation.facts(),
        board.strip(),
        Ruling(who, why, installation.now()),
        meeting=meeting,
    )
    matter = Matter("record-meeting", fact.board)
    return Decided(f"All on record · {fact.board}", [fact], matter, then="Nobody is reminded of it any more.")
