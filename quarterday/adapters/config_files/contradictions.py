"""Values that cannot both hold: each fits by itself, together they make no sense."""

from itertools import pairwise

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.reading import Found
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.partners import Contact

_RESERVED = (".example", ".test", ".invalid", ".localhost", "example.com", "example.org", "example.net")


def check_contradictions(read: Configuration) -> None:
    """Note what contradicts itself: units without their parts, bounds the wrong way round, rungs out of order."""
    levels = {each.level for each in read.partnership.value.areas} if read.partnership else None
    for indicator in read.indicators:
        _unit(indicator)
        _bounds(indicator)
        _definitions(indicator)
        _baseline(indicator)
        if levels is not None and indicator.value.area not in levels:
            indicator.problem(
                f"It is asked by {indicator.value.area}, and no area of that level is listed.",
                "Add the areas to partnership.yaml, or ask for another level.",
                "area",
            )
    for agreement in read.agreements:
        if agreement.value.ends < agreement.value.starts:
            agreement.problem("The agreement ends before it starts.", "Correct one of the two dates.", "ends")
    _rungs(read)
    _addresses(read)


def _unit(found: Found[Indicator]) -> None:
    indicator = found.value
    if indicator.has_parts:
        for name in ("numerator", "denominator"):
            if not getattr(indicator, name):
                found.problem(
                    f"A {indicator.unit} needs its {name}: a rate is made from its two counts, never asked for alone.",
                    f"Add “{name}: …”, which says what is counted.",
                    "unit",
                )
    if indicator.unit is Unit.OUT_OF and indicator.out_of is None:
        found.problem("A count out of a total needs that total.", "Add “out_of: 19”, or whatever the total is.", "unit")
    if not indicator.ask_total and not indicator.breakdowns:
        found.problem(
            "Without its total and without breakdowns nothing is asked for.",
            "Take “ask_total: false” out, or name a breakdown.",
            "ask_total",
        )
    if indicator.no_more_than == indicator.code:
        found.problem("It is compared with itself.", "Name another indicator, or take the line out.", "no_more_than")


def _bounds(found: Found[Indicator]) -> None:
    indicator = found.value
    low, high = indicator.usual_low, indicator.usual_high
    for name, lower, upper in (
        ("at_most", indicator.at_least, indicator.at_most),
        ("usual_high", low, high),
        ("usual_low", indicator.at_least, low),
        ("usual_high", high, indicator.at_most),
        ("at_most", indicator.at_most if indicator.unit is Unit.OUT_OF else None, indicator.out_of),
    ):
        if lower is not None and upper is not None and lower > upper:
            found.problem(
                f"The bounds are the wrong way round: {lower:g} is to be no more than {upper:g}.",
                "Keep at_least, usual_low, usual_high and at_most in this order.",
                name,
            )


def _baseline(found: Found[Indicator]) -> None:
    indicator, baseline = found.value, found.value.baseline
    rule = indicator.disclosure
    if baseline is None or not rule.hides or indicator.has_parts:
        return
    if 0 < baseline.value < rule.threshold:
        found.problem(
            f"A baseline of {baseline.value:g} would tell what is hidden: counts below {rule.threshold} are.",
            "Take it out, or set a target that is an aim and no figure.",
            "baseline",
        )


def _definitions(found: Found[Indicator]) -> None:
    definitions = sorted(found.value.definitions, key=lambda each: each.version)
    for earlier, later in pairwise(definitions):
        if later.holds_from <= earlier.holds_from and later.version != earlier.version:
            found.problem(
                f"Version {later.version} is to hold from a later day than version {earlier.version}.",
                "Correct “holds_from” of one of them.",
                "definitions",
            )


def _rungs(read: Configuration) -> None:
    if read.ladders is None:
        return
    for wait, rungs in read.ladders.value:
        for number, (earlier, later) in enumerate(pairwise(rungs), start=1):
            if later.days < earlier.days:
                read.ladders.problem(
                    f"The rung “{later.code}” comes {earlier.days - later.days} working days before the one above it.",
                    "Write the rungs in the order of their days.",
                    wait,
                    number,
                    "days",
                )
        for number, rung in enumerate(rungs):
            if rung.to in rung.copy_to:
                read.ladders.problem(
                    f"The rung “{rung.code}” speaks to the same person twice.",
                    f"Take {rung.to} out of copy_to.",
                    wait,
                    number,
                )


def _addresses(read: Configuration) -> None:
    """A made-up partnership must not be able to write to anybody."""
    if read.partnership is None or not read.partnership.value.synthetic:
        return
    for partner in read.partners:
        for role in ("contact", "deputy", "manager"):
            _address(partner, getattr(partner.value, role), role)
    for number, board in enumerate(read.partnership.value.boards):
        _address(read.partnership, board.lead, "boards", number, "lead")
        for which, person in enumerate(board.co_leads):
            _address(read.partnership, person, "boards", number, "co_leads", which)


def reaches_nobody(email: str) -> bool:
    """Whether an address ends as those do that are kept for examples (RFC 2606)."""
    return email.lower().endswith(_RESERVED)


def _address(found: Found, person: Contact | None, *place: str | int) -> None:
    if person and not reaches_nobody(person.email):
        found.problem(
            f"{person.email} could be somebody's address, and this partnership is made up (“synthetic: true”).",
            "Use an address that ends in .example, or set “synthetic: false” once the figures are real.",
            *place,
        )
