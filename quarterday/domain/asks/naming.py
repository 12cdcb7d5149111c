"""How whoever asks, is asked or acts is called: a partner, a board, or an officer."""

from quarterday.domain.facts.recipients import is_officer, whose_and_role
from quarterday.domain.framework.framework import Framework


def name_of(framework: Framework, code: str) -> str:
    """A board, a partner or an officer by name; a code that is nobody's any more as it is."""
    if is_officer(code):
        role = whose_and_role(code)[1]
        return next((each.name for each in framework.partnership.officers if each.code == role), code)
    known = framework.board.get(code) or framework.partner.get(code)
    return known.name if known else code


def public_name_of(framework: Framework, code: str) -> str:
    """The same for readers: an officer goes without a name."""
    return "The partnership’s officers" if is_officer(code) else name_of(framework, code)
