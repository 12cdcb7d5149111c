"""Officers' decisions on whom we deal with at a partner: contacts, links, and what an officer hands in for it."""

from pydantic import ValidationError

from quarterday.domain.collection.people import change_of, holder
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.verdicts import accepted_returns
from quarterday.domain.facts import (
    ContactChanged,
    Facts,
    LinkReplaced,
    LinkRevoked,
    MessageReserved,
    RequestMade,
    UploadKept,
)
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Contact, Role
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, known_partner, live_links

PARTNERS_OWN = (Role.CONTACT, Role.DEPUTY, Role.MANAGER)


def change_contact(
    framework: Framework, facts: Facts, ruling: Ruling, *, partner: str, role: str, name: str, email: str
) -> ContactChanged:
    """From now on somebody else, or another address, holds a role at a partner."""
    fields = ruling.fields(framework)
    refuse_role(framework, partner, role)
    try:
        person = Contact(name=" ".join(name.split()), email=email.strip())
    except ValidationError as problem:
        wrong = problem.errors()[0]["loc"][0]
        example = "first.last@partner.example" if wrong == "email" else "Ann Other"
        raise RulingRefusedError(f"The {wrong} is not one that can be used. Write it like {example}.") from problem
    stands = holder(framework, facts, partner, Role(role))
    if stands and (stands.name, stands.email.lower()) == (person.name, person.email.lower()):
        before = change_of(facts, partner, Role(role))
        whose = f"{before.by} wrote so on {say_date(london_day(before.at))}" if before else "the configuration says so"
        raise RulingRefusedError(f"{person.name} is the {role} already, at that address: {whose}.")
    return ContactChanged(partner=partner, role=role, name=person.name, email=person.email, **fields)


def refuse_role(framework: Framework, partner: str, role: str) -> None:
    """Raises `RulingRefusedError` where there is no such partner, or a partner has no such role."""
    known_partner(framework, partner)
    if role not in PARTNERS_OWN:
        raise RulingRefusedError(f"“{role}” is no role at a partner. The roles are: {', '.join(PARTNERS_OWN)}.")


def replace_link(
    framework: Framework, facts: Facts, request: RequestMade, ruling: Ruling
) -> tuple[LinkReplaced | LinkRevoked, ...]:
    """Stop every link of a request and have a fresh one sent to today's contact."""
    fields = ruling.fields(framework)
    spoken_of = {each.tells_of for each in facts.about(request.request, MessageReserved)}
    for before in facts.about(request.request, LinkReplaced):
        if before.replacement not in spoken_of:
            raise RulingRefusedError(
                f"{before.by} has already ordered a fresh link on {say_date(london_day(before.at))}; "
                "its email goes with the next run."
            )
    live = live_links(facts, request, ruling.at)
    revoked = (LinkRevoked(request=request.request, token_hash=each.token_hash, **fields) for each in live)
    name = f"L-{ruling.at:%Y%m%d%H%M%S%f}"
    return (*revoked, LinkReplaced(request=request.request, replacement=name, **fields))


def refuse_handing_in(facts: Facts, request: RequestMade, sha256: str) -> None:
    """Raises `RulingRefusedError` where an officer may not hand in a file (or, without one, a nil) for a partner."""
    accepted = accepted_returns(facts, request.request)
    if accepted and not sha256:
        raise RulingRefusedError(
            f"{accepted[-1].by} has sent figures, return {accepted[-1].partner_return}, and they are accepted: "
            "that there is nothing to count contradicts them."
        )
    for kept in facts.about(request.request, UploadKept):
        if sha256 and kept.sha256 == sha256:
            raise RulingRefusedError(
                f"{kept.by} has already sent these very bytes on {say_date(london_day(kept.at))} as “{kept.said_name}”."
            )
