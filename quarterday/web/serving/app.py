"""The portal as a web application: its routes, and what stands around all of them."""

from collections.abc import AsyncGenerator
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
from quarterday.adapters.disk import why_nothing_is_kept
from quarterday.adapters.installation import Installation
from quarterday.adapters.settings import Settings
from quarterday.adapters.signing import open_signer
from quarterday.domain.facts import LinkIssued
from quarterday.web.boards.routes import board_routes
from quarterday.web.door.codes import Codes
from quarterday.web.door.entrance import DEAD_SECONDS
from quarterday.web.door.guard import SafeHeaders, safe_headers
from quarterday.web.door.throttle import Guesses
from quarterday.web.officers.officer_door import HOME, officers_problem
from quarterday.web.officers.routes import linked_routes, officers_routes
from quarterday.web.partners.previews import Previews
from quarterday.web.partners.routes import partner_routes
from quarterday.web.partners.scripts_api import api_routes
from quarterday.web.readers.routes import reader_routes
from quarterday.web.serving import webhooks
from quarterday.web.serving.asking_for_checks import CheckRuns
from quarterday.web.serving.current_facts import CurrentFacts
from quarterday.web.serving.logs import AccessLog
from quarterday.web.serving.metrics import Measured, MeasuredChecker, Metrics
from quarterday.web.serving.pages import STATIC, Pages
from quarterday.web.serving.runs_known import RunsKnown
from quarterday.web.serving.site import Site, plainly
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
        *partner_routes(site, dead_seconds),
        *linked_routes(site, dead_seconds),
        *board_routes(site, dead_seconds),
        *officers_routes(site),
        *api_routes(site),
        *reader_routes(site),
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
async def _lifespan(checker: Checker, _app: Starlette) -> AsyncGenerator[None]:
    await run_sync(checker.start)  # warms while the first pages are read
    yield


def _other_routes(site: Site) -> list[BaseRoute]:
    return [
        Route("/hooks/sendgrid", partial(webhooks.sendgrid, site), methods=["POST"]),
        Route("/healthz", _alive, methods=["GET"]),
        Route("/metrics", plainly(site, _metrics), methods=["GET"]),
        Route("/readyz", partial(_ready, site), methods=["GET"]),
        Mount("/static", _Static(directory=STATIC)),
    ]


def _metrics(site: Site, request: Request) -> Response:
    return site.metrics.show(request)


async def _alive(_request: Request) -> Response:
    """The process answers."""
    return PlainTextResponse("alive")


async def _ready(site: Site, _request: Request) -> Response:
    """The register can be read, and a return be kept: what a partner sends can be found again."""
    try:
        await run_sync(site.installation.register.find, LinkIssued, "0" * 64)
    except Exception as error:
        return JSONResponse({"ready": False, "register": type(error).__name__}, 503)
    if why := await run_sync(why_nothing_is_kept, site.installation.settings):
        return JSONResponse({"ready": False, "disk": why}, 503)
    return JSONResponse({"ready": True})


async def _problem(site: Site, name: str, request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    if request.url.path.startswith(f"{HOME}/"):
        response = await run_sync(officers_problem, site, request, name, status)
    else:
        response = site.problem(name, status)
    for header, value in safe_headers(site.https).items():  # what answers a fault stands outside of all else
        response.headers.setdefault(header, value)
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
