"""What somebody may change in `config/` in the middle of a quarter: each from one valid framework to another."""

from collections.abc import Callable
from datetime import date, timedelta

from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.calendar import WorkingDays
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Definition, Disclosure, DisclosureRule, Target
from quarterday.domain.framework.ladder import Rung
from quarterday.domain.framework.partners import Board, Meeting, Partner, Succession
from quarterday.domain.framework.periods import Period, parse_quarter
from tests.domain.conftest import BANK_HOLIDAYS, framework, indicator, person

MEETINGS = {
    "2025-26 Q1": date(2025, 8, 14),
    "2025-26 Q2": date(2025, 11, 13),
    "2025-26 Q3": date(2026, 2, 12),
    "2025-26 Q4": date(2026, 5, 14),
}
YEARS = frozenset({2024, 2025, 2026})
Edit = Callable[[Framework, date], Framework]


def _rung(code: str, days: int, to: str) -> Rung:
    return Rung(code=code, days=days, to=to, email=code)


MORE_RUNGS = {  # as the example has them: reminders the day before, and what is owed after the close
    "more_time": (_rung("reminder-more-time", -1, "contact"), _rung("chaser-more-time", 1, "contact")),
    "correction": (_rung("chaser-correction", -1, "contact"), _rung("escalation-correction", 2, "manager")),
    "owed": (_rung("chaser-owed", 1, "contact"), _rung("officer-owed", 5, "officer")),
}


def partnership() -> Framework:
    """Three suppliers of five figures, two boards of which one meets for each quarter of a year."""
    small = framework()
    meetings = tuple(Meeting(on=day, considers=parse_quarter(quarter)) for quarter, day in MEETINGS.items())
    board = small.partnership.boards[0].model_copy(update={"meetings": meetings})
    committee = Board(code="committee", name="The Committee", kind="board", lead=person("Cat Chair"), meetings=())
    voices = Partner(code="voices", name="Community Voices", lead_time=8, contact=person("Ray Voices"))
    agreement = small.agreements[0].model_copy(update={"parties": ("fire", "police", "voices")})
    return framework(
        ladders=small.ladders.model_copy(update=MORE_RUNGS),
        partnership=small.partnership.model_copy(update={"boards": (board, committee)}),
        partners=(*small.partners, voices),
        agreements=(agreement,),
        indicators=(
            indicator("deliberate-fires", "fire", owner="Fire lead"),
            indicator("smoke-alarms", "fire"),
            indicator("robberies", "police"),
            indicator("burglaries", "police"),
            indicator("people-heard", "voices"),
        ),
    )


def again(now: Framework, **changes: object) -> Framework:
    """The framework as `config/` would be read anew, with some of its parts changed."""
    return Framework(**{name: getattr(now, name) for name in type(now).model_fields if name != "bound"} | changes)


def _boards(now: Framework, change: Callable[[Board], Board]) -> Framework:
    boards = tuple(change(each) for each in now.partnership.boards)
    return again(now, partnership=now.partnership.model_copy(update={"boards": boards}))


def move_meeting(period: Period, by: int) -> Edit:
    """Every meeting that considers a period is held so many days later, or earlier."""

    def moved(meeting: Meeting) -> Meeting:
        later = meeting.on + timedelta(days=by)
        return meeting.model_copy(update={"on": later}) if meeting.considers == period else meeting

    return lambda now, _: _boards(
        now, lambda board: board.model_copy(update={"meetings": tuple(map(moved, board.meetings))})
    )


def cancel_meetings(period: Period) -> Edit:
    """No board considers a period any more."""
    return lambda now, _: _boards(
        now,
        lambda board: board.model_copy(
            update={"meetings": tuple(each for each in board.meetings if each.considers != period)}
        ),
    )


def second_board_meets(period: Period, in_days: int) -> Edit:
    """The committee considers the period too, on a day that is so far ahead."""

    def changed(board: Board, today: date) -> Board:
        if board.code != "committee" or any(each.considers == period for each in board.meetings):
            return board
        meeting = Meeting(on=today + timedelta(days=in_days), considers=period)
        return board.model_copy(update={"meetings": (*board.meetings, meeting)})

    return lambda now, today: _boards(now, lambda board: changed(board, today))


def partner_leaves(code: str) -> Edit:
    """A partner is taken out, with what it supplies."""

    def edit(now: Framework, _: date) -> Framework:
        if code not in now.partner or len(now.partners) < 2:
            return now
        return again(
            now,
            partners=tuple(each for each in now.partners if each.code != code),
            indicators=tuple(each for each in now.indicators if each.supplier != code),
            agreements=_parties(now, lambda parties: tuple(each for each in parties if each != code)),
        )

    return edit


def partner_joins(code: str = "victims") -> Edit:
    """Victim Support is a partner and supplies a figure of its own."""

    def edit(now: Framework, _: date) -> Framework:
        if code in now.partner:
            return now
        return again(
            now,
            partners=(*now.partners, Partner(code=code, name="Victim Support", lead_time=5, contact=person("Vic Tor"))),
            indicators=(*now.indicators, indicator("victims-helped", code)),
            agreements=_parties(now, lambda parties: (*parties, code)),
        )

    return edit


def partner_renamed(code: str) -> Edit:
    """A partner goes on under another code and name."""

    def edit(now: Framework, today: date) -> Framework:
        if code not in now.partner:
            return now
        new = now.partner[code].model_copy(
            update={
                "code": f"new-{code}",
                "name": f"The New {now.partner[code].name}",
                "succeeds": (Succession(code=code, on=today),),
            }
        )
        return again(
            now,
            partners=tuple(new if each.code == code else each for each in now.partners),
            indicators=tuple(
                each.model_copy(update={"supplier": new.code}) if each.supplier == code else each
                for each in now.indicators
            ),
            agreements=_parties(now, lambda parties: tuple(new.code if each == code else each for each in parties)),
        )

    return edit


def indicator_retired(code: str) -> Edit:
    """A figure is asked no more."""

    def edit(now: Framework, _: date) -> Framework:
        left = tuple(each for each in now.indicators if each.code != code)
        return again(now, indicators=left) if left else now

    return edit


def indicator_added(supplier: str) -> Edit:
    """A partner supplies another figure."""

    def edit(now: Framework, _: date) -> Framework:
        code = f"more-of-{supplier}"
        if supplier not in now.partner or code in now.indicator:
            return now
        return again(now, indicators=(*now.indicators, indicator(code, supplier)))

    return edit


def supplier_changes(code: str, to: str) -> Edit:
    """Another partner supplies a figure."""

    def edit(now: Framework, _: date) -> Framework:
        if code not in now.indicator or to not in now.partner:
            return now
        return again(
            now,
            indicators=tuple(
                each.model_copy(update={"supplier": to}) if each.code == code else each for each in now.indicators
            ),
        )

    return edit


def definition_changes(code: str) -> Edit:
    """A figure is defined anew, and has a target."""

    def edit(now: Framework, today: date) -> Framework:
        return again(
            now, indicators=tuple(_redefined(each, today) if each.code == code else each for each in now.indicators)
        )

    return edit


def _redefined(each, today: date):
    new = Definition(version=len(each.definitions) + 1, holds_from=today, text="Counted anew.")
    target = Target(value=len(each.definitions), source="the plan")
    return each.model_copy(update={"definitions": (*each.definitions, new), "target": target})


def threshold_changes(code: str, to: int) -> Edit:
    """Counts of a figure below another number are hidden."""

    def edit(now: Framework, _: date) -> Framework:
        rule = Disclosure(rule=DisclosureRule.THRESHOLD, threshold=to)
        changed = (
            each.model_copy(update={"disclosure": rule}) if each.code == code else each for each in now.indicators
        )
        return again(now, indicators=tuple(changed))

    return edit


def boards_renamed() -> Edit:
    """Every board gets another name."""
    return lambda now, today: _boards(now, lambda board: board.model_copy(update={"name": f"Board of {today:%d %B}"}))


def ladder_changes() -> Edit:
    """The first chaser comes a day later, and nobody above the partner hears any more."""

    def edit(now: Framework, _: date) -> Framework:
        first = tuple(
            each.model_copy(update={"days": each.days + (each.days > 0)})
            for each in now.ladders.first
            if each.to == "contact"
        )
        return again(now, ladders=now.ladders.model_copy(update={"first": first}))

    return edit


def holiday_proclaimed(in_days: int) -> Edit:
    """A day ahead becomes a holiday."""

    def edit(now: Framework, today: date) -> Framework:
        off = now.calendar.bank_holidays | {today + timedelta(days=in_days)}
        return again(now, calendar=WorkingDays(off, YEARS))

    return edit


def contact_changes(code: str) -> Edit:
    """Somebody else is a partner's contact."""

    def edit(now: Framework, today: date) -> Framework:
        if code not in now.partner:
            return now
        new = now.partner[code].model_copy(update={"contact": person(f"Nia {code.title()} {today:%d%m}")})
        return again(now, partners=tuple(new if each.code == code else each for each in now.partners))

    return edit


def agreement_ends(in_days: int) -> Edit:
    """The agreement ends on a day that is near."""

    def ended(each: Agreement, today: date) -> Agreement:
        return each.model_copy(update={"ends": today + timedelta(days=in_days)})

    return lambda now, today: again(now, agreements=tuple(ended(each, today) for each in now.agreements))


def _parties(now: Framework, change: Callable[[tuple[str, ...]], tuple[str, ...]]) -> tuple[Agreement, ...]:
    return tuple(each.model_copy(update={"parties": change(each.parties)}) for each in now.agreements)


__all__ = ["BANK_HOLIDAYS", "MEETINGS", "Edit", "partnership"]
