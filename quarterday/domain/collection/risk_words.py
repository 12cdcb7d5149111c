"""Word to owners of risks who get no request: a review that falls due stands in everybody else's.

Once for each day of review, to the owner's contact. That it was missed waits for an officer, as every missed review.
"""

from collections.abc import Iterator
from datetime import date, timedelta

from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.following import owner_of
from quarterday.domain.collection.people import word_apart
from quarterday.domain.collection.timetable import timetables
from quarterday.domain.facts import Facts
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.risks.reviewing import RiskStands, all_risks

OCCASION = "risk-review"
NOTICE = timedelta(days=14)  # before the day of review
STILL_NEWS = timedelta(days=21)  # after it: an officer has it on the first page from then on


def risk_words_due(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """The reviews that an owner who is asked for nothing else should hear of, each once."""
    if not framework.risks:
        return
    asked = {partner for plan in timetables(framework) for partner in plan.request_on}
    for stands in all_risks(framework, facts, today):
        heard_of = stands.review - NOTICE <= today <= stands.review + STILL_NEWS
        if heard_of and framework.known_now(stands.risk.owner)[0] not in asked:
            to = owner_of(framework, facts, stands.risk.owner)
            key = message_key(framework.partnership.code, OCCASION, named(stands), to.code)
            why = f"“{stands.risk.title}” is to be looked at again by {say_date(stands.review)}."
            yield word_apart(key, OCCASION, to, stands.review - NOTICE, why, named(stands))


def named(stands: RiskStands) -> str:
    """What an email about a review names: the risk and the day."""
    return f"{stands.risk.code}/{stands.review.isoformat()}"


def risk_told_of(framework: Framework, facts: Facts, about: str, today: date) -> RiskStands | None:
    """The risk that an email names; None where it was looked at since."""
    return next((each for each in all_risks(framework, facts, today) if named(each) == about), None)
