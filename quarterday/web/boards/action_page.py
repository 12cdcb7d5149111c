"""Where an action's owner tells how it goes: on a page of its own, or beside a partner's request."""

from collections.abc import Iterator, Sequence
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions
from quarterday.domain.asks.answering import WORDS
from quarterday.domain.asks.naming import name_of
from quarterday.domain.asks.news import actions_owned, asked_by
from quarterday.domain.facts import ActionState, ActionTold
from quarterday.web.boards.board_visits import BoardVisit, who_says
from quarterday.web.boards.said_of_asks import asked_line, how_it_goes, refuse_persons
from quarterday.web.boards.withdrawing import may_be_withdrawn, withdrawn
from quarterday.web.door.visits import Visit
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words


def action_page(site: Site, request: Request, visit: BoardVisit, form: Form | None = None) -> Response:
    """One action, and how it goes."""
    return _page(site, request, visit, _of_link(visit), visit.url(), form)


def tell(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record how it goes."""
    return _told(site, request, visit, _of_link(visit), visit.url(), form)


def boards_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """What became of what a partner asked, and the actions that it owns."""
    if not concerned(visit):
        return site.problem("gone", 404)
    owned = actions_owned(visit.framework.today, visit.facts, visit.partner.code)
    asked = lines_asked(site.words, visit)
    return _page(site, request, visit, owned, visit.url("boards"), form, asked, _withdrawable(visit))


def tell_boards(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Record how a partner's actions go."""
    owned = actions_owned(visit.framework.today, visit.facts, visit.partner.code)
    return _told(site, request, visit, owned, visit.url("boards"), form)


def withdraw_ask(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Record that a partner asks something no more."""
    own = asked_by(visit.framework.today, visit.facts, visit.partner.code)
    facts = withdrawn(site.words, visit.framework.today, own, form, **who_says(visit))
    if form.errors:
        return boards_page(site, request, visit, form)
    record(site.installation.register, *facts)
    return RedirectResponse(visit.url("boards"), SEE_OTHER)


def concerned(visit: Visit) -> bool:
    """Whether a partner has anything to read there: it asked something, or owns an action."""
    house = visit.framework.today
    if not house.partnership.follows_up or visit.part:
        return False
    code = visit.partner.code
    return bool(asked_by(house, visit.facts, code) or actions_owned(house, visit.facts, code))


def lines_asked(words: Words, visit: Visit) -> list[tuple[str, str]]:
    """What a partner asked, the latest first, each with what became of it."""
    house = visit.framework.today
    asked = asked_by(house, visit.facts, visit.partner.code)
    return [(each.what, asked_line(words, house, each)) for each in reversed(asked)]


def lines_owned(words: Words, visit: Visit) -> list[tuple[str, str]]:
    """The actions that a partner owns, each with its day and how it goes."""
    owned = actions_owned(visit.framework.today, visit.facts, visit.partner.code)
    return [(each.set.what, how_it_goes(words, each, visit.today)) for each in owned]


def _withdrawable(visit: Visit) -> list[tuple[str, str]]:
    return may_be_withdrawn(asked_by(visit.framework.today, visit.facts, visit.partner.code))


def _of_link(visit: BoardVisit) -> Sequence[AgreedAction]:
    return (agreed_actions(visit.facts)[visit.message.tells_of],)


def _page(
    site: Site,
    request: Request,
    visit: Visit | BoardVisit,
    actions: Sequence[AgreedAction],
    to: str,
    form: Form | None,
    asked: Sequence[tuple[str, str]] = (),
    withdrawable: Sequence[tuple[str, str]] = (),
) -> Response:
    house = visit.framework
    return site.page(
        request,
        visit,
        "actions",
        form=form,
        to=to,
        asked=asked,
        withdrawable=withdrawable,
        own_page=isinstance(visit, BoardVisit),
        lines=[_line(site.words, visit, each, name_of(house, each.set.board)) for each in actions],
        states=[each.value for each in ActionState],
        longest=WORDS,
    )


def _line(words: Words, visit: Visit | BoardVisit, action: AgreedAction, board: str) -> dict[str, Any]:
    return {
        "code": action.set.action,
        "after": _mark(action),
        "what": action.set.what,
        "set": words.say("boards.set_by", board=board, day=words.date_of(action.set.meeting)),
        "stands": how_it_goes(words, action, visit.today),
    }


def _told(
    site: Site, request: Request, visit: Visit | BoardVisit, actions: Sequence[AgreedAction], to: str, form: Form
) -> Response:
    known = _told_before(visit, form)
    facts = list(_words(site, visit, [each for each in actions if each.set.action not in known], form))
    if not facts and not form.errors and actions and not known:
        form.errors[f"{actions[0].set.action}-state"] = site.words.say("boards.nothing_told")
    if form.errors:
        asked = lines_asked(site.words, visit) if isinstance(visit, Visit) else ()
        withdrawable = _withdrawable(visit) if isinstance(visit, Visit) else ()
        return _page(site, request, visit, actions, to, form, asked, withdrawable)
    record(site.installation.register, *facts)
    return RedirectResponse(to, SEE_OTHER)


def _mark(action: AgreedAction) -> str:
    """What tells a page from one made before something else was told of an action."""
    return action.told[-1].at.isoformat() if action.told else "first"


def _told_before(visit: Visit | BoardVisit, form: Form) -> frozenset[str]:
    """The actions of which this page has told already: whoever saw no answer presses again, and that tells nothing."""
    return frozenset(
        code
        for code, each in agreed_actions(visit.facts).items()
        if each.told
        and form.said(f"{code}-after") not in ("", _mark(each))
        and (each.told[-1].by, each.told[-1].state, each.told[-1].said)
        == (visit.by, form.said(f"{code}-state"), form.said(f"{code}-said"))
    )


def _words(site: Site, visit: Visit | BoardVisit, actions: Sequence[AgreedAction], form: Form) -> Iterator[ActionTold]:
    say = site.words.say
    for each in actions:
        code = each.set.action
        chosen = form.said(f"{code}-state")
        said = form.text(f"{code}-said", WORDS, lines=True, label=say("boards.said"))
        if not chosen and not said:
            continue
        if chosen not in set(ActionState):
            form.errors[f"{code}-state"] = say("boards.state_needed")
            continue
        state = ActionState(chosen)
        if state is ActionState.DROPPED and not said:
            form.errors[f"{code}-said"] = say("boards.why_dropped")
        refuse_persons(site.words, visit.framework, form, {f"{code}-said": said})
        yield ActionTold(
            action=code,
            state=state,
            said=said,
            **who_says(visit),
        )
