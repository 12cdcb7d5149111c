"""What of a request an information sharing agreement covers: looked at when figures come, as when they are asked."""

from dataclasses import replace
from datetime import date

from quarterday.domain.facts import RequestMade
from quarterday.domain.framework.framework import Framework


def uncovered(framework: Framework, request: RequestMade, day: date) -> tuple[str, ...]:
    """The asked indicators whose agreement is over on a day: what comes of them then is not used (paper 4.4)."""
    known = framework.indicator
    return tuple(code for code in request.asked if code in known and framework.gate(known[code], day).over)


def as_covered(framework: Framework, request: RequestMade, day: date) -> RequestMade:
    """A request with what may be taken on a day alone."""
    gone = uncovered(framework, request, day)
    return replace(request, asked=tuple(code for code in request.asked if code not in gone)) if gone else request


def nothing_usable(framework: Framework, request: RequestMade, day: date) -> bool:
    """Whether nothing of what was asked may be used that comes on a day: all that was asked was shared until before."""
    return bool(request.asked) and not request.activities and not as_covered(framework, request, day).asked
