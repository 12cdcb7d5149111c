"""The forms of a partner's own pages that years do not press: figures typed in, time, codes, risks, asks, actions."""

import re
from datetime import date, timedelta
from typing import Any

from quarterday.domain.collection.people import contact_for
from quarterday.domain.facts import (
    ActionSet,
    ActionTold,
    AskRaised,
    AskWithdrawn,
    CodeAsked,
    CodeTried,
    CodeUsed,
    MessageReserved,
    MessageSettled,
    ReplyReceived,
    RequestMade,
    ReturnReceived,
    RiskReviewed,
    UploadKept,
)
from quarterday.domain.framework.partners import AskKind
from rehearsal.browser import Page
from simulation.alone.pressing import Linked, Pressing
from simulation.invariants import Broken
from simulation.visits import typed_day

SAID = "It goes well."


def press_partners_forms(pressing: Pressing) -> None:
    """Press each in turn, as whoever a link brings there."""
    _ask_and_set(pressing)
    _type(pressing)
    _ask_for_time(pressing)
    _review_risks(pressing)
    _tell_boards(pressing)
    _prove_reading(pressing)


def _ask_and_set(pressing: Pressing) -> None:
    """A partner has asked a board for something, and owns an action."""
    office = pressing.office
    partner, board = office.facts().of(RequestMade)[0].partner, office.framework.partnership.boards[0]
    who: dict[str, Any] = {"by": "quarterday", "partnership": office.framework.partnership.code}
    last = office.today() - timedelta(days=7)
    office.register.append(
        AskRaised(at=office.now(), ask="A-asked", asker=partner, board=board.code, kind=AskKind.HELP, what=SAID, **who),
        *(
            ActionSet(
                at=office.now(),
                action=f"D-{number}",
                board=board.code,
                meeting=last,
                ask="",
                what=f"Number {number}.",
                owner=partner,
                due=last + timedelta(days=90),
                **who,
            )
            for number in (1, 2)
        ),
    )


def _type(pressing: Pressing) -> None:
    """Type a return: kept for later, gone on with, checked and sent. What was checked and not sent is no return."""
    who = pressing.partner_with("type")
    fields = who.page.form("/type").fields
    typed = {name: "0" for name in fields if name.startswith(("value-", "numerator-"))}
    typed |= {name: "10" for name in fields if name.startswith("denominator-")}
    pressing.press(who, "type", {**typed, "later": "yes"}, [], "This is kept, and not sent")
    kept = {name: text for name, text in who.open("type").form("/type").fields.items() if name in typed}
    if kept != typed:
        pressing.broken.append(Broken("what was typed and kept is there again", str(kept)))
    pressing.press(who, "type", typed, [], "Check your figures", may_leave=[UploadKept])
    given = {name: SAID for name in who.page.form("/send").fields if name.startswith("explain")}
    pressing.press(who, "send", {**given, "as_is": "yes"}, [ReturnReceived], "Return received")


def _ask_for_time(pressing: Pressing) -> None:
    who = pressing.partner_with("time/ask")
    day = re.search(r'<button[^>]*value="(\d{4}-\d\d-\d\d)"', who.page.html)
    assert day, who.page.text
    pressing.press(who, "time/ask", {"until": day[1]}, [ReplyReceived], "It is asked for")


def _review_risks(pressing: Pressing) -> None:
    who = pressing.partner_with("risks")
    said = reviewed(who, "/risks", pressing.office.today())
    pressing.press(who, "risks", said, [RiskReviewed], "We have noted 1 review")


def reviewed(who: Linked, form: str, today: date) -> dict[str, str]:
    """The first risk of a form, looked at again."""
    ending = "-likelihood"
    risk = next(each.removesuffix(ending) for each in who.page.form(form).fields if each.endswith(ending))
    again = typed_day(f"{risk}-next_on", today + timedelta(days=60))
    return {f"{risk}-trend": "steady", f"{risk}-likelihood": "possible", f"{risk}-impact": "moderate", **again}


def _tell_boards(pressing: Pressing) -> None:
    """Tell of two actions in one press, of which one is done; withdraw what was asked."""
    who, solved = pressing.partner_with("boards"), "It is solved."
    told = {"D-1-state": "going on", "D-1-said": SAID, "D-2-state": "done", "D-2-said": SAID}
    pressing.press(who, "boards", told, [ActionTold, ActionTold], SAID)
    who.open("boards")
    pressing.press(who, "boards/withdraw", {"withdraw": "A-asked", "withdraw_why": solved}, [AskWithdrawn], solved)


def _prove_reading(pressing: Pressing) -> None:
    """Ask for a code, and type it. Each works once: whoever dies over it asks for another, an hour later."""
    copy, facts, request = pressing.copy, pressing.office.facts(), pressing.office.facts().of(RequestMade)[-1]
    who, person = (
        pressing.partner(request),
        contact_for(pressing.office.framework, facts, request.request, request.partner),
    )
    page, mails = who.open("code"), [CodeAsked, MessageReserved, MessageSettled]

    def ask() -> Page:
        copy.world.clock.wait(3600)
        return who.browser.send(page, "/code", email=person.email)

    def use() -> Page:
        with copy.unharmed():
            asked = ask()
        return who.browser.send(asked, "/code/check", code=copy.world.server.accepted[-1].code)

    pressing.done("code", ask, [], "If that is the address this link was sent to", may_leave=mails)
    pressing.done("code/check", use, [], "Our contact with you", may_leave=[*mails, CodeTried, CodeUsed])
