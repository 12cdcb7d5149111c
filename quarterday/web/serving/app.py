"""The portal as a web application: its routes, and what stands around all of them."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from functools import partial

from anyio.to_thread import run_sync
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from expectations.checking import Checker
from quarterday.adapters.installation import Installation
from quarterday.adapters.published_addresses import WITH_KEY
from quarterday.adapters.settings import Settings
from quarterday.adapters.signing import open_signer
from quarterday.domain.collection.following import ACTION
from quarterday.domain.collection.meetings import AFTER_MEETING
from quarterday.domain.facts import LinkIssued
from quarterday.domain.rulings.officer_links import OfficerPage
from quarterday.web.boards import action_page, meeting_forms, meeting_page
from quarterday.web.boards.board_visits import board_visit
from quarterday.web.door import code_pages as showing
from quarterday.web.door.codes import Codes
from quarterday.web.door.entrance import DEAD_SECONDS, Entrance
from quarterday.web.door.guard import SafeHeaders
from quarterday.web.door.throttle import Guesses
from quarterday.web.door.visits import Visit
from quarterday.web.officers import contacts, drafts
from quarterday.web.officers.officer_door import HOME, officers_problem
from quarterday.web.officers.officer_visits import officer_visit
from quarterday.web.officers.routes import officers_routes
from quarterday.web.partners import (
    activities_page,
    calendar_pages,
    check_page,
    marked_files,
    more_time,
    receipts,
    replies,
    request_page,
    risks_page,
    sending,
    typed_page,
    what_was_sent,
)
from quarterday.web.partners import part_or_period as declaring
from quarterday.web.partners import template_files as templates
from quarterday.web.partners.previews import Previews
from quarterday.web.partners.scripts_api import api_routes
from quarterday.web.readers import data, published
from quarterday.web.readers.opening import for_readers
from quarterday.web.serving import webhooks
from quarterday.web.serving.asking_for_checks import CheckRuns
from quarterday.web.serving.current_facts import CurrentFacts
from quarterday.web.serving.forms import Form
from quarterday.web.serving.logs import AccessLog
from quarterday.web.serving.metrics import Measured, MeasuredChecker, Metrics
from quarterday.web.serving.pages import STATIC, Pages
from quarterday.web.serving.runs_known import RunsKnown
from quarterday.web.serving.site import Site
from quarterday.web.words import words_in


def create_app(
    installation: Installation,
    checker: Checker,
    *,
    dead_seconds: float = DEAD_SECONDS,
    check_runs: CheckRuns | None = None,
) -> Starlette:
    """The portal of an installation. The caller closes the checker; a dead link's page takes `dead_seconds`.

    `check_runs` asks for a return's check; without one, Prefect is asked where the settings say that it is.
    """
    current, runs = CurrentFacts(installation), RunsKnown(installation)
    metrics = Metrics(installation.settings, runs, current)
    measured = MeasuredChecker(checker, metrics)
    site = _site(installation, measured, metrics, check_runs or _check_runs(installation.settings), current, runs)
    routes = [
        *_partner_routes(Entrance(site, dead_seconds)),
        *_officer_routes(site, dead_seconds),
        *_board_routes(site, dead_seconds),
        *officers_routes(site),
        *api_routes(site),
        *_other_routes(site),
    ]
    return Starlette(
        routes=routes,
        middleware=[
            Middleware(AccessLog),
            Middleware(Measured, metrics=metrics, routes=routes),
            Middleware(SafeHeaders, https=site.https),
        ],
        exception_handlers={
            404: partial(_problem, site, "gone"),
            405: partial(_problem, site, "method"),
            HTTPException: partial(_problem, site, "form"),
            Exception: partial(_problem, site, "fault"),
        },
        lifespan=partial(_lifespan, checker),
    )


def _site(
    installation: Installation,
    checker: Checker,
    metrics: Metrics,
    check_runs: CheckRuns,
    current: CurrentFacts,
    runs: RunsKnown,
) -> Site:
    signer, words = open_signer(installation.settings), words_in()
    return Site(
        installation=installation,
        checker=checker,
        signer=signer,
        words=words,
        pages=Pages(installation.framework, words),
        previews=Previews(installation, checker),
        codes=Codes(signer, installation.register, installation.framework.partnership.code),
        guesses=Guesses(),
        check_runs=check_runs,
        current=current,
        metrics=metrics,
        runs=runs,
    )


def _check_runs(settings: Settings) -> CheckRuns:
    return CheckRuns(settings.prefect_api, settings.prefect_auth.get_secret_value(), suffix=settings.deployment_suffix)


@asynccontextmanager
async def _lifespan(checker: Checker, _app: Starlette) -> AsyncIterator[None]:
    await run_sync(checker.start)  # warms while the first pages are read
    yield


def _partner_routes(entrance: Entrance) -> list[BaseRoute]:
    page, act = entrance.page, entrance.act
    routes: list[BaseRoute] = [
        Route("/r/{token}", entrance.remembered(request_page.request_page), methods=["GET"]),
        Route("/r/{token}/template.xlsx", page(templates.workbook), methods=["GET"]),
        Route("/r/{token}/template.csv", page(templates.csv_file), methods=["GET"]),
        Route("/r/{token}/year.ics", page(_of_the_whole(_partners_own(calendar_pages.year_file))), methods=["GET"]),
        Route("/r/{token}/upload", page(_to_request), methods=["GET"]),
        Route("/r/{token}/upload", act(sending.upload, with_file=True), methods=["POST"]),
        Route("/r/{token}/uploads/{upload}", page(check_page.check_page, checks=True), methods=["GET"]),
        Route("/r/{token}/uploads/{upload}/marked.xlsx", page(marked_files.marked_file, checks=True), methods=["GET"]),
        Route("/r/{token}/uploads/{upload}/send", page(check_page.check_page, checks=True), methods=["GET"]),
        Route("/r/{token}/uploads/{upload}/send", act(sending.send, checks=True), methods=["POST"]),
        Route("/r/{token}/returns/{reference}", page(receipts.receipt_page, checks=True), methods=["GET"]),
        Route("/r/{token}/returns/{reference}/file", page(what_was_sent.sent_file, checks=True), methods=["GET"]),
        Route("/r/{token}/time/ask", act(_of_the_whole(_partners_own(more_time.ask_for_time))), methods=["POST"]),
        Route("/r/{token}/replies/{reply}", page(replies.reply_page), methods=["GET"]),
        Route("/r/{token}/type", page(typed_page.typed_page), methods=["GET"]),
        Route("/r/{token}/type", act(typed_page.typed), methods=["POST"]),
        Route("/r/{token}/activities", page(activities_page.activities_page), methods=["GET"]),
        Route("/r/{token}/activities", act(activities_page.tell), methods=["POST"]),
        Route("/r/{token}/activities/told", page(activities_page.told_page), methods=["GET"]),
        Route("/r/{token}/risks", page(risks_page.risks_page), methods=["GET"]),
        Route("/r/{token}/risks", act(risks_page.review), methods=["POST"]),
        Route("/r/{token}/risks/reviewed", page(risks_page.reviewed_page), methods=["GET"]),
        Route("/r/{token}/boards", page(_partners_own(_of_the_whole(action_page.boards_page))), methods=["GET"]),
        Route("/r/{token}/boards", act(_partners_own(_of_the_whole(action_page.tell_boards))), methods=["POST"]),
        Route("/r/{token}/part", page(declaring.part_page), methods=["GET"]),
        Route("/r/{token}/part", act(declaring.part, with_file=True), methods=["POST"]),
        Route("/r/{token}/period", page(declaring.period_page), methods=["GET"]),
        Route("/r/{token}/period", act(declaring.period, with_file=True), methods=["POST"]),
        Route("/r/{token}/code", page(_partners_own(showing.code_page)), methods=["GET"]),
        Route("/r/{token}/code", act(_partners_own(showing.ask_code)), methods=["POST"]),
        Route("/r/{token}/code/check", page(_partners_own(showing.code_page)), methods=["GET"]),
        Route("/r/{token}/code/check", act(_partners_own(showing.use_code)), methods=["POST"]),
    ]
    for answer in replies.ANSWERS:
        shown: Callable[..., Response] = partial(replies.answer_page, answer)
        said: Callable[..., Response] = partial(replies.say, answer)
        if answer.kind:  # a reply, and no return
            shown, said = _partners_own(shown), _partners_own(said)
        if answer.page not in request_page.OF_A_PART:
            shown, said = _of_the_whole(shown), _of_the_whole(said)
        routes.append(Route(f"/r/{{token}}/{answer.page}", page(shown), methods=["GET"]))
        routes.append(Route(f"/r/{{token}}/{answer.page}", act(said), methods=["POST"]))
    return routes


def _officer_routes(site: Site, dead_seconds: float) -> list[BaseRoute]:
    contact = Entrance(site, dead_seconds, partial(officer_visit, OfficerPage.CONTACT, "contact"))
    preview = Entrance(site, dead_seconds, partial(officer_visit, OfficerPage.PREVIEW, "preview"))
    return [
        Route("/r/{token}/contact", contact.page(contacts.contact_page), methods=["GET"]),
        Route("/r/{token}/contact", contact.act(contacts.change), methods=["POST"]),
        Route("/r/{token}/preview", preview.page(drafts.drafts_page), methods=["GET"]),
        Route("/r/{token}/preview/{name}", preview.page(drafts.draft), methods=["GET"]),
    ]


def _board_routes(site: Site, dead_seconds: float) -> list[BaseRoute]:
    """What boards' leads record after a meeting, and what owners tell of actions."""
    meeting = Entrance(site, dead_seconds, partial(board_visit, AFTER_MEETING))
    action = Entrance(site, dead_seconds, partial(board_visit, ACTION))
    of_meeting = "/r/{token}/meeting"
    routes: list[BaseRoute] = [
        Route(path, meeting.page(meeting_page.meeting_page), methods=["GET"])
        for path in (of_meeting, f"{of_meeting}/kept", *(f"{of_meeting}/{form}" for form in meeting_forms.FORMS))
    ]
    routes += [
        Route(f"{of_meeting}/{form}", meeting.act(take), methods=["POST"]) for form, take in meeting_forms.FORMS.items()
    ]
    return [
        *routes,
        Route("/r/{token}/action", action.page(action_page.action_page), methods=["GET"]),
        Route("/r/{token}/action", action.act(action_page.tell), methods=["POST"]),
    ]


def _partners_own(page: Callable[..., Response]) -> Callable[..., Response]:
    """A page or an act that is the partner's alone: an officer who hands in for it finds nothing there."""

    def shown(site: Site, request: Request, visit: Visit, *form: Form) -> Response:
        return site.problem("gone", 404) if visit.officer else page(site, request, visit, *form)

    return shown


def _of_the_whole(page: Callable[..., Response]) -> Callable[..., Response]:
    """What is said of a whole request: a colleague who was given some of its figures finds nothing there."""

    def shown(site: Site, request: Request, visit: Visit, *form: Form) -> Response:
        return site.problem("gone", 404) if visit.part else page(site, request, visit, *form)

    return shown


def _to_request(site: Site, request: Request, visit: object) -> Response:
    """Who reloads or comes back to the address that files are posted to sees the request again."""
    return request_page.request_page(site, request, visit)  # type: ignore[arg-type]


def _other_routes(site: Site) -> list[BaseRoute]:
    return [
        Route("/", _plainly(site, published.home_page), methods=["GET"]),
        Route("/collections/{collection}", _plainly(site, calendar_pages.collection_page), methods=["GET"]),
        Route("/packs/", _plainly(site, published.packs_page), methods=["GET"]),
        Route(f"{HOME}/packs/", _plainly(site, published.packs_page), methods=["GET"]),
        *_published(site, "/packs", ("/{collection}/v{version:int}/{name}", "/{collection}/{name}"), published.pack),
        *_published(site, "/data", ("/feed.atom",), for_readers(data.feed)),
        *_published(site, "/data", ("/indicators/{indicator}.{kind}",), for_readers(data.series)),
        *_published(
            site, "/data", ("/{collection}/v{version:int}/{name}", "/{collection}/{name}"), for_readers(data.data_file)
        ),
        Route("/hooks/sendgrid", partial(webhooks.sendgrid, site), methods=["POST"]),
        Route("/healthz", _alive, methods=["GET"]),
        Route("/metrics", _plainly(site, _metrics), methods=["GET"]),
        Route("/readyz", partial(_ready, site), methods=["GET"]),
        Mount("/static", _Static(directory=STATIC)),
    ]


def _published(
    site: Site, under: str, places: tuple[str, ...], page: Callable[[Site, Request], Response]
) -> Iterator[Route]:
    """Where something published is read: with the key that opens it, without, and by officers."""
    for place in places:
        for before in (f"{under}/{WITH_KEY}/{{key}}", under, f"{HOME}{under}"):
            yield Route(f"{before}{place}", _plainly(site, page), methods=["GET"])


def _plainly(site: Site, page: Callable[[Site, Request], Response]) -> Callable[[Request], object]:
    async def endpoint(request: Request) -> Response:
        return await run_sync(page, site, request)

    return endpoint


def _metrics(site: Site, request: Request) -> Response:
    return site.metrics.show(request)


async def _alive(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("alive")


async def _ready(site: Site, _request: Request) -> Response:
    """The register can be read; what a partner sends can therefore be found again."""
    try:
        await run_sync(site.installation.register.find, LinkIssued, "0" * 64)
    except Exception as error:
        return JSONResponse({"ready": False, "register": type(error).__name__}, 503)
    return JSONResponse({"ready": True})


async def _problem(site: Site, name: str, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.url.path.startswith(f"{HOME}/"):
        response = await run_sync(officers_problem, site, request, name, status)
    else:
        response = site.problem(name, status)
    if isinstance(error, HTTPException) and error.headers:
        response.headers.update(error.headers)
    return response


class _Static(StaticFiles):
    """Our own style sheet and scripts: kept by browsers for as long as the mark in their address stays the same."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, with how long it may be kept."""
        response = await super().get_response(path, scope)
        marked = scope["query_string"].startswith(b"v=")
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if marked else "no-cache"
        return response
