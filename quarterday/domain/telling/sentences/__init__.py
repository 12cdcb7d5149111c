"""What happened, in plain words: a sentence for each kind of fact, a file for each subject."""

from quarterday.domain.telling.sentences import (
    activities,
    asks,
    collections,
    decisions,
    emails,
    keeping,
    officers,
    partners_door,
    releases,
    returns,
    risks,
    signing_in,
)
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import sentence

__all__ = [
    "Names",
    "activities",
    "asks",
    "collections",
    "decisions",
    "emails",
    "keeping",
    "officers",
    "partners_door",
    "releases",
    "returns",
    "risks",
    "sentence",
    "signing_in",
]
