"""The emails' words: every template, in every scene in which it may go."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import pytest
from lxml import html as html_parser

from quarterday.adapters.mail.compose import compose
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.adapters.mail.message import Email
from quarterday.adapters.mail.templates import SAID_ONCE
from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.facts import MessageReserved, MessageSettled, Outcome, ReleaseMade, ReplyKind, Step
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.partners import Contact, Partner
from quarterday.domain.rulings.officer_links import OfficerPage
from tests.adapters.mail.conftest import ROOT, Carrier, Office, a_send, an_office, of_kind
from tests.adapters.mail.scenes import LATER, RELEASE, REVISED, SCENES, SECRET_VALUE, STORES, replied
from tests.domain.conftest import framework, indicator, person

TEMPLATES = sorted(each.stem for each in (ROOT / "config" / "emails").glob("*.txt") if not each.stem.startswith("_"))
PROMISED = (
    "request reminder chaser-1 chaser-2 escalation-manager escalation-board reminder-more-time chaser-more-time "
    "escalation-more-time chaser-correction escalation-correction chaser-rest receipt sent-back accepted "
    "date-moved extension-granted extension-refused let-off asked-after-all "
    "thank-you colleague code officer-reply officer-escalated agreement-ending "
    "pack-ready officer-failure officer-undelivered fresh-link another-return officer-hand-in officer-contact "
    "officer-preview chaser-owed officer-owed pack-withdrawn officer-sign-in letter calendar-ending "
    "your-answer officer-copy"
).split()
# about what boards decide, and money: their own tests write them
OF_MEETINGS = (
    "action",
    "action-overdue",
    "after-meeting",
    "after-meeting-again",
    "funding-notice",
    "review-ready",
    "risk-review",
    "risk-review-missed",
)
OF_EARLY_READERS = ("pre-release",)
NOT_ABOUT_A_REQUEST = ("agreement-ending", "calendar-ending", "pack-ready", "pack-withdrawn", "officer-failure")
IN_EVERY_SCENE = sorted(
    {*PROMISED} - {"agreement-ending", "calendar-ending", "officer-failure", "officer-undelivered", "officer-copy"}
)
NO_OUTBOX = Path("nowhere")  # these emails are composed and not sent
THREAD = "Request for 2025-26 Q1: Fire Service – Safer Somewhere"
LINK = "http://portal.example/r/AbCdEfGhIjKlMnOpQrStUvWxYz012345"
DAYS = (datetime(2025, 7, 8, 8, tzinfo=UTC), datetime(2025, 7, 24, 8, tzinfo=UTC), datetime(2025, 9, 20, 8, tzinfo=UTC))
OFFICER = Recipient("officer/jo", "Jo Officer", "jo@somewhere.example")
LEAD = Recipient("board/lead", "Lee Lead", "lee.lead@partner.example")


def about(template: str, scene: str) -> Iterator[str]:
    """What the email may speak of in a scene, by its id."""
    if template in ("thank-you", "pack-ready", "pack-withdrawn"):
        yield REVISED.key if scene == "revised" else RELEASE.key
    else:
        ids = (getattr(fact, "reply", "") or getattr(fact, "partner_return", "") for fact in SCENES[scene])
        yield from dict.fromkeys(("", *ids))


def to(template: str) -> tuple[Recipient, ...]:
    """Who may be written to."""
    if template in ("officer-reply", "officer-escalated", "officer-sign-in", *OfficerPage):
        return (OFFICER,)
    return (LEAD, OFFICER) if template in ("escalation-board", "escalation-manager") else (a_send().recipient,)


def scenes_of(template: str) -> list[str]:
    """The scenes in which a template about a request may go."""
    if template in ("thank-you", "pack-ready", "pack-withdrawn"):
        return ["published", "revised"]
    if template == "officer-reply":
        return ["needs time", "own reference", "not available", "a colleague", "granted"]
    return list(SCENES)


@cache
def office_in(scene: str) -> Office:
    """The office of a made-up partnership, in a scene."""
    partners = framework().partner
    own_process = {"request_process": "Send it to the data site first."}
    return an_office(
        NO_OUTBOX,
        *SCENES[scene],
        partnership=framework().partnership.model_copy(update={"synthetic": True}),
        partners=(partners["fire"].model_copy(update=own_process), partners["police"]),
    )


def written(scene: str, action: Send, at: datetime, link: str = LINK) -> Email:
    """The email of an action in a scene."""
    office = office_in(scene)
    said = {"code": "123456", "link": link}
    return compose(office.settings, office.framework, office.facts(), STORES, action, at, at, link, said)


@cache
def every_email(template: str) -> tuple[Email, ...]:
    """The email of a template in every scene, on every day, to everybody whom it may reach."""
    return tuple(_every_email(template))


def _every_email(template: str) -> Iterator[Email]:
    for scene in scenes_of(template):
        for at in DAYS:
            for spoken_of in about(template, scene):
                for recipient in to(template):
                    action = a_send(template, recipient, about=spoken_of)
                    if template in ("pack-ready", "pack-withdrawn"):
                        action = replace(action, request="", partner="", recipient=LEAD)
                    answers = recipient.code.startswith("fire/") and template not in ("code", "thank-you")
                    link = LINK if answers or template in {*OfficerPage, "officer-sign-in"} else ""
                    yield written(scene, action, at, link)


def test_every_promised_template_is_there_and_no_other() -> None:
    """The ladder and the decision name these emails."""
    assert sorted((*PROMISED, *OF_MEETINGS, *OF_EARLY_READERS)) == TEMPLATES


@pytest.mark.parametrize("template", IN_EVERY_SCENE)
def test_a_template_can_be_filled_in_whatever_has_happened(template: str) -> None:
    """Nothing a template names is ever missing, and what it makes is whole, plain and on one subject line."""
    for email in every_email(template):
        html = html_parser.fromstring(email.html)

        assert "\n" not in email.subject
        assert not re.search(r"\bNone\b|\{\{|\}\}|\{%|  \.|\(\)|“”", email.subject + email.text)
        assert max(len(line) for line in email.text.splitlines() if "http" not in line) <= 76
        (heading,) = html.xpath("//h1/text()")
        assert [heading] == html.xpath("//title/text()")
        assert heading == email.heading
        assert email.subject in (THREAD, heading, f"{heading} – Safer Somewhere")
        assert "Safer Somewhere" in email.subject
        assert (email.subject == THREAD) == bool(email.request and template not in SAID_ONCE)
        assert ["en"] == html.xpath("/html/@lang")


@pytest.mark.parametrize("template", IN_EVERY_SCENE)
def test_no_email_holds_a_figure_of_the_return(template: str) -> None:
    """Findings are told by their safe sentence, and rows by their number at most."""
    assert not [email for email in every_email(template) if SECRET_VALUE in email.text + email.html]


@pytest.mark.parametrize("template", IN_EVERY_SCENE)
def test_a_rehearsal_says_so_and_every_email_says_whom_to_ask(template: str) -> None:
    """A made-up partnership says so in each email, and a person answers for each."""
    for email in every_email(template):
        assert "rehearsal" in email.text
        assert "made up" in email.html
        assert "officers@somewhere.example" in email.text


def test_the_request_says_what_for_when_by_when_why_and_how() -> None:
    """Everything the person at the other end needs between two meetings."""
    email = written("nothing yet", a_send(), DAYS[0])

    for said in (
        "Deliberate fires",
        "April to June 2025",
        "2025-26 Q1",
        "Tuesday 22 July 2025",
        "“The agreement”",
        "The Board",
        "Safer streets",
        "data site",
        "more time",
        "colleague",
        LINK,
    ):
        assert said in email.text


def test_the_link_stands_alone_on_its_line_and_is_a_button() -> None:
    """No mail reader breaks it, and the HTML has one thing to click."""
    email = written("nothing yet", a_send(), DAYS[0])
    buttons = html_parser.fromstring(email.html).xpath("//a[contains(@style, 'background')]")

    assert LINK in email.text.splitlines()
    assert [(LINK, "Open your page")] == [(each.get("href"), each.text) for each in buttons]


def test_chasers_ask_what_can_be_sent_now() -> None:
    """A late partner may be constrained, not negligent."""
    for template in ("chaser-1", "chaser-2", "chaser-more-time", "chaser-rest"):
        email = written("nothing yet", a_send(template), DAYS[1])

        assert "What can you send now?" in email.text
        assert not re.search(r"fail|overdue|must|immediately|penalt", email.text, re.IGNORECASE)


def test_what_to_put_right_is_told_with_its_place() -> None:
    """Sheet, column and cells, and what good looks like."""
    email = written("sent back", a_send("sent-back", about="R-2025-0001"), DAYS[1])
    flat = " ".join(email.text.split())

    assert "Sheet “Figures”, Ward, cells B14 and B19: Use the ward’s 9-character code" in flat
    assert "Is it right? Tell us why." in flat


def test_the_receipt_has_what_the_page_has() -> None:
    """Reference, fingerprint, period and what happens next; once it is checked, the rows and that nothing is wrong."""
    before = " ".join(written("being checked", a_send("receipt", about="R-2025-0001"), DAYS[1]).text.split())
    after = " ".join(written("accepted", a_send("receipt", about="R-2025-0001"), DAYS[1]).text.split())

    for said in ("Reference: R-2025-0001", "ab" * 32, "Period covered: April to June 2025", "What happens next"):
        assert said in before
    assert "We check the return" in before
    assert "Rows read: 1" in after
    assert "We have checked it, and nothing needs putting right." in after


def test_two_senders_are_each_told_of_the_other() -> None:
    """Whoever sent first reads of the second return, and the second sender's receipt tells of the first."""
    first = written("two people", a_send("another-return", about="R-2025-0002"), DAYS[1])
    second = written("two people", a_send("receipt", about="R-2025-0002"), DAYS[1])
    alone = written("two people", a_send("receipt", about="R-2025-0001"), DAYS[1])

    assert "(reference R-2025-0002, received on Tuesday 15 July 2025)" in " ".join(first.text.split())
    assert "a return for this request came from somebody else (reference R-2025-0001)" in " ".join(second.text.split())
    assert "somebody else" not in alone.text


def test_a_partner_under_review_is_told_what_is_not_asked() -> None:
    """An indicator without an agreement in force is named as not asked for, with the reason."""
    review = Agreement(
        code="main",
        title="The agreement",
        parties=("fire", "police"),
        purposes=("crime-and-disorder",),
        lawful_basis="s.115",
        state="under review",
        starts=date(2023, 4, 1),
        ends=date(2027, 3, 31),
    )
    office = an_office(NO_OUTBOX, agreements=(review,))
    office.register.kept[1] = replace(office.register.kept[1], asked=(), withheld=("deliberate-fires",))
    email = compose(office.settings, office.framework, office.facts(), STORES, a_send(), DAYS[0], DAYS[0], LINK)

    assert "under review" in email.text
    assert "We are not asking for these this time" in email.text


def test_a_thank_you_says_which_boards_read_the_figures_and_where() -> None:
    """The published pack of each board is one click away."""
    email = written("published", a_send("thank-you", about=RELEASE.key), DAYS[1], "")

    assert "The Board: http://portal.example/packs/somewhere.2025-26-q1/v1/board.html" in " ".join(email.text.split())
    assert "/packs/somewhere.2025-26-q1/v1/board.html" in email.html


def test_a_pack_says_for_which_meeting_it_is_and_what_is_missing() -> None:
    """The board's lead reads what will not be in it, and what shows a sign of change, of this board alone."""
    action = replace(a_send("pack-ready", LEAD, about=RELEASE.key), request="", partner="")
    email = written("published", action, DAYS[1], "")

    assert "Thursday 14 August 2025" in email.text
    assert "- Robberies" in email.text
    assert "- Knife crime" in email.text
    assert "about 3 such signs would be expected by chance" in " ".join(email.text.split())
    assert "Fires" not in email.text
    assert "http://portal.example/packs/somewhere.2025-26-q1/v1/board.html" in email.text


def had(version: ReleaseMade) -> MessageReserved:
    """The board's lead was told of a version."""
    return MessageReserved(
        at=version.at,
        by="quarterday",
        partnership="somewhere",
        collection=version.collection,
        request="",
        message=f"{version.key}/pack/board",
        occasion="pack-ready",
        email="pack-ready",
        recipient="board/lead",
        subject="",
        outbox_id="1",
        tells_of=version.key,
    )


@pytest.fixture
def revised_scene(monkeypatch) -> None:
    """The board was told of version 1, and version 2 is made."""
    monkeypatch.setitem(SCENES, "had version 1", (*SCENES["revised"], had(RELEASE)))


def test_a_revision_is_told_from_what_to_what(revised_scene) -> None:
    """The board had version 1 and reads what version 2 says otherwise, and that there is more of it."""
    action = replace(a_send("pack-ready", LEAD, about=REVISED.key), request="", partner="")
    flat = " ".join(written("had version 1", action, DAYS[2], "").text.split())

    assert "What it says otherwise than version 1, which you had:" in flat
    assert "- Knife crime, Deptford (April to June 2025): 31 before, 33 now" in flat
    assert "- and 2 more: the part “Revisions” of the pack" in flat


def test_a_revision_names_no_meeting_that_has_passed_and_no_papers_that_have_left() -> None:
    """The board meets on 14 August and its papers leave on the 6th: on the 7th those are gone, in September both."""
    action = replace(a_send("pack-ready", LEAD, about=REVISED.key), request="", partner="")
    between = " ".join(written("revised", action, datetime(2025, 8, 7, 8, tzinfo=UTC), "").text.split())
    after = written("revised", action, DAYS[2], "").text

    assert "It is for the meeting of Thursday 14 August 2025." in between
    assert "papers leave" not in between
    assert "meeting" not in after


def test_an_agreement_near_its_end_is_named_with_its_end() -> None:
    """The officer reads which agreement, when it ends, and what stops with it."""
    action = replace(a_send("agreement-ending", OFFICER, about="main"), request="", partner="", collection="")
    email = written("nothing yet", action, datetime(2027, 1, 4, 8, tzinfo=UTC), "")
    flat = " ".join(email.text.split())

    assert "“The agreement” ends on Wednesday 31 March 2027, in 86 days" in flat
    assert "Fire Service" in flat
    assert "Deliberate fires" in flat


def test_what_runs_out_is_told_with_what_to_add() -> None:
    """The officer reads what ends, when, and in which file the next goes."""
    why = "No meeting considers a period after 30 June 2025: nothing is collected after it."
    action = replace(
        a_send("calendar-ending", OFFICER, about="meetings"), request="", partner="", collection="", why=why
    )
    email = written("nothing yet", action, datetime(2025, 3, 3, 8, tzinfo=UTC), "")

    assert email.subject.startswith("The meetings in the calendar run out on 30 June 2025")
    assert why in " ".join(email.text.split())


def test_a_failed_run_says_so_and_what_is_safe() -> None:
    """The officer reads what failed, in a sentence, and that nothing is lost."""
    action = replace(
        a_send("officer-failure", OFFICER, about="a-run"),
        request="",
        partner="",
        collection="",
        why="The run “Chase returns” failed.",
    )
    email = written("nothing yet", action, DAYS[0], "")

    assert "The run “Chase returns” failed." in email.text
    assert "No return, email or deadline is lost" in email.text


@pytest.mark.parametrize(
    ("outcome", "others", "said"),
    [
        (Outcome.BOUNCED, {"deputy": person("Dee Fire")}, "From now on we write to Dee Fire instead."),
        (Outcome.BOUNCED, {}, "From now on we write to Max Fire instead."),
        (Outcome.BOUNCED, {"manager": None}, "There is nobody else at Fire Service whom we could write to"),
        (Outcome.BLOCKED, {}, "was turned away for now"),
        (Outcome.FAILED, {}, "was refused before it could go"),
    ],
)
def test_an_email_that_did_not_arrive_is_told_with_what_is_being_done(
    outcome: Outcome, others: dict[str, Contact | None], said: str
) -> None:
    """Who did not get what, of which day, who is written to instead, and what the officer can do."""
    partners = (framework().partner["fire"].model_copy(update=others), framework().partner["police"])
    office = an_office(NO_OUTBOX, partners=partners, transport=Carrier())
    perform_send(office, a_send())
    sent = of_kind(office.register.kept, MessageSettled)[0]
    office.register.append(replace(sent, outcome=outcome, step=Step.REPORTED, event="e1"))
    action = a_send("officer-undelivered", OFFICER, about=a_send().key)
    email = compose(office.settings, office.framework, office.facts(), STORES, action, DAYS[0], DAYS[0])
    flat = " ".join(email.text.split())

    assert "An email to Fay Fire (Fire Service) did not arrive" == email.heading
    assert "What it says: Please send your figures for 2025-26 Q1" in flat
    assert "Tuesday 8 July 2025" in flat
    assert said in flat
    assert "change-contact" in flat
    assert "@partner.example" not in email.text + email.html


def test_a_partner_of_ours_named_by_a_script_stays_words() -> None:
    """Whatever a name or a reason holds, the HTML shows it and does not obey it."""
    hostile = Partner(code="fire", name="<script>alert(1)</script>", lead_time=5, contact=person("Fay Fire"))
    office = an_office(NO_OUTBOX, partners=(hostile, framework().partner["police"]))
    email = compose(
        office.settings, office.framework, office.facts(), STORES, a_send("escalation-board"), DAYS[0], DAYS[0]
    )

    assert [] == html_parser.fromstring(email.html).xpath("//script")
    assert "<script>alert(1)</script>" in email.heading


def test_a_colleague_with_a_part_is_led_to_their_own_pages_alone(tmp_path: Path) -> None:
    """Who was given some of the figures reads of those, and of no page that is the contact's."""
    known = framework(indicators=(indicator("deliberate-fires", "fire"), indicator("dwelling-fires", "fire")))
    given = replied(
        ReplyKind.COLLEAGUE, colleague_name="Cy", colleague_email="cy@partner.example", indicators=("deliberate-fires",)
    )
    office = an_office(tmp_path, given, indicators=known.indicators)
    to = Recipient(f"fire/colleague-{given.reply}", "Cy", "cy@partner.example")
    text = compose(
        *(office.settings, office.framework, office.facts(), None, a_send("colleague", to, about=given.reply)),
        *(LATER, LATER, "http://portal.example/r/AbCdEfGhIjKlMnOpQrStUvWxYz012345"),
    ).text

    assert ("- Deliberate fires" in text, "Dwelling" in text) == (True, False)
    assert ("/nil" in text, "/time" in text) == (False, False)
