"""What officers and boards said of indicators, as a release bears it: commentary, readings agreed, limits set anew."""

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, WordsOn
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.indicator_rulings import limits_set, noted
from quarterday.publishing.tables import NewLimits, OfficersWords


def officers_words(framework: Framework, facts: Facts, collection: str) -> tuple[OfficersWords, ...]:
    """The commentary and the reading agreed of a collection, by indicator."""
    return tuple(
        OfficersWords(each.indicator, each.words, each.signed, london_day(each.at), kind is WordsOn.READING)
        for indicator in framework.indicators
        for kind in (WordsOn.READING, WordsOn.COMMENTARY)
        for each in noted(facts, indicator.code, kind, collection)
    )


def new_limits(framework: Framework, facts: Facts) -> tuple[NewLimits, ...]:
    """The days from which limits begin anew."""
    return tuple(
        NewLimits(each.indicator, each.from_day, each.for_readers)
        for indicator in framework.indicators
        for each in limits_set(facts, indicator.code)
    )
