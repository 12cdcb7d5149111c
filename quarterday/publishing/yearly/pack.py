"""The yearly review as a pack: what the year says first, then figures, targets, activities, decisions and gaps."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from quarterday.domain.asks.naming import public_name_of
from quarterday.domain.framework.partners import Board
from quarterday.domain.framework.periods import describe, say_date
from quarterday.publishing.pack.board import SYNTHETIC
from quarterday.publishing.pack.boards import indicators_below, own_indicators
from quarterday.publishing.pack.figures_said import say_number, say_share
from quarterday.publishing.pack.model import Block, Bullet, Bullets, Pack, Paragraph, Section, Table
from quarterday.publishing.pack.sections import RATES
from quarterday.publishing.pack.text import plain
from quarterday.publishing.yearly import decided, delivered, targets, unmeasured
from quarterday.publishing.yearly.figures import NOTHING, YearLine, only_some, year_lines
from quarterday.publishing.yearly.released import ReleasedYear
from quarterday.publishing.yearly.said import capital, lowered
from quarterday.publishing.yearly.slides import slides_of

HOW_TO_READ = (
    "Each figure stands as the newest release that tells it does: what came late or was corrected is in it, what was "
    "taken back is not.",
    "A year’s figure is made of published figures alone, and only where every one of them is told and their days are "
    "those of the year. Shares are worked out from the sums of their counts and never averaged.",
    "A figure marked [c] is hidden, because small counts could point to a person. Where one is hidden, no sum is given "
    "that would tell it. A missing figure [x] is never a nought. [p] is provisional, [e] estimated, [r] revised.",
)


@dataclass(frozen=True)
class YearlyReview:
    """One reader's review of a year."""

    released: ReleasedYear
    board: Board
    title: str
    version: int
    made_on: date

    @cached_property
    def lines(self) -> tuple[YearLine, ...]:
        """The indicators that the reader looks at, those of the boards below too, in the order of the framework."""
        wanted = set()
        for of in self.released.quarters:
            known = of.framework.board.get(self.board.code)
            if known:
                both = (*own_indicators(of.framework, known), *indicators_below(of.framework, known))
                wanted |= {each.code for each in both}
        return tuple(each for each in year_lines(self.released) if each.indicator.code in wanted and each.wanted)

    @cached_property
    def aims(self) -> tuple[targets.YearsTarget, ...]:
        """Their targets."""
        return targets.targets_of(self.lines)

    @cached_property
    def activities(self) -> tuple[delivered.YearsActivity, ...]:
        """What was to be delivered."""
        return delivered.activities_of(self.released, self.board)

    @cached_property
    def decisions(self) -> tuple[decided.Decided, ...]:
        """What boards decided."""
        return decided.decided_in(self.released, self.board)

    @cached_property
    def gaps(self) -> tuple[unmeasured.Unmeasured, ...]:
        """What did not come."""
        return unmeasured.unmeasured_in(self.released, self.lines)

    @cached_property
    def hidden(self) -> tuple[unmeasured.HiddenFigures, ...]:
        """What is hidden."""
        return unmeasured.hidden_in(self.released, self.lines)

    def pack(self) -> Pack:
        """The review in words, before any format."""
        partnership = self.released.framework.partnership
        year = self.released.year
        return Pack(
            board=self.board.code,
            board_name=self.board.name,
            partnership=partnership.name,
            title=f"{year.name}: yearly review",
            subtitle=f"{self.title}, for {describe(year.period)}",
            edition=f"Version {say_number(self.version)}, {say_date(self.made_on)}, {year.tally}",
            warning=SYNTHETIC if partnership.synthetic else "",
            made_on=self.made_on.isoformat(),
            sections=tuple(self._sections()),
            slides=tuple(slides_of(self)),
        )

    # Parts

    def _sections(self) -> Iterator[Section]:
        yield self._matters()
        yield Section("quarters", "The quarters behind this review", (self._quarters_table(),))
        yield from self._figures()
        if self.aims:
            yield Section("targets", "Targets over the year", (self._targets_table(),))
        if self.activities:
            yield from self._delivered()
        if self.decisions:
            yield Section("decisions", "Decisions of the year, and what became of them", (self._decisions_table(),))
        yield self._not_measured()
        if any(each.rates for each in self.released.quarters):
            yield Section("completeness", "How complete each quarter was", (self._rates_table(),))
        yield Section("reading", "How to read this review", (Bullets(tuple(map(Bullet, HOW_TO_READ))),))

    @property
    def in_short(self) -> list[Bullet]:
        """The year in a line a part."""
        said = (
            ("Targets", targets.tally_of(self.aims), "targets"),
            ("Activities", delivered.tally_of(self.activities), "activities"),
            ("Decisions", decided.tally_of(self.decisions), "decisions"),
            ("What could not be measured", unmeasured.tally_of(self.gaps, self.hidden), "not-measured"),
        )
        return [Bullet(text, anchor, lead) for lead, text, anchor in said if text]

    def _matters(self) -> Section:
        year = self.released.year
        blocks: list[Block] = [Paragraph(f"This review is made from {year.tally} of {year.name}.", "inset")]
        if not year.whole:
            why = [each.absence for each in year.quarters if not each.release]
            blocks += [Paragraph("It is not the whole year", "heading"), Bullets(tuple(map(Bullet, why)))]
        blocks += [Paragraph("The year in short", "heading"), Bullets(tuple(self.in_short))]
        met, missed = self.throughout(met=True), self.throughout(met=False)
        for heading, found in (("Targets met every time", met), ("Targets never met", missed)):
            if found:
                blocks += [Paragraph(heading, "heading"), Bullets(tuple(map(Bullet, found)))]
        done = [each.last["title"] for each in self.activities if each.delivered]
        if done:
            blocks += [Paragraph("What was delivered", "heading"), Bullets(tuple(map(Bullet, map(plain, done))))]
        return Section("what-matters", "What the year says", tuple(blocks), kind="matters")

    def throughout(self, *, met: bool) -> list[str]:
        """The indicators whose target was met every time that it could be judged, or never."""
        judged = (each for each in self.aims if each.judged)
        return [
            f"{each.line.indicator.title}: target {each.target}, {lowered(each.over_the_year)}."
            for each in judged
            if each.hits == (each.judged if met else 0)
        ]

    @property
    def _heads(self) -> tuple[str, ...]:
        return self.released.year.labels

    def _quarters_table(self) -> Table:
        rows = tuple(
            (
                each.label,
                describe(each.period),
                f"Version {say_number(each.release.version)}, {each.release.kind}" if each.release else "None",
                say_date(each.release.at.date()) if each.release else f"{capital(each.why_not)}.",
            )
            for each in self.released.year.quarters
        )
        return Table("The newest release of each quarter", ("Quarter", "Days", "Release", "Made on"), rows)

    def _figures(self) -> Iterator[Section]:
        """A table for each priority; an indicator that serves several stands with the first."""
        yield Section(
            "figures",
            f"Figures of {self.released.year.name}",
            (Paragraph(self._about_years_figures, "note"),),
        )
        for code, title, lines in self.by_priority():
            yield Section(f"figures-{code}", title, (self._figures_table(title, lines),), level=3)

    @property
    def _about_years_figures(self) -> str:
        about = "The last column says how a year’s figure is made, or why there is none."
        if self.released.year.whole:
            return about
        return f"{about} {only_some(self.released)} Where all are needed and nothing else is to be said, it is empty."

    def _about(self, line: YearLine) -> str:
        said = line.year.note or line.year.why_not
        return "" if said == only_some(self.released) else said

    def by_priority(self) -> Iterator[tuple[str, str, list[YearLine]]]:
        """Each priority by code and title, with the lines that no earlier one has."""
        left = list(self.lines)
        codes = (*self.released.framework.priority, *(code for each in left for code in each.indicator.priorities))
        for code in dict.fromkeys(codes):
            if under := [each for each in left if code in each.indicator.priorities]:
                left = [each for each in left if each not in under]
                yield code, under[-1].framework.priority[code].title, under

    def _figures_table(self, title: str, lines: Sequence[YearLine]) -> Table:
        rows = tuple((each.indicator.title, *each.cells, each.year.said, self._about(each)) for each in lines)
        columns = ("Indicator", *self._heads, "Year", "About the year’s figure")
        numeric = (False, *(True for _ in self._heads), True)
        return Table(f"{title}: quarter by quarter, {self.released.year.name}", columns, rows, numeric)

    def _targets_table(self) -> Table:
        rows = tuple((each.line.indicator.title, each.target, *each.cells, each.over_the_year) for each in self.aims)
        columns = ("Indicator", "Target", *self._heads, "Over the year")
        return Table("Whether each published figure met its target", columns, rows)

    def _delivered(self) -> Iterator[Section]:
        rows = tuple(
            (
                plain(each.last["title"]),
                self._lead(each),
                *each.cells,
                each.ends,
            )
            for each in self.activities
        )
        table = Table("How each activity stood", ("Activity", "Lead", *self._heads, "To end on"), rows)
        yield Section(
            "activities",
            "Activities: what was delivered",
            (Paragraph(delivered.tally_of(self.activities), "inset"), table),
        )
        if said := tuple((plain(each.last["title"]), plain(each.words)) for each in self.activities if each.words):
            table = Table("What was done over the year", ("Activity", "In its lead’s words"), said)
            yield Section("done", "What was done, in the words of those who lead it", (table,), level=3)

    def _lead(self, activity: delivered.YearsActivity) -> str:
        code, partners = activity.last["lead"], self.released.framework.partner
        return partners[code].name if code in partners else code

    def _decisions_table(self) -> Table:
        rows = tuple(
            (
                plain(each.what),
                f"{public_name_of(self.released.framework, each.board)}, {say_date(each.meeting)}",
                each.asker,
                plain(each.answer),
                plain(each.became),
            )
            for each in self.decisions
        )
        columns = ("What was asked or wanted", "Decided by", "Asked by", "The decision", "What became of it")
        return Table("Decisions at the meetings of the year, oldest first", columns, rows)

    def _not_measured(self) -> Section:
        blocks: list[Block] = []
        if self.gaps:
            rows = tuple(
                (each.title, each.quarters, plain(each.why), plain(each.owner), each.since) for each in self.gaps
            )
            columns = ("Indicator", "Quarters", "Why it was missing", "Owner", "Since then")
            blocks.append(Table("What did not come in time, or at all", columns, rows))
        if self.hidden:
            hidden = tuple((each.title, say_number(each.hidden), say_number(each.of)) for each in self.hidden)
            blocks.append(
                Table(
                    "Figures that are hidden: small counts could point to a person",
                    ("Indicator", "Hidden", "Of all its figures, parts included"),
                    hidden,
                    (False, True, True),
                )
            )
        return Section("not-measured", "What could not be measured", tuple(blocks) or (Paragraph("Everything could."),))

    def _rates_table(self) -> Table:
        of = [{each["rate"]: float(each["value"]) for each in quarter.rates} for quarter in self.released.quarters]
        rows = tuple(
            (title, *(say_share(each[key]) if key in each else NOTHING for each in of), about)
            for key, title, about in RATES
        )
        numeric = (False, *(True for _ in self._heads))
        return Table("Completeness, quarter by quarter", ("Rate", *self._heads, "What it says"), rows, numeric)
