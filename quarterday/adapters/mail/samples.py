"""For each email a made-up example of everything that it may name, to try its words before anybody gets them.

Nothing is empty or absent in it. The names are those of the contexts of this folder: a test holds the two together.
"""

from typing import Any

from quarterday.domain.rulings.officer_links import OfficerPage

OF_MEETINGS = "after-meeting"  # what the name of every email after a meeting begins with
OF_REVIEWS = "risk-review"  # what the name of every email about reviews of risks begins with
OF_ACTIONS = "action"  # what the name of every email about an action begins with
DAY = "Tuesday 22 July 2025"
COMMON: dict[str, Any] = {
    "partnership": "Safer Somewhere",
    "synthetic": True,
    "to_pass_on": "Fire Service",
    "to_name": "Fay Officer",
    "officer_name": "Jo Officer",
    "officer_job": "Partnership officer",
    "officer_email": "jo@example.org",
    "why": "Because the figures were due.",
    "about": "R-1",
    "officers_page": "https://returns.example.org/officers",
    "runs_page": "https://runs.example.org/runs",
}
_OWED = [{"title": "Deliberate fires", "label": "2024-25 Q4", "day": DAY}]
_RETURNED = {
    "receipt": "R-1",
    "kind": "part",
    "received_on": DAY,
    "before": "R-0",
    "sha256": "ab" * 32,
    "rest_by_day": DAY,
    "period": "April to June 2025",
    "verdict": "queried",
    "not_used": True,
    "words": "Is the total right?",
    "rows": 12,
    "brought": {"answered": 1, "asked": 18, "whole": True, "lacking": ["Injuries"]},
    "told": ["Home fire safety visits"],
    "reviewed": ["Figures come late"],
    "only_tells": True,
    "missing": ["Deliberate fires"],
    "blocking": ["Figures, B14: Use the ward’s code."],
    "more_blocking": 2,
    "unusual": ["Figures, H14: Outside what is usual."],
    "noticed": ["Figures, H14: Outside what is usual."],
    "explained": True,
    "more_unusual": 2,
}
REQUEST: dict[str, Any] = {
    "partner": "Fire Service",
    "contact_name": "Fay Officer",
    "request_process": "Send it to the data desk first.",
    "reference": "somewhere.2025-26-q1.fire",
    "period": "April to June 2025",
    "label": "2025-26 Q1",
    "asked": [{"title": "Deliberate fires", "periods": "each month of April to June 2025"}],
    "of_a_part": True,
    "activities": ["Home fire safety visits"],
    "risks": [{"title": "Data come late", "day": DAY}],
    "asked_for": "figures and updates on activities",
    "all_asked_for": "figures and updates on activities",
    "became": [
        {
            "what": "Timely sharing of data.",
            "board": "Operational Board",
            "answer": "passed on to Partnership Board",
            "day": "21 August 2025",
            "words": "It needs all partners.",
        }
    ],
    "actions": [
        {
            "what": "Write it down.",
            "board": "Operational Board",
            "owner": "Fire Service",
            "due_day": "30 September 2025",
        }
    ],
    "withheld": [{"title": "Injuries", "why": "No agreement is in force."}],
    "agreements": ["Fire data agreement"],
    "boards": ["Safer Somewhere Board"],
    "priorities": ["Safer homes"],
    "statutory": ["Crime and Disorder Act 1998"],
    "due_day": DAY,
    "first_due_day": DAY,
    "last_told_day": DAY,
    "told_day": DAY,
    "by_a_meeting": True,
    "due_is_earlier": True,
    "closes_day": DAY,
    "link_ends_day": DAY,
    "asked_on": DAY,
    "days_late": 3,
    "closed": True,
    "due_after_close": True,
    "called_off": True,
    "awaited": True,
    "state": "overdue",
    "emails_so_far": [{"day": "8 July 2025", "occasion": "request", "to": "fire/contact"}],
    "returned": _RETURNED,
    "reply": {
        "kind": "needs time",
        "words": "Two of us are away.",
        "until_day": DAY,
        "reference": "FOI-2291",
        "colleague_name": "Cy Colleague",
        "indicators": ["Deliberate fires"],
        "said_on": DAY,
        "decided": True,
    },
    "decision": {
        "granted": True,
        "asked": True,
        "until_day": DAY,
        "after_close": True,
        "words": "Of course.",
        "before": "extension-refused",
        "before_day": DAY,
    },
    "letter": ["Thank you for the call."],
    "heard_day": DAY,
    "unavailable": ["Injuries"],
    "named_day": DAY,
    "writes_again_day": DAY,
    "open_rest": True,
    "owed": _OWED,
    "owed_before": _OWED,
    "link": "https://returns.example.org/r/abc",
}
RELEASE: dict[str, Any] = {
    "label": "2025-26 Q1",
    "version": 3,
    "revised": True,
    "gaps": ["Injuries"],
    "signs": ["Deliberate fires"],
    "by_chance": "About 1 such sign would be expected by chance.",
    "since": 2,
    "changes": ["Deliberate fires (April to June 2025): 31 before, 33 now"],
    "more_changes": 2,
    "packs": [{"board": "Safer Somewhere Board", "url": "https://returns.example.org/packs/x"}],
    "board": "Safer Somewhere Board",
    "pack": "https://returns.example.org/packs/x",
    "from_officers": True,
    "meeting_day": DAY,
    "papers_day": DAY,
    "returns_came": True,
    "boards_said": True,
    "figures_held": True,
    "decided_otherwise": True,
    "withdrawn_before": 2,
    "for_readers": "Two wards were mixed up.",
    "stands_instead": 1,
}
AGREEMENT: dict[str, Any] = {
    "agreement": "Fire data agreement",
    "agreement_code": "fire-data",
    "agreement_state": "in force",
    "ends_day": DAY,
    "days_left": 20,
    "has_ended": True,
    "parties": ["Fire Service"],
    "covered": ["Deliberate fires"],
    "review_day": DAY,
    "awaited": ["2025-26 Q1 of Fire Service"],
    "otherwise": "Otherwise they are a gap.",
    "came": ["2025-26 Q1 of Fire Service"],
    "unless_held": "They are published, unless you hold them back.",
}
CALENDAR: dict[str, Any] = {"what_ends": "meetings of the board", "last_day": "22 July 2025"}
UNDELIVERED: dict[str, Any] = {
    "sent_to": "Fay Officer",
    "role": "contact",
    "organisation": "Fire Service",
    "their_subject": "Figures for 2025-26 Q1",
    "sent_day": DAY,
    "came_back": True,
    "turned_away": True,
    "instead": "Di Deputy",
}
COPIED: dict[str, Any] = {
    "copied": True,
    "instead_of": "manager of Fire Service",
    "their_subject": "Figures for 2025-26 Q1: can you help?",
    "their_words": "Hello Manager of Fire Service,",
}
OFFICERS: dict[str, Any] = {
    "partner": "Fire Service",
    "role": "contact",
    "label": "2025-26 Q1",
    "link_ends_day": DAY,
    "link": "https://returns.example.org/o/abc",
}
MEETING: dict[str, Any] = {
    "board": "Operational Board",
    "is_lead": True,
    "meeting_day": DAY,
    "above": "Partnership Board",
    "asks": [{"what": "Timely sharing of data.", "by": "Domestic Abuse Subgroup"}],
    "actions": REQUEST["actions"],
    "link_ends_day": DAY,
    "link": "https://returns.example.org/r/abc/meeting",
}
ACTION: dict[str, Any] = {
    "action": "Write it down.",
    "board": "Operational Board",
    "meeting_day": DAY,
    "owner": "Fire Service",
    "is_owner": True,
    "due_day": DAY,
    "overdue": True,
    "said": "Half of it is done.",
    "link_ends_day": DAY,
    "link": "https://returns.example.org/r/abc/action",
}
FUNDING: dict[str, Any] = {
    "money_title": "Safer Streets, the next round",
    "money_source": "Home Office",
    "money_what": "is to be sent by 29 January 2027",
    "money_owner": "Fire Service",
    "money_passed": True,
    "money_of_bid": True,
    "to_officer": True,
}
YEARLY: dict[str, Any] = {
    "review_title": "Yearly review of the Serious Violence Duty strategy",
    "review_to": "Home Office",
    "review_year": "2025-26",
    "review_version": 2,
    "review_quarters": "three of four quarters",
    "review_lacks": ["2025-26 Q4 is not in it: nothing has been published of it."],
    "owed_day": DAY,
    "to_officer": True,
}
RISK: dict[str, Any] = {
    "risks": [
        {
            "title": "Data come late",
            "likelihood": "possible",
            "impact": "moderate",
            "mitigation": "Each lead time stands in the timetable.",
        }
    ],
    "risk_owner": "Fire Service",
    "is_owner": True,
    "review_day": DAY,
    "link_ends_day": DAY,
    "link": "https://returns.example.org/r/abc/reviews",
}
PRE_RELEASE: dict[str, Any] = {
    "label": "2025-26 Q1",
    "version": 2,
    "to_post": "Cabinet Member for Safer Communities, Somewhere Council",
    "hours": 24,
    "link_ends_day": f"{DAY}, 09:30",
    "link": "https://returns.example.org/r/abc/pre-release",
}
CODE: dict[str, Any] = {"code": "123 456"}
_OF_ITS_OWN: dict[str, tuple[dict[str, Any], ...]] = {
    "pack-ready": (RELEASE,),
    "pack-withdrawn": (RELEASE,),
    "thank-you": (REQUEST, RELEASE),
    "agreement-ending": (AGREEMENT,),
    "calendar-ending": (CALENDAR,),
    "funding-notice": (FUNDING,),
    "review-ready": (YEARLY,),
    "pre-release": (PRE_RELEASE,),
    "officer-failure": (),
    "officer-undelivered": (REQUEST, UNDELIVERED),
    "officer-copy": (REQUEST, COPIED),
    "officer-sign-in": (CODE, {"link": OFFICERS["link"]}),
    "code": (REQUEST, CODE),
    **{each.value: (REQUEST, OFFICERS) for each in OfficerPage},
}


_FAMILIES: tuple[tuple[str, tuple[dict[str, Any], ...]], ...] = (
    (OF_MEETINGS, (MEETING,)),
    (OF_ACTIONS, (ACTION,)),
    (OF_REVIEWS, (RISK,)),
)


def sample_of(email: str) -> dict[str, Any]:
    """Everything that an email may name; one that is not named here by the beginning of its name."""
    families = _OF_ITS_OWN.get(email, next((of for begins, of in _FAMILIES if email.startswith(begins)), (REQUEST,)))
    return {name: value for part in (COMMON, *families) for name, value in part.items()}
