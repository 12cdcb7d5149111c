"""The pages behind links that go to boards' leads, owners of actions and of risks: which, and who may use one."""

from quarterday.domain.asks.agreed_actions import agreed_actions
from quarterday.domain.collection.following import ACTION, owner_of
from quarterday.domain.collection.meetings import AFTER_MEETING, board_and_meeting
from quarterday.domain.collection.risk_words import OCCASION as RISK_REVIEW
from quarterday.domain.collection.risk_words import owner_and_day
from quarterday.domain.facts import Facts
from quarterday.domain.facts.recipients import is_officer, whose_and_role
from quarterday.domain.framework.framework import Framework

MAILED_PAGES = {AFTER_MEETING: "meeting", ACTION: "action", RISK_REVIEW: "reviews"}
"""By the occasion of the email that brings the link."""


def answers_for(framework: Framework, facts: Facts, occasion: str, about: str, recipient: str) -> bool:
    """Whether whoever an email goes to may use the page behind it: a board's own lead, an action's or a risk's owner.

    An owner that went on in another partner is that partner; for one who is gone whoever hears instead may tell.
    """
    if occasion == AFTER_MEETING:
        return whose_and_role(recipient)[0] == board_and_meeting(about)[0]
    owner = _owner(facts, occasion, about)
    if not owner:
        return False
    if recipient == owner_of(framework, facts, owner).code:
        return True
    return not is_officer(owner) and whose_and_role(recipient)[0] == framework.known_now(owner)[0]


def _owner(facts: Facts, occasion: str, about: str) -> str:
    """Whose action or risk an email is about; empty where it is about neither."""
    if occasion == RISK_REVIEW:
        return owner_and_day(about)[0]
    action = agreed_actions(facts).get(about) if occasion == ACTION else None
    return action.set.owner if action else ""
