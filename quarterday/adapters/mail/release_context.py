"""What an email about a release may name: which boards read it, and where each one's pack stands."""

import json
from datetime import date
from typing import Any

from quarterday.adapters.mail.templates import one_line
from quarterday.adapters.published_addresses import pack_url
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.releases import releases_of, standing_releases, versions_had
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import (
    ActivityRuled,
    AskAnswered,
    AskRaised,
    AskWithdrawn,
    BoardSaid,
    Facts,
    FiguresHeld,
    IndicatorNoted,
    ReleaseMade,
    ReleaseWithdrawn,
    RequestMade,
)
from quarterday.domain.facts.recipients import is_officer, whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board, OpenTo
from quarterday.domain.framework.periods import say_day


def release_context(
    settings: Settings,
    framework: Framework,
    facts: Facts,
    stores: Stores,
    release: ReleaseMade,
    action: Send,
    today: date,
) -> dict[str, Any]:
    """The names that `thank-you` and `pack-ready` may use."""
    plan = plan_for(framework, facts, release.collection)
    board = board_of(framework, action)
    said = _pack_in_short(stores, release, board)
    kept = bool(board and board.open_to is OpenTo.SIGNED_IN and not is_officer(action.recipient.code))
    since = versions_had(facts, release.collection, release.version).get(board.code, 0) if board else 0
    return {
        "label": plan.label if plan else release.collection,
        "version": release.version,
        "revised": release.kind != "provisional",
        "gaps": said.get("missing", []),
        "signs": said.get("signs", []),
        "by_chance": said.get("by_chance", ""),
        **_changes(said, since),
        "packs": [
            {"board": each.name, "url": pack_url(settings, release, each) if each.open_to is OpenTo.PUBLIC else ""}
            for each in _readers(framework, facts, action)
        ],
        "board": board.name if board else "",
        "pack": pack_url(settings, release, board) if board and not kept else "",
        "from_officers": kept,
        **_meeting(plan, board, today),
        **_what_changed(facts, release),
    }


def _changes(said: dict[str, Any], since: int) -> dict[str, Any]:
    """What the board's figures say otherwise than in version `since`, the last that it was told of; nought: none."""
    told = said.get("changes", {}).get(str(since), {"lines": [], "of": 0})
    return {"since": since, "changes": told["lines"], "more_changes": told["of"] - len(told["lines"])}


def _what_changed(facts: Facts, release: ReleaseMade) -> dict[str, Any]:
    """Why there is a version after the last one: returns that came, or one that was taken back; and what stands now."""
    earlier = [each for each in releases_of(facts, release.collection) if each.version < release.version]
    before = earlier[-1] if earlier else None
    taken_back = {each.version: each for each in facts.about(release.collection, ReleaseWithdrawn)}
    instead = [each.version for each in standing_releases(facts, release.collection)]
    last = taken_back.get(before.version) if before else None
    said = taken_back.get(release.version) or last
    return {
        **_made_otherwise(facts, release, before),
        "withdrawn_before": before.version if before and last else 0,
        "for_readers": one_line(said.for_readers) if said else "",
        "stands_instead": instead[-1] if instead else 0,
    }


def _made_otherwise(facts: Facts, release: ReleaseMade, before: ReleaseMade | None) -> dict[str, bool]:
    """What a version is made from that the one before was not: returns, or officers' words on what had come."""
    now, then = set(release.returns), set(before.returns if before else release.returns)
    held = {each.key for each in facts.of(FiguresHeld)}
    officers = held | {each.key for each in facts.of(ActivityRuled)}
    boards = {
        each.key
        for kind in (AskRaised, AskAnswered, AskWithdrawn, BoardSaid, IndicatorNoted)
        for each in facts.of(kind)
    }
    return {
        "returns_came": bool(now - then - officers - boards),
        "boards_said": bool((now - then) & boards),
        "figures_held": bool((now - then) & held),
        "decided_otherwise": bool((now ^ then) & officers),
    }


def _pack_in_short(stores: Stores, release: ReleaseMade, board: Board | None) -> dict[str, Any]:
    """What the board's own pack says of changes and of what is missing; nothing for who reads no pack of a board."""
    name = f"{release.folder}/in-short.json"
    if board is None or not stores.published.exists(name):
        return {}
    told: dict[str, dict[str, Any]] = json.loads(stores.published.get(name))
    return told.get(board.code, {})


def board_of(framework: Framework, action: Send) -> Board | None:
    """The board that an email goes to: named in the recipient's code, else the one whose lead has that address."""
    named = framework.board.get(whose_and_role(action.recipient.code)[0])
    led = (each for each in framework.partnership.boards if each.lead.email == action.recipient.email)
    return named or next(led, None)


def _readers(framework: Framework, facts: Facts, action: Send) -> list[Board]:
    """The boards that use what a partner was asked for; every board where the email is about no one request."""
    made = facts.about(action.request, RequestMade) if action.request else ()
    if not made:
        return list(framework.partnership.boards)
    asked = [framework.indicator[code] for code in made[0].asked if code in framework.indicator]
    using = {board.code for indicator in asked for board in framework.boards_using(indicator)}
    return [board for board in framework.partnership.boards if board.code in using]


def _meeting(plan: Timetable | None, board: Board | None, today: date) -> dict[str, str]:
    """The days that are still to come: nobody is told of a meeting, or of papers, as though they were not over."""
    meeting = next((each for each in board.meetings if plan and each.considers == plan.period), None) if board else None
    if not plan or not board or not meeting or board.code not in plan.papers or meeting.on < today:
        return {"meeting_day": "", "papers_day": ""}
    papers = plan.papers[board.code]
    return {"meeting_day": say_day(meeting.on), "papers_day": say_day(papers) if papers >= today else ""}
