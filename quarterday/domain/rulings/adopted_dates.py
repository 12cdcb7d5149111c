"""The dates of an open collection once officers have taken over what `config/` says: nobody's time ends in the past."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from quarterday.domain.collection.promised import as_promised
from quarterday.domain.collection.timetable import Timetable, released_after, timetable
from quarterday.domain.facts import Dates, Facts, RequestMade
from quarterday.domain.framework.framework import Framework


@dataclass(frozen=True)
class AdoptedDates:
    """What was promised, moved as far as was chosen."""

    framework: Framework  # as `config/` says now
    house: Framework  # what the collection goes by from now on
    facts: Facts
    plan: Timetable  # as promised so far
    moved: Timetable | None  # as `config/` says now, where its dates were chosen
    asked: Mapping[str, RequestMade]  # by partner
    today: date

    def fields(self) -> dict[str, Any]:
        """The fields of a binding that bear them."""
        return {
            "due": self._chosen.due,
            "closes": self._closes,
            "publish_on": self._publish_on(),
            "request_on": self._request_on(),
            "due_on": self._due_on(),
            "papers_on": self._papers_on(),
        }

    @property
    def _chosen(self) -> Timetable:
        return self.moved or self.plan

    @cached_property
    def _closes(self) -> date:
        return max(self.moved.closes, min(self.today, self.plan.closes)) if self.moved else self.plan.closes

    def _publish_on(self) -> date:
        told = self._chosen.publish_on
        return told if self._closes == self._chosen.closes else released_after(self.framework, self._closes, told)

    @cached_property
    def _joining(self) -> list[str]:
        """Partners that the plan did not know."""
        return [
            each.code
            for each in self.house.partners
            if each.code not in self.plan.request_on and self.house.takes_part(each.code, self.plan.period)
        ]

    @property
    def _soonest(self) -> date:
        """The first day on which an answer may be due of those who hear of it today."""
        return self.framework.calendar.add(self.today, self.house.partnership.rhythm.correction_days)

    def _due_on(self) -> Dates:
        """Where a partner's date is another than the collection's; who joined, and is not yet asked, keeps its own."""
        due, soonest = self._chosen.due, self._soonest
        due_of = {code: max(due, own) for code, own in self.plan.due_of.items() if code not in self.asked}
        told = {code: as_promised(self.facts, each).due for code, each in self.asked.items()}
        due_of |= {code: _moved(own, due, soonest) for code, own in told.items()} if self.moved else told
        due_of |= dict.fromkeys(self._joining, max(due, soonest))
        return tuple(sorted((code, own) for code, own in due_of.items() if own != due))

    def _request_on(self) -> Dates:
        asked_on = dict(self.plan.request_on)
        if self.moved:
            moved = self.moved.request_on.items()
            asked_on |= {code: max(day, self.today) for code, day in moved if code not in self.asked}
        asked_on |= dict.fromkeys(self._joining, self.today)
        return tuple(sorted((code, day) for code, day in asked_on.items() if code in self.house.partner))

    def _papers_on(self) -> Dates:
        """Boards that are new get their day; those there were keep theirs unless the dates were chosen."""
        now = timetable(self.framework, self.plan.period)
        by_now = now.papers if now else {}
        papers = by_now if self.moved else by_now | self.plan.papers
        return tuple(sorted((code, day) for code, day in papers.items() if code in self.house.board))


def _moved(told: date, to: date, soonest: date) -> date:
    """The date that a partner gets in place of the one it was told: never so soon that no time is left for it."""
    return told if to == told else max(to, min(told, soonest) if to < told else soonest)
