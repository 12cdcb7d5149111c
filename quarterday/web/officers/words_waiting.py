"""Words that may tell of something hidden, a supplier's or another's: an officer reads them, on record, and decides."""

from quarterday.adapters.kept_returns import load_rows
from quarterday.adapters.store import Damaged, NotStored
from quarterday.domain.collection.verdicts import last_words
from quarterday.domain.facts import FiguresSeen
from quarterday.domain.rulings.words_named import words_named
from quarterday.web.officers.officer_door import SignedInVisit
from quarterday.web.officers.subjects import Subject, return_and_indicator
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site


def words_to_read(site: Site, visit: SignedInVisit, subject: Subject) -> tuple[str, ...]:
    """The words, each once; none where the return is not to be had, or is set apart."""
    reference, indicator = return_and_indicator(subject.name)
    if named := words_named(visit.facts, reference, indicator):
        return named.texts
    given = last_words(visit.facts, subject.request.request).get(reference) if subject.request else None
    if given is None or not given.rows_stored_as or given.verdict.apart:
        return ()
    try:
        rows = load_rows(site.installation.stores, given.rows_stored_as).rows
    except (NotStored, Damaged):
        return ()
    found = dict.fromkeys(each.comment for each in rows if each.indicator == indicator and each.comment)
    if found:
        record(site.installation.register, _seen(visit, reference))
    return tuple(found)


def _seen(visit: SignedInVisit, reference: str) -> FiguresSeen:
    partnership = visit.framework.partnership.code
    return FiguresSeen(
        at=visit.now, by=visit.officer.code, partnership=partnership, partner_return=reference, what="figures"
    )
