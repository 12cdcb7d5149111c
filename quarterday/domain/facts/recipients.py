"""The codes of those who are written to, such as `fire/contact`: made and taken apart here alone.

The first half is a partner, a board, or the word `officer` or `pre-release`; the second the role that somebody holds
there, the officer, the early reader or the colleague whom a reply named. Registers and runs hold these codes, never an
address.
"""

OFFICER = "officer"
EARLY_READER = "pre-release"


def recipient_code(whose: str, role: str) -> str:
    """Whoever holds a role at a partner or a board."""
    return f"{whose}/{role}"


def officer_code(officer: str) -> str:
    """An officer."""
    return recipient_code(OFFICER, officer)


def whose_and_role(code: str) -> tuple[str, str]:
    """A code's halves; the second is empty where it has none, as that of an officer who decides."""
    whose, _, role = code.partition("/")
    return whose, role


def is_own_of_officers(by: str) -> bool:
    """Whether what was put on record is an officer's own, or quarterday's: whoever answers names a role in `by`."""
    return not whose_and_role(by)[1]


def is_officer(code: str) -> bool:
    """Whether a code is an officer's."""
    return whose_and_role(code)[0] == OFFICER
