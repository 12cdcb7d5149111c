"""What Prometheus may know of this portal's process: how many, how long, how much room. Nobody and no figure.

Pages are told apart by the pattern of their address, never by the address itself, which holds a token.
"""

import ipaddress
import secrets
from collections.abc import Iterator, Sequence
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.types import ASGIApp, Scope

from expectations.checking import Checked, Checker, Job
from quarterday.adapters.disk import free_bytes
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.booked import given_up, held_up, in_doubt
from quarterday.domain.collection.verdicts import unjudged
from quarterday.domain.figures.findings import Finding
from quarterday.web.serving.answering import AfterEachAnswer
from quarterday.web.serving.current_facts import CurrentFacts
from quarterday.web.serving.runs_known import RunsKnown

_PAGE_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30)
_CHECK_SECONDS = (0.1, 0.25, 0.5, 1, 2, 5, 10, 30, 60)
_FORWARDED = ("x-forwarded-for", "forwarded", "x-real-ip")


class Metrics:
    """The counts of one portal process. Several portals are asked each, and added up by Prometheus."""

    def __init__(self, settings: Settings, runs: RunsKnown, current: CurrentFacts) -> None:
        self.registry = CollectorRegistry()
        self.pages = Histogram(
            "quarterday_portal_request_seconds",
            "Seconds until a request was answered, by page, method and status",
            ("page", "method", "status"),
            buckets=_PAGE_SECONDS,
            registry=self.registry,
        )
        self.uploads = Counter("quarterday_uploads", "Files kept", registry=self.registry)
        self.upload_bytes = Counter("quarterday_upload_bytes", "Bytes of files kept", registry=self.registry)
        self.receipts = Counter("quarterday_receipts", "Receipts given", ("kind",), registry=self.registry)
        self.checks = Histogram(
            "quarterday_check_seconds",
            "Seconds that the checks of a file took, by verdict; `failed` where the checks themselves did",
            ("verdict",),
            buckets=_CHECK_SECONDS,
            registry=self.registry,
        )
        room = Gauge("quarterday_disk_free_bytes", "Room where the files are kept", registry=self.registry)
        room.set_function(lambda: free_bytes(settings))
        self.registry.register(_WhatGoesOn(runs, current))
        self._token = settings.metrics_token.get_secret_value()

    def show(self, request: Request) -> Response:
        """The counts, for whoever has the token; without one, for this machine alone. 404 for everybody else."""
        if not self._may_see(request):
            return PlainTextResponse("not found", 404)
        return Response(generate_latest(self.registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)

    def _may_see(self, request: Request) -> bool:
        if self._token:
            said = request.headers.get("authorization", "")
            return secrets.compare_digest(said.encode(), f"Bearer {self._token}".encode())
        return _from_this_machine(request)


def _from_this_machine(request: Request) -> bool:
    """Whether nobody else can have asked: a proxy on this machine says so in its headers."""
    if request.client is None or any(name in request.headers for name in _FORWARDED):
        return False
    try:
        return ipaddress.ip_address(request.client.host).is_loopback
    except ValueError:
        return False


class _WhatGoesOn(Collector):
    """When runs last succeeded, and what waits: told alike by every portal, since the register and Prefect say it."""

    def __init__(self, runs: RunsKnown, current: CurrentFacts) -> None:
        self._runs, self._current = runs, current

    def collect(self) -> Iterator[Metric]:
        """See `Collector.collect`."""
        succeeded = GaugeMetricFamily(
            "quarterday_flow_last_success_timestamp_seconds",
            "When a run of the flow last succeeded; 0 where none did yet",
            labels=["flow"],
        )
        ill = GaugeMetricFamily(
            "quarterday_flow_ill",
            "1 where a run of the flow failed and none has succeeded since, or none came though it was due",
            labels=["flow"],
        )
        for each in self._runs.now() or ():
            succeeded.add_metric([each.name], each.succeeded.timestamp() if each.succeeded else 0)
            ill.add_metric([each.name], each.ill)
        yield from (succeeded, ill)
        facts = self._current.snapshot().facts
        for name, what, found in (
            ("emails_given_up", "Emails that were tried for as long as it made sense, and did not go", given_up(facts)),
            ("emails_waiting", "Emails that did not go yet and are tried again", held_up(facts)),
            ("emails_in_doubt", "Emails of which nobody knows whether they went", in_doubt(facts)),
            ("returns_unchecked", "Returns that wait for their verdict", unjudged(facts)),
        ):
            yield GaugeMetricFamily(f"quarterday_{name}", what, value=len(found))


class Measured(AfterEachAnswer):
    """Times every request."""

    def __init__(self, app: ASGIApp, metrics: Metrics, routes: Sequence[BaseRoute]) -> None:
        super().__init__(app)
        self._metrics = metrics
        self._patterns = [(route.path_regex, route.path) for route in routes if isinstance(route, Route)]

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Note how long it took."""
        method = scope["method"] if scope["method"] in ("GET", "HEAD", "POST") else "other"
        labels = self._page(scope["path"]), method, str(status)
        self._metrics.pages.labels(*labels).observe(seconds)

    def _page(self, path: str) -> str:
        return next((page for pattern, page in self._patterns if pattern.match(path)), "other")


class MeasuredChecker(Checker):
    """A checker whose checks are timed; the caller of the other one closes it."""

    def __init__(self, checker: Checker, metrics: Metrics) -> None:
        self._checker, self._metrics = checker, metrics

    def start(self) -> None:
        """See `Checker.start`."""
        self._checker.start()

    def check(self, job: Job) -> Checked:
        """See `Checker.check`."""
        began, verdict = perf_counter(), "failed"
        try:
            checked = self._checker.check(job)
            verdict = str(checked.verdict)
            return checked
        finally:
            self._metrics.checks.labels(verdict).observe(perf_counter() - began)

    def mark(self, data: bytes, suffix: str, findings: tuple[Finding, ...]) -> bytes | None:
        """See `Checker.mark`."""
        return self._checker.mark(data, suffix, findings)

    def close(self) -> None:
        """See `Checker.close`."""
        self._checker.close()
