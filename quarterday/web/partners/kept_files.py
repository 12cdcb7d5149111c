"""Whether the bytes of a kept file are still there, and what they were deleted for."""

from quarterday.domain.facts import DeletedFor, FileDeleted, UploadKept
from quarterday.web.door.visits import Visit


def is_gone(visit: Visit, kept: UploadKept) -> bool:
    """Whether a file's bytes were deleted."""
    return _deleted(visit, kept) is not None


def deleted_for(visit: Visit, kept: UploadKept) -> DeletedFor:
    """What a file was deleted for, as far as it is known."""
    gone = _deleted(visit, kept)
    return gone.cause if gone else DeletedFor.UNSAID


def _deleted(visit: Visit, kept: UploadKept) -> FileDeleted | None:
    return next((each for each in visit.facts.of(FileDeleted) if each.stored_as == kept.stored_as), None)
