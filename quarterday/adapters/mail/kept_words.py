"""The words of an email, kept as an attempt sends them: for whoever asks later what somebody was told.

The link is left out, since it opens a partner's page; what is said once, such as a code, is kept nowhere. The file is
written first, under its own SHA-256, so that an attempt that is cut short leaves nothing that could disagree.
"""

from hashlib import sha256

from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.message import Email
from quarterday.adapters.store import Damaged, NotStored, Stores
from quarterday.domain.collection.actions import Send
from quarterday.domain.facts import EmailKept, Facts, FileDeleted

LINK_LEFT_OUT = "(the link to the page)"


def keep_words(installation: Installation, action: Send, email: Email, link: str, number: int) -> EmailKept:
    """Keep the words, and give the fact that names them."""
    text = email.text.replace(link, LINK_LEFT_OUT) if link else email.text
    data = f"{email.subject}\n\n{text}".encode()
    mark = sha256(data).hexdigest()
    name = f"emails/{mark[:2]}/{mark}.txt"
    installation.stores.raw.put(name, data)
    return EmailKept(
        at=email.at,
        by="quarterday",
        partnership=installation.framework.partnership.code,
        collection=action.collection,
        request=action.request,
        message=action.key,
        attempt=number,
        stored_as=name,
        sha256=mark,
    )


def words_of(stores: Stores, facts: Facts, message: str) -> str:
    """The words of the last attempt at an email; empty where they were not kept, or are not to be had any more."""
    kept = [each for each in facts.of(EmailKept) if each.message == message]
    gone = {each.stored_as for each in facts.of(FileDeleted)}
    if not kept or kept[-1].stored_as in gone:
        return ""
    try:
        return stores.raw.get(kept[-1].stored_as, kept[-1].sha256).decode()
    except (NotStored, Damaged):
        return ""
