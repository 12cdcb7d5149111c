"""The collections that were published before: what a release repeats of them, it tells as their newest release did."""

from dataclasses import dataclass
from datetime import date

from quarterday.domain.collection.binding import framework_of, period_of
from quarterday.domain.collection.releases import newest_releases
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts
from quarterday.domain.framework.framework import Framework


@dataclass(frozen=True)
class Earlier:
    """A collection as its newest release saw it: by the framework, the facts and the day of then."""

    framework: Framework
    facts: Facts
    collection: str
    day: date


def earlier_collections(framework: Framework, facts: Facts, collection: str) -> tuple[Earlier, ...]:
    """Each collection of an earlier period that was published, the oldest first."""
    asked, newest = period_of(framework, facts, collection), newest_releases(facts)
    periods = {code: period_of(framework, facts, code) for code in newest}
    found: list[Earlier] = []
    for code, release in newest.items():
        if periods[code].end < asked.end:
            then = facts.until(release.at)
            found.append(Earlier(framework_of(framework, then, code), then, code, london_day(release.at)))
    return tuple(sorted(found, key=lambda each: periods[each.collection]))
