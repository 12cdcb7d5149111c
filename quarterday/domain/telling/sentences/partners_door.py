"""Codes mailed for a link, and keys of partners' own scripts."""

from quarterday.domain.facts import CodeAsked, CodeTried, CodeUsed, KeyMade, KeyRevoked
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import sentence


@sentence.register
def _(_fact: CodeAsked, _names: Names) -> str:
    return "A code was asked for at a partner's page, and went to the address that its link was sent to."


@sentence.register
def _(fact: CodeTried, _names: Names) -> str:
    return f"A code was typed at a partner's page (try {fact.number} with this link)."


@sentence.register
def _(_fact: CodeUsed, _names: Names) -> str:
    return "A code was right: that browser was shown what was sent before."


@sentence.register
def _(fact: KeyMade, names: Names) -> str:
    return f"A key for the script of {names.partner(fact.partner)} was made."


@sentence.register
def _(fact: KeyRevoked, names: Names) -> str:
    return f"A key for the script of {names.partner(fact.partner)} was revoked."
