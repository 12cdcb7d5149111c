"""What a pack is made of. Every format renders these same words, so no number can differ between two of them."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

SHORT_HEAD = 26  # characters
NARROW = 52  # characters of a row
WHOLE = 10  # rows
FEW_COLUMNS = 3  # that fit beside one another on a telephone
CHANGED = ("hoped", "unhoped", "open")  # the kinds of a sign of possible change


@dataclass(frozen=True)
class Paragraph:
    """Words. `kind` is how they stand: `plain`, `figure` (large), `change`, `note` or `inset`."""

    text: str
    kind: str = "plain"


@dataclass(frozen=True)
class Bullet:
    """One line of a list. `lead` are its first words, which lead to the section `anchor`."""

    text: str
    anchor: str = ""
    lead: str = ""

    @property
    def words(self) -> str:
        """The whole line."""
        return f"{self.lead}: {self.text}" if self.lead else self.text


@dataclass(frozen=True)
class Bullets:
    """A list."""

    items: tuple[Bullet, ...]


@dataclass(frozen=True)
class Link:
    """Words that lead to the section `anchor`."""

    text: str
    anchor: str


@dataclass(frozen=True)
class Terms:
    """Short facts, each a term and what it is."""

    rows: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Quote:
    """Somebody's own words."""

    text: str
    who: str


@dataclass(frozen=True)
class Table:
    """A table whose first column heads its rows. `numeric` says which columns hold figures."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numeric: tuple[bool, ...] = ()
    rated: int = -1  # the column that says how something stands by shape and word (`▲ Amber`); -1 for none

    def rating(self, column: int, cell: str) -> str:
        """The word of a cell that says how something stands; empty for any other."""
        return cell.rpartition(" ")[2].lower() if column == self.rated else ""

    @property
    def short_heads(self) -> bool:
        """Whether the rows' headings are short enough to stand on one line each."""
        return all(len(row[0]) <= SHORT_HEAD for row in self.rows)

    @property
    def in_words(self) -> bool:
        """Whether it tells in words what its rows are about: on a telephone each row then stands under its heading."""
        return not any(self.numeric) and len(self.columns) > FEW_COLUMNS

    @property
    def narrow(self) -> bool:
        """Whether it fits beside another of its width on a page."""
        return all(sum(len(cell) for cell in row) <= NARROW for row in (self.columns, *self.rows))

    @property
    def whole(self) -> bool:
        """Whether it is short enough to stand on one page, which is never broken within it."""
        return len(self.rows) <= WHOLE

    def is_numeric(self, column: int) -> bool:
        """Whether a column holds figures, and so is set to the right."""
        return column < len(self.numeric) and self.numeric[column]


@dataclass(frozen=True)
class Picture:
    """A chart with its text alternative. One with a `heading` is a small chart that may stand beside another."""

    title: str
    description: str
    svg: str
    heading: str = ""

    @property
    def width(self) -> float:
        """Its natural width in pixels of a screen."""
        found = re.search(r'\bwidth="([\d.]+)"', self.svg)
        return float(found[1]) if found else 0.0


@dataclass(frozen=True)
class Glance:
    """One indicator in one line: its figure, its trend and what it says. `anchor` leads to its card, if it has one."""

    title: str
    figure: str
    says: str
    trend: Picture | None = None
    anchor: str = ""


@dataclass(frozen=True)
class Glances:
    """Indicators line by line, under one caption."""

    caption: str
    rows: tuple[Glance, ...]


@dataclass(frozen=True)
class Sign:
    """What an indicator shows, by shape, colour and words. `kind` is its colour; `words` say the same without it."""

    shape: str
    words: str
    kind: str  # `hoped`, `unhoped` or `open` for a sign of possible change; `steady`, `unread`, `absent` for none

    def __str__(self) -> str:
        return f"{self.shape} {self.words}"


@dataclass(frozen=True)
class ScoreLine:
    """One indicator on a scorecard: its figures beside others of its series, and what it shows.

    `cells` stand under the scorecard's columns. `by_sign` and `by_name` are its places in those two orders.
    """

    title: str
    cells: tuple[str, ...]
    sign: Sign
    trend: Picture | None = None
    anchor: str = ""
    unmet: bool = False  # whether its target is missed this time
    by_sign: int = 0
    by_name: int = 0

    @property
    def kinds(self) -> tuple[str, ...]:
        """Which of the page's choices show it."""
        signs = ("sign",) if self.sign.kind in CHANGED else ()
        return (*signs, *(("absent",) if self.sign.kind == "absent" else ()), *(("unmet",) if self.unmet else ()))


@dataclass(frozen=True)
class Scorecard:
    """Indicators line by line under the headings of their groups, with the columns in which anything compares."""

    caption: str
    columns: tuple[str, ...]
    groups: tuple[tuple[str, tuple[ScoreLine, ...]], ...]

    @property
    def lines(self) -> tuple[ScoreLine, ...]:
        """All of them."""
        return tuple(line for _, lines in self.groups for line in lines)

    def count(self, kind: str) -> int:
        """How many lines one of the page's choices shows."""
        return sum(kind in line.kinds for line in self.lines)


Block = Paragraph | Bullets | Link | Terms | Quote | Table | Picture | Glances | Scorecard


@dataclass(frozen=True)
class Section:
    """A heading and what stands under it. Level 2 begins a part of the pack, level 3 is within one."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    level: int = 2
    kind: str = "plain"  # `matters` fills the first page; `card` is an indicator, `figures` are those behind a card


@dataclass(frozen=True)
class Slide:
    """One message, with what bears it out. `notes` holds the table, for those who cannot see the chart."""

    message: str
    lines: tuple[str, ...] = ()
    figure: str = ""
    picture: Picture | None = None
    notes: str = ""


@dataclass(frozen=True)
class Pack:
    """A board's pack of a release."""

    board: str
    board_name: str
    partnership: str
    title: str
    subtitle: str
    edition: str  # provisional or revised, its version and day
    warning: str  # on every page; empty for real figures
    made_on: str  # ISO date, the same in every file's own dates
    sections: tuple[Section, ...]
    slides: tuple[Slide, ...]
    signs: tuple[str, ...] = ()  # the indicators that show a sign of possible change, the strongest first
    missing: tuple[str, ...] = ()  # those of which something is missing
    by_chance: str = ""  # how many signs to expect though nothing had changed
    changes: Mapping[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)  # by earlier version, of how many

    @cached_property
    def folded(self) -> frozenset[str]:
        """The anchors of what is in the annexes: a web page opens each where somebody asks for it."""
        annexed = [section.kind == "annex" for section in self.sections]
        first = annexed.index(True) if True in annexed else len(annexed)
        return frozenset(section.anchor for section in self.sections[first:] if section.kind != "annex")

    @property
    def contents(self) -> tuple[Section, ...]:
        """The sections to list: those of the annexes are reached from the lines and cards that lead to them."""
        annexed, listed = False, []
        for section in self.sections:
            annexed = annexed or section.kind == "annex"
            if not annexed or section.kind == "annex":
                listed.append(section)
        return tuple(listed)
