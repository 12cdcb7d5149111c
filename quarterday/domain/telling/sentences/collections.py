"""The audit listing's sentences for what begins, is asked and ends."""

from quarterday.domain.facts import (
    CollectionBound,
    CollectionClosed,
    CollectionOpened,
    CollectionsAtRest,
    ContactChanged,
    FrameworkKept,
    GoingOnConfirmed,
    RegisterRestored,
    RequestMade,
)
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.framework.periods import describe, say_date
from quarterday.domain.telling.sentences.names import Names, counted
from quarterday.domain.telling.sentences.sentence import sentence


@sentence.register
def _(fact: CollectionOpened, _names: Names) -> str:
    return f"The collection for {describe(fact.period)} was opened."


@sentence.register
def _(fact: FrameworkKept, _names: Names) -> str:
    return f"The framework was written down as it stood ({fact.sha256[:12]})."


@sentence.register
def _(fact: CollectionBound, names: Names) -> str:
    period = names.period(fact.collection)
    if fact.called_off:
        return f"The collection for {period} was called off."
    dates = f"due {say_date(fact.due)}, closing {say_date(fact.closes)}, published {say_date(fact.publish_on)}"
    if fact.number == 0:
        return f"What the collection for {period} promises was written down: {dates}."
    return f"What the collection for {period} promises was changed ({', '.join(fact.adopted)}): {dates}."


@sentence.register
def _(fact: RequestMade, names: Names) -> str:
    withheld = f" No agreement covered {counted(len(fact.withheld), 'more')}." if fact.withheld else ""
    figures = f"for {counted(len(fact.asked), 'figure')}" if fact.asked or not fact.activities else ""
    activities = f"how {counted(len(fact.activities), 'activity', 'activities')} went" if fact.activities else ""
    return (
        f"{names.partner(fact.partner)} was asked {' and '.join(filter(None, (figures, activities)))} for "
        f"{names.period(fact.collection)}, due {say_date(fact.due)}.{withheld}"
    )


@sentence.register
def _(fact: CollectionClosed, names: Names) -> str:
    return f"The collection for {names.period(fact.collection)} was closed."


@sentence.register
def _(fact: CollectionsAtRest, names: Names) -> str:
    return f"What is over was left to rest: {'; '.join(map(names.period, fact.collections))}."


@sentence.register
def _(fact: RegisterRestored, _names: Names) -> str:
    return f"The register was put back from the backup of {fact.taken_at}; nothing goes out until somebody looked."


@sentence.register
def _(fact: GoingOnConfirmed, _names: Names) -> str:
    return "An officer looked at the date and at what would go out, and lets runs go on."


@sentence.register
def _(fact: ContactChanged, names: Names) -> str:
    return f"{fact.name} became {names.person(recipient_code(fact.partner, fact.role))}."
