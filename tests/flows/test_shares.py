"""Which actions share a task."""

from datetime import date

from flows.performing.shares import shares
from quarterday.domain.collection.actions import Action, CloseCollection, Recipient, Send


def email(partner: str, template: str, request: str | None = None) -> Send:
    """An email about a partner's request."""
    asked = f"q1.{partner}" if request is None else request
    to = Recipient(f"{partner}/contact", "Somebody", f"{partner}@partner.example")
    return Send(f"{asked}/{template}/{partner}", "q1", asked, partner, template, template, to, date(2025, 7, 8), "Due.")


def shared(actions: list[Action], at_once: int = 1000) -> list[list[str]]:
    """The shares, each action by its key."""
    return [[getattr(each, "key", "close") for each in share] for share in shares(actions, at_once)]


def test_emails_of_one_template_share_a_task() -> None:
    """Ten reminders are one call; a chaser among them is another."""
    due = [email("fire", "reminder"), email("police", "chaser-1"), email("health", "reminder")]

    assert [
        ["q1.fire/reminder/fire", "q1.health/reminder/health"],
        ["q1.police/chaser-1/police"],
    ] == shared(due)


def test_emails_about_one_request_never_share_and_keep_their_order() -> None:
    """The second of them names the first in its thread, so the first is on record before the second is written."""
    due = [email("fire", "receipt"), email("fire", "sent-back"), email("police", "receipt"), email("fire", "receipt")]

    assert [
        ["q1.fire/receipt/fire", "q1.police/receipt/police"],
        ["q1.fire/sent-back/fire"],
        ["q1.fire/receipt/fire"],
    ] == shared(due)


def test_emails_about_no_request_share() -> None:
    """The boards' packs are told of together."""
    due = [email("board", "pack-ready", ""), email("committee", "pack-ready", "")]

    assert 1 == len(shared(due))


def test_what_is_no_email_has_a_task_of_its_own_and_keeps_its_place() -> None:
    """A collection is closed after the emails that were due before it."""
    close = CloseCollection("q1", date(2025, 8, 1), "Over.")
    due = [email("fire", "reminder"), email("police", "reminder"), close, email("health", "reminder")]

    assert [2, 1, 1] == [len(each) for each in shared(due)]
    assert ["close"] == shared(due)[1]


def test_a_transport_that_carries_one_at_a_time_has_a_task_an_email() -> None:
    """So it is with the outbox and a mail server."""
    due = [email("fire", "reminder"), email("police", "reminder")]

    assert [["q1.fire/reminder/fire"], ["q1.police/reminder/police"]] == shared(due, at_once=1)


def test_of_very_many_several_share_a_task() -> None:
    """Prefect records a hundred tasks in seconds and thousands in minutes; nothing is left out and none twice."""
    close = [CloseCollection(f"q{number}", date(2025, 8, 1), "Over.") for number in range(250)]
    due = [*close, *(email(f"partner-{number}", "reminder") for number in range(250))]
    tasks = list(shares(due, 1))

    assert 50 + 50 == len(tasks)
    assert due == [each for share in tasks for each in share]
