"""What is odd and stops nothing: look-alikes, figures that nobody reads or that can never be asked for."""

from difflib import SequenceMatcher
from itertools import combinations

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.reading import Found
from quarterday.adapters.config_files.who_and_when import note_who_and_when
from quarterday.domain.asks.answering import board_above
from quarterday.domain.framework.agreements import AgreementState
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Direction, Indicator
from quarterday.domain.framework.partners import Board

_NEAR = 0.85
"""How alike two definitions are, from 0 to 1, when one is probably a copy of the other."""


def note_oddities(read: Configuration, framework: Framework) -> None:
    """Note what deserves an officer's look."""
    _look_alikes(read)
    for indicator in read.indicators:
        _unread(read, framework, indicator)
        _never_asked(read, framework, indicator)
        _without_readings(read, indicator)
    note_who_and_when(read, framework)
    _unused(read, framework)
    for board in read.boards:
        _asks_nobody_hears(read, framework, board)
    for agreement in read.agreements:
        if agreement.value.state is AgreementState.UNDER_REVIEW and not agreement.value.review_expected:
            read.notice(
                agreement, "It is under review, and nobody has said until when.", "Add “review_expected: 2026-03-31”."
            )


def _asks_nobody_hears(read: Configuration, framework: Framework, found: Found[Board]) -> None:
    """What a board asks and nobody will ever read: asks are not followed up, or it reports to no board."""
    board = found.value
    if board.asks and not framework.partnership.follows_up:
        read.notice(
            found,
            f"What {board.name} asks is not told to anybody.",
            "Write “follows_up: true” at the top of partnership.yaml, or take its asks out.",
            "asks",
        )
    elif board.asks and not board_above(framework, board.code):
        read.notice(
            found,
            f"{board.name} asks something and reports to no board that could answer.",
            "Name the board that it reports to under “reports_to:”, or take its asks out.",
            "asks",
        )


def _look_alikes(read: Configuration) -> None:
    """Two indicators of one supplier with nearly the same words: asked once, used twice would do (paper 5.10, 7.6)."""
    for first, second in combinations(read.indicators, 2):
        one, other = first.value, second.value
        if one.supplier == other.supplier and one.unit == other.unit and _alike(one, other):
            where = f"{first.document.file}, line {first.document.line(first.place)}"
            read.notice(
                second,
                f"“{other.title}” reads nearly as “{one.title}” does ({where}), and has the same supplier.",
                "Ask for one of them and let it serve the priorities and boards of both, or say how they differ.",
            )


def _alike(one: Indicator, other: Indicator) -> bool:
    first, second = _words(one), _words(other)
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    return matcher.quick_ratio() >= _NEAR and matcher.ratio() >= _NEAR


def _words(indicator: Indicator) -> list[str]:
    latest = max(indicator.definitions, key=lambda each: each.holds_from)
    return latest.text.lower().split()


def _unread(read: Configuration, framework: Framework, found: Found[Indicator]) -> None:
    if not any(board.meetings for board in framework.boards_using(found.value)):
        read.notice(
            found,
            f"No board that meets uses “{found.value.title}”.",
            "Name a board under “boards:”, give its priority's board a meeting, or stop asking for it.",
        )


def _never_asked(read: Configuration, framework: Framework, found: Found[Indicator]) -> None:
    indicator = found.value
    if not any(each.covers(indicator.supplier, indicator.code, indicator.purpose) for each in framework.agreements):
        read.notice(
            found,
            f"No agreement covers “{indicator.title}” for the purpose “{indicator.purpose}”, so it is never asked for.",
            f"Add the purpose to an agreement of “{indicator.supplier}”, or correct it here.",
            "purpose",
        )


def _without_readings(read: Configuration, found: Found[Indicator]) -> None:
    """A rise that is neither good nor bad needs what it may mean, or a reader takes the nearest reading (paper 4.6)."""
    if found.value.direction is Direction.DEPENDS and len(found.value.every_reading) < 2:
        read.notice(
            found,
            f"What a rise of “{found.value.title}” means depends, and it is not said on what.",
            "Add at least two (“readings_of_a_rise:”, “readings_of_a_fall:”, or “readings:” of either), or say whether "
            "higher or lower is better.",
            "direction",
        )


def _unused(read: Configuration, framework: Framework) -> None:
    used = {code for each in framework.indicators for code in each.breakdowns}
    for breakdown in read.breakdowns:
        if breakdown.value.code not in used:
            read.notice(breakdown, f"No indicator is split by “{breakdown.value.title}”.", "Take it out, or use it.")
    served = {code for each in framework.indicators for code in each.priorities}
    served |= {each.priority for each in framework.activities}
    for priority in read.priorities:
        if priority.value.code not in served:
            read.notice(priority, f"“{priority.value.title}” has no indicators.", "Add some, or take the priority out.")
    planned = {each.plan for each in framework.priorities}
    for plan in read.plans:
        if plan.value.code not in planned:
            read.notice(plan, f"“{plan.value.title}” has no priorities.", "Add one, or take the plan out.")
    for partner in read.partners:
        leads = any(each.lead == partner.value.code for each in framework.activities)
        if not leads and not framework.supplied_by(partner.value.code):
            read.notice(
                partner, f"{partner.value.name} supplies nothing, so it is never asked.", "Name it under “supplier:”."
            )
