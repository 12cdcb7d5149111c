"""What a version changed of what was published: a notice at an address that stays, and a line of it in the feed."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.store import NotStored
from quarterday.domain.facts import ReleaseMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period, describe, quarter_name
from quarterday.publishing.csv_cells import read_csv
from quarterday.web.readers.published import asked_for, word_of_withdrawal
from quarterday.web.serving.site import Site

PLACE = "corrections"
MOST_SHOWN = 200  # a whole table of wards sent again would make a page that nobody reads; revisions.csv has them all
MOST_IN_FEED = 5


@dataclass(frozen=True)
class Correction:
    """One figure of which a version says something else than was published."""

    title: str
    where: str  # the area, and the class of a breakdown
    period: str
    was: str
    now: str
    why: str

    @property
    def line(self) -> str:
        """The correction in a line, as the feed has it."""
        about = ", ".join(part for part in (self.where, self.period) if part)
        return f"{self.title} ({about}): {self.was} before, {self.now} now."


def corrections_page(site: Site, request: Request) -> Response:
    """The notice of a version: which figures it changed, from what to what, and why."""
    release = asked_for(site.current.snapshot().facts, request)
    if release is None:
        return word_of_withdrawal(site, request, PLACE) or site.problem("gone", 404)
    found = corrections_of(site, release)
    context = {
        "release": release,
        "shown": found[:MOST_SHOWN],
        "more": max(0, len(found) - MOST_SHOWN),
        "table": request.url.path.removesuffix(PLACE) + "revisions.csv",
    }
    return site.pages.render("corrections", context)


def in_short(site: Site, release: ReleaseMade) -> str:
    """The first of a version's corrections, for the feed."""
    found = corrections_of(site, release)
    if not found:
        return "No figure says anything else than in the version before."
    left = len(found) - MOST_IN_FEED
    more = (f"And {left} more.",) if left > 0 else ()
    count = "One figure" if len(found) == 1 else f"{len(found)} figures"
    return " ".join((f"{count} changed.", *(each.line for each in found[:MOST_IN_FEED]), *more))


def first_in_short(site: Site, release: ReleaseMade) -> str:
    """What the feed says of a first version: where it says otherwise of earlier quarters, how many figures changed."""
    found = len(corrections_of(site, release))
    figures = "one figure" if found == 1 else f"{found} figures"
    more = f" It says otherwise of {figures} of earlier quarters: its corrections tell which and why." if found else ""
    return f"The first figures of this collection.{more}"


def corrections_of(site: Site, release: ReleaseMade) -> tuple[Correction, ...]:
    """What a version changed, totals first: of a first version what it says otherwise of earlier quarters."""
    stores, framework = site.installation.stores, site.installation.framework
    return stores.known.get((PLACE, release.folder), lambda: tuple(_read(site, framework, release)))


def _read(site: Site, framework: Framework, release: ReleaseMade) -> Iterator[Correction]:
    try:
        data = site.installation.stores.published.get(f"{release.folder.rstrip('/')}/revisions.csv")
    except NotStored:
        return
    rows = [row for row in read_csv(data) if int(row["version"]) == release.version]
    for row in sorted(rows, key=lambda row: bool(row["category"])):
        yield _correction(framework, row)


def _correction(framework: Framework, row: dict[str, str]) -> Correction:
    indicator = framework.indicator.get(row["indicator"])
    areas = {each.code: each.name for each in framework.partnership.areas}
    days = Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
    area = areas.get(row["area_code"], row["area_code"])
    return Correction(
        title=indicator.title if indicator else row["indicator"],
        where=", ".join(part for part in (area, row["category"].replace("-", " ")) if part),
        period=quarter_name(days) or describe(days),
        was=row["was"],
        now=row["now"],
        why=row["why"],
    )
