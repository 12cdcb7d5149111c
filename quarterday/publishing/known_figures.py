"""Every figure that a release may speak of: its quarter's, those of before, and what past releases said of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from itertools import chain

from quarterday.adapters.accepted_figures import Lost, accepted_figures, earlier_figures
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.facts import Facts
from quarterday.domain.figures.figure import Figure
from quarterday.domain.figures.keys import Key
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from quarterday.publishing.behind import TruthBehind, every
from quarterday.publishing.disclosure.grouped import Groups
from quarterday.publishing.disclosure.protect import Published
from quarterday.publishing.missing import missing_figures
from quarterday.publishing.past import PastRelease, past_releases
from quarterday.publishing.retold import Retold, retold
from quarterday.publishing.totals import Totals


@dataclass(frozen=True)
class KnownFigures:
    """What is known on the day on which a release is prepared, by the framework that its collection bound."""

    framework: Framework
    facts: Facts
    today: date
    action: Publish
    asked: Period
    current: Sequence[Figure]  # of its own quarter, missing ones and totals among them
    before: Sequence[Figure]  # of earlier quarters, as far as files can be read and the quarter does not tell them anew
    past: tuple[PastRelease, ...]
    truth: tuple[Groups, ...]  # what lay behind each past release
    retold: Retold  # what stands for files that are lost

    @cached_property
    def keys(self) -> frozenset[Key]:
        """What the quarter itself tells of."""
        return frozenset(each.key for each in self.current)

    @cached_property
    def published(self) -> list[Published]:
        """What readers hold already, beside the truth behind it as far as it is known."""
        pairs = zip(self.truth, self.past, strict=True)
        return [Published(self.retold.without_in(true), release.everything()) for true, release in pairs]


def known_figures(installation: Installation, action: Publish) -> KnownFigures:
    """Read them all.

    Raises `NotStored` or `Damaged` where a return of its own quarter cannot be read back (an earlier quarter's that
    cannot is told again from releases), and `TruthLostError` where the quarter adds to what was lost.
    """
    facts = installation.facts()
    framework = framework_of(installation.framework, facts, action.collection)
    asked, totals = period_of(framework, facts, action.collection), Totals(framework)
    accepted = accepted_figures(installation, facts, action.collection)
    current = totals.added_to([*accepted, *missing_figures(framework, asked, accepted)])
    lost: list[Lost] = []
    before = totals.added_to(earlier_figures(installation, framework, facts, asked, lost=lost))
    past = past_releases(installation.stores, facts)
    behind = TruthBehind(installation, framework, totals, facts)
    truth = tuple(behind.of(each) for each in past)
    again = retold(framework, facts, [*lost, *behind.lost], past, chain(current, before, every(truth)))
    again.refuse(current)
    told = {each.key for each in current}
    return KnownFigures(
        framework,
        facts,
        installation.today(),
        action,
        asked,
        current,
        [each for each in again.without(before) if each.key not in told],
        tuple(past),
        truth,
        again,
    )
