"""Whether the Prefect server is well: it may run and hang, or answer and have lost its database."""

from collections.abc import Callable
from enum import StrEnum

import httpx

from flows.installation import server
from quarterday.adapters.doctor.running import deployments_wanted, flow_of
from quarterday.adapters.prefect_api import open_api
from quarterday.adapters.settings import Settings

SECONDS = 5.0


class Health(StrEnum):
    """What a look at the server finds."""

    WELL = "answers and knows our deployments"
    EMPTY = "answers and does not know our deployments"
    UNWELL = "does not answer as it should"
    LOST = "has lost its database"  # it goes on answering from a file that is no more


def refuse_silent(settings: Settings) -> None:
    """Raises `RuntimeError`, with what to do, where the Prefect server of the settings does not let us in."""
    with open_api(settings, SECONDS) as client:
        try:
            status = client.get("admin/version").status_code
        except httpx.HTTPError as problem:
            raise RuntimeError(
                f"No Prefect server answers at {settings.prefect_api}. Start it, or correct QUARTERDAY_PREFECT_API_URL."
            ) from problem
    if status in (401, 403):
        raise RuntimeError(
            f"The Prefect server at {settings.prefect_api} does not let us in. Correct QUARTERDAY_PREFECT_AUTH."
        )


def look_at(settings: Settings) -> Callable[[], Health]:
    """A look at the server of an installation. The deployment that is made last tells of all of them."""
    last = deployments_wanted(settings.deployment_suffix)[-1]
    database = server.database_in(settings.home)
    name = f"deployments/name/{flow_of(last)}/{last['name']}"

    def look() -> Health:
        if database and not database.exists():
            return Health.LOST
        with open_api(settings, SECONDS) as client:
            try:
                status = client.get(name).status_code
            except httpx.HTTPError:
                return Health.UNWELL
        return {200: Health.WELL, 404: Health.EMPTY}.get(status, Health.UNWELL)

    return look
