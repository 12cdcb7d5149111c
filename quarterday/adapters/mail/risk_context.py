"""What an email about reviews of risks may name."""

from datetime import date
from typing import Any

from quarterday.adapters.mail.templates import one_line
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.links import AFTER_CLOSE
from quarterday.domain.collection.risk_words import owner_and_day, risks_told_of
from quarterday.domain.facts import Facts
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_day
from quarterday.domain.risks.reviewed import mitigation_told
from quarterday.domain.risks.reviewing import RiskStands


def risk_context(framework: Framework, facts: Facts, action: Send, today: date) -> dict[str, Any]:
    """What an email about reviews of risks may name; nothing where all of them were looked at since."""
    due = risks_told_of(framework, facts, action.about, today)
    if not due:
        return {}
    code, on = owner_and_day(action.about)
    owner = framework.partner.get(code)
    return {
        "risks": [_risk(facts, each) for each in due],
        "risk_owner": owner.name if owner else code,
        "is_owner": whose_and_role(action.recipient.code)[0] == code,
        "review_day": say_day(on),
        "link_ends_day": say_day(today + AFTER_CLOSE),
    }


def _risk(facts: Facts, stands: RiskStands) -> dict[str, str]:
    return {
        "title": one_line(stands.risk.title),
        "likelihood": stands.likelihood.value,
        "impact": stands.impact.value,
        "mitigation": one_line(mitigation_told(facts, stands, shown=False)),
    }
