"""The check page: what was read of a kept file, what to put right, explain or confirm; and the button that sends it."""

from collections.abc import Sequence
from dataclasses import replace

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.adapters.arrivals import reference
from quarterday.adapters.disk import say_size
from quarterday.domain.facts import DeletedFor, ReturnKind, UploadKept
from quarterday.domain.figures.brought import Brought, brought, still_wanted
from quarterday.web.door.visits import Visit
from quarterday.web.partners.activities_read import answers_read
from quarterday.web.partners.figures_read import FiguresRead, figures_read
from quarterday.web.partners.kept_files import deleted_for, is_gone
from quarterday.web.partners.marked_files import can_be_marked
from quarterday.web.partners.previews import Declared, Preview, may_be_told_what_is_unusual
from quarterday.web.partners.risks_read import reviews_read
from quarterday.web.partners.typed import spoken_for_boxes, was_typed
from quarterday.web.serving.forms import SEE_OTHER, Form
from quarterday.web.serving.site import Site
from quarterday.web.words import Words

SUMMARY_AT_MOST = 10  # things to put right that the summary on top links to, one each
_DECLARED = ("part", "rest_by", "start", "end")
_GONE = {DeletedFor.VIRUS: "infected", DeletedFor.PERSONAL_DATA: "told_of_people"}  # the page that tells it


def reference_of(visit: Visit, kept: UploadKept) -> str:
    """The reference that a kept file has, or would have, as a return."""
    return reference("R", visit.request.request, kept.upload)


def declared_on(visit: Visit, form: Form) -> Declared:
    """What a form says of its file."""
    return Declared.read({name: form.said(name) for name in _DECLARED}, visit.today)


def check_page(site: Site, request: Request, visit: Visit, form: Form | None = None) -> Response:
    """What was read of a kept file: what to put right, explain, confirm; and the button that sends it."""
    kept = visit.upload(request.path_params["upload"])
    if kept is None:
        return site.problem("gone", 404)
    sent = visit.partner_return(reference_of(visit, kept))
    if sent is not None:
        return RedirectResponse(visit.url(f"returns/{sent.partner_return}"), SEE_OTHER)
    declared = declared_on(visit, form) if form else Declared.read(dict(request.query_params), visit.today)
    typed_here = was_typed(site.words, kept)
    found = site.previews.known(kept, declared) if is_gone(visit, kept) else site.previews.make(visit, kept, declared)
    if found is None:
        return site.problem(_GONE.get(deleted_for(visit, kept), "deleted"), 410)
    preview = found.seen(visit)
    if typed_here:
        preview = replace(preview, findings=spoken_for_boxes(site.words, visit, preview.findings))
    came = brought_by(visit, preview)
    rest = _rest(visit, preview, came)
    lead = _lead(preview, rest)
    others = [each for each in visit.returns if each.at >= kept.at]
    return site.page(
        request,
        visit,
        "check",
        form=form,
        preview=preview,
        upload=kept.upload,
        declared=declared,
        heading=_heading(lead, preview),
        lead=f"typed_lead.{lead}" if typed_here else f"check.lead_{lead}",
        facts=_check_facts(site.words, visit, kept, declared, preview, came),
        read=read_of(site, visit, preview),
        summary_at_most=SUMMARY_AT_MOST,
        rest=rest,
        comment=preview.comment,
        told=answers_read(site.words, visit, preview.activities),
        reviewed=reviews_read(site.words, visit, preview.reviews),
        other=others[-1] if others else None,
        hears_unusual=may_be_told_what_is_unusual(visit),
        typed_here=typed_here,
        can_be_marked=can_be_marked(visit, kept, preview),
    )


def read_of(site: Site, visit: Visit, preview: Preview) -> FiguresRead | None:
    """The figures of a file as they were read; None where nothing of it could be."""
    if not preview.rows:
        return None
    known = (site.installation, visit.framework, visit.facts, visit.period, visit.partner.code)
    earlier = earlier_figures(*known, caveats=False) if visit.shown else []
    wanted = still_wanted(visit.request, visit.standing.missing, preview.answers)
    return figures_read(site.words, visit, wanted, preview, earlier)


def _heading(lead: str, preview: Preview) -> str:
    if lead in ("problem", "unchecked"):
        return f"heading_{lead}"
    return "heading_told" if preview.only_tells else "heading"


def _lead(preview: Preview, rest: Sequence[str]) -> str:
    if not preview.checked:
        return "unchecked"
    if preview.critical:
        return "problem"
    if preview.warnings:
        return "warnings"
    if not rest:
        return "good"
    return "told" if preview.only_tells else "rest"


def _rest(visit: Visit, preview: Preview, came: Brought) -> tuple[str, ...]:
    """The figures that are still to come after a file, by title."""
    if not preview.rows and not preview.only_tells:
        return ()
    return tuple(visit.title(code) for code in came.lacking)


def brought_by(visit: Visit, preview: Preview) -> Brought:
    """How many of the figures asked for a file brings, and what is still to come after it."""
    return brought(visit.framework, visit.request, visit.period, preview.answers, visit.standing.still_open)


def _check_facts(
    words: Words, visit: Visit, kept: UploadKept, declared: Declared, preview: Preview, came: Brought
) -> list[tuple[str, str]]:
    say = words.say
    facts = []
    if not was_typed(words, kept):
        facts.append((say("check.file"), say("check.file_line", name=kept.said_name, size=say_size(kept.size))))
    if preview.layout and not was_typed(words, kept):
        facts.append((say("check.layout"), say_layout(words, preview.layout)))
    if preview.only_tells:
        return [*facts, (say("check.kind"), say_told(words, preview))]
    facts.append((say("check.covers"), say_covers(words, visit, declared, preview)))
    if not preview.rows:
        return facts
    kind = ReturnKind.PART if declared.part else ReturnKind.FIGURES
    return [*facts, (say("check.kind"), f"{say_kind(words, kind, declared)}{say_how_many(words, visit, came)}")]


def say_how_many(words: Words, visit: Visit, came: Brought) -> str:
    """That all is there, or how many figures of how many a file brings, and what is still to come after them."""
    if came.whole:
        return words.say("check.all")
    lacking = "; ".join(visit.title(code) for code in came.lacking) or words.say("check.nothing_more")
    return words.count("check.some", came.asked, answered=f"{came.answered:,}", lacking=lacking)


def say_told(words: Words, preview: Preview) -> str:
    """Of how many activities a file tells, and how many risks it looks at again."""
    said = ("activities.kind_told", len(preview.activities)), ("risks.kind_told", len(preview.reviews))
    return "; ".join(words.count(key, number) for key, number in said if number)


def say_layout(words: Words, layout: str) -> str:
    """In which layout a file was read."""
    return words.say("check.layout_template") if layout == "template" else words.say("check.layout_export", name=layout)


def say_covers(words: Words, visit: Visit, declared: Declared, preview: Preview) -> str:
    """The period that the figures cover, always as two dates, and what was asked where it is another."""
    covers = declared.covers or preview.covers or visit.period
    if covers == visit.period:
        return words.say("check.covers_asked", period=words.both_dates(covers))
    return words.say("check.covers_other", period=words.both_dates(covers), asked=words.both_dates(visit.period))


def say_kind(words: Words, kind: ReturnKind, declared: Declared) -> str:
    """What kind of return it is."""
    if kind is ReturnKind.NIL:
        return words.say("receipt.kind_nil")
    if kind is ReturnKind.FIGURES:
        return ""
    return (
        words.say("check.kind_part", day=words.day(declared.rest_by))
        if declared.rest_by
        else words.say("check.kind_part_open")
    )
