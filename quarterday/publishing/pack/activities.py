"""Activities in a pack: what is not on course first, a plan on a page for each priority, and a card for each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from quarterday.domain.facts import Rag
from quarterday.domain.framework.framework import Framework, Priority
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import say_date
from quarterday.publishing.activities import NO_WORD
from quarterday.publishing.charts.drawing import draw
from quarterday.publishing.charts.timeline import rag_words, timeline_spec
from quarterday.publishing.pack.boards import boards_below
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.model import (
    Block,
    Bullet,
    Glance,
    Glances,
    Paragraph,
    Picture,
    Quote,
    Section,
    Slide,
    Table,
    Terms,
)
from quarterday.publishing.tables import ActivityLine, ReleaseTables

RULE = (
    "How an activity stands follows from a rule: it is red once its end has passed or its lead says that it is late; "
    "amber once a milestone has passed, its lead says that it is at risk, or nothing was told of it for two quarters. "
    "What a lead says can only make it worse; where an officer sees it otherwise, the reason stands beside it."
)
ANNEX = "annex-activities"
SHOULD_MOVE = "What these activities should move:"
MOVED_ON_A_SLIDE = 4  # indicators beside a plan on a page
_WORST_FIRST = (Rag.RED, Rag.AMBER)


@dataclass(frozen=True)
class BoardActivities:
    """The activities that a board reads of: of its own priorities, and of those of the boards that report to it."""

    framework: Framework
    tables: ReleaseTables
    board: Board
    cards: Mapping[str, Card]

    @property
    def own(self) -> tuple[ActivityLine, ...]:
        """Those of the board's own priorities."""
        return tuple(self._of([self.board]))

    @property
    def every(self) -> tuple[ActivityLine, ...]:
        """Those of the boards that report here too."""
        return tuple(self._of([self.board, *boards_below(self.framework, self.board)]))

    def _of(self, boards: Sequence[Board]) -> Iterator[ActivityLine]:
        codes = {each.code for each in boards}
        for line in self.tables.activities:
            priority = self.framework.priority.get(line.priority)
            if priority and priority.board in codes:
                yield line

    @property
    def late(self) -> list[Bullet]:
        """Those that are not on course, the worst first, each with why: for the first page."""
        worst = [each for rag in _WORST_FIRST for each in self.every if each.rag == rag]
        return [
            Bullet(f"{rag_words(each.rag)}. {' '.join(each.why)}", self._anchor(each), each.title) for each in worst
        ]

    @property
    def tally(self) -> str:
        """How many stand how."""
        counted = [(rag, sum(each.rag == rag for each in self.every)) for rag in Rag]
        said = [f"{say_number(count)} {rag}" for rag, count in counted if count]
        noun = "activity" if len(self.every) == 1 else "activities"
        return f"Of {say_number(len(self.every))} {noun}: {', '.join(said)}."

    def _anchor(self, line: ActivityLine) -> str:
        return _anchor(line) if line in self.own else "activities"

    @property
    def slides(self) -> Iterator[Slide]:
        """How they stand on one slide, then a plan on a page for each priority; none where there is no activity."""
        if self.every:
            lines = [f"{bullet.lead}: {bullet.text}" for bullet in self.late[:4]]
            more = len(self.late) - len(lines)
            yield Slide(self.tally, (*lines, *([f"And {say_number(more)} more: see the pack."] if more > 0 else [])))
        for priority, activities in self._by_priority:
            picture = self._timeline(priority, activities)
            moved = [f"{each.title}: {each.figure}" for each in self._moved(activities)[:MOVED_ON_A_SLIDE]]
            lines = [SHOULD_MOVE, *moved] if moved else []
            yield Slide(f"Plan on a page: {priority.title}", tuple(lines), picture=picture, notes=picture.description)

    def sections(self) -> Iterator[Section]:
        """All activities in a table, then a plan on a page for each priority of the board's own."""
        if not self.every:
            return
        yield Section(
            "activities",
            "Activities: what was to be delivered",
            (Paragraph(self.tally, "inset"), self._table(), Paragraph(RULE, "note")),
        )
        for priority, lines in self._by_priority:
            yield self._plan_on_a_page(priority, lines)

    def annex(self) -> Iterator[Section]:
        """What the lead of each of the board's own activities told, out of the way of whoever reads for messages."""
        cards = [self._card(each) for _, lines in self._by_priority for each in lines]
        if cards:
            about = Paragraph("How each stands, what its lead told, what comes next and what it is paid from.", "note")
            yield Section(ANNEX, "Annex: the activities one by one", (about,), kind="annex")
            yield from cards

    @property
    def _by_priority(self) -> Iterator[tuple[Priority, list[ActivityLine]]]:
        """The board's own priorities that have activities, each with them."""
        for priority in self.framework.priorities:
            if lines := [each for each in self.own if each.priority == priority.code]:
                yield priority, lines

    def _moved(self, lines: Sequence[ActivityLine]) -> list[Glance]:
        """The indicators that activities should move, each in a line."""
        codes = dict.fromkeys(code for each in lines for code in each.indicators if code in self.cards)
        return [self.cards[code].glance for code in codes]

    def _table(self) -> Table:
        rows = tuple(
            (each.title, rag_words(each.rag), self._partner(each.lead), _next(each), " ".join(each.why))
            for each in self.every
        )
        return Table(
            "How each activity stands", ("Activity", "Stands", "Lead", "What comes next", "Why"), rows, rated=1
        )

    def _plan_on_a_page(self, priority: Priority, lines: Sequence[ActivityLine]) -> Section:
        """A simple timeline beside the indicators that its activities should move."""
        blocks: list[Block] = [
            self._timeline(priority, lines),
            Paragraph(
                f"A bar runs from an activity’s start to its end, a diamond is a milestone, a triangle one that has "
                f"passed and is not met; the dashed line is {say_date(self.tables.made_on)}.",
                "note",
            ),
        ]
        if moved := self._moved(lines):
            blocks.append(Glances(f"{priority.title}: what its activities should move", tuple(moved)))
        title = f"Plan on a page: {priority.title}"
        return Section(f"plan-{priority.code}", title, tuple(blocks), kind="plan")

    def _timeline(self, priority: Priority, lines: Sequence[ActivityLine]) -> Picture:
        words = " ".join(map(_bar_in_words, lines))
        return Picture(f"Timeline: {priority.title}", words, draw(timeline_spec(lines, self.tables.made_on)))

    def _card(self, line: ActivityLine) -> Section:
        board = self.framework.board.get(line.asks_board)
        said = (
            ("How it stands", f"{rag_words(line.rag)}. {' '.join(line.why)}"),
            ("Its lead", f"{self._partner(line.lead)}{self._says(line)}"),
            ("Runs", f"{say_date(line.starts)} to {say_date(line.ends)}"),
            ("What comes next", _next(line)),
            ("In the way", line.in_the_way),
            (f"Asked of {board.name}" if board else "Asked", line.asks),
            ("Should move", "; ".join(self.cards[c].indicator.title for c in line.indicators if c in self.cards)),
            ("Paid from", "; ".join(line.funding)),
            ("Serves", line.serves),
        )
        blocks: list[Block] = [Terms(tuple((term, text) for term, text in said if text))]
        if line.done:
            blocks.append(Quote(line.done, f"{self._partner(line.lead)}, on what was done"))
        return Section(_anchor(line), line.title, tuple(blocks), level=3, kind="card")

    def _says(self, line: ActivityLine) -> str:
        if line.state == NO_WORD:
            return ", which has told nothing of it yet"
        when = f" (told on {say_date(line.told_on)})" if line.told_on else ""
        return f", which says that it is {line.state}{when}"

    def _partner(self, code: str) -> str:
        known = self.framework.partner.get(code)
        return known.name if known else code


def _bar_in_words(line: ActivityLine) -> str:
    passed = dict.fromkeys(line.late, " (passed)")
    milestones = (f" {title}, {say_date(on)}{passed.get(title, '')}." for title, on in line.milestones)
    return f"{line.title}: {say_date(line.starts)} to {say_date(line.ends)}, {line.rag}.{''.join(milestones)}"


def _anchor(line: ActivityLine) -> str:
    return f"activity-{line.activity}"


def _next(line: ActivityLine) -> str:
    if not line.next_milestone:
        return "Not said"
    return f"{line.next_milestone}, {say_date(line.next_on)}" if line.next_on else line.next_milestone
