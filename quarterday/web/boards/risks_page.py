"""Where an owner of risks who has no request at hand looks at them again: the same form, behind an emailed link."""

from starlette.requests import Request
from starlette.responses import Response

from quarterday.domain.collection.risk_words import owner_and_day
from quarterday.web.boards.board_visits import BoardVisit
from quarterday.web.partners.risks_page import RisksShown, show_form, take_reviews, thank
from quarterday.web.serving.forms import Form
from quarterday.web.serving.site import Site


def risks_page(site: Site, request: Request, visit: BoardVisit, form: Form | None = None) -> Response:
    """The form: a fieldset for each risk of the owner, those of which the email tells first."""
    return show_form(site, request, _shown(visit), form)


def review(site: Site, request: Request, visit: BoardVisit, form: Form) -> Response:
    """Record each review that was begun."""
    return take_reviews(site, request, _shown(visit), form)


def reviewed_page(site: Site, request: Request, visit: BoardVisit) -> Response:
    """Thanks, with what was reviewed and when each is looked at again."""
    return thank(site, request, _shown(visit))


def _shown(visit: BoardVisit) -> RisksShown:
    """Links get forwarded, and nobody shows who they are here: what no release has published stays hidden."""
    owner, on = owner_and_day(visit.message.tells_of)
    return RisksShown(visit, owner, visit.message.at, on, visit.message.message, shown=False, beside=False)
