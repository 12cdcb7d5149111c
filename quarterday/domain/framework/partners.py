"""Who takes part: partners with their contacts, officers, and the boards that read the figures."""

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field, ValidationInfo, field_validator
from pydantic_core import PydanticCustomError

from quarterday.domain.framework import addresses
from quarterday.domain.framework.codes import Code
from quarterday.domain.framework.periods import Period, parse_quarter

EmailAddress = Annotated[str, Field(pattern=addresses.PATTERN, max_length=addresses.LONGEST)]


class Configured(BaseModel):
    """What is read from `config/`: frozen once read, and nothing unknown is let through."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    @field_validator("*", mode="before")
    @classmethod
    def _only_true_and_false(cls, value: object, info: ValidationInfo) -> object:
        """`yes`, `on` and `1` are words and figures here, as everywhere else in `config/`."""
        field = cls.model_fields.get(info.field_name or "")
        if field and field.annotation is bool and not isinstance(value, bool) and value not in ("true", "false"):
            raise PydanticCustomError("bool_parsing", "neither true nor false")
        return value


class Role(StrEnum):
    """To whom a rung of the ladder speaks."""

    CONTACT = "contact"
    DEPUTY = "deputy"
    MANAGER = "manager"
    BOARD_LEAD = "board_lead"
    OFFICER = "officer"


class Contact(Configured):
    """A named person at a partner."""

    name: str = Field(min_length=1)
    email: EmailAddress
    job: str = ""


class Succession(Configured):
    """That a code goes on under another from a day on: renamed, merged, split, or a new supplier."""

    code: Code  # the one that was
    on: date


class Partner(Configured):
    """An organisation that is asked for figures, reads them, or both.

    `lead_time` is its own: the working days its process needs between the request and the answer (paper 4.3, 7.7).
    `export` names the mapping in `config/exports/` for a partner who sends its own file instead of our template.
    """

    code: Code
    name: str = Field(min_length=1)
    body: str = ""  # which body of the paper's 1.1 to 2.3 it is
    lead_time: int = Field(default=10, ge=1, le=60)
    contact: Contact
    deputy: Contact | None = None
    manager: Contact | None = None
    export: Code | None = None
    request_process: str = ""  # the partner's own way of taking requests, told in the email
    attach_template: bool = False  # whether requests come with the empty template attached
    notes: str = ""
    succeeds: tuple[Succession, ...] = ()  # partners that went on in this one: what they were asked is its own now

    def person(self, role: Role) -> Contact | None:
        """The partner's own contact for a role; None where it has none."""
        return {Role.CONTACT: self.contact, Role.DEPUTY: self.deputy, Role.MANAGER: self.manager}.get(role)


class Duty(StrEnum):
    """What an officer may decide; all may look."""

    REQUESTS = "requests"  # what partners are asked, when, and whether what they sent is taken
    RELEASES = "releases"  # what is published, and what is taken back
    PERSONAL_DATA = "personal-data"  # returns that hold personal data, and agreements


class Officer(Configured):
    """Someone of the partnership's own team. `may` says what they decide: nothing listed, and they only look.

    `account` is what the provider of accounts at work calls theirs for ever, such as Entra ID's object id. Where it is
    set it alone lets them in: an address may be given to somebody else.
    """

    code: Code
    name: str = Field(min_length=1)
    email: EmailAddress
    account: str = ""
    job: str = ""
    may: tuple[Duty, ...] = tuple(Duty)


class Meeting(Configured):
    """A board's meeting and the information period it considers."""

    on: date
    considers: Period

    @field_validator("considers", mode="before")
    @classmethod
    def _read_period(cls, value: object) -> object:
        """A financial quarter's name (`2025-26 Q1`), or two dates under `start` and `end`."""
        return parse_quarter(value) if isinstance(value, str) else value


class AskKind(StrEnum):
    """What is wanted of a board."""

    DECISION = "decision"
    HELP = "help"
    INFORMATION = "for information"


class FirstAsk(Configured):
    """What a board asks of the one that it reports to when quarterday begins; it climbs from there (paper 3.8)."""

    what: str = Field(min_length=3, max_length=600)
    kind: AskKind = AskKind.HELP
    by_when: date | None = None
    consequence: str = ""  # what follows if nothing is done
    options: str = ""


class OpenTo(StrEnum):
    """Who reads what is published."""

    PUBLIC = "public"  # everybody; it is listed
    LINK = "link"  # whoever has its address, which cannot be guessed
    SIGNED_IN = "signed-in"  # whoever has signed in on the officers' pages


class Board(Configured):
    """A subgroup, a board, a committee or an outside reader: each gets its own pack from the same figures.

    `papers_clear_days` are clear working days: neither the day of issue nor the day of the meeting counts
    (Local Government Act 1972, s.100B: five clear days).
    """

    code: Code
    name: str = Field(min_length=1)
    kind: Annotated[str, Field(pattern="^(subgroup|board|committee|external)$")]
    reports_to: Code | None = None
    lead: Contact
    co_leads: tuple[Contact, ...] = ()
    papers_clear_days: int = Field(default=5, ge=0, le=30)
    open_to: OpenTo = OpenTo.PUBLIC  # its packs
    meetings: tuple[Meeting, ...] = ()
    asks: tuple[FirstAsk, ...] = ()  # raised once, when the first collection opens
    about: str = ""

    @field_validator("asks", mode="before")
    @classmethod
    def _read_asks(cls, value: object) -> object:
        """An ask may be written as its words alone."""
        if not isinstance(value, list | tuple):
            return value
        return [{"what": each} if isinstance(each, str) else each for each in value]


class Area(Configured):
    """A ward or the borough itself, by its code of the Office for National Statistics."""

    code: Annotated[str, Field(pattern=r"^[A-Z]\d{8}$")]
    name: str = Field(min_length=1)
    level: Annotated[str, Field(pattern="^(borough|ward)$")]
    # codes and names of an earlier edition whose place, or part of it, this area took: never read as it, but told
    succeeds: tuple[str, ...] = ()


class Rhythm(Configured):
    """How the timetable is worked back from the papers, in working days (paper 4.3)."""

    publish_before_papers: int = Field(default=1, ge=0)
    close_before_publish: int = Field(default=2, ge=1)
    due_before_close: int = Field(default=8, ge=0)
    correction_days: int = Field(default=5, ge=1)  # how long a partner has to put a return right
    agreement_notice_days: int = Field(default=90, ge=1)  # calendar days before an agreement ends


class SchoolTerm(Configured):
    """A school term, by its own dates: terms follow no rule that could be computed."""

    name: str
    dates: Period


class LocalNames(Configured):
    """Names of the area, for telling people from places (`quarterday.adapters.personal_data`).

    `people` are given names that are common here and in no list for all of England; `places` are organisations,
    buildings and days that are called like people, such as John Lewis or Ivy Lodge.
    """

    people: tuple[str, ...] = ()
    places: tuple[str, ...] = ()


class Licence(Configured):
    """Under which terms others may use what is published: for example OGL-UK-3.0, the Open Government Licence."""

    code: str = Field(min_length=1)  # as https://spdx.org/licenses/ calls it
    title: str = Field(min_length=1)
    url: Annotated[str, Field(pattern=r"^https?://")]


class EarlyReader(Configured):
    """Somebody who may see a release before it is public. Name and post are published, the address never is."""

    code: Code
    name: str = Field(min_length=1)
    post: str = Field(min_length=1)  # and the organisation, as the published list has it
    email: EmailAddress


class PreRelease(Configured):
    """Access before publication: by name, at most 24 hours, and the list is published.

    As official statistics have it (Pre-release Access to Official Statistics Order 2008).
    """

    hours: int = Field(default=24, ge=1, le=24)
    release_hour: int = Field(default=10, ge=0, le=23)  # London's, at which `publish-collection` runs (prefect.yaml)
    readers: tuple[EarlyReader, ...] = Field(min_length=1)

    def reader(self, code: str) -> EarlyReader | None:
        """The reader of that code."""
        return next((each for each in self.readers if each.code == code), None)


class Partnership(Configured):
    """The partnership itself: its name, its people, its boards and its places."""

    code: Code
    name: str = Field(min_length=1)
    sender: EmailAddress
    reply_to: EmailAddress
    synthetic: bool = False  # every page then says that the figures are made up
    rhythm: Rhythm = Rhythm()
    # automatic: a release passes by itself on its day if nothing critical is open; approval: an officer approves each
    releases: Annotated[str, Field(pattern="^(automatic|approval)$")] = "automatic"
    second_pair_of_eyes: bool = False  # who handed in, or accepted with caveats, does not approve the release of it
    # whether asks of boards, their answers and actions are followed from meeting to meeting, and leads written to
    follows_up: bool = False
    data_open_to: OpenTo = OpenTo.PUBLIC  # the figures of releases under `/data/`, which are those of all boards
    pre_release: PreRelease | None = None  # who may see a release before it is public; left out: nobody
    officers: tuple[Officer, ...] = Field(min_length=1)
    boards: tuple[Board, ...] = Field(min_length=1)
    areas: tuple[Area, ...] = Field(min_length=1)
    licence: Licence | None = None  # told in every release; none where it is left out
    school_terms: tuple[SchoolTerm, ...] = ()
    # what suppliers write instead of a number or beside one (`1-4`, `..`, `(r)`), and the marker that it means
    markers: dict[str, Annotated[str, Field(pattern=r"^\[[xcprezbu]\]$")]] = Field(default_factory=dict)
    names: LocalNames = LocalNames()
    bank_holidays: tuple[date, ...] = ()  # added to England's, for example one proclaimed at short notice
