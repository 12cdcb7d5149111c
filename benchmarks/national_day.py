"""A day at national size, with SendGrid's stand-in on loopback: `python -m benchmarks.national_day [--small]`.

300 partnerships of 20 partners in one register, of which the first hundred act, to keep it short (`--acting 300`: all):
a quarter's opening, reminders, an ordinary chase day (two partners in twenty are late), and the same day once more,
when nothing is left to do. Printed beside a named baseline of the same run: a bare loop that posts one email and
commits one row. Then the same on a few partnerships with a quarter behind them, which is not at rest yet, and with a
year: the cost should go by what is due and not by what is over.

No Prefect server here: `benchmarks.national_runs` goes through one.
"""

import argparse
import http.client
import json
import resource
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from flows.performing.acting import FactsOfARun, in_turn, perform_share
from flows.performing.shares import shares
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.transport import open_transport
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.timetable import Timetable, timetables
from quarterday.domain.facts import (
    Fact,
    Facts,
    LinkIssued,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReleaseMade,
    ReturnReceived,
    Step,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Meeting
from quarterday.domain.framework.periods import parse_quarter
from tests.domain.conftest import framework, indicator, person
from tests.domain.lived import a_return, a_verdict, recorded, with_new
from tests.sendgrid_stand_in import PostBox, sendgrid

ROOT = Path(__file__).parents[1]
PARTNERS, LATE = 20, 2
AT_ONCE = 1000  # emails in one call to SendGrid, at most, as where very many go out
MEETINGS = (
    ("2024-25 Q1", date(2024, 8, 15)),
    ("2024-25 Q2", date(2024, 11, 14)),
    ("2024-25 Q3", date(2025, 2, 13)),
    ("2024-25 Q4", date(2025, 5, 22)),
    ("2025-26 Q1", date(2025, 8, 14)),
)


def a_partnership(quarters_behind: int) -> Framework:
    """One partnership of twenty partners with one indicator each, with so many quarters before this one."""
    small = framework()
    partners = tuple(
        small.partners[0].model_copy(update={"code": f"partner-{n}", "contact": person(f"Person {n}")})
        for n in range(PARTNERS)
    )
    meetings = tuple(
        Meeting(on=day, considers=parse_quarter(quarter))
        for quarter, day in MEETINGS[len(MEETINGS) - 1 - quarters_behind :]
    )
    board = small.partnership.boards[0].model_copy(update={"meetings": meetings})
    agreement = small.agreements[0].model_copy(update={"parties": tuple(each.code for each in partners)})
    return framework(
        partnership=small.partnership.model_copy(update={"boards": (board,)}),
        partners=partners,
        indicators=tuple(indicator(f"indicator-{n}", f"partner-{n}") for n in range(PARTNERS)),
        agreements=(agreement,),
    )


def a_day(setting: Framework, facts: Facts, day: date) -> Facts:
    """Everything that is due on a day, recorded as the flows would, each email gone."""
    made = [fact for action in what_is_due(setting, facts, day) for fact in recorded(setting, action, day)]
    returns = {each.partner_return for each in facts.of(ReturnReceived)}
    for number, fact in enumerate(made):
        if isinstance(fact, ReleaseMade):
            made[number] = replace(fact, returns=tuple(each for each in returns if f"R-{fact.collection}." in each))
    return with_new(facts, *made, *(fact for each in made if isinstance(each, MessageReserved) for fact in _went(each)))


def answered(facts: Facts, plan: Timetable, day: date, partners: Iterable[str]) -> Facts:
    """Returns of some partners, accepted the same day."""
    received = [a_return(f"{plan.collection}.{partner}", day) for partner in partners]
    return facts.plus(*received, *(a_verdict(each, "accepted") for each in received))


def history(setting: Framework) -> Facts:
    """The quarters before this one: everybody asked, everybody answered, released and thanked."""
    facts = Facts()
    for plan in timetables(setting)[:-1]:
        facts = a_day(setting, facts, plan.opens)
        facts = answered(facts, plan, setting.calendar.add(plan.opens, 3), plan.request_on)
        for day in (plan.due, setting.calendar.add(plan.closes, 1), plan.publish_on, plan.papers_on):
            facts = a_day(setting, facts, day)
    return facts


def _went(message: MessageReserved) -> tuple[Fact, ...]:
    """What sending an email leaves beside its booking."""
    who: dict[str, Any] = {"at": message.at, "by": message.by, "partnership": message.partnership}
    settled = MessageSettled(message=message.message, outcome=Outcome.SENT, step=Step.ANSWERED, attempt=1, **who)
    if not message.request:
        return (settled,)
    link = LinkIssued(
        request=message.request,
        token_hash=message.message,
        recipient=message.recipient,
        message=message.message,
        expires=message.at + timedelta(days=60),
        **who,
    )
    return settled, link


def named(fact: Fact, code: str) -> Fact:
    """The same fact of another partnership."""
    words: dict[str, Any] = {each.name: _renamed(getattr(fact, each.name), code) for each in fields(fact)}
    if isinstance(fact, LinkIssued):
        words["token_hash"] = sha256(f"{code} {fact.token_hash}".encode()).hexdigest()
    return replace(fact, **words)


def _renamed(value: Any, code: str) -> Any:
    """A field's value, with the partnership's name in whatever words it holds."""
    if isinstance(value, tuple):
        return tuple(_renamed(each, code) for each in value)
    return value.replace("somewhere", code) if type(value) is str else value


@dataclass
class Country:
    """So many partnerships in one register, and what has been sent."""

    home: Path
    box: PostBox
    offices: list[Installation]  # those that act

    def day(self, name: str, day: date, act: Callable[[Installation], int]) -> float:
        """Do what is due everywhere on a day; tells and gives the seconds."""
        self.set_clock(day)
        sent, size = self.box.count, self.size()
        began = time.perf_counter()
        actions = sum(act(installation) for installation in self.offices)
        seconds = time.perf_counter() - began
        emails = self.box.count - sent
        per, what = (emails, "an email") if emails else (len(self.offices), "a partnership")
        each = f"{seconds / per * 1000:.1f} ms {what}"
        print(
            f"  {name:<34} {seconds:7.1f} s  {actions:6,} actions  {emails:6,} emails  {each:<24} "
            f"register + {(self.size() - size) / 1e6:.1f} MB"
        )
        return seconds

    def set_clock(self, day: date) -> None:
        """Move the clock of every partnership."""
        (self.home / "clock").write_text(f"{day}T09:00:00+01:00")

    def size(self) -> int:
        """The register's bytes."""
        return sum(file.stat().st_size for file in self.home.glob("register.db*"))


def without_prefect(installation: Installation) -> int:
    """What is due at one partnership, performed by the plain functions; gives the number of actions."""
    due = what_is_due(installation.framework, installation.facts(), installation.today())
    known = FactsOfARun(installation)
    for share in shares(in_turn(due), installation.transport.at_once):
        perform_share(installation, share, known)
    return len(due)


def a_country(home: Path, box: PostBox, partnerships: int, acting: int, quarters_behind: int) -> Country:
    """Partnerships with their history, the first so many of which act."""
    settings = Settings(
        home=home,
        config=ROOT / "config",
        clock_file=home / "clock",
        mail="sendgrid",
        sendgrid_key="a-key",
        sendgrid_url=box.url,
        sendgrid_at_once=AT_ONCE,
        _env_file=None,
    )
    setting = a_partnership(quarters_behind)
    past = list(history(setting))
    register, stores, transport = open_register(settings), open_stores(settings), open_transport(settings)
    offices = []
    for number in range(partnerships):
        code = f"place-{number}"
        mine = setting.model_copy(update={"partnership": setting.partnership.model_copy(update={"code": code})})
        if number < acting:
            offices.append(Installation(settings, mine, {}, register, stores, transport))
        register.append(*(named(fact, code) for fact in past))
    country = Country(home, box, offices)
    print(
        f"{partnerships} partnerships x {PARTNERS} partners, {quarters_behind} quarters behind them: "
        f"{len(past) * partnerships:,} facts, {country.size() / 1e6:.0f} MB; {len(offices)} act"
    )
    return country


def a_quarter(country: Country, act: Callable[[Installation], int] = without_prefect) -> dict[str, float]:
    """The opening, the answers of all but two partners, the chase day, and that day once more."""
    setting = country.offices[0].framework
    plan = timetables(setting)[-1]
    took = {"opening": country.day("the quarter's opening", plan.opens, act)}
    prompt = list(plan.request_on)[LATE:]
    when = setting.calendar.add(plan.opens, 3)
    for installation in country.offices:
        mine, code = timetables(installation.framework)[-1], installation.framework.partnership.code
        added = [named(each, code) for each in answered(Facts(), mine, when, prompt)]
        known = Facts([*installation.facts(), *added])
        due = what_is_due(installation.framework, known, when)
        installation.register.append(
            *added, *(named(fact, code) for each in due for fact in recorded(setting, each, when))
        )
    day = setting.calendar.add(plan.due, 2)
    country.day("reminders three days before", setting.calendar.add(plan.due, -3), act)
    took["chase"] = country.day("an ordinary chase day", day, act)
    took["again"] = country.day("the same day again: nothing due", day, act)
    return took


def bare(box: PostBox, home: Path, emails: int) -> float:
    """Seconds an email of the least that could be done: one post and one committed row."""
    body = json.dumps({"text": "x" * 8000}).encode()
    database = sqlite3.connect(home / "bare.db")
    database.execute("PRAGMA synchronous=FULL")
    database.execute("CREATE TABLE sent (number INTEGER PRIMARY KEY)")
    began = time.perf_counter()
    for number in range(emails):
        line = http.client.HTTPConnection(box.url.removeprefix("http://"))
        line.request("POST", "/v3/mail/send", body)
        line.getresponse().read()
        line.close()
        database.execute("INSERT INTO sent VALUES (?)", (number,))
        database.commit()
    return (time.perf_counter() - began) / emails


def main() -> None:
    """Measure and tell."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--small", action="store_true", help="10 partnerships: a few seconds")
    parser.add_argument("--partnerships", type=int, default=300)
    parser.add_argument("--acting", type=int, default=100, help="of them")
    asked = parser.parse_args()
    many, few = (10, 5) if asked.small else (asked.partnerships, 15)
    acting = min(many, asked.acting)
    with tempfile.TemporaryDirectory(prefix="quarterday-") as folder, sendgrid(keep=False) as box:
        home = Path(folder)
        least = bare(box, home, 200)
        print(f"baseline, one post and one committed row: {least * 1000:.1f} ms an email")
        took = a_quarter(a_country(home / "national", box, many, acting, len(MEETINGS) - 1))
        emails = acting * PARTNERS
        print(f"  opening: {took['opening'] / emails / least:.1f} times the baseline an email")
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"  memory at most {peak:.0f} MB, the stand-in and the making of the history included")
        alone = a_quarter(a_country(home / "new", box, few, few, 1))  # the one before is not at rest yet
        behind = a_quarter(a_country(home / "old", box, few, few, len(MEETINGS) - 1))
        for name in alone:
            print(f"{name}: {behind[name] / alone[name]:.2f} times as long with a year behind as with a quarter")


if __name__ == "__main__":
    main()
