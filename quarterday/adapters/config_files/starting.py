"""A small new partnership in a folder of its own: two partners, one board, three indicators, and what these need."""

import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from quarterday.adapters.bank_holidays import working_days
from quarterday.adapters.config_files.configuration import EMAILS, SCHEMAS
from quarterday.adapters.config_files.schemas import write_schemas
from quarterday.domain.framework.calendar import CalendarNotCoveredError, WorkingDays
from quarterday.domain.framework.codes import new_code
from quarterday.domain.framework.periods import Period, financial_quarter, quarter_name

STARTER = Path(__file__).with_name("starter")
_PLAIN = ("partners.yaml", "agreements.yaml", "escalation.yaml", "rehearsal.yaml", "framework/plan.yaml")
_WEEKS_AFTER_QUARTER = 7
_QUARTERS = 4


class CannotStartError(Exception):
    """A new partnership cannot be made here; the sentence says why and what to do."""


@dataclass(frozen=True)
class FirstMeeting:
    """A meeting that the new partnership begins with."""

    on: date
    quarter: str


def start_partnership(folder: Path, name: str, today: date, emails: Path) -> Path | None:
    """Write a new partnership's configuration, its email templates copied from `emails`, and the settings beside it.

    All of it is written aside and put in place at once, so that whoever was cut short begins anew. Returns the file of
    the settings, None where there was one. Raises `CannotStartError` where the folder holds something, or there are no
    templates to copy.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise CannotStartError(f"{folder} is not empty. Name a folder that does not exist yet.")
    if not emails.is_dir():
        raise CannotStartError(
            f"There are no email templates in {emails}. Set QUARTERDAY_CONFIG to the example's folder."
        )
    aside = folder.with_name(f".{folder.name}.beginning")
    shutil.rmtree(aside, ignore_errors=True)
    (aside / "framework").mkdir(parents=True)
    (aside / "exports").mkdir()
    (aside / "partnership.yaml").write_text(_partnership(name, today), encoding="utf-8")
    for each in _PLAIN:
        shutil.copyfile(STARTER / each, aside / each)
    shutil.copytree(emails, aside / EMAILS)
    write_schemas(aside / SCHEMAS)
    env = _write_env(folder)
    aside.rename(folder)
    return env


def _write_env(folder: Path) -> Path | None:
    """Write the usual settings, explained, beside a new configuration; None where a `.env` is there already."""
    env = folder.parent / ".env"
    if env.exists():
        return None
    aside = env.with_name(".env.beginning")
    aside.unlink(missing_ok=True)
    aside.touch(mode=0o600)  # passwords will stand in it
    aside.write_text((STARTER / "env.txt").read_text(encoding="utf-8").format(folder=folder.name), encoding="utf-8")
    return aside.rename(env)


def first_meetings(today: date, calendar: WorkingDays) -> list[FirstMeeting]:
    """A meeting for the present quarter and the three that follow, as far as the calendar reaches."""
    meetings = []
    for quarter in _quarters_from(today):
        try:
            day = calendar.add(quarter.end + timedelta(weeks=_WEEKS_AFTER_QUARTER), 0)
            calendar.is_working_day(day + timedelta(days=90))  # the ladder and late returns need room after it
        except CalendarNotCoveredError:
            break
        meetings.append(FirstMeeting(day, str(quarter_name(quarter))))
    return meetings


def _partnership(name: str, today: date) -> str:
    environment = Environment(  # noqa: S701 - YAML, whose values are quoted below
        loader=FileSystemLoader(STARTER), undefined=StrictUndefined, keep_trailing_newline=True
    )
    words = " ".join(re.findall(r"[^\W_]+(?:['’-][^\W_]+)*", name)) or "New Partnership"
    return environment.get_template("partnership.yaml.jinja").render(
        name=words,
        code=new_code(words, "partnership", longest=40),
        place=words.removeprefix("Safer ").removesuffix(" Partnership") or words,
        meetings=first_meetings(today, working_days()),
    )


def _quarters_from(today: date) -> Iterator[Period]:
    year = today.year if today.month >= 4 else today.year - 1
    number = (today.month - 4) % 12 // 3 + 1
    for _ in range(_QUARTERS):
        yield financial_quarter(year, number)
        year, number = (year, number + 1) if number < 4 else (year + 1, 1)
