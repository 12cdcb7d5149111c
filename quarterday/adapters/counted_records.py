"""Files with a row for each case go once their cases were counted: nothing else of them may be kept."""

from collections.abc import Iterator

from quarterday.adapters.installation import Installation
from quarterday.adapters.kept_returns import load_rows
from quarterday.adapters.reading import exports_of
from quarterday.domain.collection.retention import counted_files
from quarterday.domain.collection.verdicts import last_word, was_accepted
from quarterday.domain.facts import DeletedFor, Facts, FileDeleted, RequestMade, ReturnReceived

REASON = "its cases were counted, and nothing else of them may be kept"


def delete_counted(installation: Installation) -> int:
    """Delete the files of accepted returns that hold a row for each case; how many went.

    The file goes first, then the fact that it went: cut short between the two, the next run records it.
    """
    if not any(export.counts_records for export in installation.exports.values()):
        return 0
    facts = installation.facts()
    files = counted_files(facts, set(_counted_returns(installation, facts)))
    for upload in files:
        installation.stores.raw.delete(upload.stored_as)
        gone = FileDeleted(
            at=installation.now(),
            by="quarterday",
            reason=REASON,
            partnership=upload.partnership,
            stored_as=upload.stored_as,
            sha256=upload.sha256,
            cause=DeletedFor.KEPT_LONG_ENOUGH,
        )
        installation.register.append_new(gone)
    return len(files)


def _counted_returns(installation: Installation, facts: Facts) -> Iterator[str]:
    """The accepted returns that were made by counting the cases of a file."""
    partners = {each.request: each.partner for each in facts.of(RequestMade)}
    for received in facts.of(ReturnReceived):
        exports = exports_of(partners.get(received.request, ""), installation.framework, installation.exports)
        layouts = {export.code for export in exports if export.counts_records}
        given = last_word(facts, received) if layouts and received.stored_as else None
        if given and was_accepted(given) and given.rows_stored_as:
            rows = load_rows(installation.stores, given.rows_stored_as)
            if rows.layout in layouts:
                yield received.partner_return
