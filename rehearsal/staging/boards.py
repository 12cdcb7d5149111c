"""Boards' leads and owners of actions in a story: they follow the link of their email and fill in its page."""

from dataclasses import dataclass
from datetime import date

from quarterday.domain.asks.climbing import Ask, asks_of
from quarterday.domain.framework.partners import Board
from rehearsal.browser import Browser, Page
from rehearsal.letters import Letter
from rehearsal.staging.quarter import Quarter


@dataclass(frozen=True)
class Boardroom:
    """What boards do between a quarter's papers and the next."""

    quarter: Quarter

    def asking(self) -> list[Board]:
        """The boards of which `config/` says that they ask something."""
        return [each for each in self.quarter.framework.partnership.boards if each.asks]

    def above(self, board: str) -> str:
        """The board that one reports to."""
        return self.quarter.framework.board[board].reports_to or ""

    def met_on(self, board: str) -> date:
        """The day of a board's meeting on the quarter."""
        meetings = self.quarter.framework.board[board].meetings
        return next(each.on for each in meetings if each.considers == self.quarter.first_plan.period)

    def ask_of(self, board: str) -> Ask:
        """What a board asked, as it stands."""
        asks = asks_of(self.quarter.framework, self.quarter.facts).values()
        return next(each for each in asks if each.asker == board)

    def meets(self, board: str) -> None:
        """Play on to the working day after a board's meeting on the quarter."""
        self.quarter.until(self.quarter.workday(self.met_on(board), 1))

    def letter(self, board: str) -> Letter:
        """The email that a board's lead got last after a meeting."""
        letters = [each for each in self.quarter.emails("after-meeting") if each.recipient == f"{board}/lead"]
        assert letters, f"the lead of {board} got no email after a meeting"
        return letters[-1]

    def fills_in(self, link: str, page: str, form: str, **typed: str) -> Page:
        """Open a page and send one of its forms."""
        with Browser(self.quarter.house.pages) as browser:
            return browser.send(browser.visit(f"{link}/{page}"), form, **typed)
