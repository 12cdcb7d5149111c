"""Sending figures: a file is made safe first, then checked and shown; only then may the partner send it."""

import hashlib
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import clean, keep_file, reference
from quarterday.domain.facts import ReturnKind, ReturnReceived, UploadKept
from quarterday.domain.rulings.partner_rulings import refuse_handing_in
from quarterday.domain.rulings.request_rulings import RulingRefusedError
from quarterday.web.door.visits import Visit
from quarterday.web.partners.marked_files import can_be_marked
from quarterday.web.partners.previews import Declared, Preview
from quarterday.web.partners.request_page import request_page
from quarterday.web.partners.typed import was_typed
from quarterday.web.serving.desk import UPLOAD_MEGABYTES, Desk
from quarterday.web.serving.forms import Form
from quarterday.web.serving.recording import record
from quarterday.web.words import Words

SEE_OTHER = 303
_EXPLAINED = 10  # warnings that get a box of their own; the rest share one


def upload(desk: Desk, request: Request, visit: Visit, form: Form) -> Response:
    """Keep the file that was chosen and show what the checks make of it."""
    declared = Declared.read({name: form.said(name) for name in ("part", "rest_by", "start", "end")})
    kept = keep_chosen(desk, visit, form)
    if kept is None:
        return request_page(desk, request, visit, form)
    return to_check_page(desk, visit, kept, declared)


def keep_chosen(desk: Desk, visit: Visit, form: Form) -> tuple[UploadKept, bytes] | None:
    """Keep the file of a form; None, with the error noted, where none was chosen or it is empty."""
    chosen = form.file()
    if chosen is None:
        form.errors["file"] = desk.words.say("errors.no_file")
        return None
    data = chosen.file.read()
    if not data:
        form.errors["file"] = desk.words.say("errors.empty_file")
    if len(data) > UPLOAD_MEGABYTES * 1024 * 1024:
        form.errors["file"] = desk.words.say("errors.too_large", megabytes=UPLOAD_MEGABYTES)
    refuse_officer(visit, form, "file", hashlib.sha256(data).hexdigest())
    if form.errors:
        return None
    return keep(desk, visit, data, chosen.filename or ""), data


def refuse_officer(visit: Visit, form: Form, field: str, sha256: str = "") -> None:
    """Note beside a field why an officer may not hand this in; a partner may send what it likes."""
    if not visit.officer:
        return
    try:
        refuse_handing_in(visit.facts, visit.request, sha256)
    except RulingRefusedError as refused:
        form.errors[field] = str(refused)


def keep(desk: Desk, visit: Visit, data: bytes, said_name: str) -> UploadKept:
    """Make bytes safe: the file first, then the fact that names it. Its name in the store is ours."""
    kept = keep_file(desk.installation.stores.raw, visit.request, data, said_name, visit.by, visit.now, visit.reason)
    record(desk.installation.register, kept)
    desk.metrics.uploads.inc()
    desk.metrics.upload_bytes.inc(kept.size)
    return kept


def to_check_page(desk: Desk, visit: Visit, kept: tuple[UploadKept, bytes], declared: Declared) -> Response:
    """Check at once, so that the page that follows is there in no time."""
    desk.previews.make(visit, kept[0], declared, kept[1])
    return RedirectResponse(visit.url(f"uploads/{kept[0].upload}{declared.query}"), SEE_OTHER)


def check_page(desk: Desk, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """What was read of a kept file: what to put right, explain, confirm; and the button that sends it."""
    kept = visit.upload(request.path_params["upload"])
    if kept is None:
        return desk.problem("gone", 404)
    sent = visit.partner_return(_reference(visit, kept))
    if sent is not None:
        return RedirectResponse(visit.url(f"returns/{sent.partner_return}"), SEE_OTHER)
    declared = Declared.read({name: form.said(name) for name in _DECLARED} if form else dict(request.query_params))
    preview = desk.previews.make(visit, kept, declared).seen(visit)
    lead = _lead(preview)
    others = [each for each in visit.returns if each.at >= kept.at]
    return desk.page(
        request,
        visit,
        "check",
        form=form,
        preview=preview,
        upload=kept.upload,
        declared=declared,
        heading={"problem": "heading_problem", "unchecked": "heading_unchecked"}.get(lead, "heading"),
        lead=f"lead_{lead}",
        facts=_check_facts(desk.words, visit, kept, declared, preview),
        read=[(visit.title(code), given, missing) for code, given, missing in preview.read],
        other=others[-1] if others else None,
        typed_here=was_typed(desk.words, kept),
        can_be_marked=can_be_marked(visit, kept, preview),
    )


_DECLARED = ("part", "rest_by", "start", "end")


def _lead(preview: Preview) -> str:
    if not preview.checked:
        return "unchecked"
    if preview.critical:
        return "problem"
    return "warnings" if preview.warnings else "good"


def _check_facts(
    words: Words, visit: Visit, kept: UploadKept, declared: Declared, preview: Preview
) -> list[tuple[str, str]]:
    say = words.say
    facts = [(say("check.file"), say("check.file_line", name=kept.said_name, size=say_size(kept.size)))]
    if preview.layout:
        facts.append((say("check.layout"), say_layout(words, preview.layout)))
    facts.append((say("check.covers"), say_covers(words, visit, declared, preview)))
    if preview.rows:
        facts.append((say("check.rows"), f"{preview.rows:,}"))
    kind = ReturnKind.PART if declared.part else ReturnKind.FIGURES
    return [*facts, (say("check.kind"), say_kind(words, kind, declared))]


def say_size(size: int) -> str:
    """A file's size for people."""
    return (
        f"{size:,} bytes"
        if size < 1024
        else f"{size / 1024:,.0f} kB"
        if size < 1024**2
        else f"{size / 1024**2:,.1f} MB"
    )


def say_layout(words: Words, layout: str) -> str:
    """In which layout a file was read."""
    return words.say("check.layout_template") if layout == "template" else words.say("check.layout_export", name=layout)


def say_covers(words: Words, visit: Visit, declared: Declared, preview: Preview) -> str:
    """The period that the figures cover, always as two dates, and what was asked where it is another."""
    covers = declared.covers or preview.covers or visit.period
    if covers == visit.period:
        return words.say("check.covers_asked", period=words.both_dates(covers))
    return words.say("check.covers_other", period=words.both_dates(covers), asked=words.both_dates(visit.period))


def say_kind(words: Words, kind: ReturnKind, declared: Declared) -> str:
    """What kind of return it is."""
    if kind is ReturnKind.NIL:
        return words.say("receipt.kind_nil")
    if kind is ReturnKind.FIGURES:
        return words.say("check.kind_figures")
    return (
        words.say("check.kind_part", day=words.day(declared.rest_by))
        if declared.rest_by
        else words.say("check.kind_part_open")
    )


def send(desk: Desk, request: Request, visit: Visit, form: Form) -> Response:
    """Send a kept file as the partner's return. Sending it twice gives the same receipt."""
    kept = visit.upload(request.path_params["upload"])
    if kept is None:
        return desk.problem("gone", 404)
    declared = Declared.read({name: form.said(name) for name in _DECLARED})
    preview = desk.previews.make(visit, kept, declared).seen(visit)
    explanations = _explanations(desk.words, form, preview)
    if preview.critical and not form.chosen("as_is"):
        form.errors["as_is"] = desk.words.say("check.as_is_needed")
    if form.errors:
        return check_page(desk, request, visit, form)
    return receive(desk, visit, _return_of(visit, kept, declared, explanations))


def _explanations(words: Words, form: Form, preview: Preview) -> str:
    """What was written about each warning, with where the warning stood."""
    said = []
    for number, finding in enumerate(preview.warnings[:_EXPLAINED]):
        if text := form.text(f"explain-{number}", 1000, lines=True, label=finding.place):
            said.append(f"{finding.place}: {text}" if finding.place else text)
    if text := form.text("explain", 1000, lines=True, label=words.say("findings.explain_any")):
        said.append(text)
    return clean("\n".join(said), 10_000, lines=True)


def _reference(visit: Visit, kept: UploadKept) -> str:
    return reference("R", visit.request.request, kept.upload)


def _return_of(visit: Visit, kept: UploadKept, declared: Declared, explanations: str) -> ReturnReceived:
    said: dict[str, Any] = {}
    if declared.covers and declared.covers != visit.period:
        said = {"period_start": declared.covers.start, "period_end": declared.covers.end}
    return ReturnReceived(
        at=visit.now,
        by=visit.by,
        reason=visit.reason,
        partnership=visit.request.partnership,
        request=visit.request.request,
        partner_return=_reference(visit, kept),
        kind=ReturnKind.PART if declared.part else ReturnKind.FIGURES,
        upload=kept.upload,
        sha256=kept.sha256,
        stored_as=kept.stored_as,
        suffix=kept.suffix,
        rest_by=declared.rest_by,
        explanations=explanations,
        **said,
    )


def receive(desk: Desk, visit: Visit, received: ReturnReceived) -> Response:
    """Record a return, ask Prefect to check it without waiting, and show the receipt."""
    if record(desk.installation.register, received):
        desk.metrics.receipts.labels(str(received.kind)).inc()
    return RedirectResponse(
        visit.url(f"returns/{received.partner_return}"),
        SEE_OTHER,
        background=BackgroundTask(desk.nudge.receive, received.partner_return),
    )
