"""The pages of the form into which a short return is typed."""

from starlette.requests import Request
from starlette.responses import Response

from quarterday.web.door.visits import Visit
from quarterday.web.partners.previews import Declared
from quarterday.web.partners.sending import keep, to_check_page
from quarterday.web.partners.typed import can_be_typed, filled_in, groups, typed_before, was_typed
from quarterday.web.serving.forms import Form
from quarterday.web.serving.site import Site


def typed_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form, empty, or with what was typed before where `?from=` names a file that it made."""
    if not can_be_typed(visit):
        return site.problem("gone", 404)
    before = {} if form else _before(site, request, visit)
    boxes = groups(site.words, visit)
    return site.page(request, visit, "type", form=form, typed_before=before, groups=boxes)


def _before(site: Site, request: Request, visit: Visit) -> dict[str, str]:
    kept = visit.upload(request.query_params.get("from", ""))
    if kept is None or not was_typed(site.words, kept):
        return {}
    return typed_before(site.installation.stores.raw.get(kept.stored_as, sha256=kept.sha256))


def typed(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Make a file of what was typed, keep it and check it like any other."""
    if not can_be_typed(visit):
        return site.problem("gone", 404)
    data = filled_in(site.words, visit, form)
    if data is None:
        return typed_page(site, request, visit, form)
    kept = keep(site, visit, data, site.words.say("form.typed_name"))
    return to_check_page(site, visit, (kept, data), Declared())
