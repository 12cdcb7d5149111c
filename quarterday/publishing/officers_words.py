"""What officers and boards said of indicators, as a release bears it: commentary, readings agreed, limits set anew."""

from collections.abc import Collection, Iterable

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.collection.meetings import LEAD
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, IndicatorNoted, WordsOn
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.indicator_rulings import limits_set, noted
from quarterday.publishing.tables import NewLimits, OfficersWords
from quarterday.publishing.words import tells_of_a_person

BOARDS_LEFT_OUT = "What the board wrote is left out, as it may tell of a person."
BOARDS_UNREAD = (
    "What the board agreed is left out until an officer has read it: part of the figure is hidden, and words such as "
    "“doubled” may tell it."
)


def officers_words(
    framework: Framework, facts: Facts, collection: str, hiding: Collection[str] = ()
) -> tuple[OfficersWords, ...]:
    """The commentary and the reading agreed of a collection, by indicator.

    `hiding` are the indicators of which something is hidden: what a board's lead wrote beside one of them waits until
    an officer has read it and recorded it in turn.
    """
    known = OwnWords(framework)
    return tuple(
        OfficersWords(
            each.indicator,
            _as_published(each, hiding, known),
            each.signed,
            london_day(each.at),
            kind is WordsOn.READING,
        )
        for indicator in framework.indicators
        for kind in (WordsOn.READING, WordsOn.COMMENTARY)
        for each in noted(facts, indicator.code, kind, collection)
    )


def _as_published(each: IndicatorNoted, hiding: Collection[str], known: OwnWords) -> str:
    """An officer's words as they are; those of a board's lead only where they can give nothing and nobody away."""
    if whose_and_role(each.by)[1] != LEAD:
        return each.words
    if tells_of_a_person(each.words, known):
        return BOARDS_LEFT_OUT
    return BOARDS_UNREAD if each.indicator in hiding else each.words


def readings_that_wait(framework: Framework, said: Iterable[OfficersWords]) -> tuple[str, ...]:
    """What an officer should see before a release: the readings of boards that it leaves out, each a sentence."""
    return tuple(
        f"The reading of “{framework.indicator[each.indicator].title}” that {each.signed} agreed on is left out: part "
        "of the figure is hidden. Record it on the indicator’s page in words that may be published."
        for each in said
        if each.words == BOARDS_UNREAD
    )


def new_limits(framework: Framework, facts: Facts) -> tuple[NewLimits, ...]:
    """The days from which limits begin anew."""
    return tuple(
        NewLimits(each.indicator, each.from_day, each.for_readers)
        for indicator in framework.indicators
        for each in limits_set(facts, indicator.code)
    )
