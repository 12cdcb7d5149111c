"""Who counts as a colleague: somebody with an address at the organisation's own domain."""

import re

from quarterday.domain.collection.people import holder
from quarterday.domain.facts import Facts
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Role

_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@([A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+)")


def colleague_domains(framework: Framework, facts: Facts, partner: str) -> tuple[str, ...]:
    """The domains of the addresses that we know at an organisation."""
    people = (holder(framework, facts, partner, role) for role in (Role.CONTACT, Role.DEPUTY, Role.MANAGER))
    return tuple(dict.fromkeys(person.email.rpartition("@")[2].lower() for person in people if person))


def is_address_at(email: str, domains: tuple[str, ...]) -> bool:
    """Whether it is one plain address at one of the domains."""
    found = _ADDRESS.fullmatch(email)
    return found is not None and found[1].lower() in domains and ".." not in email
