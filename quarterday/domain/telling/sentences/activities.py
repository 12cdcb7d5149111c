"""The audit listing's sentences for activities."""

from quarterday.domain.facts import ActivityGap, ActivityRuled, ActivityTold
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import said, sentence


@sentence.register
def _(fact: ActivityTold, names: Names) -> str:
    expects = f", {fact.next_milestone or 'its next milestone'} by {say_date(fact.next_on)}" if fact.next_on else ""
    way = f" as return {fact.partner_return} says" if fact.partner_return else ""
    done = said(fact.done, "It says")
    return (
        f"{names.partner(fact.partner)} told how “{names.activity(fact.activity)}” goes{way}: "
        f"{fact.state}{expects}.{done}"
    )


@sentence.register
def _(fact: ActivityGap, names: Names) -> str:
    expected = f"; it is expected by {say_date(fact.expected)}" if fact.expected else ""
    if fact.by_an_officer:
        whose = f"“{names.activity(fact.activity)}” of {names.partner(fact.partner)}"
        return f"No word on {whose} is awaited for {names.period(fact.collection)}{expected}."
    return (
        f"Nothing was told of “{names.activity(fact.activity)}” of {names.partner(fact.partner)} for "
        f"{names.period(fact.collection)}{expected}."
    )


@sentence.register
def _(fact: ActivityRuled, names: Names) -> str:
    told = said(fact.for_readers, "Readers are told")
    return f"“{names.activity(fact.activity)}” was set to {fact.rag} for {names.period(fact.collection)}.{told}"
