"""What the overview says of the runs themselves: when each flow last succeeded, and which of them are ill."""

from datetime import UTC, datetime, timedelta

import httpx
from prefect.settings import PREFECT_API_URL

from quarterday.adapters.doctor.last_runs import LastRun, last_runs, what_helps
from quarterday.adapters.doctor.running import SECONDS
from quarterday.adapters.installation import Installation
from quarterday.adapters.prefect_api import open_api
from quarterday.domain.telling.markdown import escaped

ASKED_AGAIN = timedelta(minutes=1)  # a run of moments asks once, however often it shows how things stand
_known: dict[str, tuple[datetime, list[LastRun]]] = {}


def ill_runs(installation: Installation) -> list[str]:
    """A line for each flow of which a run failed and none has succeeded since, or that is silent."""
    return [f"**{escaped(str(each))} {what_helps(each)}**" for each in _last_runs(installation) if each.ill]


def listed_runs(installation: Installation) -> list[str]:
    """A line for each flow with a schedule: when it last succeeded."""
    return [f"- {escaped(str(each))}" for each in _last_runs(installation)] or ["- Prefect could not be asked."]


def forget_last_runs() -> None:
    """Ask anew: a run has just ended."""
    _known.clear()


def _last_runs(installation: Installation) -> list[LastRun]:
    """What Prefect says; nothing where it does not answer, so that no run fails for want of it."""
    now, api = datetime.now(UTC), PREFECT_API_URL.value() or ""
    at, known = _known.get(api, (datetime.min.replace(tzinfo=UTC), []))
    if now - at < ASKED_AGAIN:
        return known
    try:
        with open_api(installation.settings, SECONDS, at=api) as client:
            known = last_runs(client, installation.settings, installation.framework.partnership.code, now)
    except httpx.HTTPError:
        known = []
    _known[api] = now, known
    return known
