"""What is owed outward on the officers' page: how it stands, and the packs and yearly reviews that go with it."""

from dataclasses import dataclass
from mimetypes import guess_type

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.store import NotStored
from quarterday.domain.collection.releases import latest_release
from quarterday.domain.collection.yearly import reviews_made, year_of
from quarterday.domain.facts import YearlyReviewMade
from quarterday.domain.framework.submissions import SubmissionKind, year_before
from quarterday.domain.risks.submissions import Owed, owed_outward
from quarterday.domain.telling.audit import Teller
from quarterday.publishing.pack.packs import FORMATS
from quarterday.publishing.yearly import NAME
from quarterday.web.officers.officer_door import HOME, SignedInVisit, officers_problem
from quarterday.web.officers.release_page import note_seen
from quarterday.web.officers.waiting import Way, ways_of
from quarterday.web.partners.template_files import download
from quarterday.web.serving.site import Site


@dataclass(frozen=True)
class ListedSubmission:
    """One day on which something is owed, with the files that go out for it."""

    owed: Owed
    sent: str  # what was recorded of it, in a sentence
    news: str
    prepared: str  # from what its files were made; empty where there are none yet
    files: list[Way]
    ways: list[Way]


def listed_submission(site: Site, visit: SignedInVisit, owed: Owed) -> ListedSubmission:
    """How something owed stands: of a yearly review every format of its newest version, else of the newest pack."""
    said = owed.news(visit.today)
    sent = Teller(visit.framework, visit.facts).what(owed.sent) if owed.sent else ""
    yearly = owed.submission.kind is SubmissionKind.YEARLY_REVIEW
    prepared, files = _review(site, visit, owed) if yearly else _pack(site, visit, owed)
    ways = ways_of(site.words, ("record-submission",), owed.name)
    return ListedSubmission(owed, sent, f"It {said}." if said else "", prepared, files, ways)


def _review(site: Site, visit: SignedInVisit, owed: Owed) -> tuple[str, list[Way]]:
    year, made = year_of(visit.framework, visit.facts, year_before(owed.on)), reviews_made(visit.facts, owed)
    if not made:
        return site.words.say("officers.risks.review_to_come", year=year.name, tally=year.tally), []
    last = made[-1]
    key = "review" if last.releases == year.releases else "review_overtaken"
    said = site.words.say(f"officers.risks.{key}", year=year.name, version=last.version, count=len(last.releases))
    return said, _ways(site, f"{HOME}/reviews/{owed.name}/v{last.version}/{NAME}", f"{last.folder}/{NAME}")


def _pack(site: Site, visit: SignedInVisit, owed: Owed) -> tuple[str, list[Way]]:
    """The pack to be sent, of the newest release that stands: what goes out is prepared from it."""
    newest = latest_release(visit.facts)
    if newest is None or owed.sent is not None:
        return "", []
    name = f"packs/{owed.submission.board}"
    href = f"{HOME}/collections/{newest.collection}/release/v{newest.version}/{name}"
    said = site.words.say("officers.risks.pack", board=visit.framework.board[owed.submission.board].name)
    return said, _ways(site, href, f"{newest.folder.rstrip('/')}/{name}")


def _ways(site: Site, href: str, stored: str) -> list[Way]:
    """A way to each format that was made."""
    there = set(site.installation.stores.published.names(f"{stored.rpartition('/')[0]}/"))
    made = (kind for kind in FORMATS if f"{stored}.{kind}" in there)
    return [Way(site.words.say(f"officers.risks.formats.{kind}"), f"{href}.{kind}") for kind in made]


def review_file(site: Site, request: Request, visit: SignedInVisit) -> Response:
    """One file of a yearly review, on record."""
    made, name = _asked_for(request, visit), request.path_params["name"]
    try:
        if made is None or name not in {f"{NAME}.{kind}" for kind in FORMATS}:
            raise NotStored(name)
        data = site.installation.stores.published.get(f"{made.folder}/{name}")
    except NotStored:
        return officers_problem(site, request, "gone", 404)
    note_seen(site, visit, f"{made.folder}/{name}", "release")
    return download(data, name, guess_type(name)[0] or "application/octet-stream")


def _asked_for(request: Request, visit: SignedInVisit) -> YearlyReviewMade | None:
    wanted = f"{request.path_params['submission']}/{request.path_params['day']}"
    for owed in owed_outward(visit.framework, visit.facts):
        if owed.name == wanted:
            made = (each for each in reviews_made(visit.facts, owed) if each.version == request.path_params["version"])
            return next(made, None)
    return None
