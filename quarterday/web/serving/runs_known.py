"""When each flow last succeeded, as the pages and the metrics know it: Prefect is asked once a minute at most."""

from datetime import UTC, datetime, timedelta
from threading import Lock

import httpx

from quarterday.adapters.doctor.last_runs import LastRun, last_runs
from quarterday.adapters.installation import Installation
from quarterday.adapters.prefect_api import open_api

SECONDS = 2.0  # a page does not wait longer for what it can be shown without
ASKED_AGAIN = timedelta(minutes=1)


class RunsKnown:
    """What Prefect said last. Safe to share between threads."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._at: datetime | None = None
        self._known: list[LastRun] | None = None
        self._asking = Lock()

    def now(self) -> list[LastRun] | None:
        """Each flow that runs by itself; None where Prefect does not answer."""
        with self._asking:
            now = datetime.now(UTC)
            if self._at is None or now - self._at > ASKED_AGAIN:
                self._known, self._at = self._asked(now), now
            return self._known

    def _asked(self, now: datetime) -> list[LastRun] | None:
        settings, code = self._installation.settings, self._installation.framework.partnership.code
        try:
            with open_api(settings, SECONDS) as client:
                return last_runs(client, settings, code, now)
        except (httpx.HTTPError, ValueError):
            return None
