"""The receipt: the page that may be shown once a return is safe, and what becomes of it."""

from collections.abc import Iterator

from starlette.requests import Request
from starlette.responses import Response

from quarterday.adapters.disk import say_size
from quarterday.adapters.kept_returns import load_findings
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.collection.covered import nothing_usable
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.waiting import Awaiting
from quarterday.domain.facts import ReturnKind, ReturnReceived, VerdictGiven
from quarterday.domain.figures.findings import Finding, Severity, merged
from quarterday.domain.framework.ladder import Wait
from quarterday.web.door.visits import Visit
from quarterday.web.partners.activities_said import led
from quarterday.web.partners.check_page import brought_by, say_covers, say_how_many, say_kind, say_told
from quarterday.web.partners.previews import UNCHECKED, Declared, Preview
from quarterday.web.partners.reminding import when_we_remind
from quarterday.web.partners.what_was_sent import what_was_sent
from quarterday.web.serving.site import Site
from quarterday.web.words import Words


def receipt_page(site: Site, request: Request, visit: Visit) -> Response:
    """Reference, fingerprint, rows, period, what happens next; and what to put right where the return came back."""
    received = visit.partner_return(request.path_params["reference"])
    if received is None:
        return site.problem("gone", 404)
    declared, given = Declared.of(received), visit.verdict_on(received)
    kept = visit.upload(received.upload) if received.upload else None
    preview = site.previews.make(visit, kept, declared) if kept else UNCHECKED
    sent = what_was_sent(site, request, visit, received, preview)
    others = [
        each for each in visit.returns if each.partner_return != received.partner_return and each.by != received.by
    ]
    return site.page(
        request,
        visit,
        "receipt",
        received=received,
        heading=_heading(visit, received),
        facts=_facts(site.words, visit, received, declared, preview),
        put_right=_put_right(site, given) if visit.came_back(received) else [],
        show_values=visit.shown,
        others=others[-1:],
        which=_which(site.words, visit, received),
        came_back=visit.came_back(received),
        next=_next(site.words, visit, received, preview),
        read=sent.read,
        notes=sent.notes if not visit.came_back(received) else (),
        takes=sent.takes,
        gone=sent.gone,
        hidden_yet=sent.hidden,
    )


def _heading(visit: Visit, received: ReturnReceived) -> str:
    if visit.came_back(received):
        return "receipt.needs_right"
    return "receipt.heading_nil" if received.kind is ReturnKind.NIL else "receipt.heading"


def _facts(
    words: Words, visit: Visit, received: ReturnReceived, declared: Declared, preview: Preview
) -> list[tuple[str, str, str]]:
    say = words.say
    facts = [(say("receipt.sent"), words.moment(received.at), "")]
    kept = visit.upload(received.upload) if received.upload else None
    if kept:
        line = say("check.file_line", name=kept.said_name, size=say_size(kept.size))
        rows = f"{preview.rows:,}" if preview.checked else say("receipt.rows_unknown")
        facts += [(say("receipt.file"), line, "qd-break"), (say("receipt.sha"), received.sha256, "qd-hash")]
        if preview.only_tells:
            return [*facts, (say("receipt.kind"), say_told(words, preview), "")]
        facts.append((say("receipt.rows"), rows, ""))
    return [
        *facts,
        (say("receipt.period"), say_covers(words, visit, declared, preview), ""),
        (say("receipt.kind"), _what_came(words, visit, received, declared, preview), ""),
    ]


def _what_came(words: Words, visit: Visit, received: ReturnReceived, declared: Declared, preview: Preview) -> str:
    """What kind of return it is, how many of the figures asked for it brought, and what is still to come."""
    kind = say_kind(words, received.kind, declared)
    if received.kind is ReturnKind.NIL or not preview.rows:
        return kind or words.say("receipt.kind_figures")
    return f"{kind}{say_how_many(words, visit, brought_by(visit, preview))}"


def _which(words: Words, visit: Visit, received: ReturnReceived) -> str:
    """Which of several returns is used; empty where none of them is."""
    if visit.current is None:
        return ""
    return words.say("receipt.this_current" if visit.current == received else "receipt.other_current")


def _put_right(site: Site, given: VerdictGiven | None) -> list[Finding]:
    """What sent the return back, as the flow found it."""
    if given is None:
        return []
    findings = merged(load_findings(site.installation.stores, given.findings_stored_as))
    return [each for each in findings if each.severity is Severity.CRITICAL]


def _still_to_come(words: Words, visit: Visit, received: ReturnReceived, preview: Preview) -> Iterator[str]:
    """What of the request is still open after a return, and by when; what its sender said of it until it is checked."""
    awaiting = visit.standing.awaiting
    if awaiting and awaiting.wait is Wait.REST:
        titles = "; ".join(to_come(words, visit))
        yield words.say("receipt.next_open", day=words.day(awaiting.due), titles=titles)
    elif received.rest_by and visit.verdict_on(received) is None:
        by = max(received.rest_by, visit.request.due)
        rest = Awaiting(Wait.REST, by, visit.today, received.rest_by)
        yield f"{words.say('receipt.next_rest', day=words.day(by))} {when_we_remind(words, visit, rest)}"
    elif preview.only_tells and visit.verdict_on(received) is None and visit.standing.still_open:
        titles = "; ".join(each.title for each in visit.asked if each.code in visit.standing.still_open)
        yield words.say("receipt.next_figures", titles=titles)


def to_come(words: Words, visit: Visit) -> list[str]:
    """What is still open of a request, by title: its figures, then its activities."""
    figures = [each.title for each in visit.asked if each.code in visit.standing.still_open]
    untold = [each.title for each in led(visit) if each.code in visit.standing.open_activities]
    return [*figures, *(words.say("activities.how_it_goes", title=title) for title in untold)]


def _where_it_goes(words: Words, visit: Visit, received: ReturnReceived, told: str) -> Iterator[str]:
    """What a return is used for. What only tells of activities, which `told` says, needs no agreement."""
    plan = plan_for(visit.framework, visit.facts, visit.request.collection)
    if visit.called_off:
        yield words.say(f"receipt.goes.called_off{told}")
    elif not told and nothing_usable(visit.framework, visit.request, london_day(received.at)):
        yield words.say("receipt.goes.not_used")
    elif visit.closed:
        yield words.say(f"receipt.goes.closed{told}")
    elif plan:
        yield words.say(f"receipt.goes.release{told}", day=words.day(plan.publish_on))


def _next(words: Words, visit: Visit, received: ReturnReceived, preview: Preview) -> list[str]:
    say = words.say
    if visit.came_back(received):
        awaiting = visit.standing.awaiting
        if awaiting is None:
            return [say("receipt.next_again")]
        by = say("receipt.next_correct", day=words.day(awaiting.due))
        return [f"{by} {when_we_remind(words, visit, awaiting)}"]
    said = []
    if visit.verdict_on(received) is None and received.kind is not ReturnKind.NIL:
        said.append(say("receipt.next_as_is" if preview.critical else "receipt.next_checked"))
    said += _where_it_goes(words, visit, received, "_told" if preview.only_tells else "")
    said += _still_to_come(words, visit, received, preview)
    copy = say("receipt.next_email_officer", partner=visit.partner.name) if visit.officer else say("receipt.next_email")
    return [*said, copy, say("receipt.next_again")]
