"""What the doctor says: a sentence for what is wrong, and one for what to do."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Complaint:
    """Something that is wrong or, where not `serious`, worth knowing and no reason to act."""

    sentence: str
    remedy: str
    serious: bool = True
    counts: bool = True  # as one more thing to put right: not where it follows from what another part tells

    def __str__(self) -> str:
        return f"{self.sentence} {self.remedy}".rstrip()


def complaint_of(said: str, *more: str) -> Complaint:
    """What one of ours says in a sentence for what is wrong and others for what to do, as a complaint."""
    sentence, _, remedy = said.partition(". ")
    return Complaint(f"{sentence}.", " ".join((remedy, *more)))
