"""What the register says when it cannot do as asked."""

from quarterday.domain.facts import Fact


class AlreadyRecorded(Exception):  # noqa: N818 - it is an answer more than an error
    """Facts whose keys stand in the register already. Nothing of what came with them was recorded."""

    def __init__(self, *facts: Fact) -> None:
        self.facts = facts
        super().__init__("; ".join(f"{type(fact).__name__} “{fact.key}” is already recorded" for fact in facts))


class RegisterNotReadyError(Exception):
    """The register's database is not at this version of quarterday; the message says what to do."""
