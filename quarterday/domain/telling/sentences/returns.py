"""The audit listing's sentences for what partners send and say."""

from textwrap import shorten

from quarterday.domain.facts import (
    READ_AGAIN,
    FiguresBackfilled,
    FiguresSeen,
    FileDeleted,
    FileKept,
    ReferenceFiguresBroughtIn,
    ReplyKind,
    ReplyReceived,
    ReturnKind,
    ReturnReceived,
    UploadKept,
    VerdictGiven,
)
from quarterday.domain.framework.periods import describe, say_date
from quarterday.domain.telling.sentences.names import Names, counted
from quarterday.domain.telling.sentences.sentence import said, sentence, size

_VERDICTS = {
    "queried": "sent back",
    "quarantined": "set apart for the personal data that it holds",
    "infected": "set apart for the virus that was found in it",
}


@sentence.register
def _(fact: UploadKept, names: Names) -> str:
    return f"{names.of_request(fact.request)} uploaded “{fact.said_name}” ({size(fact.size)})."


@sentence.register
def _(fact: ReturnReceived, names: Names) -> str:
    kind = {
        ReturnKind.FIGURES: f"sent its return {fact.partner_return}",
        ReturnKind.PART: f"sent part of its return as {fact.partner_return}",
        ReturnKind.NIL: f"answered that there is nothing to count: nil return {fact.partner_return}",
    }[fact.kind]
    covers = f", which covers {describe(fact.says_period)}" if fact.says_period else ""
    rest = f"; the rest is promised by {say_date(fact.rest_by)}" if fact.rest_by else ""
    explained = f" It explains: “{shorten(fact.explanations, 200, placeholder=' …')}”." if fact.explanations else ""
    return f"{names.of_request(fact.request)} {kind}{covers}{rest}.{explained}"


@sentence.register
def _(fact: ReplyReceived, names: Names) -> str:
    said = {
        ReplyKind.NEEDS_TIME: "said that it needs more time",
        ReplyKind.OWN_REFERENCE: f"gave its own reference, {fact.reference}",
        ReplyKind.NOT_AVAILABLE: f"said what is not available: {', '.join(fact.indicators) or 'all of it'}",
        ReplyKind.COLLEAGUE: f"named a colleague to write to, {fact.colleague_name}",
    }[fact.kind]
    until = f", until {say_date(fact.until)}" if fact.until else ""
    return f"{names.of_request(fact.request)} {said}{until}."


@sentence.register
def _(fact: VerdictGiven, names: Names) -> str:
    again = "by the checks, which read it again since its classes were placed"
    whose = {"": "by the checks", READ_AGAIN: again}.get(fact.overrides, "by decision of an officer")
    found = f"{fact.critical} critical, {counted(fact.warnings, 'warning')}, {counted(fact.notes, 'note')}" + (
        f"; it answers {len(fact.answered)} of what was asked" if fact.answered else ""
    )
    became = _VERDICTS.get(fact.verdict, fact.verdict)
    told = said(fact.to_partner, "The partner is told")
    return f"Return {fact.partner_return} of {names.of_request(fact.request)} was {became} {whose} ({found}).{told}"


@sentence.register
def _(fact: FiguresBackfilled, _names: Names) -> str:
    return f"{counted(fact.rows, 'earlier figure')} were brought in as {fact.stored_as}."


@sentence.register
def _(fact: ReferenceFiguresBroughtIn, _names: Names) -> str:
    table = f"{fact.comparison}, published on {say_date(fact.published)}"
    return f"{counted(fact.rows, 'figure')} of other places ({table}) were brought in as {fact.stored_as}."


@sentence.register
def _(fact: FileKept, names: Names) -> str:
    return f"The file of return {fact.partner_return} of {names.of_request(fact.request)} is kept, set apart."


@sentence.register
def _(fact: FileDeleted, names: Names) -> str:
    upload = names.uploads.get(fact.stored_as)
    named = f"“{upload.said_name}” of {names.of_request(upload.request)}" if upload else fact.stored_as
    return f"The file {named} was deleted for good."


@sentence.register
def _(fact: FiguresSeen, _names: Names) -> str:
    match fact.what:
        case "file":
            return f"The file of return {fact.partner_return} was taken away."
        case "draft":
            return f"The draft {fact.partner_return} was opened."
        case "release":
            return f"The published file {fact.partner_return} was taken away."
    return f"The figures of return {fact.partner_return} were looked at."
