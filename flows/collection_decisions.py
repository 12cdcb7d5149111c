"""Officers' decisions on what an open quarter promised, as deployments with plain forms: wraps `rulings.adopting`."""

from flows.performing.process import this_installation
from flows.performing.recording import Decided, decision
from quarterday.domain.collection.undo import Matter
from quarterday.domain.rulings import adopting
from quarterday.domain.rulings.request_rulings import Ruling, collection_of


def _matter(decided: str, collection: str) -> Matter:
    return Matter(decided, collection, (collection,))


@decision("adopt-changes")
def adopt_changes(quarter: str, parts: list[str], who: str, why: str, say_to_the_partner: str = "") -> Decided:
    """Take over in an open quarter what config/ says otherwise than it promised. Each that it concerns is told once.

    Args:
        parts: which, as “what-needs-me” names them, such as dates; all for everything
        say_to_the_partner: goes into the email to those who are let off; empty for nothing beside the decision
    """
    installation = this_installation()
    framework, facts = installation.framework, installation.facts()
    ruling = Ruling(who, why, installation.now(), say_to_the_partner)
    collection = collection_of(framework, quarter)
    made = adopting.adopt(framework, facts, collection, ruling, parts)
    return Decided(
        "Changes adopted",
        made,
        _matter("adopt-changes", collection),
        "",
        quarter,
        "Those whom it concerns are told by the next run.",
    )


@decision("leave-changes")
def leave_changes(quarter: str, parts: list[str], who: str, why: str) -> Decided:
    """Leave for the next quarter what config/ says otherwise than this one promised: it is told no more.

    Args:
        parts: which, as “what-needs-me” names them; all for everything
    """
    installation = this_installation()
    framework, facts = installation.framework, installation.facts()
    collection = collection_of(framework, quarter)
    ruling = Ruling(who, why, installation.now())
    made = adopting.leave(framework, facts, collection, ruling, parts)
    return Decided(
        "Changes left for the next quarter",
        made,
        _matter("leave-changes", collection),
        "",
        quarter,
        "This one stays as it was promised.",
    )


@decision("call-off-quarter")
def call_off_quarter(quarter: str, who: str, why: str, say_to_the_partner: str = "") -> Decided:
    """Call an open quarter off: nothing more is asked or published, and whoever has not answered is told.

    Args:
        say_to_the_partner: goes into the email to those who have not answered
    """
    installation = this_installation()
    framework, facts = installation.framework, installation.facts()
    collection = collection_of(framework, quarter)
    ruling = Ruling(who, why, installation.now(), say_to_the_partner)
    made = adopting.call_off(framework, facts, collection, ruling)
    return Decided(
        "Quarter called off",
        made,
        _matter("call-off", collection),
        "",
        quarter,
        "Whoever has not answered is told by the next run.",
    )
