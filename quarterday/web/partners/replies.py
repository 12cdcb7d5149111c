"""Everything else a partner may honestly say. Each answer is typed, then confirmed; only that is a fact.

That there is nothing to report is confirmed by the box that is ticked for it, so no page asks for it again.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.arrivals import clean, reference
from quarterday.domain.facts import ReplyKind, ReplyReceived, ReturnKind, ReturnReceived
from quarterday.web.door.sent_once import is_once, new_once
from quarterday.web.door.visits import Visit
from quarterday.web.partners.colleagues import colleague_domains, is_address_at
from quarterday.web.partners.decided_so_far import say_decided
from quarterday.web.partners.more_time import asked_undecided, days_offered, pages_mark, reply_of
from quarterday.web.partners.reminding import when_we_remind
from quarterday.web.partners.sending import receive, refuse_officer
from quarterday.web.serving.forms import SEE_OTHER, Form, example_day
from quarterday.web.serving.recording import record
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

Said = dict[str, Any]
REASON = 1000  # characters


@dataclass(frozen=True)
class Answer:
    """One thing that may be said: how its form is read, and how what was said is told back for confirmation."""

    page: str  # the last part of its address
    words: str  # where its sentences stand
    kind: ReplyKind | None  # None for a nil return, which is a return and no reply
    read: Callable[[Words, Visit, Form], Said]
    told: Callable[[Words, Visit, Said], list[tuple[str, str]]] | None  # None where its own box confirms it


def _read_nil(words: Words, visit: Visit, form: Form) -> Said:
    if not form.chosen("confirm"):
        form.errors["confirm"] = words.say("nil.confirm_needed")
    refuse_officer(visit, form, "confirm")
    return {"reason": form.text("reason", REASON, lines=True, label=words.say("nil.note"))}


def _read_time(words: Words, visit: Visit, form: Form) -> Said:
    until = form.future_day("until", words.say("time.until_field"))
    return {"until": until, "reason": form.text("reason", REASON, lines=True, label=words.say("time.why"))}


def _tell_time(words: Words, visit: Visit, said: Said) -> list[tuple[str, str]]:
    day = words.day(said["until"])
    if said["until"] > visit.request.closes:
        day = f"{day}. {words.say('time.after_close', closes=words.day(visit.request.closes))}"
    return [(words.say("time.until"), day), (words.say("time.why"), said["reason"])]


def _read_reference(words: Words, visit: Visit, form: Form) -> Said:
    return {
        "reference": form.text(
            "reference",
            80,
            needed=words.say("errors.reference_needed"),
            label=words.say("reference.reference"),
        ),
        "until": form.future_day("until", words.say("reference.until_field"), needed=False),
        "reason": form.text("reason", REASON, lines=True, label=words.say("reference.why")),
    }


def _tell_reference(words: Words, visit: Visit, said: Said) -> list[tuple[str, str]]:
    until = words.day(said["until"]) if said["until"] else ""
    return [
        (words.say("reference.reference"), said["reference"]),
        (words.say("reference.until"), until),
        (words.say("reference.why"), said["reason"]),
    ]


def _read_not_available(words: Words, visit: Visit, form: Form) -> Said:
    chosen = form.choices("indicators", visit.request.asked)
    if not chosen:
        form.errors["indicators"] = words.say("not_available.which_needed")
    needed = words.say("not_available.why_needed")
    label = words.say("not_available.why")
    return {"indicators": chosen, "reason": form.text("reason", REASON, lines=True, needed=needed, label=label)}


def _tell_not_available(words: Words, visit: Visit, said: Said) -> list[tuple[str, str]]:
    titles = [each.title for each in visit.asked if each.code in said["indicators"]]
    return [(words.say("not_available.which"), "; ".join(titles)), (words.say("not_available.why"), said["reason"])]


def _read_colleague(words: Words, visit: Visit, form: Form) -> Said:
    label = words.say("colleague.name")
    name = form.text("colleague_name", 100, needed=words.say("colleague.name_needed"), label=label)
    domains = colleague_domains(visit.framework, visit.facts, visit.partner.code)
    email = form.text("colleague_email", 254, label=words.say("colleague.email"))
    if not domains:
        form.errors["colleague_email"] = words.say("colleague.no_domain")
    elif "@" not in email:
        form.errors["colleague_email"] = words.say("colleague.email_needed", domain=domains[0])
    elif not is_address_at(email, domains):
        form.errors["colleague_email"] = words.say("colleague.email_domain", domains=say_domains(visit))
    reason = form.text("reason", REASON, lines=True, label=words.say("colleague.why"))
    given = form.choices("indicators", visit.request.asked)
    part = given if len(given) < len(visit.request.asked) else ()
    return {"colleague_name": name, "colleague_email": email, "reason": reason, "indicators": part}


def _tell_colleague(words: Words, visit: Visit, said: Said) -> list[tuple[str, str]]:
    return [
        (words.say("colleague.name"), said["colleague_name"]),
        (words.say("colleague.email"), said["colleague_email"]),
        (words.say("colleague.which"), _say_part(words, visit, said["indicators"])),
        (words.say("colleague.why"), said["reason"]),
    ]


def _say_part(words: Words, visit: Visit, part: tuple[str, ...]) -> str:
    titles = "; ".join(each.title for each in visit.asked if each.code in part)
    return titles or words.say("colleague.all")


def say_domains(visit: Visit) -> str:
    """The ends that a colleague's address may have: `@police.example`."""
    return ", ".join(f"@{each}" for each in colleague_domains(visit.framework, visit.facts, visit.partner.code))


ANSWERS: tuple[Answer, ...] = (
    Answer("nil", "nil", None, _read_nil, None),
    Answer("time", "time", ReplyKind.NEEDS_TIME, _read_time, _tell_time),
    Answer("reference", "reference", ReplyKind.OWN_REFERENCE, _read_reference, _tell_reference),
    Answer("not-available", "not_available", ReplyKind.NOT_AVAILABLE, _read_not_available, _tell_not_available),
    Answer("colleague", "colleague", ReplyKind.COLLEAGUE, _read_colleague, _tell_colleague),
)


def answer_page(answer: Answer, site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """The form of one answer."""
    return site.page(
        request,
        visit,
        f"answer_{answer.words}",
        form=form,
        answer=answer,
        once=new_once(),
        ticked=form.choices("indicators", visit.request.asked) if form else (),
        example=example_day(visit.today),
        domains=say_domains(visit) if answer.kind is ReplyKind.COLLEAGUE else "",
        officer=visit.framework.partnership.officers[0].name,
        days=days_offered(site.words, visit) if answer.kind is ReplyKind.NEEDS_TIME else [],
        pages_mark=pages_mark(visit),
    )


def say(answer: Answer, site: Site, request: Request, visit: Visit, form: Form) -> Response:
    """Show what was said for confirmation; once it is confirmed, record it."""
    said = answer.read(site.words, visit, form)
    once = form.said("once")
    if form.errors or form.chosen("change"):
        return answer_page(answer, site, request, visit, form)
    if answer.told and not (form.chosen("confirmed") and is_once(once)):
        told = [(key, value) for key, value in answer.told(site.words, visit, said) if value]
        fields = [*_fields(form), ("once", new_once()), ("confirmed", "yes")]
        return site.page(request, visit, "confirm", answer=answer, told=told, fields=fields)
    if answer.kind is None:
        return receive(site, visit, _nil_return(visit, once if is_once(once) else new_once(), said["reason"]))
    reply = reply_of(visit, answer.kind, once, **said)
    record(site.installation.register, reply)
    return RedirectResponse(visit.url(f"replies/{reply.reply}"), SEE_OTHER)


def _fields(form: Form) -> list[tuple[str, str]]:
    """What was typed, to be carried by the page that asks for confirmation."""
    typed = form.data.multi_items()
    ours = ("csrf", "once", "confirmed", "change")
    return [
        (name, clean(value, 4000, lines=True)) for name, value in typed if isinstance(value, str) and name not in ours
    ]


def _nil_return(visit: Visit, once: str, reason: str) -> ReturnReceived:
    return ReturnReceived(
        at=visit.now,
        by=visit.by,
        reason="\n".join(each for each in (visit.reason, reason) if each),
        partnership=visit.request.partnership,
        request=visit.request.request,
        partner_return=reference("R", visit.request.request, once),
        kind=ReturnKind.NIL,
    )


def reply_page(site: Site, request: Request, visit: Visit) -> Response:
    """Thanks for a reply, and what it changes."""
    reply = next((each for each in visit.replies if each.reply == request.path_params["reply"]), None)
    if reply is None:
        return site.problem("gone", 404)
    answer = next(each for each in ANSWERS if each.kind is reply.kind)
    until = site.words.day(reply.until) if reply.until else ""
    part = _say_part(site.words, visit, reply.indicators) if reply.indicators else ""
    name = "colleague.done_part" if answer.kind is ReplyKind.COLLEAGUE and part else f"{answer.words}.done"
    done = site.words.say(name, day=until, reference=reply.reference, titles=part)
    if reply.kind is ReplyKind.NEEDS_TIME:
        done = f"{done} {_what_is_decided(site.words, visit, reply)}"
    if reply.kind in (ReplyKind.NEEDS_TIME, ReplyKind.OWN_REFERENCE):
        done = f"{done} {when_we_remind(site.words, visit, visit.standing.awaiting)}"
    if reply.kind is ReplyKind.NOT_AVAILABLE:
        done = f"{done} {_what_is_left(site.words, visit)}"
    return site.page(request, visit, "replied", answer=answer, reply=reply, done=done)


def _what_is_decided(words: Words, visit: Visit, reply: ReplyReceived) -> str:
    """That an officer has still to decide, or what was decided; nothing where it no longer matters."""
    officer = visit.framework.partnership.officers[0].name
    if (pending := asked_undecided(visit)) and pending.reply == reply.reply:
        return words.say("time.undecided", officer=officer)
    decided = next((each for each in reversed(visit.extensions) if each.reply == reply.reply), None)
    return say_decided(words, decided) if decided else ""


def _what_is_left(words: Words, visit: Visit) -> str:
    """By when the other figures are asked for: a word on one gives more time for the rest, and no email tells that."""
    awaiting = visit.standing.awaiting
    return words.say("not_available.rest", day=words.day(awaiting.due)) if awaiting else words.say("not_available.all")
