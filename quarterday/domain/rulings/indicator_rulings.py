"""Officers' words on an indicator: a commentary and a reading agreed for the pack, notes, limits set anew."""

from datetime import date

from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, IndicatorNoted, LimitsSet, WordsOn
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, refuse_far_away, refuse_unreal


def note_indicator(
    framework: Framework,
    facts: Facts,
    indicator: str,
    ruling: Ruling,
    *,
    kind: WordsOn,
    collection: str,
    signed: str,
) -> IndicatorNoted:
    """Put words (`ruling.say`) beside an indicator. What goes into the pack is for whoever decides about releases."""
    fields = ruling.fields(framework, Duty.REQUESTS if kind is WordsOn.NOTE else Duty.RELEASES)
    _known(framework, indicator)
    if plan_for(framework, facts, collection) is None:
        raise RulingRefusedError(f"There is no collection {collection}.")
    words = ruling.say.strip()
    if not words and not any(each.words for each in noted(facts, indicator, kind, collection)):
        raise RulingRefusedError("Write the words. Without any, earlier ones are taken back, and there are none.")
    if not signed.strip():
        raise RulingRefusedError("Say whose words they are.")
    return IndicatorNoted(
        collection=collection, indicator=indicator, kind=kind, words=words, signed=signed.strip(), **fields
    )


def set_limits(framework: Framework, facts: Facts, indicator: str, ruling: Ruling, *, from_day: date) -> LimitsSet:
    """Reckon the limits of an indicator's series anew from a period on. Readers are told why: `ruling.say`."""
    fields = ruling.fields(framework, Duty.RELEASES)
    _known(framework, indicator)
    refuse_unreal(from_day)
    refuse_far_away(from_day, london_day(ruling.at))
    if len(ruling.say.strip()) < 3:
        raise RulingRefusedError("Say what readers are told: why the limits begin anew.")
    return LimitsSet(indicator=indicator, from_day=from_day, for_readers=ruling.say.strip(), **fields)


def take_limits_back(
    framework: Framework, facts: Facts, indicator: str, ruling: Ruling, *, from_day: date
) -> LimitsSet:
    """Reckon the limits as before: those that were set from a period on hold no longer."""
    fields = ruling.fields(framework, Duty.RELEASES)
    if from_day not in {each.from_day for each in limits_set(facts, indicator)}:
        raise RulingRefusedError(f"No limits of this indicator were set anew from {say_date(from_day)}.")
    return LimitsSet(indicator=indicator, from_day=from_day, for_readers="", holds=False, **fields)


def noted(facts: Facts, indicator: str, kind: WordsOn, collection: str = "") -> list[IndicatorNoted]:
    """What stands: every note, and of anything else the latest words of each collection; oldest first."""
    found = [
        each
        for each in facts.of(IndicatorNoted)
        if each.indicator == indicator and each.kind is kind and collection in ("", each.collection)
    ]
    if kind is WordsOn.NOTE:
        return [each for each in found if each.words]
    latest = {each.collection: each for each in found}
    return [each for each in latest.values() if each.words]


def limits_set(facts: Facts, indicator: str) -> list[LimitsSet]:
    """The days from which the limits of an indicator's series begin anew, earliest first."""
    latest = {each.from_day: each for each in facts.of(LimitsSet) if each.indicator == indicator}
    return sorted((each for each in latest.values() if each.holds), key=lambda each: each.from_day)


def limits_anew(facts: Facts) -> dict[str, tuple[date, ...]]:
    """The days from which limits begin anew, by indicator: for the checks, whose usual range goes by the same."""
    indicators = {each.indicator for each in facts.of(LimitsSet)}
    return {each: days for each in indicators if (days := tuple(one.from_day for one in limits_set(facts, each)))}


def _known(framework: Framework, indicator: str) -> None:
    if indicator not in framework.indicator:
        raise RulingRefusedError(f"There is no indicator “{indicator}”.")
