"""An officer sees an activity otherwise than the open rule does, or records that no word on it will come."""

from datetime import date

from quarterday.domain.activities.told import rulings_in, told_for, told_in
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import ActivityGap, ActivityRuled, Facts, Rag, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, refuse_unless_ahead


def give_up_activity(
    framework: Framework, facts: Facts, collection: str, ruling: Ruling, *, activity: str, expected: date | None
) -> ActivityGap:
    """Record that no word on an activity will come this time: nobody is chased for it. A word that comes counts.

    Raises `RulingRefusedError`.
    """
    fields = ruling.fields(framework)
    made = (each for each in facts.of(RequestMade) if each.collection == collection)
    request = next((each for each in made if activity in each.activities), None)
    if request is None:
        raise RulingRefusedError(f"“{activity}” was not asked about in that quarter.")
    if word := told_for(facts, request).get(activity):
        raise RulingRefusedError(f"Its lead told of it on {say_date(london_day(word.at))}: there is no gap.")
    refuse_unless_ahead(expected, london_day(ruling.at))
    return ActivityGap(
        collection=collection,
        request=request.request,
        partner=request.partner,
        activity=activity,
        expected=expected,
        **fields,
    )


def rate_activity(
    framework: Framework, facts: Facts, collection: str, ruling: Ruling, *, activity: str, rag: str
) -> ActivityRuled:
    """Set how an activity stands in one collection; the latest ruling holds, and its words are for readers.

    Raises `RulingRefusedError`.
    """
    fields = ruling.fields(framework, Duty.RELEASES)
    known = framework_of(framework, facts, collection).activity
    asked = {code for each in facts.of(RequestMade) if each.collection == collection for code in each.activities}
    if activity not in known or activity not in asked | set(told_in(facts, collection)):
        listed = ", ".join(sorted(asked)) or "none"
        raise RulingRefusedError(f"“{activity}” was not asked about in that quarter. Asked about were: {listed}.")
    for_readers = ruling.say.strip()
    if not for_readers:
        raise RulingRefusedError("Say what readers are told: why it is seen otherwise than the rule has it.")
    before = rulings_in(facts, collection).get(activity)
    if before and (before.rag.value, before.for_readers) == (rag, for_readers):
        raise RulingRefusedError(f"{before.by} has set it to {rag} already, with the same words.")
    return ActivityRuled(collection=collection, activity=activity, rag=Rag(rag), for_readers=for_readers, **fields)
