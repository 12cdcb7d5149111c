"""The audit listing's sentences for what officers decide about a request."""

from quarterday.domain.facts import ExtensionDecided, FiguresHeld, GapRecorded, RequestWaived, WaiverLifted, WordsRead
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.sentences.names import Names
from quarterday.domain.telling.sentences.sentence import said, sentence


@sentence.register
def _(fact: ExtensionDecided, names: Names) -> str:
    told = said(fact.to_partner, "It is told")
    if not fact.granted:
        return f"{names.of_request(fact.request)} was refused more time.{told}"
    until = f" until {say_date(fact.until)}" if fact.until else ""
    return f"{names.of_request(fact.request)} was given time{until}.{told}"


@sentence.register
def _(fact: RequestWaived, names: Names) -> str:
    told = said(fact.to_partner, "It is told")
    return f"{names.of_request(fact.request)} was let off this collection.{told}"


@sentence.register
def _(fact: WaiverLifted, names: Names) -> str:
    told = said(fact.to_partner, "It is told")
    return f"{names.of_request(fact.request)} is asked again: that it was let off was taken back.{told}"


@sentence.register
def _(fact: GapRecorded, names: Names) -> str:
    expected = f", expected {say_date(fact.expected)}" if fact.expected else ""
    return (
        f"“{names.indicator(fact.indicator)}” of {names.partner(fact.partner)} is a gap for "
        f"{names.period(fact.collection)}, owned by {fact.owner}{expected}."
        f"{said(fact.for_readers or '', 'Readers are told')}"
    )


@sentence.register
def _(fact: FiguresHeld, names: Names) -> str:
    what = f"“{names.indicator(fact.indicator)}” of {names.of_request(fact.request)}"
    if not fact.held:
        return f"What came of {what} may be published again."
    return f"What came of {what} is held back and not published.{said(fact.for_readers, 'Readers are told')}"


@sentence.register
def _(fact: WordsRead, _names: Names) -> str:
    became = "may be published" if fact.publish else "stay unpublished"
    reference = fact.partner_return.partition("|")[0]  # keys of facts go on with a moment
    return f"The words of {reference} on {fact.indicator} were read: they {became}."
