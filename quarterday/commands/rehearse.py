"""`quarterday rehearse`: one whole quarter, with nothing outside this machine."""

from rehearsal.__main__ import rehearse as run

__all__ = ["run"]
