"""Who counts as a colleague: somebody with an address at the organisation's own domain."""

from quarterday.domain.collection.people import holder
from quarterday.domain.facts import Facts
from quarterday.domain.framework.addresses import domain_of, is_address
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Role

# Mail providers: an address there says nothing of where its reader works. All of the NHS shares one.
SHARED = frozenset(
    "gmail.com googlemail.com outlook.com hotmail.com hotmail.co.uk live.com live.co.uk msn.com yahoo.com yahoo.co.uk "
    "icloud.com me.com aol.com btinternet.com sky.com virginmedia.com talktalk.net protonmail.com proton.me gmx.com "
    "mail.com zoho.com nhs.net".split()
)


def colleague_domains(framework: Framework, facts: Facts, partner: str) -> tuple[str, ...]:
    """The domains of the addresses that we know at an organisation; not those that many organisations share."""
    people = (holder(framework, facts, partner, role) for role in (Role.CONTACT, Role.DEPUTY, Role.MANAGER))
    domains = dict.fromkeys(domain_of(person.email) for person in people if person)
    return tuple(each for each in domains if each not in SHARED)


def is_address_at(email: str, domains: tuple[str, ...]) -> bool:
    """Whether it is one plain address at one of the domains."""
    return is_address(email) and domain_of(email) in domains
