"""The simulated clock: it moves when it is told to, and a thousandth of a second with every look at it."""

from datetime import UTC, date, datetime, time, timedelta

from quarterday.domain.collection.standing import LONDON, london_day

_TICK = timedelta(milliseconds=1)


class Clock:
    """Time in London, as the year's play sets it. It never goes back."""

    def __init__(self, day: date) -> None:
        self._moment = datetime.combine(day, time(0, 5), LONDON).astimezone(UTC)

    def set(self, day: date, hour: int, minute: int = 0) -> None:
        """Move on to a time of a day; earlier than now, it stays where it is."""
        self._moment = max(self._moment, datetime.combine(day, time(hour, minute), LONDON).astimezone(UTC))

    def wait(self, seconds: float) -> None:
        """What `time.sleep` does here."""
        self._moment += timedelta(seconds=seconds)

    def now(self) -> datetime:
        """This moment, aware, in UTC; no two looks see the same."""
        self._moment += _TICK
        return self._moment

    def today(self) -> date:
        """Today in London."""
        return london_day(self._moment)
