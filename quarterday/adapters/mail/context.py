"""What an email may say: everything a template can name, gathered from the framework and the facts.

Which families of names an email gets follows from what it is about: a request, a release, an agreement, a failed run.
"""

from datetime import date, datetime, timedelta
from typing import Any

from quarterday.adapters.mail.board_context import board_context
from quarterday.adapters.mail.recipients import recipient_of
from quarterday.adapters.mail.release_context import release_context
from quarterday.adapters.mail.request_context import request_context
from quarterday.adapters.mail.risk_context import risk_context
from quarterday.adapters.mail.templates import one_line
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Stores
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import framework_of, plan_for
from quarterday.domain.collection.ending import OTHERWISE, UNLESS_HELD, came_under, still_awaited
from quarterday.domain.collection.funding import OCCASION as FUNDING
from quarterday.domain.collection.funding import funding_notices
from quarterday.domain.collection.horizon import OCCASION as CALENDAR_ENDING
from quarterday.domain.collection.horizon import running_out
from quarterday.domain.collection.mailed_pages import MAILED_PAGES
from quarterday.domain.collection.people import contact_for
from quarterday.domain.collection.pre_release import OCCASION as PRE_RELEASE
from quarterday.domain.collection.pre_release import ends, given_named
from quarterday.domain.collection.reviews_told import OCCASION as REVIEW_READY
from quarterday.domain.collection.reviews_told import review_told_of
from quarterday.domain.collection.risk_words import OCCASION as RISK_REVIEW
from quarterday.domain.collection.standing import LONDON, london_day
from quarterday.domain.collection.yearly import year_of
from quarterday.domain.facts import Facts, MessageReserved, MessageSettled, Outcome, ReleaseMade
from quarterday.domain.facts.message_keys import UNDELIVERED
from quarterday.domain.facts.recipients import is_officer, whose_and_role
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Role
from quarterday.domain.framework.periods import say_date, say_day
from quarterday.domain.framework.submissions import year_before
from quarterday.domain.rulings.officer_links import DAYS, OfficerPage


def context_of(
    settings: Settings, framework: Framework, facts: Facts, stores: Stores, action: Send, now: datetime, link: str = ""
) -> dict[str, Any]:
    """Everything that the action's template may name. `link` is empty for those who may not answer for a partner."""
    today, to_pass_on = london_day(now), _to_pass_on(framework, facts, action)
    framework = framework_of(framework, facts, action.collection)
    context = common_context(settings, framework, action) | {"to_pass_on": to_pass_on}
    if request := facts.request(action.request):
        context |= request_context(framework, facts, stores, request, action, today) | {"link": link}
    if release := _release_of(facts, action):
        context |= release_context(settings, framework, facts, stores, release, action, today)
    if action.email in set(OfficerPage):
        context |= officer_page_context(framework, facts, action, now) | {"link": link}
    if agreement := _agreement_of(framework, action):
        context |= agreement_context(framework, facts, agreement, today)
    context |= board_context(framework, facts, action, today)
    if action.occasion in MAILED_PAGES:
        context |= {"link": link}
    if action.occasion == RISK_REVIEW:
        context |= risk_context(framework, facts, action, today)
    if action.occasion == FUNDING:
        context |= funding_context(framework, facts, action, today)
    if action.occasion == REVIEW_READY:
        context |= review_context(framework, facts, action)
    if action.occasion == PRE_RELEASE:
        context |= pre_release_context(framework, facts, action) | {"link": link}
    if action.occasion == CALENDAR_ENDING:
        context |= calendar_context(framework, action, today)
    if action.occasion == UNDELIVERED:
        context |= undelivered_context(framework, facts, action)
    return context


def _to_pass_on(framework: Framework, facts: Facts, action: Send) -> str:
    """The partner that an email is for, where `config/` names nobody of it any more: the officer has it instead."""
    request, role = facts.request(action.request), whose_and_role(action.recipient.code)[1]
    if not request or request.partner in framework.partner or role not in set(Role):
        return ""
    return framework_of(framework, facts, action.collection).partner[request.partner].name


def common_context(settings: Settings, framework: Framework, action: Send) -> dict[str, Any]:
    """What every email may name."""
    partnership, officer = framework.partnership, framework.partnership.officers[0]
    return {
        "partnership": partnership.name,
        "synthetic": partnership.synthetic,
        "to_name": one_line(action.recipient.name, 120),
        "officer_name": officer.name,
        "officer_job": officer.job,
        "officer_email": partnership.reply_to,
        "why": one_line(action.why),
        "about": one_line(action.about),
        "officers_page": f"{settings.portal_url.rstrip('/')}/officers{_matter(action)}",
        "runs_page": f"{settings.prefect_ui_url.rstrip('/')}/runs",
    }


def _matter(action: Send) -> str:
    """Where on the officers' pages an email's matter stands; their first page where it is about no one partner."""
    return f"/partners/{action.partner}/{action.collection}" if action.partner and action.collection else ""


def agreement_context(framework: Framework, facts: Facts, agreement: Agreement, today: date) -> dict[str, Any]:
    """What an email about an agreement near its end may name."""
    parties = [framework.partner[code].name for code in agreement.parties if code in framework.partner]
    covered = [each.title for each in framework.indicators if agreement.covers(each.supplier, each.code, each.purpose)]
    return {
        "agreement": agreement.title,
        "agreement_code": agreement.code,
        "agreement_state": agreement.state_on(today).value,
        "ends_day": say_day(agreement.ends),
        "days_left": max(0, (agreement.ends - today).days),
        "has_ended": today > agreement.ends,
        "parties": parties,
        "covered": covered,
        "review_day": say_day(agreement.review_expected) if agreement.review_expected else "",
        "awaited": [str(each) for each in still_awaited(framework, facts, agreement, today)],
        "otherwise": OTHERWISE,
        "came": [str(each) for each in came_under(framework, facts, agreement, today)],
        "unless_held": UNLESS_HELD,
    }


def funding_context(framework: Framework, facts: Facts, action: Send, today: date) -> dict[str, Any]:
    """What an email about money may name; nothing where there is nothing to be heard of it any more."""
    found = (each for each in funding_notices(framework, facts, today) if each.name == action.about)
    notice = next(found, None)
    if notice is None:
        return {}
    owner = framework.partner.get(notice.owner)
    return {
        "money_title": one_line(notice.title),
        "money_source": one_line(notice.source),
        "money_what": notice.what,
        "money_owner": owner.name if owner else notice.owner,
        "money_passed": not notice.for_owner,
        "money_of_bid": notice.of_bid,
        "to_officer": is_officer(action.recipient.code),
    }


def review_context(framework: Framework, facts: Facts, action: Send) -> dict[str, Any]:
    """What an email about a yearly review may name; nothing where it is not owed any more."""
    found = review_told_of(framework, facts, action.about)
    if found is None:
        return {}
    owed, made = found
    year = year_of(framework, facts, year_before(owed.on))
    as_made = year.releases == made.releases
    return {
        "review_title": one_line(owed.submission.title),
        "review_to": one_line(owed.submission.to),
        "review_year": year.name,
        "review_version": made.version,
        "review_quarters": year.tally if as_made else "",
        "review_lacks": [each.absence for each in year.quarters if as_made and not each.release],
        "owed_day": say_day(owed.on),
        "to_officer": is_officer(action.recipient.code),
    }


def pre_release_context(framework: Framework, facts: Facts, action: Send) -> dict[str, Any]:
    """What an email that brings an early reader a link may name; nothing where nobody has access any more."""
    access, given = framework.partnership.pre_release, given_named(facts, action.about)
    if access is None or given is None:
        return {}
    plan, until = plan_for(framework, facts, given.collection), ends(access, given).astimezone(LONDON)
    return {
        "label": plan.label if plan else given.collection,
        "version": given.version,
        "to_post": one_line(given.post),
        "hours": access.hours,
        "link_ends_day": f"{say_day(until.date())}, {until:%H:%M}",
    }


def calendar_context(framework: Framework, action: Send, today: date) -> dict[str, Any]:
    """What an email about meetings or terms that run out may name: what, and when the last of them ends."""
    last = next((each.last for each in running_out(framework, today) if each.what == action.about), None)
    return {"what_ends": action.about, "last_day": say_date(last) if last else ""}


def undelivered_context(framework: Framework, facts: Facts, action: Send) -> dict[str, Any]:
    """What the word to the officer of an email that did not arrive may name."""
    (message,) = (each for each in facts.of(MessageReserved) if each.message == action.about)
    lost = next(each for each in facts.of(MessageSettled) if each.message == action.about and each.never_arrives)
    now = contact_for(framework, facts, action.request, action.partner) if action.partner else None
    whose, role = whose_and_role(message.recipient)
    partner, board = framework.partner.get(whose), framework.board.get(whose)
    return {
        "sent_to": recipient_of(framework, facts, message).name,
        "role": "colleague" if role.startswith("colleague-") else role,
        "organisation": partner.name if partner else board.name if board else whose,
        "their_subject": one_line(message.subject),
        "sent_day": say_day(london_day(message.at)),
        "came_back": lost.outcome is Outcome.BOUNCED,
        "turned_away": lost.outcome is Outcome.BLOCKED,
        "instead": now.name if now and partner and now.code != message.recipient else "",
    }


def officer_page_context(framework: Framework, facts: Facts, action: Send, now: datetime) -> dict[str, Any]:
    """What an email that brings an officer a link may name: what it is for, and when it ends."""
    whose, role = whose_and_role(action.about)  # of a contact: such as fire/deputy
    made = facts.request(action.request)
    partner = framework.partner.get(made.partner if made else whose)
    plan = plan_for(framework, facts, action.collection)
    ends = (now + timedelta(days=DAYS)).astimezone(LONDON)
    return {
        "partner": partner.name if partner else "",
        "role": role,
        "label": plan.label if plan else "",
        "link_ends_day": f"{say_day(ends.date())}, {ends:%H:%M}",
    }


def _release_of(facts: Facts, action: Send) -> ReleaseMade | None:
    releases = facts.about(action.collection, ReleaseMade)
    return next((each for each in releases if each.key == action.about), None)


def _agreement_of(framework: Framework, action: Send) -> Agreement | None:
    return next((each for each in framework.agreements if each.code == action.about), None)
