"""What a form brought, cleaned: text without controls, real dates, and the errors by field, in words."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from starlette.datastructures import FormData, UploadFile

from quarterday.adapters.arrivals import clean
from quarterday.domain.framework.periods import A_YEAR, parse_day
from quarterday.web.words import Words

SEE_OTHER = 303  # the answer to a form that was taken: loading the page again then sends nothing twice


@dataclass
class Form:
    """A posted form. Reading a field that is wrong notes an error beside it; `errors` is empty where all is well."""

    data: FormData
    words: Words
    today: date
    errors: dict[str, str] = field(default_factory=dict)

    def text(self, name: str, limit: int = 200, lines: bool = False, needed: str = "", label: str = "") -> str:
        """A cleaned line, or lines. `needed` is the error's sentence where it may not be empty."""
        said = self.data.get(name)
        raw = said if isinstance(said, str) else ""
        if len(raw) > limit + raw.count("\n"):  # a browser counts a line's end as one character and sends two
            self.errors[name] = self.words.say("errors.too_long", field=label or name, number=limit)
        found = clean(raw, limit, lines)
        if needed and not found:
            self.errors[name] = needed
        return found

    def chosen(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.data.get(name) == "yes"

    def choices(self, name: str, among: tuple[str, ...]) -> tuple[str, ...]:
        """The boxes ticked of a list."""
        said = set(self.data.getlist(name))
        return tuple(each for each in among if each in said)

    def file(self, name: str = "file") -> UploadFile | None:
        """The file that was chosen; None where none was."""
        found = self.data.get(name)
        return found if isinstance(found, UploadFile) and found.filename else None

    def said(self, name: str) -> str:
        """What was typed, to show it again."""
        found = self.data.get(name)
        return clean(found, 4000, lines=True) if isinstance(found, str) else ""

    def ticked(self, name: str) -> tuple[str, ...]:
        """The boxes that were ticked, to show them again."""
        return tuple(each for each in self.data.getlist(name) if isinstance(each, str))

    def day(self, name: str, label: str, needed: bool = True) -> date | None:
        """A date typed as day, month and year in three boxes."""
        parts = [self.said(f"{name}-{part}").strip().lower() for part in ("day", "month", "year")]
        if not any(parts):
            if needed:
                self.errors[name] = self._day_error("errors.day_needed", label)
            return None
        try:
            return parse_day(" ".join(parts))
        except ValueError:
            self.errors[name] = self._day_error("errors.day_unreal", label, said=" ".join(parts)[:40])
            return None

    def future_day(self, name: str, label: str, needed: bool = True) -> date | None:
        """A date after today and within a year from now."""
        found = self.day(name, label, needed)
        if found and found <= self.today:
            self.errors[name] = self._day_error("errors.day_past", label)
        elif found and found > self.today + A_YEAR:
            self.errors[name] = self._day_error("errors.day_far", label)
        return None if name in self.errors else found

    def _day_error(self, sentence: str, label: str, said: str = "") -> str:
        return self.words.say(sentence, field=label, said=said, example=example_day(self.today))


def example_day(today: date) -> str:
    """A date as it is typed, a month from now."""
    ahead = today + timedelta(days=30)
    return f"{ahead.day} {ahead.month} {ahead.year}"
