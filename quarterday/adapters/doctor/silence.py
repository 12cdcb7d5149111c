"""What has not succeeded for longer than it should: Prefect says when each flow last did."""

from collections.abc import Iterator
from datetime import UTC, datetime

import httpx

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.config_files.problems import ConfigurationProblems
from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.doctor.last_runs import last_runs, what_helps
from quarterday.adapters.doctor.running import SECONDS
from quarterday.adapters.heartbeat import why_unanswered
from quarterday.adapters.prefect_api import open_api
from quarterday.adapters.settings import Settings


def look_at_runs(settings: Settings) -> Iterator[Complaint]:
    """Flows of which a run failed and none has succeeded since, or that have not run though one was due."""
    try:
        code = load_framework(settings.config).partnership.code
        with open_api(settings, SECONDS) as client:
            runs = last_runs(client, settings, code, datetime.now(UTC))
    except (ConfigurationProblems, httpx.HTTPError):
        return  # told with the configuration, and with Prefect
    for each in runs:
        if each.ill:
            yield Complaint(str(each), what_helps(each))


def look_at_heartbeat(settings: Settings) -> Iterator[Complaint]:
    """Whether the address outside took the last sign of life: it is not called, which would be one."""
    if why := why_unanswered(settings):
        yield Complaint(
            f"The heartbeat's address did not take the last sign of life, on {why}.",
            "Correct QUARTERDAY_HEARTBEAT_URL, or see what watches there; the next run of “chase-returns” tries again.",
        )
