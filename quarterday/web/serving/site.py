"""The portal's site: everything that answering a visit needs, opened once."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from anyio.to_thread import run_sync
from starlette.requests import Request
from starlette.responses import Response

from expectations.checking import Checker
from quarterday.adapters.installation import Installation
from quarterday.adapters.parsing.limits import UPLOAD_MEGABYTES
from quarterday.adapters.signing import Signer
from quarterday.web.boards.board_visits import BoardVisit
from quarterday.web.door.codes import Codes
from quarterday.web.door.guard import CSRF_FIELD, FORM_COOKIE, csrf_for, remember, visitor
from quarterday.web.door.throttle import Guesses
from quarterday.web.door.visits import Visit
from quarterday.web.officers.early_visits import EarlyVisit
from quarterday.web.officers.officer_visits import OfficerVisit
from quarterday.web.partners.previews import Previews
from quarterday.web.serving.asking_for_checks import CheckRuns
from quarterday.web.serving.current_facts import CurrentFacts
from quarterday.web.serving.forms import Form
from quarterday.web.serving.metrics import Metrics
from quarterday.web.serving.pages import Pages
from quarterday.web.serving.runs_known import RunsKnown
from quarterday.web.words import Words


@dataclass(frozen=True)
class Site:
    """What every page works with."""

    installation: Installation
    checker: Checker
    signer: Signer
    words: Words
    pages: Pages
    previews: Previews
    codes: Codes
    guesses: Guesses
    check_runs: CheckRuns
    current: CurrentFacts
    metrics: Metrics
    runs: RunsKnown

    @property
    def https(self) -> bool:
        """Whether partners reach us over TLS: cookies are then kept to it."""
        return self.installation.settings.portal_url.startswith("https:")

    def page(
        self,
        request: Request,
        visit: Visit | OfficerVisit | BoardVisit | EarlyVisit,
        template: str,
        status: int = 200,
        form: Form | None = None,
        **context: Any,
    ) -> Response:
        """A page of a visit, with the field that its forms carry. With a form that has errors, they stand on top."""
        name = visitor(request)
        field = csrf_for(self.signer, visit.token, name)
        errors = form.errors if form else {}
        context |= {
            "visit": visit,
            "csrf": {"name": CSRF_FIELD, "value": field},
            "errors": errors,
            "typed": form.said if form else _typed(context.pop("typed_before", {})),
            "megabytes": UPLOAD_MEGABYTES,
        }
        response = self.pages.render(template, context, 422 if errors else status)
        response.form_field = field
        if request.cookies.get(FORM_COOKIE) != name:
            remember(response, FORM_COOKIE, name, self.https)
        return response

    def problem(self, name: str, status: int, **values: object) -> Response:
        """A page that says what went wrong and what to do, the same for everybody."""
        return self.pages.render("problem", {"problem": name, "values": values}, status)


def _typed(before: dict[str, str]) -> Callable[[str], str]:
    return lambda name: before.get(name, "")


def plainly(site: Site, page: Callable[[Site, Request], Response]) -> Callable[[Request], object]:
    """The endpoint of a page that needs neither link nor session; the page may wait, so it gets a thread."""

    async def endpoint(request: Request) -> Response:
        return await run_sync(page, site, request)

    return endpoint
