"""Whatever changes while quarters run, no accepted figure is lost from a release that is made whole.

Random edits of `config/`, answers and decisions as in `test_random_edits`; `make_release` makes each release out of
returns with figures, and its files are read back.
"""

from collections.abc import Iterator
from csv import DictReader
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from quarterday.domain.collection.timetable import collection_id
from quarterday.domain.facts import CollectionBound, ReturnKind
from quarterday.domain.framework.periods import parse_quarter
from quarterday.publishing.past import PastRelease
from quarterday.publishing.verify import problems
from quarterday.publishing.verify_on_record import register_problems
from tests.changing import edits
from tests.changing.claims import returns_that_count
from tests.changing.test_random_edits import ALWAYS_THE_SAME, EXAMPLES, play_through, quarters
from tests.changing.whole import WholePlay

WHOLE = max(4, EXAMPLES // 20)  # a release made whole takes a hundred times what deciding on one does


def lost(play: WholePlay) -> Iterator[str]:
    """What is wrong with the releases of a play, each a sentence."""
    releases = play.published()
    for (day, made, before, house), release in zip(play.releases, releases, strict=True):
        there = {each.indicator for each in release.observations}
        for request in before.requests_of(made.collection):
            for received, given_on in returns_that_count(before, request):
                wanted = {house.indicator[code].code for code in given_on.answered if code in house.indicator}
                if received.kind is not ReturnKind.NIL and wanted - there:
                    yield f"{day}: version {made.version} has no figure of {sorted(wanted - there)}"
        folder = play.folder(made)
        yield from (f"{day}: {each}" for each in (*problems(folder), *register_problems(folder, play.facts)))
    for before, after in pairwise(releases):
        if before.fact.collection != after.fact.collection:
            continue
        gone = before.by_key().keys() - after.by_key().keys()
        if gone:
            yield f"version {after.fact.version} leaves out {sorted(map(str, gone))}"
        yield from _other_rules(play, before, after)


def _other_rules(play: WholePlay, before: PastRelease, after: PastRelease) -> Iterator[str]:
    """Targets and definitions that differ from the version before, which no officer took over."""
    bound = play.facts.about(after.fact.collection, CollectionBound)
    if any(each.number and before.fact.at < each.at < after.fact.at for each in bound):
        return
    versions = {each.indicator: each.definition_version for each in before.observations}
    for each in after.observations:
        if versions.get(each.indicator, each.definition_version) != each.definition_version:
            yield f"version {after.fact.version} goes by another definition of {each.indicator}"
    if (was := _targets(play, before)) != (now := _targets(play, after)):
        yield f"version {after.fact.version} goes by the targets {now}, and the one before by {was}"


def _targets(play: WholePlay, release: PastRelease) -> dict[str, str]:
    """The target of each indicator, as the files of a release say it."""
    with (play.folder(release.fact) / "indicators.csv").open(encoding="utf-8-sig") as lines:
        return {each["indicator"]: each["target"] for each in DictReader(lines)}


@pytest.mark.proof
@settings(max_examples=WHOLE, derandomize=ALWAYS_THE_SAME, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(quarters(), st.lists(st.integers(0, 40), min_size=1, max_size=6))
def test_whatever_changes_no_accepted_figure_is_lost_from_a_release(told, counts):
    """Nor is what one version said left out by the next, nor put under another rule, unless an officer said so."""
    quarter, first, happened, down, _ = told
    with TemporaryDirectory() as home:
        house = edits.partnership()
        period = parse_quarter(quarter)
        play = WholePlay(collection_id(house, period), house, home=Path(home) / "var", counts=tuple(counts))
        play_through(play, first, happened, down)

        assert [] == list(lost(play))
