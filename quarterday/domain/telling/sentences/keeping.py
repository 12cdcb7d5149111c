"""The audit listing's sentences for how the register is kept."""

from quarterday.domain.facts import HeadRecorded, PersonErased
from quarterday.domain.telling.sentences.names import Names, counted
from quarterday.domain.telling.sentences.sentence import sentence

_WHERE = {
    "contact_changed": "whom to write to",
    "reply_received": "a partner’s reply",
    "upload_kept": "what a file was called",
    "activity_told": "words on an activity",
    "activity_ruled": "an officer's word on an activity",
    "ask_raised": "what is asked of a board",
    "ask_answered": "what a board answered",
    "ask_withdrawn": "why something is asked of a board no more",
    "action_set": "an action",
    "action_told": "a word on an action",
    "board_said": "what a board says to the one above",
    "risk_reviewed": "a review of a risk",
    "bid_told": "a word on a bid",
    "message_settled": "what became of an email",
    "message_reserved": "an email that was sent",
    "request_waived": "why a partner was let off",
    "extension_decided": "a word on more time",
    "gap_recorded": "why figures are missing",
    "verdict_given": "a word on a return",
    "return_received": "what came with a return",
    "link_revoked": "why a link was ended",
    "person_erased": "why a person was taken out",
}


@sentence.register
def _(fact: HeadRecorded, _names: Names) -> str:
    broken = f"{fact.broken} " if fact.broken else ""
    return f"{broken}Head {fact.number}, over {counted(fact.facts, 'fact')}, was written down ({fact.head[:12]})."


@sentence.register
def _(fact: PersonErased, _names: Names) -> str:
    where = where_named(fact.table)
    how = "put right in" if fact.put_right else "taken out of"
    return f"A person's name or address was {how} the record of {where}."


def where_named(table: str) -> str:
    """The records of a table that may name a person, as people call them."""
    return _WHERE.get(table, table.replace("_", " "))
