"""What the checks make of a file before it is sent: the very checks that the flow decides by, shown at once."""

import logging
from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import date
from threading import Lock
from urllib.parse import urlencode
from weakref import WeakValueDictionary

from expectations.checking import VIRUS, Checked, Checker, Job
from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.adapters.installation import Installation
from quarterday.adapters.personal_data import is_certain
from quarterday.adapters.scanning import NotScannedError
from quarterday.domain.activities.answering import Answer
from quarterday.domain.activities.told import all_told_before
from quarterday.domain.collection.open_figures import may_be_left_empty
from quarterday.domain.collection.promised import asked_no_more
from quarterday.domain.facts import ReturnKind, ReturnReceived, UploadKept
from quarterday.domain.figures.findings import Finding, Severity, merged, without_earlier
from quarterday.domain.figures.returns import ReturnRow, Tidied
from quarterday.domain.framework.periods import A_YEAR, Period, parse_day
from quarterday.domain.risks.reviewed import ReviewRow
from quarterday.domain.risks.reviewing import owned_by
from quarterday.domain.rulings.indicator_rulings import limits_anew
from quarterday.web.door.visits import Visit

STILL_TO_COME = "still-to-come"
_LACKING = ("missing", "row-missing")  # the rules that an empty line breaks, or a line that is not there
_REMEMBERED = 200
_TOLD_UNUSUAL = 6  # files of a request, without the code: each further one would halve what a range may be
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Declared:
    """What the sender said of a file beside sending it: that it is a part, or covers another period."""

    part: bool = False
    rest_by: date | None = None
    covers: Period | None = None

    @classmethod
    def read(cls, said: dict[str, str], today: date) -> "Declared":
        """From a query or a form's hidden fields; what makes no sense, or could not have been typed, is left out."""
        start, end = _day(said.get("start", "")), _day(said.get("end", ""))
        rest_by = _day(said.get("rest_by", ""))
        return cls(
            part=said.get("part") == "yes",
            rest_by=rest_by if rest_by and abs(rest_by - today) <= A_YEAR else None,
            covers=Period(start, end) if start and end and start <= end <= today else None,
        )

    def leaves_out(self, said: dict[str, str]) -> tuple[str, ...]:
        """The days that were said, by their names, and are not those understood here: no script's word is dropped."""
        return tuple(each for each in ("rest_by", "start", "end") if said.get(each) and each not in self.fields)

    @classmethod
    def of(cls, partner_return: ReturnReceived) -> "Declared":
        """As it stands in a return's fact."""
        return cls(partner_return.kind is ReturnKind.PART, partner_return.rest_by, partner_return.says_period)

    @property
    def fields(self) -> dict[str, str]:
        """As hidden fields or a query hold it."""
        said = {"part": "yes"} if self.part else {}
        if self.rest_by:
            said["rest_by"] = self.rest_by.isoformat()
        if self.covers:
            said |= {"start": self.covers.start.isoformat(), "end": self.covers.end.isoformat()}
        return said

    @property
    def query(self) -> str:
        """`?part=yes&rest_by=2025-08-20`, or nothing."""
        return f"?{urlencode(self.fields)}" if self.fields else ""


def _day(said: str) -> date | None:
    try:
        return parse_day(said)
    except ValueError:
        return None


@dataclass(frozen=True)
class Preview:
    """What a check page and a receipt show. `checked` is False where the checks themselves were not to be had."""

    checked: bool
    findings: tuple[Finding, ...] = ()
    tidied: tuple[Tidied, ...] = ()
    rows: int = 0
    answers: tuple[ReturnRow, ...] = ()  # the rows with a figure, or a marker that says why there is none
    comment: str = ""
    covers: Period | None = None
    layout: str = ""
    activities: tuple[Answer, ...] = ()
    reviews: tuple[ReviewRow, ...] = ()
    verdict: str = ""  # what the checks would make of it; empty where they were not to be had

    def seen(self, visit: Visit) -> "Preview":
        """As this visitor may see it: a forwarded link alone tells nothing that follows from earlier figures."""
        if visit.shown:
            return self
        told = (
            self.findings
            if may_be_told_what_is_unusual(visit)
            else [each for each in self.findings if each.without_earlier is None]
        )
        return replace(self, findings=without_earlier(told))

    def of(self, severity: Severity) -> tuple[Finding, ...]:
        """The findings of one severity."""
        return tuple(each for each in self.findings if each.severity is severity)

    @property
    def only_tells(self) -> bool:
        """Whether it tells of activities or risks and leaves all figures for another time."""
        return bool(self.activities or self.reviews) and not self.rows

    @property
    def critical(self) -> tuple[Finding, ...]:
        """What sends the return back."""
        return self.of(Severity.CRITICAL)

    @property
    def only_lacks(self) -> bool:
        """Whether there are figures, and nothing to put right but that others were left empty."""
        lacks = bool(self.critical) and all(each.rule in _LACKING for each in self.critical)
        return lacks and bool(self.answers)

    @property
    def personal(self) -> bool:
        """Whether the file certainly tells of a person."""
        return any(is_certain(each.rule) for each in self.findings)

    @property
    def infected(self) -> bool:
        """Whether a virus was found in it."""
        return any(each.rule == VIRUS for each in self.findings)

    @property
    def apart(self) -> bool:
        """Whether it can be sent to nobody, and is not kept."""
        return self.personal or self.infected

    @property
    def why_apart(self) -> str:
        """The key of the words that say why it cannot be sent."""
        return "sent.infected" if self.infected else "sent.personal"

    @property
    def warnings(self) -> tuple[Finding, ...]:
        """What to explain. That something is still to come is no oddity of the file: it is asked for by one date."""
        return tuple(each for each in self.of(Severity.WARNING) if each.rule != STILL_TO_COME)

    @property
    def notes(self) -> tuple[Finding, ...]:
        """What to know."""
        return self.of(Severity.INFORMATION)


def may_be_told_what_is_unusual(visit: Visit) -> bool:
    """Whether this visitor still hears that a figure is unusual: a range is found by asking often enough.

    With the code as often as they like; without it for the first few files of a request: the same bytes tell no more.
    """
    files = {each.sha256 for each in visit.facts.about(visit.request.request, UploadKept)}
    return visit.shown or len(files) <= _TOLD_UNUSUAL


UNCHECKED = Preview(checked=False)


def preview(checked: Checked) -> Preview:
    """A check's answer as the pages show it."""
    findings = tuple(merged(checked.findings))
    partner_return = checked.partner_return
    if partner_return is None:
        return Preview(checked=True, findings=findings, verdict=checked.verdict.value)
    return Preview(
        checked=True,
        findings=findings,
        tidied=partner_return.tidied,
        rows=len(partner_return.rows),
        answers=tuple(row for row in partner_return.rows if given(row)),
        comment=partner_return.comment,
        covers=partner_return.period,
        layout=partner_return.layout,
        activities=tuple(each.answer for each in partner_return.activities),
        reviews=partner_return.reviews,
        verdict=checked.verdict.value,
    )


def given(row: ReturnRow) -> bool:
    """Whether a row has an answer: a figure, or a marker that says why there is none."""
    return any(each is not None for each in (row.value, row.numerator, row.denominator, row.marker))


_Place = tuple[str, bool, Period | None]


class _Turn:
    """Whose turn it is to have one file checked."""

    def __init__(self) -> None:
        self.lock = Lock()


class Previews:
    """Previews by upload. Those made lately are remembered; any other is made again from the kept bytes."""

    def __init__(self, installation: Installation, checker: Checker) -> None:
        self._installation, self._checker = installation, checker
        self._made: OrderedDict[_Place, Preview] = OrderedDict()
        self._lock = Lock()
        self._one_a_file: WeakValueDictionary[str, _Turn] = WeakValueDictionary()

    def make(self, visit: Visit, kept: UploadKept, declared: Declared, data: bytes | None = None) -> Preview:
        """The preview of a kept file. Where the checks fail the return is taken all the same: never raises for that.

        However many ask for one file at the same time, it is checked once: the others wait for that answer.
        """
        place = kept.upload, declared.part, declared.covers  # all that a check goes by
        with self._lock:
            turn = self._one_a_file.setdefault(kept.upload, _Turn())
        with turn.lock:
            return self._remembered(place) or self._make(place, visit, kept, declared, data)

    def known(self, kept: UploadKept, declared: Declared) -> Preview | None:
        """The preview of a file whose bytes are gone, while it is remembered."""
        return self._remembered((kept.upload, declared.part, declared.covers))

    def _remembered(self, place: "_Place") -> Preview | None:
        with self._lock:
            if place in self._made:
                self._made.move_to_end(place)
            return self._made.get(place)

    def _make(self, place: "_Place", visit: Visit, kept: UploadKept, declared: Declared, data: bytes | None) -> Preview:
        try:
            made = preview(self._checker.check(self._job(visit, kept, declared, data)))
        except NotScannedError as away:
            _log.warning("The return is taken unchecked: %s", away)
            return UNCHECKED
        except Exception:
            _log.exception("The checks could not be had: the return is taken unchecked")
            return UNCHECKED
        with self._lock:
            self._made[place] = made
            if len(self._made) > _REMEMBERED:
                self._made.popitem(last=False)
        return made

    def _job(self, visit: Visit, kept: UploadKept, declared: Declared, data: bytes | None) -> Job:
        installation = self._installation
        return Job(
            data=installation.stores.raw.get(kept.stored_as, sha256=kept.sha256) if data is None else data,
            suffix=kept.suffix,
            name=kept.file_name,
            framework=visit.framework,
            request=visit.request,
            period=visit.period,
            exports=installation.exports,
            earlier=tuple(
                earlier_figures(
                    installation, visit.framework, visit.facts, visit.period, visit.request.partner, caveats=False
                )
            ),
            today=visit.today,
            says_period=declared.covers,
            no_more=asked_no_more(visit.facts, visit.request),
            part=declared.part,
            already=may_be_left_empty(visit.facts, visit.request),
            told_before=all_told_before(visit.facts, visit.request),
            risks_owned=owned_by(visit.framework, visit.facts, visit.request.partner, visit.today),
            limits_anew=limits_anew(visit.facts),
        )
