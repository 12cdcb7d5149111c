"""Whether the bytes of a kept file are still there."""

from quarterday.domain.facts import FileDeleted, UploadKept
from quarterday.web.door.visits import Visit


def is_gone(visit: Visit, kept: UploadKept) -> bool:
    """Whether a file's bytes were deleted."""
    return any(each.stored_as == kept.stored_as for each in visit.facts.of(FileDeleted))
