"""Whether the bytes of a kept file are still there."""

from quarterday.domain.facts import FileDeleted, UploadKept
from quarterday.web.door.visits import Visit

HAD_A_VIRUS = "a virus was found in it, and it was not sent"


def is_gone(visit: Visit, kept: UploadKept) -> bool:
    """Whether a file's bytes were deleted."""
    return any(each.stored_as == kept.stored_as for each in visit.facts.of(FileDeleted))


def had_a_virus(visit: Visit, kept: UploadKept) -> bool:
    """Whether a file was deleted at once, since a virus was found in it."""
    return any(each.stored_as == kept.stored_as and each.reason == HAD_A_VIRUS for each in visit.facts.of(FileDeleted))
