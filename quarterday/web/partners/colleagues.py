"""Who counts as a colleague: somebody with an address at the organisation's own domain."""

from quarterday.domain.collection.people import holder
from quarterday.domain.facts import Facts
from quarterday.domain.framework.addresses import domain_of, is_address
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Role


def colleague_domains(framework: Framework, facts: Facts, partner: str) -> tuple[str, ...]:
    """The domains of the addresses that we know at an organisation."""
    people = (holder(framework, facts, partner, role) for role in (Role.CONTACT, Role.DEPUTY, Role.MANAGER))
    return tuple(dict.fromkeys(domain_of(person.email) for person in people if person))


def is_address_at(email: str, domains: tuple[str, ...]) -> bool:
    """Whether it is one plain address at one of the domains."""
    return is_address(email) and domain_of(email) in domains
