"""Sending figures with a word about them: that they are a part, or that they cover another period than was asked."""

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.framework.periods import Period
from quarterday.web.door.visits import Visit
from quarterday.web.partners.previews import Declared
from quarterday.web.partners.sending import keep_chosen, to_check_page
from quarterday.web.serving.forms import Form, example_day
from quarterday.web.serving.site import Site


def part_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form for sending part now, with the day by which the rest comes."""
    return site.page(request, visit, "part", form=form, example=example_day(visit.today))


def part(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Keep and check what can be sent now."""
    rest_by = form.future_day("rest_by", site.words.say("part.until_field"))
    kept = keep_chosen(site, visit, form)
    if kept is None:
        return part_page(site, request, visit, form)
    return to_check_page(site, visit, kept, Declared(part=True, rest_by=rest_by))


def period_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form for figures that cover another period: two dates, always."""
    return site.page(request, visit, "period", form=form, example=example_day(visit.period.start))


def period(site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Keep and check figures of another period."""
    words = site.words
    start, end = form.day("start", words.say("period.start")), form.day("end", words.say("period.end"))
    if start and end and end < start:
        form.errors["end"] = words.say("errors.period_order", field=words.say("period.end"))
    if end and end > visit.today:
        form.errors["end"] = words.say("errors.day_future", field=words.say("period.end"))
    kept = keep_chosen(site, visit, form)
    if kept is None or start is None or end is None:
        return period_page(site, request, visit, form)
    return to_check_page(site, visit, kept, Declared(covers=Period(start, end)))
