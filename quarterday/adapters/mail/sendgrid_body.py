"""What SendGrid is asked: one call for one email, or for many that differ in their words alone.

Many go in one call as *personalizations*: each with its own address, subject, thread and outbox id, and with what
stands for the tags in the words that all share. SendGrid fills tags in as they are, so values are what `layout` has
escaped already. Attachments belong to a call: only emails with the same ones share it.
"""

import json
import re
from base64 import b64encode
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.shared_words import Shared, shared_words

AT_ONCE = 1000  # personalizations in a call, at most
MOST_BYTES = 10_000  # of what stands for a personalization's tags
_TAG = re.compile(r"-part\d+-")


def calls(emails: Sequence[Email], at_once: int = AT_ONCE) -> list[list[Email]]:
    """The emails by call, in as few as may be: what cannot share one goes by itself."""
    alike: dict[tuple[Any, ...], list[list[Email]]] = defaultdict(list)
    for email in emails:
        sharing = alike[_shared_by(email)]
        place = next((call for call in sharing if _has_room(call, email, at_once)), None)
        if place is None:
            sharing.append([email])
        else:
            place.append(email)
    return [fitting for sharing in alike.values() for call in sharing for fitting in _fitting(call)]


def _shared_by(email: Email) -> tuple[Any, ...]:
    """What all emails of a call have in common."""
    alone = email.outbox_id if any(map(_TAG.search, (email.subject, email.text, email.html))) else ""
    return (alone, email.from_email, email.from_name, email.reply_to, email.template, email.attachments)


def _has_room(call: list[Email], email: Email, at_once: int) -> bool:
    """Whether a call can take one more: SendGrid refuses one that names an address twice."""
    return len(call) < at_once and email.to_email.lower() not in {each.to_email.lower() for each in call}


def _fitting(call: list[Email]) -> list[list[Email]]:
    """The call, without the emails whose own words are too many for it: each of these goes by itself."""
    text, html = _words(call)
    sizes = [len(json.dumps(own | more)) for own, more in zip(text.values, html.values, strict=True)]
    fit = [email for email, size in zip(call, sizes, strict=True) if size <= MOST_BYTES]
    too_long = [[email] for email, size in zip(call, sizes, strict=True) if size > MOST_BYTES]
    if not too_long or len(call) == 1:
        return [call]
    return [*(_fitting(fit) if fit else []), *too_long]


def _words(emails: Sequence[Email]) -> tuple[Shared, Shared]:
    """The plain text and the HTML that emails share: paragraph by paragraph, and line by line."""
    text = shared_words([each.text for each in emails], "\n\n")
    html = shared_words([each.html for each in emails], "\n", first_tag=len(text.values[0]) + 1)
    return text, html


def body_of(emails: Sequence[Email], *, sandbox: bool = False) -> dict[str, Any]:
    """The body of a call. The outbox id goes with each personalization, whence the event webhook gives it back."""
    first, (text, html) = emails[0], _words(emails)
    own_words = [own | more for own, more in zip(text.values, html.values, strict=True)]
    body: dict[str, Any] = {
        "personalizations": [_personal(email, own) for email, own in zip(emails, own_words, strict=True)],
        "from": {"email": first.from_email, "name": first.from_name},
        "reply_to": {"email": first.reply_to, "name": first.from_name},
        "content": [{"type": "text/plain", "value": text.pattern}, {"type": "text/html", "value": html.pattern}],
        "categories": ["quarterday", first.template],
        "mail_settings": {"sandbox_mode": {"enable": sandbox}},
        "tracking_settings": {
            "click_tracking": {"enable": False, "enable_text": False},
            "open_tracking": {"enable": False},
            "subscription_tracking": {"enable": False},
            "ganalytics": {"enable": False},
        },
    }
    if first.attachments:
        body["attachments"] = [
            {
                "content": b64encode(each.data).decode("ascii"),
                "type": each.mime,
                "filename": each.name,
                "disposition": "attachment",
            }
            for each in first.attachments
        ]
    return body


def _personal(email: Email, own_words: dict[str, str]) -> dict[str, Any]:
    """What is one email's own."""
    personal: dict[str, Any] = {
        "to": [{"email": email.to_email, "name": email.to_name}],
        "subject": email.subject,
        "headers": email.thread_headers | email.own_headers,
        "custom_args": {"outbox_id": email.outbox_id, "partnership": email.partnership},
    }
    return personal | ({"substitutions": own_words} if own_words else {})
