"""What should be running: Prefect's server, its deployments and worker, and the portal; asked over plain HTTP."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlsplit

import httpx
from ruamel.yaml import YAML

from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.prefect_api import open_api
from quarterday.adapters.scanning import NotScannedError, scanner_at
from quarterday.adapters.settings import Settings
from quarterday.adapters.shipped import shipped

DEPLOYMENTS = shipped("prefect.yaml")
HERE = ("127.0.0.1", "localhost", "::1")
SECONDS = 10.0


def flow_of(wanted: dict[str, Any]) -> str:
    """The name of a deployment's flow."""
    return str(wanted["entrypoint"].rpartition(":")[2].replace("_", "-"))


def look_at_prefect(settings: Settings) -> Iterator[Complaint]:
    """Whether the server answers, is closed to others, knows every deployment, and has a worker."""
    api, auth = settings.prefect_api, settings.prefect_auth.get_secret_value()
    with open_api(settings, SECONDS) as client:
        try:
            answer = client.get("admin/version")
        except httpx.HTTPError as problem:
            yield Complaint(
                f"Nothing answers at {api} ({type(problem).__name__}).",
                "Start it with `quarterday up`; its log is prefect/server.log.",
            )
            return
        if answer.status_code in (401, 403):
            yield Complaint(
                "The Prefect server wants another password.", "Set QUARTERDAY_PREFECT_AUTH to user:password."
            )
            return
        if not answer.is_success:
            yield Complaint(f"The Prefect server answers {answer.status_code}.", "Its log is prefect/server.log.")
            return
        if not auth and urlsplit(api).hostname not in HERE:
            yield Complaint(
                "The Prefect server is reached from elsewhere and has no password: anybody could decide for you.",
                "Set QUARTERDAY_PREFECT_AUTH to user:password, then run `quarterday up` again.",
            )
        yield from _hardening(client)
        pools: set[str] = set()
        for wanted in deployments_wanted(settings.deployment_suffix):
            pools.add(wanted["work_pool"]["name"])
            yield from _deployment(client, wanted)
        for pool in sorted(pools):
            yield from _pool(client, pool)


def deployments_wanted(suffix: str = "") -> list[dict[str, Any]]:
    """The deployments of `prefect.yaml`, as this partnership's are named; none where quarterday came without it."""
    every = YAML(typ="safe").load(DEPLOYMENTS)["deployments"] if DEPLOYMENTS.is_file() else []
    return [
        {**each, "name": each["name"] + suffix, "work_pool": {"name": each["work_pool"]["name"] + suffix}}
        for each in every
    ]


def _hardening(client: httpx.Client) -> Iterator[Complaint]:
    answer = client.get("admin/settings")
    server = answer.json().get("server", {}) if answer.is_success else {}
    if server.get("analytics_enabled"):
        yield Complaint(
            "Prefect tells its makers how it is used.",
            "Set PREFECT_SERVER_ANALYTICS_ENABLED to false, or use `quarterday up`.",
        )
    if server.get("api", {}).get("csrf_protection_enabled") is False:
        yield Complaint(
            "Another page in an officer's browser could start a run.",
            "Set PREFECT_SERVER_CSRF_PROTECTION_ENABLED to true, or use `quarterday up`.",
        )


def _deployment(client: httpx.Client, wanted: dict[str, Any]) -> Iterator[Complaint]:
    name = wanted["name"]
    found = client.get(f"deployments/name/{quote(flow_of(wanted))}/{quote(name)}")
    if not found.is_success:
        yield Complaint(
            f"The deployment “{name}” is missing.", "Run `quarterday up` again: it deploys all of prefect.yaml."
        )
        return
    told = found.json()
    if told.get("paused"):
        yield Complaint(f"The deployment “{name}” is paused.", "Resume it in the Prefect UI, under Deployments.")
        return
    on = [each.get("schedule", {}) for each in told.get("schedules", ()) if each.get("active")]
    if wanted.get("schedules") and not on:
        yield Complaint(
            f"“{name}” has no schedule that is on, so it never runs by itself.",
            "Turn it on in the Prefect UI, or run `quarterday up` again.",
        )
    for each in wanted.get("schedules", ()) if on else ():
        if not any((has.get("cron"), has.get("timezone")) == (each["cron"], each["timezone"]) for has in on):
            has = on[0]
            yield Complaint(
                f"“{name}” runs by another schedule than “{each['cron']}” in {each['timezone']}: "
                f"“{has.get('cron')}” in {has.get('timezone')}.",
                "Run `quarterday up` again: it deploys the schedules of prefect.yaml.",
            )


def _pool(client: httpx.Client, name: str) -> Iterator[Complaint]:
    found = client.get(f"work_pools/{quote(name)}")
    if not found.is_success:
        yield Complaint(f"There is no work pool “{name}”.", "Run `quarterday up` again: it makes one.")
        return
    match str(found.json().get("status") or "").upper():
        case "READY":
            return
        case "PAUSED":
            yield Complaint(f"The work pool “{name}” is paused.", "Resume it in the Prefect UI, under Work Pools.")
        case _:
            yield Complaint(
                f"No worker looks after the work pool “{name}”: nothing runs.",
                "Start one with `quarterday up`; its log is worker.log.",
            )


def look_at_scanner(settings: Settings) -> Iterator[Complaint]:
    """Whether clamd answers, where the settings name one."""
    scanner = scanner_at(settings.clamd)
    try:
        if scanner and (found := scanner.virus_in(b"a file of quarterday's own, to see that clamd answers")):
            yield Complaint(f"clamd finds “{found}” in a file of one plain sentence.", "Look at its signatures.")
    except NotScannedError as away:
        yield Complaint(str(away), "Start clamav-daemon, or take QUARTERDAY_CLAMD out of the settings.")


def look_at_portal(settings: Settings) -> Iterator[Complaint]:
    """Whether partners can open their pages."""
    try:
        answer = httpx.get(f"{settings.portal_url.rstrip('/')}/readyz", timeout=SECONDS, trust_env=False)
    except httpx.HTTPError as problem:
        yield Complaint(
            f"The portal does not answer at {settings.portal_url} ({type(problem).__name__}).",
            "Start it with `quarterday up`; its log is portal.log.",
        )
        return
    if not answer.is_success:
        yield Complaint(
            f"The portal is not ready (it answers {answer.status_code}).", "Look at home and register first."
        )
    if not settings.portal_url.startswith("https:") and urlsplit(settings.portal_url).hostname not in HERE:
        yield Complaint(
            "Partners reach the portal without TLS: links and returns can be read on the way.",
            "Put it behind a server with a certificate, and set QUARTERDAY_PORTAL_URL to its https address.",
        )
