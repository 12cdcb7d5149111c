"""What of a request is still open: every figure and activity without an answer yet, by a return, a word, an officer."""

from collections.abc import Iterator

from quarterday.domain.activities.told import open_activities
from quarterday.domain.collection.verdicts import accepted_returns, answered_by, missing_after
from quarterday.domain.facts import Facts, GapRecorded, ReplyKind, ReplyReceived, RequestMade


def open_figures(facts: Facts, request: RequestMade) -> tuple[str, ...]:
    """The asked indicators that nothing answers yet: no accepted figure, no “not available”, no officer's gap."""
    missing = missing_after(facts, request, accepted_returns(facts, request.request))
    said = set(_not_available(facts, request)) | set(_given_up(facts, request))
    return tuple(code for code in missing if code not in said)


def may_be_left_empty(facts: Facts, request: RequestMade) -> tuple[str, ...]:
    """The asked indicators on which there is a word already: a return that comes now may leave their cells empty."""
    answered = answered_by(facts, request, accepted_returns(facts, request.request))
    said = {*answered, *_not_available(facts, request), *_given_up(facts, request)}
    return tuple(code for code in request.asked if code in said)


def what_is_open(facts: Facts, request: RequestMade) -> tuple[str, ...]:
    """All that is still open of a request: its figures, then the activities of which nothing has been told."""
    return (*open_figures(facts, request), *open_activities(facts, request))


def why_not_available(facts: Facts, request: RequestMade, indicator: str) -> ReplyReceived | None:
    """The last word by which a partner said that a figure is not available; None where it did not."""
    return _not_available(facts, request).get(indicator)


def _not_available(facts: Facts, request: RequestMade) -> dict[str, ReplyReceived]:
    return {
        code: reply
        for reply in facts.about(request.request, ReplyReceived)
        if reply.kind is ReplyKind.NOT_AVAILABLE
        for code in (reply.indicators or request.asked)
    }


def _given_up(facts: Facts, request: RequestMade) -> Iterator[str]:
    """The figures that an officer recorded as not coming, for this request."""
    for gap in facts.of(GapRecorded):
        if gap.request == request.request and gap.by_an_officer:
            yield gap.indicator
