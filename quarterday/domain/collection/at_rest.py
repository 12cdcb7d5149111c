"""Collections that are over: the day's work leaves them alone, and need not read them, until something new is recorded.

That a collection is over is itself a fact: `outcome` says when, and a run records it. So reading for a day costs what
is going on, however many years lie behind.
"""

from datetime import datetime

from quarterday.domain.facts import (
    ActivityTold,
    CodeAsked,
    CodeTried,
    CodeUsed,
    CollectionBound,
    CollectionsAtRest,
    EmailKept,
    Fact,
    Facts,
    FiguresSeen,
    FileDeleted,
    FileKept,
    FrameworkKept,
    HeadRecorded,
    IndicatorNoted,
    KeyMade,
    KeyRevoked,
    LimitsSet,
    MessageReserved,
    MessageSettled,
    Outcome,
    ReferenceFiguresBroughtIn,
    SignedIn,
    SignedOut,
    SignInAsked,
    SignInTried,
    WordsRead,
)

# What no day's work looks at: it is kept for whoever asks later, and for the officers' pages.
NOT_FOR_THE_DAY: tuple[type[Fact], ...] = (
    *(FileDeleted, FileKept, FiguresSeen, SignInAsked, SignInTried, SignedIn, SignedOut),
    *(EmailKept, IndicatorNoted, LimitsSet, CodeAsked, CodeTried, CodeUsed, KeyMade, KeyRevoked),
    *(HeadRecorded, ReferenceFiguresBroughtIn),
)
# What the day's work looks at however long its collection is over: what was told of activities, as what is done is
# asked no more, and last time's words stand beside what is asked now; and which words an officer read, as what was
# asked of boards outlives its quarter.
ALWAYS_FOR_THE_DAY: tuple[type[Fact], ...] = (ActivityTold, WordsRead)


def at_rest(facts: Facts) -> frozenset[str]:
    """The collections that are over: what the last settling names, unless something was recorded of it since."""
    last = last_noted(facts)
    return frozenset(last.collections) - spoken_of(facts, last.quiet_since) if last else frozenset()


def last_noted(facts: Facts) -> CollectionsAtRest | None:
    """The settling that counts."""
    return max(facts.of(CollectionsAtRest), key=lambda each: each.quiet_since, default=None)


def spoken_of(facts: Facts, since: datetime) -> frozenset[str]:
    """The collections about which anything was recorded later than a moment."""
    return frozenset(collection for collection, of in facts.by_collection().items() if of[-1].at > since)


def without_what_is_over(facts: Facts) -> Facts:
    """The facts that a day's work needs: all but those of the collections that are over, and those not for the day.

    An email that came back stays known with its booking: it says whom to write to. What a register reads for a day is
    this, by queries of its own; a test holds the two together.
    """
    over = at_rest(facts)
    left_out = {id(fact) for collection, of in facts.by_collection().items() if collection in over for fact in of}
    named = {each.framework for each in facts.of(CollectionBound) if each.collection not in over}
    left_out |= {id(each) for each in facts.of(FrameworkKept) if each.sha256 not in named}
    came_back = {each.message for each in facts.of(MessageSettled) if each.outcome is Outcome.BOUNCED}
    return Facts(
        fact
        for fact in facts
        if (not isinstance(fact, NOT_FOR_THE_DAY) and (id(fact) not in left_out or _of_one(fact, came_back)))
        or isinstance(fact, ALWAYS_FOR_THE_DAY)
    )


def _of_one(fact: Fact, messages: set[str]) -> bool:
    return isinstance(fact, MessageReserved | MessageSettled) and fact.message in messages
