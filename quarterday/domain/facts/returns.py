"""What partners send and say, and what became of it."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from quarterday.domain.facts.fact import Fact
from quarterday.domain.framework.periods import Period, of_this_century, within_reach


@dataclass(frozen=True, kw_only=True)
class UploadKept(Fact):
    """A file arrived and is safe; it is no return until the partner sends it."""

    partnership: str
    request: str
    upload: str  # our own id
    sha256: str
    size: int  # bytes
    suffix: str  # .xlsx, .ods, .csv ...: what the file says it is
    stored_as: str  # the store's key
    said_name: str  # the name the sender's file had, cleaned for showing

    @property
    def key(self) -> str:
        return self.upload

    @property
    def file_name(self) -> str:
        """The sender's name for the file, with its ending: the period of an export may stand in it."""
        ends = self.said_name.lower().endswith(self.suffix.lower())
        return self.said_name if ends else f"{self.said_name}{self.suffix}"


class ReturnKind(StrEnum):
    """What kind of return it is. A nil return is an answer of zero, never missing."""

    FIGURES = "figures"
    PART = "part"
    NIL = "nil"


@dataclass(frozen=True, kw_only=True)
class ReturnReceived(Fact):
    """A partner sent its return and was given a receipt."""

    partnership: str
    request: str
    partner_return: str  # the receipt's reference
    kind: ReturnKind
    upload: str = ""  # empty for a nil return
    sha256: str = ""
    stored_as: str = ""
    suffix: str = ""
    rest_by: date | None = None  # for a part return: until when the rest is promised
    period_start: date | None = None  # what the sender says the figures cover, where it is not what was asked
    period_end: date | None = None
    explanations: str = ""  # what the sender wrote about warnings

    @property
    def key(self) -> str:
        return self.partner_return

    @property
    def says_period(self) -> Period | None:
        """The days that the sender says the figures cover; None where it says nothing, or nothing that can be."""
        if self.period_start is None or self.period_end is None:
            return None
        start, end = of_this_century(self.period_start), of_this_century(self.period_end)
        return Period(start, end) if start <= end and within_reach(start) and within_reach(end) else None


class ReplyKind(StrEnum):
    """What a partner may say instead of sending figures."""

    NEEDS_TIME = "needs time"
    OWN_REFERENCE = "own reference"
    NOT_AVAILABLE = "not available"
    COLLEAGUE = "colleague"


@dataclass(frozen=True, kw_only=True)
class ReplyReceived(Fact):
    """A partner said something other than figures. `reason` holds its words."""

    partnership: str
    request: str
    reply: str  # our own id
    kind: ReplyKind
    until: date | None = None
    reference: str = ""
    colleague_name: str = ""
    colleague_email: str = ""
    indicators: tuple[str, ...] = ()  # for "not available": which; none listed means all

    @property
    def key(self) -> str:
        return self.reply


class Verdict(StrEnum):
    """What becomes of a return."""

    ACCEPTED = "accepted"
    ACCEPTED_WITH_CAVEATS = "accepted with caveats"
    QUERIED = "queried"
    QUARANTINED = "quarantined"  # personal data: kept apart, nobody downstream sees it
    INFECTED = "infected"  # a virus was found: kept apart, and given to nobody

    @property
    def apart(self) -> bool:
        """Whether the file of such a return is set apart: nobody works with it, and it goes once its sender knows."""
        return self in (Verdict.QUARANTINED, Verdict.INFECTED)


READ_AGAIN = "read-again"  # no code of an officer: the checks read the same file once more


@dataclass(frozen=True, kw_only=True)
class VerdictGiven(Fact):
    """What the checks made of a return. The findings and the rows as read are in the store."""

    partnership: str
    request: str
    partner_return: str
    verdict: Verdict
    critical: int
    warnings: int
    notes: int
    findings_stored_as: str
    rows_stored_as: str = ""
    answered: tuple[str, ...] = ()  # asked indicators that this return itself has a word on: a figure, or why not
    left_open: tuple[str, ...] = ()  # keys of those indicators' figures that it leaves out, where it is a part
    overrides: str = ""  # "" for the checks' own verdict, READ_AGAIN for their second, else the officer's code
    to_partner: str = ""  # an officer's words or question that goes to the partner; `reason` stays inside

    @property
    def key(self) -> str:
        decided = f"|{self.at.isoformat()}" if self.overrides else ""  # an officer may decide anew
        return f"{self.partner_return}|{self.overrides}{decided}"


def return_spoken_of(about: str) -> str:
    """The return that an email is about; of a further word on one, it is about the key of that verdict."""
    return about.partition("|")[0]


@dataclass(frozen=True, kw_only=True)
class FiguresBackfilled(Fact):
    """Earlier figures were brought in from before quarterday, as a tidy file in the store."""

    partnership: str
    stored_as: str
    sha256: str
    rows: int

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.sha256}"


@dataclass(frozen=True, kw_only=True)
class FileKept(Fact):
    """An officer keeps, for a stated reason, the file of a return that holds personal data; it ends by itself."""

    partnership: str
    request: str
    partner_return: str

    @property
    def key(self) -> str:
        return f"{self.partner_return}|{self.at.isoformat()}"


class DeletedFor(StrEnum):
    """What a file was deleted for: its sender is told of it."""

    UNSAID = ""  # recorded before this was
    VIRUS = "a virus in it"  # at once, and not sent
    PERSONAL_DATA = "personal data in it"  # at once, and not sent
    KEPT_LONG_ENOUGH = "kept long enough"  # by the retention rule, or by that on cases that were counted


@dataclass(frozen=True, kw_only=True)
class FileDeleted(Fact):
    """A file was removed, by the retention rule or for what was in it; that it existed stays on record."""

    partnership: str
    stored_as: str
    sha256: str
    cause: DeletedFor = DeletedFor.UNSAID

    @property
    def key(self) -> str:
        return self.stored_as


@dataclass(frozen=True, kw_only=True)
class ReferenceFiguresBroughtIn(Fact):
    """Figures of other places were brought in from a published table, as a tidy file in the store."""

    partnership: str
    comparison: str  # the table's code in `config/`
    published: date  # by who publishes it
    stored_as: str
    sha256: str
    rows: int

    @property
    def key(self) -> str:
        return f"{self.partnership}|{self.comparison}|{self.published.isoformat()}|{self.sha256}"
