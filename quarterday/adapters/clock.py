"""The one place that asks what time it is. A rehearsal moves its clock by writing to a file."""

from datetime import UTC, date, datetime

from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import london_day


class ClockError(Exception):
    """The file that the settings name as a clock tells no time; the message says what to do."""


def now(settings: Settings) -> datetime:
    """This moment, aware, in UTC; the rehearsal's moment where a clock file is set. Raises `ClockError`."""
    if settings.clock_file is None:
        return datetime.now(UTC)
    try:
        moment = datetime.fromisoformat(settings.clock_file.read_text(encoding="utf-8").strip())
        if moment.tzinfo is not None:
            return moment.astimezone(UTC)
    except (OSError, ValueError, OverflowError):  # OverflowError: of the last day that there is
        pass
    raise ClockError(
        f"{settings.clock_file} does not tell the time. It must hold a moment with its offset, such as "
        "2025-07-22T09:00:00+01:00: write one there, or take QUARTERDAY_CLOCK_FILE out of the settings; a rehearsal "
        "is played anew with `quarterday rehearse`."
    )


def today(settings: Settings) -> date:
    """Today in London."""
    return london_day(now(settings))
