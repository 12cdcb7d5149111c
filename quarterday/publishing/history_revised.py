"""What a release says otherwise of earlier quarters than the releases before it: told, as a correction of its own is.

A later return for an earlier quarter, another file of earlier figures, a figure hidden for another's sake: the next
release's history has it whether or not that quarter got a version of its own first.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from quarterday.domain.collection.actions import Publish
from quarterday.domain.figures.keys import Key
from quarterday.domain.framework.framework import Framework
from quarterday.publishing.past import PastRelease
from quarterday.publishing.revising import changed
from quarterday.publishing.tables import Observation, Revision

Said = Mapping[Key, Observation]


def history_revisions(
    framework: Framework,
    past: Sequence[tuple[PastRelease, Said]],
    action: Publish,
    history: Sequence[Observation],
) -> tuple[Revision, ...]:
    """The log of every version of a collection so far, the one being made last.

    `past` are all releases in the order in which they were made, each with all that it says.
    """
    log: list[Revision] = []
    for place, (release, _) in enumerate(past):
        fact = release.fact
        if fact.collection == action.collection and fact.version < action.version:
            log += _revised(framework, [said for _, said in past[:place]], fact.version, release.history)
    return (*log, *_revised(framework, [said for _, said in past], action.version, history))


def _revised(
    framework: Framework, before: Sequence[Said], version: int, history: Sequence[Observation]
) -> Iterator[Revision]:
    now = {each.key: each for each in history}
    last = _last_said(framework, before, now)
    yield from changed(version, last, [now[key] for key in last])


def _last_said(framework: Framework, before: Sequence[Said], wanted: Iterable[Key]) -> dict[Key, Observation]:
    """The last word of earlier releases on some figures, by the names that their series have now."""
    left, found = set(wanted), {}
    goes_on_as: dict[str, str] = {}
    for said in reversed(before):
        if not left:
            break
        for (indicator, *rest), each in said.items():
            if indicator not in goes_on_as:
                heir = framework.series_of(indicator)
                goes_on_as[indicator] = heir.code if heir else indicator
            key = (goes_on_as[indicator], *rest)
            if key in left:
                found[key] = each
        left -= found.keys()
    return found
