"""How a decision of the pages is taken: what its fields say goes to the ruling that the form in Prefect calls."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from quarterday.adapters.links import hash_token
from quarterday.domain.facts import Fact, WordsOn
from quarterday.domain.facts.recipients import whose_and_role
from quarterday.domain.risks.reviewing import Review
from quarterday.domain.rulings import (
    activity_rulings,
    going_on,
    indicator_rulings,
    key_rulings,
    message_rulings,
    officer_links,
    partner_rulings,
    pre_release_rulings,
    putting_off,
    release_rulings,
    risk_rulings,
    submission_rulings,
)
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.web.door.keys import key_of
from quarterday.web.officers.deciding import Case, Take
from quarterday.web.officers.subjects import return_and_indicator


def on_request(ruling_of: Callable[..., Any], *names: str, **fixed: Any) -> Take:
    """A ruling about a request; the fields of those names go to it as they were said."""

    def take(case: Case, ruling: Ruling, said: dict[str, Any]) -> Any:
        return ruling_of(
            case.framework, case.facts, case.request, ruling, **fixed, **{each: said[each] for each in names}
        )

    return take


def on_subject(ruling_of: Callable[..., Any], *names: str, **fixed: Any) -> Take:
    """A ruling about a collection or an email, by its name."""
    return lambda case, ruling, said: ruling_of(
        case.framework, case.facts, case.subject.name, ruling, **fixed, **{each: said[each] for each in names}
    )


def on_all_emails(which: message_rulings.Emails, arrived: bool) -> Take:
    """Every email of a kind, settled alike."""
    return lambda case, ruling, _said: message_rulings.settle_emails(
        case.framework, case.facts, ruling, which=which, arrived=arrived
    )


def go_on(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    """Going on, once somebody has looked at what would go out."""
    return going_on.confirm_going_on(case.framework, case.facts, ruling, case.today)


def put_off(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """An agreement that ends is looked at again on a day."""
    return putting_off.put_off_agreement(case.framework, case.subject.name, ruling, until=said["until"])


def hand_in(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    """A link for the officer alone, to hand in for a partner."""
    return officer_links.hand_in_link(case.framework, case.request, ruling, hash_token(case.fresh_token))


def key(case: Case) -> str:
    """The key that this form would make: shown once."""
    return key_of(case.fresh_token)


def make_key(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    """A partner's own key for its scripts, of which only the hash is kept."""
    partner, key_hash = case.request.partner, hash_token(key(case))
    return key_rulings.make_key(case.framework, case.facts, ruling, partner=partner, key_hash=key_hash)


def revoke_keys(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Iterable[Fact]:
    """A partner's keys open nothing any more."""
    return key_rulings.revoke_keys(case.framework, case.facts, ruling, partner=case.request.partner)


def read_words(publish: bool) -> Take:
    """A supplier's words, or another's, read before they are published or left out."""

    def take(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
        reference, indicator = return_and_indicator(case.subject.name)
        return release_rulings.read_words(
            case.framework, case.facts, ruling, partner_return=reference, indicator=indicator, publish=publish
        )

    return take


def change_contact(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """Who answers for a partner, from now on."""
    partner, role = whose_and_role(case.subject.name)
    return partner_rulings.change_contact(case.framework, case.facts, ruling, partner=partner, role=role, **said)


def note(kind: WordsOn) -> Take:
    """Words on an indicator: a reading, a commentary, a note."""
    return lambda case, ruling, said: indicator_rulings.note_indicator(
        case.framework, case.facts, case.subject.name, ruling, kind=kind, **said
    )


def limits_back(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """Limits that were set anew, taken back."""
    return indicator_rulings.take_limits_back(
        case.framework, case.facts, case.subject.name, ruling, from_day=date.fromisoformat(said["from_day"])
    )


def limits_anew(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """Limits that begin anew from a day."""
    return indicator_rulings.set_limits(
        case.framework, case.facts, case.subject.name, ruling, from_day=said["from_day"]
    )


def give_pre_release(case: Case, ruling: Ruling, said: dict[str, Any]) -> Iterable[Fact]:
    """Early readers may see the next version before it is public."""
    return pre_release_rulings.give_pre_release(case.framework, case.facts, case.plan, ruling, readers=said["readers"])


def hold_release(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    """The next version waits."""
    return release_rulings.hold_release(case.framework, case.facts, case.plan, ruling)


def approve(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Fact:
    """The version that is previewed may go out."""
    return release_rulings.approve_release(case.framework, case.facts, case.plan, ruling, version=None)


def withdraw(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """A version is taken back."""
    version = int(said["version"])
    return release_rulings.withdraw_release(case.framework, case.facts, case.plan, ruling, version=version)


def give_up(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """An activity on which no word will come this time."""
    collection, _, activity = case.subject.name.partition("/")
    return activity_rulings.give_up_activity(case.framework, case.facts, collection, ruling, activity=activity, **said)


def rate(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """An activity, seen otherwise than the rule sees it."""
    collection, _, activity = case.subject.name.partition("/")
    return activity_rulings.rate_activity(case.framework, case.facts, collection, ruling, activity=activity, **said)


def review_risk(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """A risk, looked at again in its owner's place."""
    return risk_rulings.review_risk(case.framework, case.facts, case.subject.name, ruling, review=Review(**said))


def tell_bid(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """What became of a bid."""
    amount = risk_rulings.pounds(said["amount"])
    return risk_rulings.tell_bid(
        case.framework, case.facts, case.subject.name, ruling, state=said["state"], amount=amount, ends=said["ends"]
    )


def record_submission(case: Case, ruling: Ruling, said: dict[str, Any]) -> Fact:
    """Something owed outward was sent."""
    return submission_rulings.record_submission(case.framework, case.facts, case.subject.name, ruling, **said)


def sign_out(case: Case, ruling: Ruling, _said: dict[str, Any]) -> Iterable[Fact]:
    """An officer's links and sessions end everywhere."""
    return officer_links.stop_officer_links(case.framework, case.facts, case.subject.name, ruling)
