"""The pages of the form into which a short return is typed: to be checked at once, or kept and gone on with later."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.adapters.typed_drafts import draft_of, has_draft, keep_draft
from quarterday.domain.figures.figure import Figure
from quarterday.web.door.sent_here import note_sent, sent_here
from quarterday.web.door.visits import Visit
from quarterday.web.partners.sending import keep, to_check_page
from quarterday.web.partners.typed import can_be_typed, filled_in, groups, typed_before, was_typed
from quarterday.web.serving.forms import SEE_OTHER, Form, example_day
from quarterday.web.serving.site import Site

_DRAFT = "draft"  # what the cookie of the browser that kept one names
_DAYS = ("rest_by", "start", "end")


def typed_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form, empty, or with what was typed: that was kept, or of a file that `?from=` names."""
    if not can_be_typed(visit):
        return site.problem("gone", 404)
    raw, may_see = site.installation.stores.raw, _may_see(site, request, visit)
    before = {} if form else _before(site, request, visit) or (draft_of(raw, visit.token) if may_see else {})
    return site.page(
        request,
        visit,
        "type",
        form=form,
        typed_before=before,
        groups=groups(site.words, visit, _earlier(site, visit)),
        example=example_day(visit.today),
        past_example=example_day(visit.period.start),
        kept="kept" in request.query_params,
        kept_elsewhere=not may_see and has_draft(raw, visit.token),
        says_days=any(f"{name}-day" in before or (form and form.said(f"{name}-day")) for name in ("start", "end")),
    )


def _may_see(site: Site, request: Request, visit: Visit) -> bool:
    return visit.shown or sent_here(site.signer, request, visit.token, _DRAFT, visit.now)


def _earlier(site: Site, visit: Visit) -> list[Figure]:
    if not visit.shown:
        return []
    known = (site.installation, visit.framework, visit.facts, visit.period, visit.partner.code)
    return earlier_figures(*known, caveats=False)


def _before(site: Site, request: Request, visit: Visit) -> dict[str, str]:
    kept = visit.upload(request.query_params.get("from", ""))
    if kept is None or not was_typed(site.words, kept):
        return {}
    return typed_before(site.installation.stores.raw.get(kept.stored_as, sha256=kept.sha256))


def typed(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Keep what was typed for later; or make a file of it, keep that and check it like any other."""
    if not can_be_typed(visit):
        return site.problem("gone", 404)
    if form.chosen("later"):
        said = {name: found for name in _names(site, visit) if (found := form.said(name)[:500])}
        if not said:  # a scanner that presses every button must not put nothing in place of something
            form.errors[groups(site.words, visit)[0].rows[0].boxes[0].name] = site.words.say("form.empty")
            return typed_page(site, request, visit, form)
        keep_draft(site.installation.stores.raw, visit.token, said, visit.now)
        response = RedirectResponse(visit.url("type?kept"), SEE_OTHER)
        note_sent(site.signer, response, visit.token, _DRAFT, visit.now, site.https)
        return response
    filled = filled_in(site.words, visit, form)
    if filled is None:
        return typed_page(site, request, visit, form)
    kept = keep(site, visit, filled.data, site.words.say("form.typed_name"))
    return to_check_page(site, visit, (kept, filled.data), filled.declared)


def _names(site: Site, visit: Visit) -> Iterator[str]:
    """The names of all boxes of the form."""
    for group in groups(site.words, visit):
        yield group.comment.name
        for row in group.rows:
            yield from (row.empty, *(box.name for box in row.boxes))
    yield from (f"{day}-{part}" for day in _DAYS for part in ("day", "month", "year"))
