"""The emails' templates: each that may be sent is there, begins with its subject, and can be read by Jinja2."""

from functools import lru_cache
from pathlib import Path

from jinja2 import Environment, TemplateSyntaxError, nodes

from quarterday.adapters.config_files.configuration import EMAILS, Configuration, Found
from quarterday.adapters.config_files.yaml_file import Document
from quarterday.adapters.mail.every_branch import Fault, fault
from quarterday.adapters.mail.officer_copies import COPY
from quarterday.adapters.mail.samples import OF_ACTIONS, OF_MEETINGS, OF_REVIEWS, sample_of
from quarterday.adapters.mail.templates import FILTERS
from quarterday.adapters.mail.threads import THREAD
from quarterday.domain.collection.following import ACTION
from quarterday.domain.collection.funding import OCCASION as FUNDING
from quarterday.domain.collection.meetings import AFTER_MEETING
from quarterday.domain.collection.pre_release import OCCASION as PRE_RELEASE
from quarterday.domain.collection.reviews_told import OCCASION as REVIEW_READY
from quarterday.domain.collection.risk_words import OCCASION as RISK_REVIEW
from quarterday.domain.framework.ladder import Ladders, Rung
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.submissions import SubmissionKind
from quarterday.domain.rulings.officer_links import OfficerPage

ALWAYS_SENT = (
    "request",
    "receipt",
    "your-answer",
    "sent-back",
    "accepted",
    "date-moved",
    "extension-granted",
    "extension-refused",
    "let-off",
    "asked-after-all",
    "thank-you",
    "colleague",
    "another-return",
    "fresh-link",
    "letter",
    "code",
    "officer-reply",
    "officer-escalated",
    "officer-failure",
    "officer-undelivered",
    COPY,
    THREAD,
    *OfficerPage,
    "officer-sign-in",
    "agreement-ending",
    "calendar-ending",
    "pack-ready",
    "pack-withdrawn",
)
"""The emails that are not named by a rung of the ladder."""
WHERE_MONEY_IS_NAMED = (FUNDING,)
"""Those that go where there are bids, or activities that are paid for."""
WHERE_FOLLOWED_UP = (AFTER_MEETING, ACTION)
"""Those that go where a partnership follows up what boards are asked."""
WHERE_RISKS_ARE_KEPT = (RISK_REVIEW,)
"""Those that go where there are risks, to owners who get no request."""
WHERE_SEEN_EARLY = (PRE_RELEASE,)
"""Those that go where somebody may see a release before it is public."""
WHERE_A_YEAR_IS_REVIEWED = (REVIEW_READY,)
"""Those that go where a yearly review is owed."""


def check_emails(read: Configuration) -> None:
    """Note every email without a template, and every template that cannot be used."""
    folder = read.folder / EMAILS
    written = {path.stem for path in folder.glob("*.txt")}
    absent = Document(EMAILS)
    follows_up = read.partnership is not None and read.partnership.value.follows_up
    money = bool(read.bids) or any(each.value.funding for each in read.activities)
    yearly = any(each.value.kind is SubmissionKind.YEARLY_REVIEW for each in read.submissions)
    early = read.partnership is not None and read.partnership.value.pre_release is not None
    needed = (
        *(WHERE_SEEN_EARLY if early else ()),
        *(WHERE_FOLLOWED_UP if follows_up else ()),
        *(WHERE_MONEY_IS_NAMED if money else ()),
        *(WHERE_A_YEAR_IS_REVIEWED if yearly else ()),
        *(WHERE_RISKS_ARE_KEPT if read.risks else ()),
    )
    for name in (*ALWAYS_SENT, *needed):
        if name not in written:
            absent.problem((), f"The email “{name}” has no template.", f"Add {EMAILS}/{name}.txt: see the example.")
    read.documents.append(absent)
    if read.ladders:
        for wait, rungs in read.ladders.value:
            for number, rung in enumerate(rungs):
                if rung.email not in written:
                    read.ladders.problem(
                        f"The rung “{rung.code}” sends the email “{rung.email}”, which has no template.",
                        f"Add {EMAILS}/{rung.email}.txt, or name another email.",
                        wait,
                        number,
                        "email",
                    )
        _check_families(read.ladders)
    documents = {path.name: _template(path) for path in sorted(folder.glob("*.txt"))}
    read.documents += documents.values()
    _try_all(documents, folder)


def _check_families(ladders: Found[Ladders]) -> None:
    """Note every rung between meetings whose email is of another kind, or goes to somebody who hears of none."""
    kinds = (
        ("actions", OF_ACTIONS, "an action", "overdue"),
        ("meetings", OF_MEETINGS, "a meeting", "again"),
        ("reviews", OF_REVIEWS, "the review of a risk", "missed"),
    )
    for ladder, begins, about, ends in kinds:
        for number, rung in enumerate(getattr(ladders.value, ladder)):
            if not rung.email.startswith(begins):
                ladders.problem(
                    f"The rung “{rung.code}” sends the email “{rung.email}”, which is none about {about}.",
                    f"Name one that begins with “{begins}”, such as {begins}-{ends}.",
                    *(ladder, number, "email"),
                )
    for number, rung in enumerate(ladders.value.meetings):
        if {rung.to, *rung.copy_to} - {Role.BOARD_LEAD, Role.OFFICER}:
            ladders.problem(
                f"The rung “{rung.code}” speaks to somebody at a partner, whom no board’s meeting concerns.",
                "Name board_lead or officer.",
                *("meetings", number, "to"),
            )
        _check_after(ladders, "meetings", number, rung, "when the lead got the page")
    for number, rung in enumerate(ladders.value.reviews):
        _check_after(ladders, "reviews", number, rung, "the day of review")


def _check_after(ladders: Found[Ladders], ladder: str, number: int, rung: Rung, since: str) -> None:
    if rung.days < 1:
        ladders.problem(
            f"The rung “{rung.code}” comes before the page that it reminds of.",
            f"Count its working days from {since}: 1 or more.",
            *(ladder, number, "days"),
        )


def _try_all(documents: dict[str, Document], folder: Path) -> None:
    """Fill in every email through all its branches: a misspelt name is told here, not on the day nobody is asked."""
    if any(each.problems for each in documents.values()):
        return
    for each in _faults(tuple((name, (folder / name).read_text(encoding="utf-8")) for name in documents)):
        documents[each.file].lines[(each.line,)] = each.line
        documents[each.file].problem((each.line,), each.sentence, "Correct the {{ }} and {% %} of that line.")


@lru_cache(maxsize=16)
def _faults(texts: tuple[tuple[str, str], ...]) -> tuple[Fault, ...]:
    """What keeps any email from being filled in, each told once although a part of it stands in several emails."""
    emails = (name.removesuffix(".txt") for name, _ in texts if not name.startswith("_") or name == f"{THREAD}.txt")
    found = (fault(dict(texts), email, sample_of(email)) for email in emails)
    return tuple(dict.fromkeys(each for each in found if each))


def _template(path: Path) -> Document:
    document = Document(f"{EMAILS}/{path.name}")
    try:
        text = path.read_text(encoding="utf-8")
    except UnicodeDecodeError:
        document.problem((), "The file is not UTF-8 text.", "Save it as UTF-8 in your editor.")
    except OSError as error:
        document.problem((), f"The file cannot be read ({error.strerror}).", "Check that it is a file you may read.")
    else:
        if not path.stem.startswith("_") and not text.lstrip().startswith("Subject:"):
            document.problem((), "The email has no subject.", "Begin the file with “Subject: …” on its first line.")
        if fault := _fault(text):
            document.lines[()], said = fault
            document.problem((), f"The template cannot be read: {said}.", "Check the {{ }} and {% %} here.")
    return document


@lru_cache(maxsize=256)
def _fault(text: str) -> tuple[int, str] | None:
    """The line and Jinja2's words for what is wrong with a template, None where it can be read."""
    reader = Environment(autoescape=False)  # noqa: S701 - parsed, never filled in: the mail room escapes
    try:
        read = reader.parse(text)
    except TemplateSyntaxError as error:
        return error.lineno, (error.message or "its syntax is wrong").rstrip(".")
    known = {nodes.Filter: {*reader.filters, *FILTERS}, nodes.Test: set(reader.tests)}
    for kind, names in known.items():  # in a branch Jinja2 itself would tell of it on the day
        for each in read.find_all(kind):
            if each.name not in names:
                return each.lineno, f"there is no {kind.__name__.lower()} “{each.name}”"
    return None
