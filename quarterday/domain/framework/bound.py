"""A framework as it was promised: written down without people, and read again with today's people and words.

What is listed here is bound when a collection opens. All else is today's: who speaks for a partner, how an officer is
reached, what a caveat says, how a partner's own export is read, working days, when
boards meet, and whether an agreement is in force.
"""

import json
from collections.abc import Iterable, Mapping
from hashlib import sha256
from typing import Any, TypeVar

from pydantic import BaseModel

from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.indicators import Indicator
from quarterday.domain.framework.partners import Board, Contact, Partner

Document = dict[str, Any]
SECTIONS = ("partners", "agreements", "ladders", "plans", "priorities", "breakdowns", "indicators")
WHERE_THERE_ARE_SOME = ("activities",)  # left out of the document of a partnership that has none
OF_PARTNERSHIP = ("rhythm", "boards", "areas", "school_terms")
TODAYS: Mapping[str, tuple[str, ...]] = {  # people, words and settings, by section
    "partners": ("contact", "deputy", "manager", "notes", "request_process", "export", "attach_template"),
    "boards": ("lead", "co_leads", "about", "asks", "meetings", "open_to"),
    "indicators": ("owner", "rate", "compared_with"),
    "activities": ("person",),
}
WORDS: Mapping[str, tuple[str, ...]] = {  # bound, and yet today's where the framework of today has them still
    "partners": ("name",),
    "indicators": ("readings", "readings_of_a_rise", "readings_of_a_fall", "caveats"),
    "priorities": ("about",),
    "activities": ("about",),
}
_LADDERS_OF_TODAY = ("actions", "meetings")  # what boards set belongs to no collection
AGREED_TODAY = ("state", "starts", "ends", "review_expected", "keep_raw_months")


def document_of(framework: Framework) -> Document:
    """What is bound of a framework, as plain values: nobody's name or address is in it."""
    sections = (*SECTIONS, *(each for each in WHERE_THERE_ARE_SOME if getattr(framework, each)))
    document = framework.model_dump(mode="json", include=set(sections))
    document["ladders"] = without(document["ladders"], _LADDERS_OF_TODAY)
    document |= framework.partnership.model_dump(mode="json", include=set(OF_PARTNERSHIP))
    for section, names in TODAYS.items():
        if section in document:
            document[section] = [without(each, names) for each in document[section]]
    return document


def with_later_fields(document: Document) -> Document:
    """A document of before; fields that indicators have had since stand at their default: an upgrade is no change."""
    told = (Indicator.model_validate(each).model_dump(mode="json") for each in document["indicators"])
    return {**document, "indicators": [without(each, TODAYS["indicators"]) for each in told]}


def content_of(document: Document) -> str:
    """The document as it is kept: the same for the same framework, so that its SHA-256 names it."""
    return json.dumps(document, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def digest(content: str) -> str:
    """The SHA-256 that names a framework's content."""
    return sha256(content.encode()).hexdigest()


def in_force(document: Document, today: Framework) -> Framework:
    """The framework that a document binds, with the people, words and settings of today's."""
    boards = [_with_people(today, each) for each in document["boards"]]
    terms = {name: document[name] for name in OF_PARTNERSHIP} | {"boards": boards}
    bound = {name: document[name] for name in SECTIONS}
    bound["ladders"] = document["ladders"] | {name: getattr(today.ladders, name) for name in _LADDERS_OF_TODAY}
    bound["partners"] = [_with_contacts(today, each) for each in document["partners"]]
    bound["indicators"] = [_with_words(today.indicator, "indicators", each) for each in document["indicators"]]
    activities = document.get("activities", ())
    bound["activities"] = [_with_words(today.activity, "activities", each) for each in activities]
    bound["priorities"] = [_with_words(today.priority, "priorities", each) for each in document["priorities"]]
    bound["agreements"] = list(_agreements(today, document["agreements"]))
    partnership = _values(today.partnership) | terms
    made = Framework.model_validate(_values(today) | bound | {"partnership": partnership})
    vars(made)["today"] = today
    return made


def without(entry: Document, names: Iterable[str]) -> Document:
    """An entry of a document without what some names of it say."""
    return {name: value for name, value in entry.items() if name not in names}


def _values(model: BaseModel) -> dict[str, Any]:
    return {name: getattr(model, name) for name in type(model).model_fields}


def _of_today(known: BaseModel, section: str) -> dict[str, Any]:
    names = (*TODAYS.get(section, ()), *WORDS.get(section, ()))
    return {name: getattr(known, name) for name in names}


def _with_contacts(today: Framework, entry: Document) -> Document:
    """A partner with its people; for one that `config/` has no more, the officer is whom to write to."""
    known: Partner | None = today.partner.get(entry["code"])
    return entry | (_of_today(known, "partners") if known else {"contact": _officer(today)})


def _with_people(today: Framework, entry: Document) -> Document:
    known: Board | None = today.board.get(entry["code"])
    return entry | (_of_today(known, "boards") if known else {"lead": _officer(today)})


def _officer(today: Framework) -> Contact:
    first = today.partnership.officers[0]
    return Contact(name=first.name, email=first.email, job=first.job)


M = TypeVar("M", bound=BaseModel)


def _with_words(known: Mapping[str, M], section: str, entry: Document) -> Document:
    today = known.get(entry["code"])
    return entry | _of_today(today, section) if today else entry


def _agreements(today: Framework, bound: Iterable[Document]) -> Iterable[Agreement]:
    """The agreements by which something was asked, as they stand today, and those made since.

    Who and what an agreement covers cannot be taken back from what was asked under it; whether it is in force can.
    """
    now = {each.code: each for each in today.agreements}
    for entry in bound:
        then = Agreement.model_validate(entry)
        standing = now.pop(then.code, None)
        yield _as_it_stands(then, standing) if standing else then
    yield from now.values()


def _as_it_stands(then: Agreement, today: Agreement) -> Agreement:
    covers_all = not then.indicators or not today.indicators
    wider = {
        "parties": tuple(dict.fromkeys((*then.parties, *today.parties))),
        "purposes": tuple(dict.fromkeys((*then.purposes, *today.purposes))),
        "indicators": () if covers_all else tuple(dict.fromkeys((*then.indicators, *today.indicators))),
    }
    return then.model_copy(update=wider | {name: getattr(today, name) for name in AGREED_TODAY})
