"""Asks Prefect for a run now: to check a return, or to do what follows from a decision.

Best effort: nobody waits for it, and the sweep, or the next working day's run, takes up what it missed. A server that
answers that it is busy is asked again: on SQLite Prefect refuses at once a write whose snapshot another one has made
old, however long it would wait for a lock (`benchmarks/prefect_lock.py`).
"""

import asyncio
import logging
from datetime import UTC, datetime, timedelta
from urllib.parse import quote

import httpx

from quarterday.adapters.prefect_api import Shown

_FLOW = "receive-return"
_BUSY = (429, 500, 503)  # what a server says whose database is locked
PAUSES = (1.0, 3.0, 10.0, 30.0)  # seconds before it is asked again
_log = logging.getLogger(__name__)


class CheckRuns:
    """Speaks plain HTTP to the Prefect server, so that the portal need not import it."""

    def __init__(
        self,
        api_url: str,
        auth: str = "",
        seconds: float = 3,
        suffix: str = "",
        pauses: tuple[float, ...] = PAUSES,
    ) -> None:
        self._api = api_url.rstrip("/")
        self._password = auth
        self._seconds = seconds
        self._suffix = suffix
        self._pauses = pauses

    async def ask_for(self, partner_return: str) -> None:
        """Ask for the run that checks one return. Never raises."""
        await self.run(_FLOW, {"partner_return": partner_return}, f"{_FLOW}-{partner_return}")

    async def run(self, flow: str, parameters: dict[str, str] | None = None, once: str = "", minutes: int = 0) -> None:
        """Ask for a run of a flow's deployment, now or in some minutes; what is asked for `once` is run once.

        Never raises.
        """
        run = _run(parameters or {}, once, minutes)
        try:
            async with httpx.AsyncClient(
                timeout=self._seconds, auth=Shown(self._api, self._password), trust_env=False
            ) as client:
                for pause in self._pauses:
                    if await self._is_taken(client, flow, run):
                        return
                    await asyncio.sleep(pause)
                await self._asked(client, flow, run)
        except Exception as error:  # whatever is wrong over there, the return is safe and the sweep will come
            said = once or flow
            _log.warning("Prefect could not be asked for %s (%s): a later run does it", said, type(error).__name__)

    async def _is_taken(self, client: httpx.AsyncClient, flow: str, run: dict[str, object]) -> bool:
        """Ask; whether it was taken. False where the server is busy."""
        try:
            await self._asked(client, flow, run)
        except httpx.HTTPStatusError as problem:
            if problem.response.status_code not in _BUSY:
                raise
            return False
        return True

    async def _asked(self, client: httpx.AsyncClient, flow: str, run: dict[str, object]) -> None:
        """Ask once. What was asked for and not heard of is not made twice, since `once` names it."""
        name = f"{quote(flow)}/{quote(f'{flow}{self._suffix}')}"
        found = await client.get(f"{self._api}/deployments/name/{name}")
        found.raise_for_status()
        address = f"{self._api}/deployments/{found.json()['id']}/create_flow_run"
        made = await client.post(address, json=run)
        made.raise_for_status()


def _run(parameters: dict[str, str], once: str, minutes: int) -> dict[str, object]:
    """What Prefect is asked for. Its own clock counts the minutes, whatever day a rehearsal plays."""
    state: dict[str, object] = {"type": "SCHEDULED"}
    if minutes:
        at = datetime.now(UTC) + timedelta(minutes=minutes)
        state |= {"state_details": {"scheduled_time": at.isoformat()}}
    run: dict[str, object] = {"parameters": parameters, "state": state}
    return run | ({"idempotency_key": once} if once else {})
