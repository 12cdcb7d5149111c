"""The artifact `today-and-tomorrow`: what was done, tomorrow's emails, those held back, and those in doubt."""

from datetime import date, timedelta

from prefect.artifacts import create_markdown_artifact

from flows.showing.form_links import Links, officers_page
from flows.showing.labels import artifact_key
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.became import Booked
from quarterday.domain.collection.booked import doubtful
from quarterday.domain.collection.decision import would_be_due
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, GapRecorded, MessageReserved, Outcome, ReleaseMade, RequestMade
from quarterday.domain.framework.periods import say_day
from quarterday.domain.telling.markdown import blocks, escaped

DONE = (RequestMade, MessageReserved, GapRecorded, ReleaseMade)  # what runs do, each with the reason for it


def show_today(installation: Installation, facts: Facts, today: date, links: Links) -> None:
    """What was done today, and which emails the next working day would bring, with the keys by which they are held.

    It goes by the register alone, so every run and every decision renews it.
    """
    done = [each for each in facts if london_day(each.at) == today and isinstance(each, DONE) and each.reason]
    next_day = installation.framework.calendar.add(today + timedelta(days=1), 0)
    coming = [each for each in would_be_due(installation.framework, facts, next_day) if isinstance(each, Send)]
    text = blocks(
        [
            f"## Done on {say_day(today)}",
            *([f"- {escaped(each.reason)}" for each in done] or ["- Nothing was due."]),
            f"## Emails of {say_day(next_day)}, as things stand",
            f"{officers_page(installation, '', 'How each will read')}.",
            *([_coming(links, each) for each in coming] or ["- None."]),
            "## Emails held back",
            *([f"- {_hold(links, each, 'Let it go')}" for each in sorted(facts.held())] or ["- None."]),
            "## Emails that may not have arrived",
            *(doubtful_lines(installation, facts, today, links) or ["- None."]),
        ]
    )
    create_markdown_artifact(
        key=artifact_key("today-and-tomorrow"), markdown=text, description="Today’s actions, tomorrow’s emails"
    )


def _coming(links: Links, send: Send) -> str:
    held_by = _hold(links, send.key, "Hold it back")
    return f"- {send.email} to {send.recipient.code}: {escaped(send.why)} {held_by}"


def doubtful_lines(installation: Installation, facts: Facts, today: date, links: Links) -> list[str]:
    """The emails of the last weeks of which nobody knows, or it is known that they did not arrive."""
    settle, given_up = (links.form("settle-emails", {"which": each}) for each in ("in doubt", "given up"))
    change = links.form("change-contact", {})
    page = officers_page(installation, "", "the officers’ pages")
    said = {
        Outcome.UNCONFIRMED: f"nobody knows whether it went; ask them, then settle it on {page}, or all with {settle}",
        Outcome.FAILED: f"it did not go; put right what kept it, or {change}, then send it again with {given_up}",
        Outcome.BOUNCED: f"it came back; look at the address, then {change}",
        Outcome.BLOCKED: "it was turned away for now; we go on writing to the address",
    }
    return [
        f"- {each.message.email} to {each.message.recipient} of {say_day(london_day(each.message.at))}: "
        f"{_kept_by(each) if each.may_go_again else said[each.outcome] + _answered(each)}."
        for each in doubtful(facts, today)
        if each.outcome
    ]


def _answered(each: Booked) -> str:
    """What the mail server said of an email that did not go, or what broke over it: it tells what to put right."""
    return f" ({escaped(each.trouble)})" if each.trouble else ""


def _kept_by(each: Booked) -> str:
    """Why an email has not gone yet."""
    return f"it has not gone yet, and is tried again: {escaped(each.detail)}"


def _hold(links: Links, message: str, words: str) -> str:
    """The form that holds an email back or lets it go, with the email's key in it."""
    return f"{links.form('hold-email', {'message': message}, words)}: `{message}`"
