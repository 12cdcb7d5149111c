"""The one place that asks what time it is. A rehearsal moves its clock by writing to a file."""

from datetime import UTC, date, datetime

from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import london_day


def now(settings: Settings) -> datetime:
    """This moment, aware, in UTC; the rehearsal's moment where a clock file is set."""
    if settings.clock_file is None:
        return datetime.now(UTC)
    moment = datetime.fromisoformat(settings.clock_file.read_text().strip())
    if moment.tzinfo is None:
        raise ValueError(f"{settings.clock_file} must hold a time with its offset, such as 2025-07-22T09:00:00+01:00")
    return moment.astimezone(UTC)


def today(settings: Settings) -> date:
    """Today in London."""
    return london_day(now(settings))
