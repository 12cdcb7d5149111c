"""The keys under which emails are booked: made and taken apart here alone.

A key says what an email concerns (a request, a release, a collection or the partnership), what it is for, what tells
it from others of its kind, and last to whom it goes: `…fire/first/2025-07-01/chase-1/fire/contact`.
"""

from quarterday.domain.facts.recipients import is_officer

UNDELIVERED = "officer-undelivered"


def message_key(concerns: str, what_for: str, *which: object) -> str:
    """The key of an email; `which` ends with the code of whoever it goes to."""
    return "/".join((concerns, what_for, *map(str, which)))


def undelivered_key(message: str) -> str:
    """The key of the word to an officer that an email did not arrive."""
    return f"{UNDELIVERED}/{message}"


def concerns(key: str) -> str:
    """What an email concerns; of the word that one did not arrive, what that one does."""
    return key.removeprefix(f"{UNDELIVERED}/").partition("/")[0]


def what_for(key: str) -> str:
    """What an email is for: its occasion, or of a rung of the ladder what is waited for."""
    return key.partition("/")[2].partition("/")[0]


def without_officer(key: str, recipient: str) -> str:
    """A key without the officer it goes to: a new first officer is not told everything over again."""
    return key.removesuffix(f"/{recipient}") if is_officer(recipient) else key
