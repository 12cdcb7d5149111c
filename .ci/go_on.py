"""Goes on with the home that `QUARTERDAY_HOME` names, which an earlier quarterday left in the middle of its work.

Run by the Python of a clone, of a wheel's environment or of the image, on a clock of its own: the register is brought
up to date and no fact is gone; doctor finds nothing wrong; links of before still lead to their pages; officers see
their pages; the quarter that is next is asked, answered, reminded and published, day by day; releases and head hold.
What did not go so is raised as an error. `--days 6` ends after six days on which emails went. `links.json` beside the
register tells the links that were mailed; else the emails in the outbox do.
"""

import argparse
import json
import os
import re
import sqlite3
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from datetime import time as hours
from pathlib import Path

from click.testing import CliRunner

HOME = Path(os.environ["QUARTERDAY_HOME"])
CLOCK = HOME / "clock"
os.environ["QUARTERDAY_CLOCK_FILE"] = str(CLOCK)
os.environ["QUARTERDAY_PORTAL_URL"] = PAGES = "http://127.0.0.1:8400"
os.environ["QUARTERDAY_PACK_FORMATS"] = "html"

from flows import receive_return as receiving  # noqa: E402 - they read the settings that are made above
from flows.performing.acting import FactsOfARun, in_turn, perform  # noqa: E402
from flows.performing.process import checker  # noqa: E402
from quarterday.__main__ import app  # noqa: E402
from quarterday.adapters.installation import Installation, open_installation  # noqa: E402
from quarterday.adapters.register.heads import record_head  # noqa: E402
from quarterday.domain.collection.decision import what_is_due  # noqa: E402
from quarterday.domain.collection.standing import LONDON  # noqa: E402
from quarterday.domain.collection.timetable import Timetable, timetables  # noqa: E402
from quarterday.domain.collection.verdicts import unjudged  # noqa: E402
from quarterday.domain.facts import ReleaseMade, RequestMade, ReturnReceived  # noqa: E402
from rehearsal import visits  # noqa: E402
from rehearsal.browser import Browser, Page  # noqa: E402
from rehearsal.cast import Deed  # noqa: E402
from rehearsal.letters import Letter, read_letters  # noqa: E402
from rehearsal.pages import Pages, pages_of  # noqa: E402

OF_A_KIND = 5  # pages that are opened of one kind
NOT_RUNNING = {"Prefect", "portal", "runs"}  # nothing runs here but this


def main(days: int) -> None:
    """Bring it up to date, look at everything, go on for so many days at most, and look again."""
    _set_clock(_last_moment())
    before, links = _rows(), _mailed_links()
    told(_said("migrate"))
    if lost := {name: count for name, count in before.items() if _rows().get(name, 0) < count}:
        raise AssertionError(f"facts are gone: {lost}")
    office = open_installation()
    _well()
    released = len(office.facts().of(ReleaseMade))
    _releases_hold(office)
    pages = pages_of(office, checker())
    with closing(office.register):
        _old_links_lead_on(pages, links)
        counted = _a_quarter_more(office, pages, days)
        record_head(office.register, office.framework.partnership.code, office.now())
        office.facts()
        _releases_hold(office)
        seen = _officers_see_every_page(office, pages)
    _well()
    _said("history")
    copy = HOME.with_name(f"{HOME.name}.tar.gz")
    _said("backup", str(copy))
    facts = f"{sum(before.values())} facts before, {released} releases among them, {sum(_rows().values())} now"
    done = ", ".join(f"{count} {what}" for what, count in sorted(counted.items()))
    told(f"{facts}; {len(links)} old links, {seen} pages of officers; {done}")


def _rows() -> dict[str, int]:
    """How many facts each table holds."""
    with closing(sqlite3.connect(HOME / "register.db")) as register:
        count = "SELECT count(*) FROM {}"
        return {name: register.execute(count.format(name)).fetchone()[0] for name in _tables_of_facts(register)}


def _last_moment() -> datetime:
    """When the last fact was recorded."""
    with closing(sqlite3.connect(HOME / "register.db")) as register:
        last = "SELECT max(at) FROM {}"
        moments = [register.execute(last.format(name)).fetchone()[0] for name in _tables_of_facts(register)]
    return datetime.fromisoformat(max(filter(None, moments))).replace(tzinfo=UTC)


def _tables_of_facts(register: sqlite3.Connection) -> list[str]:
    names = [name for (name,) in register.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
    return [name for name in names if "at" in {each[1] for each in register.execute(f"PRAGMA table_info({name})")}]


def _mailed_links() -> dict[str, str]:
    """The token in the last email about each request."""
    noted = HOME / "links.json"
    if noted.exists():
        return dict(json.loads(noted.read_text()))
    return {each.request: each.link.rpartition("/")[2] for each in _letters() if each.link and each.request}


def told(line: str) -> None:
    """Say something on one line."""
    print(line.strip().splitlines()[-1], flush=True)


def _said(*words: str) -> str:
    """What a command says. Raises where it fails."""
    done = CliRunner().invoke(app, words)
    if done.exit_code != 0:
        raise AssertionError(
            f"quarterday {' '.join(words)}: {done.output[-3000:]} {done.exception!r}"
        ) from done.exception
    return done.output


def _well() -> None:
    """Doctor finds nothing wrong but that nothing runs."""
    found = CliRunner().invoke(app, ["doctor", "--deep"]).output
    wrong = {line.removeprefix("wrong").strip() for line in found.splitlines() if line.startswith("wrong")}
    if wrong - NOT_RUNNING:
        raise AssertionError(found)


def _releases_hold(office: Installation) -> None:
    """Each quarter's latest release is whole, its manifest the register's, and the register holds to its head."""
    for collection in {each.collection for each in office.facts().of(ReleaseMade)}:
        quarter = collection.rpartition(".")[2].upper().replace("-Q", "Q")
        _said("verify", quarter)


def _old_links_lead_on(pages: Pages, links: dict[str, str]) -> None:
    """The last link mailed of each request opens its page; of a quarter that is over it may say that it has ended."""
    latest = max(request.rpartition(".")[0] for request in links)
    with Browser(pages) as browser:
        for request, token in links.items():
            page = browser.visit(f"{PAGES}/r/{token}")
            if page.status not in ((200,) if request.startswith(latest) else (200, 404)):
                raise AssertionError(f"an old link of {request} leads to status {page.status}: {page.text[:500]}")


def _officers_see_every_page(office: Installation, pages: Pages) -> int:
    """An officer signs in by the code that is mailed, and opens what pages lead to: some of each kind of page."""
    with Browser(pages) as browser:
        page = browser.visit(f"{PAGES}/officers")
        ending = page.forms[-1].action
        asked = browser.send(page, ending, email=office.framework.partnership.officers[0].email)
        code = [found[0] for each in _letters() if (found := re.search(r"\b\d{3} \d{3}\b", each.text))][-1]
        todo, seen, kinds = [browser.send(asked, asked.forms[-1].action, code=code)], set[str](), Counter[str]()
        while todo:
            page = todo.pop()
            if page.status >= 400:
                raise AssertionError(f"{page.url}: {page.status} {page.text[:500]}")
            for link in _to_be_opened(page):
                kind = "/".join(link.split("/")[3:6:2])  # officers, and what follows whose page it is
                if link not in seen and kinds[kind] < OF_A_KIND:
                    kinds[kind] += 1
                    seen.add(link)
                    todo.append(browser.visit(link))
    return len(seen)


def _to_be_opened(page: Page) -> Iterator[str]:
    """The links of a page to officers' pages, without what differs only in what is filtered or is a file."""
    for link in page.links:
        plain = link.partition("?")[0].partition("#")[0]
        if plain.startswith(f"{PAGES}/officers") and "." not in plain.rpartition("/")[2] and "sign-out" not in plain:
            yield plain


def _a_quarter_more(office: Installation, pages: Pages, days: int) -> Counter[str]:
    """Each day until the next quarter's papers, or so many: what is due is done, and two partners answer."""
    counted, tried = Counter[str](), set[str]()
    done = {each.collection for each in office.facts().of(ReleaseMade)}
    ahead = [each for each in timetables(office.framework) if each.papers_on > office.today()]
    plan = next(each for each in ahead if each.collection not in done)
    answers = iter((Deed.SAY_NIL, Deed.SEND))
    day = office.today()
    while day < plan.papers_on and counted["days"] < days:
        day = office.framework.calendar.add(day, 1)
        _set_clock(datetime.combine(day, hours(9), LONDON))
        due = _what_is_due(office)
        counted += due
        counted["days"] += bool(due["Send"])
        if (letter := _unanswered(office, plan, tried)) and (deed := next(answers, None)):
            tried.add(letter.request)
            _answer(office, pages, plan, letter, deed)
            counted["answered"] += 1
        for each in unjudged(office.facts()):
            _receive(office, each)
            counted["checked"] += 1
    released = [each for each in office.facts().of(ReleaseMade) if each.collection == plan.collection]
    if not counted["Send"] or (day >= plan.papers_on and not (released and counted["checked"])):
        raise AssertionError(f"{plan.label} did not go on to its papers: {dict(counted)}")
    return counted


def _what_is_due(office: Installation) -> Counter[str]:
    """Perform what is due, as the day's runs do."""
    due, known, counted = (
        what_is_due(office.framework, office.facts().going_on, office.today()),
        FactsOfARun(office),
        Counter[str](),
    )
    for action in in_turn(due):
        perform(office, action, known)
        counted[type(action).__name__] += 1
    return counted


def _unanswered(office: Installation, plan: Timetable, tried: set[str]) -> Letter | None:
    """The newest letter with a link to a request of that quarter which nobody answered yet."""
    facts = office.facts()
    answered = {each.request for each in facts.of(ReturnReceived)} | tried
    open_now = {each.request for each in facts.requests_of(plan.collection) if each.asked} - answered
    return next((each for each in reversed(_letters()) if each.link and each.request in open_now), None)


def _answer(office: Installation, pages: Pages, plan: Timetable, letter: Letter, deed: Deed) -> None:
    """A person opens the link in that letter and answers."""
    (request,) = office.facts().about(letter.request, RequestMade)
    planned = visits.PlannedVisit(office.framework, request.partner, request.asked, plan.period, letter.link, deed)
    visit = visits.pay_visit(planned, pages)
    if not visit.sent:
        raise AssertionError(f"{letter.request} could not answer: {visit}")


def _receive(office: Installation, received: ReturnReceived) -> None:
    """The check of a return, as its run does it."""
    facts = office.facts()
    request = facts.about(received.request, RequestMade)[0]
    checked = receiving.check_return(office, facts, request, received)
    office.register.append_new(receiving.verdict_fact(office, facts, request, received, checked))


def _letters() -> list[Letter]:
    return read_letters(HOME / "outbox", {})


def _set_clock(moment: datetime) -> None:
    CLOCK.write_text(moment.isoformat())


if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--days", type=int, default=100, help="with emails, to go on for at most")
    main(asked.parse_args().days)
