"""Sending figures: a file is made safe first, then checked and shown; only then may the partner send it."""

import hashlib
from dataclasses import replace
from typing import Any

from starlette.background import BackgroundTask
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import clean, keep_file
from quarterday.adapters.parsing.limits import UPLOAD_MEGABYTES, UPLOADED_BYTES
from quarterday.adapters.typed_drafts import delete_draft
from quarterday.domain.facts import DeletedFor, FileDeleted, ReturnKind, ReturnReceived, UploadKept
from quarterday.domain.rulings.partner_rulings import refuse_handing_in
from quarterday.domain.rulings.request_rulings import RulingRefusedError
from quarterday.web.door.sent_here import note_sent
from quarterday.web.door.visits import Visit
from quarterday.web.partners.check_page import check_page, declared_on, reference_of
from quarterday.web.partners.kept_files import is_gone
from quarterday.web.partners.previews import Declared, Preview
from quarterday.web.partners.request_page import request_page
from quarterday.web.partners.typed import was_typed
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

_EXPLAINED = 10  # warnings that get a box of their own; the rest share one


def upload(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Keep the file that was chosen and show what the checks make of it."""
    declared = declared_on(visit, form)
    kept = keep_chosen(site, visit, form)
    if kept is None:
        return request_page(site, request, visit, form)
    return to_check_page(site, visit, kept, declared)


def keep_chosen(site: Site, visit: Visit, form: Form) -> tuple[UploadKept, bytes] | None:
    """Keep the file of a form; None, with the error noted, where none was chosen or it is empty."""
    chosen = form.file()
    if chosen is None:
        form.errors["file"] = site.words.say("errors.no_file")
        return None
    data = chosen.file.read()
    if not data:
        form.errors["file"] = site.words.say("errors.empty_file")
    if len(data) > UPLOADED_BYTES:
        form.errors["file"] = site.words.say("errors.too_large", megabytes=UPLOAD_MEGABYTES)
    refuse_officer(visit, form, "file", hashlib.sha256(data).hexdigest())
    if form.errors:
        return None
    return keep(site, visit, data, chosen.filename or ""), data


def refuse_officer(visit: Visit, form: Form, field: str, sha256: str = "") -> None:
    """Note beside a field why an officer may not hand this in; a partner may send what it likes."""
    if not visit.officer:
        return
    try:
        refuse_handing_in(visit.facts, visit.request, sha256)
    except RulingRefusedError as refused:
        form.errors[field] = str(refused)


def keep(site: Site, visit: Visit, data: bytes, said_name: str) -> UploadKept:
    """Make bytes safe: the file first, then the fact that names it. Its name in the store is ours."""
    kept = keep_file(site.installation.stores.raw, visit.request, data, said_name, visit.by, visit.now, visit.reason)
    record(site.installation.register, kept)
    site.metrics.uploads.inc()
    site.metrics.upload_bytes.inc(kept.size)
    return kept


def to_check_page(site: Site, visit: Visit, kept: tuple[UploadKept, bytes], declared: Declared) -> Response:
    """Check at once, so that the page that follows is there in no time."""
    preview = site.previews.make(visit, kept[0], declared, kept[1])
    if preview.apart:
        forget(site, visit, kept[0], preview)
    elif preview.only_lacks:
        declared = _as_a_part(site, visit, kept, declared)
    return RedirectResponse(visit.url(f"uploads/{kept[0].upload}{declared.query}"), SEE_OTHER)


def _as_a_part(site: Site, visit: Visit, kept: tuple[UploadKept, bytes], declared: Declared) -> Declared:
    """Whoever leaves whole figures empty sends a part, without having to say so first: one date covers the rest.

    Not where a figure has holes of its own: its cells are named, since nothing else tells which were forgotten.
    """
    part = replace(declared, part=True)
    return declared if site.previews.make(visit, kept[0], part, kept[1]).critical else part


def forget(site: Site, visit: Visit, kept: UploadKept, preview: Preview) -> None:
    """Delete a file that tells of people, or has a virus in it, and was not sent.

    Its sender is told at once, and nobody else has seen it. What holds the very same goes with it: whoever brought it
    was cut off before it was looked at. That each goes is on record first, so that the night's sweep takes what is left
    where somebody is cut off here.
    """
    for each in _the_same_unsent(visit, kept):
        gone = FileDeleted(
            at=visit.now,
            by="quarterday",
            reason=f"{'a virus was found in it' if preview.infected else 'it told of people'}, and it was not sent",
            partnership=each.partnership,
            stored_as=each.stored_as,
            sha256=each.sha256,
            cause=DeletedFor.VIRUS if preview.infected else DeletedFor.PERSONAL_DATA,
        )
        record(site.installation.register, gone)
        site.installation.stores.raw.delete(each.stored_as)


def _the_same_unsent(visit: Visit, kept: UploadKept) -> list[UploadKept]:
    """A file that was just kept, and those before it with the same bytes that nobody has sent."""
    request = visit.request.request
    sent = {each.stored_as for each in visit.facts.about(request, ReturnReceived)}
    before = (each for each in visit.facts.about(request, UploadKept) if each.sha256 == kept.sha256)
    return [kept, *(each for each in before if each.stored_as not in sent and not is_gone(visit, each))]


def send(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Send a kept file as the partner's return. Sending it twice gives the same receipt."""
    kept = visit.upload(request.path_params["upload"])
    if kept is None:
        return site.problem("gone", 404)
    declared = declared_on(visit, form)
    if is_gone(visit, kept):
        return check_page(site, request, visit, form)
    preview = site.previews.make(visit, kept, declared).seen(visit)
    rest_by = form.future_day("rest", site.words.say("check.rest_by"), needed=False)
    if rest_by:
        declared = replace(declared, part=True, rest_by=rest_by)
    explanations = _explanations(site.words, form, preview)
    if preview.apart:
        form.errors["file"] = site.words.say(preview.why_apart)
    elif preview.critical and not form.chosen("as_is"):
        form.errors["as_is"] = site.words.say("check.as_is_needed")
    if form.errors:
        return check_page(site, request, visit, form)
    received = return_of(visit, kept, declared, explanations)
    response = receive(site, visit, received)
    if was_typed(site.words, kept):
        delete_draft(site.installation.stores.raw, visit.token)
    note_sent(site.signer, response, visit.token, received.partner_return, visit.now, site.https)
    return response


def _explanations(words: Words, form: Form, preview: Preview) -> str:
    """What was written about each warning, with where the warning stood."""
    said = []
    for number, finding in enumerate(preview.warnings[:_EXPLAINED]):
        if text := form.text(f"explain-{number}", 1000, lines=True, label=finding.place):
            said.append(f"{finding.place}: {text}" if finding.place else text)
    if text := form.text("rest_why", 1000, lines=True, label=words.say("check.rest_why")):
        said.append(text)
    if text := form.text("explain", 1000, lines=True, label=words.say("findings.explain_any")):
        said.append(text)
    return clean("\n".join(said), 10_000, lines=True)


def return_of(visit: Visit, kept: UploadKept, declared: Declared, explanations: str) -> ReturnReceived:
    """The return that a kept file is once it is sent."""
    said: dict[str, Any] = {}
    if declared.covers and declared.covers != visit.period:
        said = {"period_start": declared.covers.start, "period_end": declared.covers.end}
    return ReturnReceived(
        at=visit.now,
        by=visit.by,
        reason=visit.reason,
        partnership=visit.request.partnership,
        request=visit.request.request,
        partner_return=reference_of(visit, kept),
        kind=ReturnKind.PART if declared.part or visit.part else ReturnKind.FIGURES,
        upload=kept.upload,
        sha256=kept.sha256,
        stored_as=kept.stored_as,
        suffix=kept.suffix,
        rest_by=declared.rest_by,
        explanations=explanations,
        **said,
    )


def receive(site: Site, visit: Visit, received: ReturnReceived) -> Response:
    """Record a return, ask Prefect to check it without waiting, and show the receipt."""
    if record(site.installation.register, received):
        site.metrics.receipts.labels(str(received.kind)).inc()
    return RedirectResponse(
        visit.url(f"returns/{received.partner_return}"),
        SEE_OTHER,
        background=BackgroundTask(site.check_runs.ask_for, received.partner_return),
    )
