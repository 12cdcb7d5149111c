"""What opens a pack: what the board decided last time and what became of it, then what is asked of it now."""

from collections.abc import Iterator
from dataclasses import dataclass

from quarterday.domain.asks.naming import public_name_of
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import say_date
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.model import Block, Bullet, Paragraph, Quote, Section, Slide, Table, Terms
from quarterday.publishing.pack.slide_lines import first_lines
from quarterday.publishing.tables import ActionLine, AnswerLine, AskLine, ReleaseTables

ASKED_ON_SLIDES = 3  # a slide each; the others in a line each
KINDS = {"decision": "For decision", "help": "For help", "for information": "For information"}


@dataclass(frozen=True)
class BoardFollowing:
    """What one board reads of asks and actions: nothing where the partnership does not follow them up.

    A board sees what lies before it or was answered by it, never what lies before a board below.
    """

    framework: Framework
    tables: ReleaseTables
    board: Board

    @property
    def follows(self) -> bool:
        """Whether this board is asked anything at all: an outside reader is not."""
        return self.framework.partnership.follows_up and self.board.kind != "external"

    @property
    def asked_now(self) -> tuple[AskLine, ...]:
        """What lies before the board, the most urgent first."""
        if not self.follows:
            return ()
        mine = [each for each in self.tables.asks if each.open and each.board == self.board.code]
        return tuple(sorted(mine, key=lambda each: (each.by_when is None, each.by_when or each.raised_on)))

    @property
    def answered(self) -> tuple[tuple[AskLine, AnswerLine], ...]:
        """What the board made of asks since its last pack."""
        return tuple(
            (ask, each)
            for ask in self.tables.asks
            for each in ask.answers
            if each.new and each.board == self.board.code
        )

    @property
    def withdrawn(self) -> tuple[AskLine, ...]:
        """What lay before the board or was answered by it, and is asked no more since its last pack.

        Of what it answered since as well, its answer tells that.
        """
        told = {ask.ask for ask, _ in self.answered}
        return tuple(
            each
            for each in self.tables.asks
            if each.withdrawn
            and each.withdrawn.new
            and each.ask not in told
            and self.board.code in (each.board, *(answer.board for answer in each.answers))
        )

    @property
    def actions(self) -> tuple[ActionLine, ...]:
        """What the board wanted done: all that is open, and what was told of since its last pack."""
        mine = [each for each in self.tables.actions if each.board == self.board.code]
        shown = [each for each in mine if each.new or each.state not in ("done", "dropped")]
        return tuple(sorted(shown, key=lambda each: (each.due, each.action)))

    @property
    def asked_by_it(self) -> tuple[AskLine, ...]:
        """What the board asked itself, as long as it is open or its answer is new."""
        mine = (each for each in self.tables.asks if each.asker == self.board.code)
        return tuple(
            each for each in mine if each.open or any(one.new for one in (*each.answers, each.withdrawn) if one)
        )

    @property
    def as_bullets(self) -> list[Bullet]:
        """What is asked now in a line each: for the first page and the slides."""
        return [Bullet(f"{self._asked_line(each)}", "asked-now", KINDS[each.kind]) for each in self.asked_now]

    @property
    def slides(self) -> Iterator[Slide]:
        """What was decided last time and what became of it, on one slide, then each matter that is asked on its own."""
        lines = [f"{ask.what} {self._answer(answer)}" for ask, answer in self.answered]
        lines += [f"{each.what} {self._no_more(each)}" for each in self.withdrawn]
        lines += [f"{each.what} {self._how_it_goes(each)}" for each in self.actions]
        if lines:
            yield Slide("What you decided last time, and what became of it", first_lines(lines))
        yield from (self._slide(each) for each in self.asked_now[:ASKED_ON_SLIDES])
        if left := [bullet.words for bullet in self.as_bullets[ASKED_ON_SLIDES:]]:
            yield Slide("What else is asked of you now", first_lines(left))

    def _slide(self, ask: AskLine) -> Slide:
        """What a board needs to decide a matter, as its page in the pack has it."""
        terms = dict(self._card(ask).rows)
        first = f"{terms['What is wanted']}. Asked by {terms['Asked by']}. Needed by: {terms['Needed by'].lower()}."
        told = (f"{name}: {terms[name]}" for name in ("If nothing is done", "Options", "Paper trail"))
        return Slide(ask.what, (first, *told))

    def sections(self) -> Iterator[Section]:
        """What opens the pack."""
        if not self.follows:
            return
        yield Section("last-time", "What you decided last time, and what became of it", tuple(self._last_time()))
        yield from self._asked_now()
        if self.asked_by_it:
            rows = tuple(
                (
                    each.what,
                    self._where(each),
                    " ".join((*map(self._answer_of, each.answers), self._no_more(each))).strip(),
                )
                for each in self.asked_by_it
            )
            table = Table("What this board asked", ("What was asked", "Where it lies", "What was answered"), rows)
            yield Section("asked-by-you", "What became of what you asked", (table,))
        if said := tuple(self._said_below()):
            yield Section("from-below-in-words", "What the boards that report here say", said)

    def _last_time(self) -> Iterator[Block]:
        if not self.answered and not self.actions and not self.withdrawn:
            yield Paragraph("Nothing that this board decided since its last pack is on record.")
        if self.answered:
            rows = tuple(
                (ask.what, self._who(ask.asker), self._answer(answer), self._became(ask))
                for ask, answer in self.answered
            )
            columns = ("What was asked", "By", "What you answered", "What became of it")
            yield Table("Your answers", columns, rows)
        if self.withdrawn:
            gone = tuple((each.what, self._who(each.asker), self._no_more(each)) for each in self.withdrawn)
            yield Table("Asked of you no more", ("What was asked", "By", "What became of it"), gone)
        if self.actions:
            rows = tuple(
                (each.what, self._who(each.owner), say_date(each.due), self._how_it_goes(each)) for each in self.actions
            )
            yield Table("Actions that you set", ("Action", "Who", "By", "How it goes"), rows)

    def _asked_now(self) -> Iterator[Section]:
        if not self.asked_now:
            yield Section("asked-now", "What is asked of you now", (Paragraph("Nothing lies before this board."),))
            return
        count = len(self.asked_now)
        noun = "matter lies" if count == 1 else "matters lie"
        lead = f"{say_number(count)} {noun} before this board. Each is to be decided, passed on, refused or deferred."
        yield Section("asked-now", "What is asked of you now", (Paragraph(lead, "inset"),))
        for each in self.asked_now:
            yield Section(f"ask-{each.ask}", each.what, (self._card(each),), level=3, kind="ask")

    def _card(self, ask: AskLine) -> Terms:
        meant = self.framework.board.get(ask.meant_for)
        activity = self.framework.activity.get(ask.activity)
        said = (
            ("What is wanted", KINDS[ask.kind]),
            ("Asked by", self._who(ask.asker)),
            ("Meant for", meant.name if meant and meant.code != self.board.code else ""),
            ("Needed by", say_date(ask.by_when) if ask.by_when else "No day is named"),
            ("If nothing is done", ask.consequence or "Not said"),
            ("Options", ask.options or "Not said"),
            ("Activity", activity.title if activity else ""),
            ("Paper trail", " ".join(self._trail(ask))),
        )
        return Terms(tuple((term, text) for term, text in said if text))

    def _trail(self, ask: AskLine) -> Iterator[str]:
        yield f"Raised on {say_date(ask.raised_on)} by {self._who(ask.asker)} ({ask.ask})."
        yield from map(self._answer_of, ask.answers)

    def _answer_of(self, answer: AnswerLine) -> str:
        """A board's answer with the board’s name and the day."""
        return f"{self._who(answer.board)}, {say_date(answer.meeting)}: {self._answer(answer)}"

    def _answer(self, answer: AnswerLine) -> str:
        to = f" to {self._who(answer.passed_to)}" if answer.passed_to else ""
        until = f" until {say_date(answer.until)}" if answer.until else ""
        said = f" {answer.for_readers}" if answer.for_readers else ""
        return f"{answer.answer[:1].upper()}{answer.answer[1:]}{to}{until}.{said}"

    def _became(self, ask: AskLine) -> str:
        """What followed from an answer: the actions set for it, and what boards above made of it."""
        own = [each.board for each in ask.answers].index(self.board.code)
        later = [self._answer_of(each) for each in ask.answers[own + 1 :]]
        done = [f"{each.what} {self._how_it_goes(each)}" for each in self.tables.actions if each.ask == ask.ask]
        waits = [f"It lies before {self._who(ask.board)}."] if ask.open else []
        said = [*later, *done, *waits, self._no_more(ask)]
        return " ".join(filter(None, said)) or "No action was set."

    def _no_more(self, ask: AskLine) -> str:
        """That it was withdrawn, and why; empty for what was not."""
        return f"Withdrawn on {say_date(ask.withdrawn.on)}. {ask.withdrawn.for_readers}" if ask.withdrawn else ""

    def _how_it_goes(self, action: ActionLine) -> str:
        when = f", told on {say_date(action.told_on)}" if action.told_on else ""
        late = ", overdue" if action.overdue else ""
        said = f" {action.said}" if action.said else ""
        return f"{action.state[:1].upper()}{action.state[1:]}{when}{late}.{said}"

    def _asked_line(self, ask: AskLine) -> str:
        by_when = f" Needed by {say_date(ask.by_when)}." if ask.by_when else ""
        return f"{ask.what.rstrip('.')}. Asked by {self._who(ask.asker)}.{by_when}"

    def _where(self, ask: AskLine) -> str:
        if ask.withdrawn:
            return "Withdrawn"
        return f"Before {self._who(ask.board)}" if ask.open else f"Answered by {self._who(ask.board)}"

    def _said_below(self) -> Iterator[Block]:
        for each in self.tables.words_upward:
            below = self.framework.board.get(each.board)
            if below and below.reports_to == self.board.code:
                yield Quote(each.words, f"{below.name}, after its meeting of {say_date(each.meeting)}")

    def _who(self, code: str) -> str:
        return public_name_of(self.framework, code)
