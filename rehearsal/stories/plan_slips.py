"""Two quarters of a plan: a risk's review is missed, then made; a bid's deadline passes; three activities stay late."""

import csv
from datetime import date

from flows.risk_decisions import tell_bid
from quarterday.domain.rulings.undecided import undecided
from rehearsal.browser import Browser
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter
from rehearsal.visits import link_on

FILE = "framework/risks.yaml"
SENT = "It was sent late, and was taken."


def happens(first: Quarter) -> None:
    """What happens, and what must be so."""
    owner, risk, bid = _planned(first)
    first.to_the_end()
    _untold(first, owner, risk, bid)

    second = first.next_quarter()
    second.until(second.workday(second.plan.request_on[owner], 1))
    _put_right(second, owner, risk, bid)
    second.to_the_end()
    _told(second, risk, bid)


def _planned(quarter: Quarter) -> tuple[str, str, str]:
    """A review falls due, and a deadline passes, before the quarter closes: who owns the risk, and both codes."""
    with quarter.config.edit(FILE) as plan:
        risk, bid = plan["risks"][0], plan["bids"][0]
        risk["review"] = quarter.workday(quarter.plan.closes, -1)
        bid["state"], bid["deadline"] = "planned", quarter.workday(quarter.plan.closes, -2)
    return str(risk["owner"]), str(risk["code"]), str(bid["code"])


def _untold(quarter: Quarter, owner: str, risk: str, bid: str) -> None:
    """The owner was asked and said nothing; of the bid nobody said anything."""
    stands, asked = _row(quarter, "risks", risk), quarter.emails("request", partner=owner)
    quarter.is_so("the request names the risk", stands["title"] in " ".join(asked[0].text.split()), asked[0].text)
    quarter.expect("the release says that its review was missed", "true", stands["missed"])
    quarter.is_so("and what nobody told", "nobody has told" in _row(quarter, "bids", bid)["news"])
    board = stands["board"]
    pack = quarter.pack(board, 1)
    quarter.is_so(f"the pack of {board} says both", "has not been made" in pack and "nobody has told" in pack)
    waits = {each.about for each in undecided(quarter.framework, quarter.facts, quarter.today)}
    quarter.is_so("both wait for an officer", {risk, bid} <= waits, waits)
    quarter.is_so("three activities are late", len(_late(quarter)) >= 3, _late(quarter))


def _put_right(quarter: Quarter, owner: str, risk: str, bid: str) -> None:
    """The owner looks at the risk on the page of its next request; the officer tells what became of the bid."""
    again = quarter.workday(quarter.plan.papers_on, 60)
    planned = quarter.play.planned(owner, Deed.NOTHING)
    assert planned, f"{owner} has no letter with a link"
    with Browser(quarter.house.pages) as browser:
        page = browser.visit(link_on(browser.visit(planned.link), "/risks"))
        thanks = browser.send(page, "/risks", **_review(risk, again))
    quarter.is_so("the review is taken", "We have noted 1 review" in thanks.text, thanks.text)
    told = quarter.officer.decides(tell_bid, bid, state="sent", publish=SENT)
    quarter.is_so("the word on the bid is taken", told.recorded, told.said)


def _told(quarter: Quarter, risk: str, bid: str) -> None:
    """The second pack says so, and nothing of it waits any more; what is late is late still."""
    stands, money = _row(quarter, "risks", risk), _row(quarter, "bids", bid)
    quarter.expect("the risk stands as its owner said", ("false", "rising"), (stands["missed"], stands["trend"]))
    quarter.expect("and the bid", ("sent", "", SENT), (money["state"], money["news"], money["for_readers"]))
    quarter.is_so("the quarter before is in the file too", len(_rows(quarter, "risks", risk)) == 2)
    waits = {each.about for each in undecided(quarter.framework, quarter.facts, quarter.today)}
    quarter.none("still waiting", {risk, bid} & waits)
    quarter.is_so("three activities are late", len(_late(quarter)) >= 3, _late(quarter))


def _review(risk: str, again: date) -> dict[str, str]:
    said = {"likelihood": "likely", "impact": "major", "trend": "rising", "mitigation": "It is spoken of every week."}
    day = {"next_on-day": str(again.day), "next_on-month": str(again.month), "next_on-year": str(again.year)}
    return {f"{risk}-{name}": value for name, value in (said | day).items()}


def _rows(quarter: Quarter, table: str, code: str = "") -> list[dict[str, str]]:
    """The rows of a published table, of one risk or bid or of all."""
    text = (quarter.release_folder(1) / f"{table}.csv").read_text(encoding="utf-8-sig")
    key = {"risks": "risk", "bids": "bid", "activities": "activity"}[table]
    return [row for row in csv.DictReader(text.splitlines()) if not code or row[key] == code]


def _row(quarter: Quarter, table: str, code: str) -> dict[str, str]:
    """How it stands in this quarter's release: the last row, as earlier quarters stand first."""
    return _rows(quarter, table, code)[-1]


def _late(quarter: Quarter) -> list[str]:
    """The activities that stand red in this quarter's release."""
    start = quarter.first_plan.period.start.isoformat()
    return [
        each["activity"]
        for each in _rows(quarter, "activities")
        if (each["period_start"], each["rag"]) == (start, "red")
    ]
