"""Making a yearly review: prepared from what was released, written file by file, its manifest last, then its fact."""

from hashlib import sha256

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.actions import MakeReview
from quarterday.domain.collection.yearly import Year, year_of
from quarterday.domain.facts import Facts, YearlyReviewMade
from quarterday.domain.framework.partners import Board
from quarterday.publishing import manifest
from quarterday.publishing.pack.packs import in_formats
from quarterday.publishing.release import write_release
from quarterday.publishing.yearly import NAME
from quarterday.publishing.yearly.pack import YearlyReview
from quarterday.publishing.yearly.released import released_year


def make_review(installation: Installation, action: MakeReview) -> YearlyReviewMade:
    """Make the review that is due and record it; the one there is where it was made already.

    Raises `Damaged` or `NotStored` where a release that it needs cannot be read back as it was published.
    """
    facts = installation.facts()
    if made := _made_already(facts, action):
        return made
    submission = next(each for each in installation.framework.submissions if each.code == action.submission)
    year = year_of(installation.framework, facts, action.year)
    files = review_files(
        installation, facts, year, installation.framework.board[submission.board], submission.title, action.version
    )
    said = {
        "yearly_review": year.name,
        "submission": submission.code,
        "owed_on": action.owed_on.isoformat(),
        "version": action.version,
        "releases": list(year.releases),
    }
    listing = manifest.listing(said, files)
    place = f"yearly-reviews/{submission.code}/{action.owed_on.isoformat()}/v{action.version}"
    fact = YearlyReviewMade(
        at=installation.now(),
        by="quarterday",
        reason=action.why,
        partnership=installation.framework.partnership.code,
        submission=submission.code,
        owed_on=action.owed_on,
        year_start=action.year.start,
        version=action.version,
        folder=write_release(installation.stores.published, place, files, listing),
        manifest_sha256=sha256(listing).hexdigest(),
        releases=year.releases,
    )
    if installation.register.append_new(fact):
        return fact
    standing = _made_already(installation.facts(), action)
    assert standing, "the register refused a review that it does not hold"
    return standing


def review_files(
    installation: Installation, facts: Facts, year: Year, board: Board, title: str, version: int
) -> dict[str, bytes]:
    """The review in every format that packs are made in, by file name."""
    released = released_year(installation.stores, installation.framework, facts, year)
    review = YearlyReview(released, board, title, version, installation.today())
    formats = installation.settings.pack_formats.split()
    return {f"{NAME}.{kind}": made[0] for kind, made in in_formats([review.pack()], formats).items()}


def _made_already(facts: Facts, action: MakeReview) -> YearlyReviewMade | None:
    wanted = action.submission, action.owed_on, action.version
    made = facts.of(YearlyReviewMade)
    return next((each for each in made if (each.submission, each.owed_on, each.version) == wanted), None)
