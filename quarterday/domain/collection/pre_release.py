"""Access to a version before it is public: who has it, how long it lasts, and the email that brings the link.

The rules are those of the Pre-release Access to Official Statistics Order 2008: by name, at most 24 hours before
publication, and the list is published with the release.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta

from quarterday.domain.collection.actions import Recipient, Send
from quarterday.domain.collection.people import word_apart
from quarterday.domain.collection.standing import LONDON, london_day
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.facts import Facts, PreReleaseGiven, ReleaseHeld, ReleaseMade
from quarterday.domain.facts.message_keys import message_key
from quarterday.domain.facts.recipients import EARLY_READER, recipient_code
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import EarlyReader, PreRelease

OCCASION = "pre-release"  # and the email's name, and the last part of the addresses of link and list


def released_at(framework: Framework, access: PreRelease, plan: Timetable, now: datetime) -> datetime:
    """When the next version would be public: on its day, or, once that has passed, by the next working day's run."""
    today = london_day(now)
    day = framework.calendar.add(max(plan.publish_on, today), 0)
    if day == today and _at(access, day) < now:
        day = framework.calendar.add(day, 1)
    return _at(access, day)


def _at(access: PreRelease, day: date) -> datetime:
    return datetime.combine(day, time(access.release_hour), tzinfo=LONDON)


def given_for(facts: Facts, collection: str, version: int) -> tuple[PreReleaseGiven, ...]:
    """Whoever was given access to a version, in the order in which they were."""
    return tuple(each for each in facts.about(collection, PreReleaseGiven) if each.version == version)


def has_list(framework: Framework, facts: Facts, collection: str, version: int) -> bool:
    """Whether a list is published with a version: access may be given here, or was."""
    return framework.partnership.pre_release is not None or bool(given_for(facts, collection, version))


def ends(access: PreRelease, given: PreReleaseGiven) -> datetime:
    """When somebody's access is over, if the version is not public before."""
    return given.at + timedelta(hours=access.hours)


def reader_now(framework: Framework, facts: Facts, given: PreReleaseGiven) -> EarlyReader | None:
    """Whoever has the access still: nobody once the version is public or held back, or `config/` names them no more."""
    public = any(each.version == given.version for each in facts.about(given.collection, ReleaseMade))
    holds = facts.about(given.collection, ReleaseHeld)
    held = any(each.version == given.version and each.at >= given.at for each in holds)
    access = framework.partnership.pre_release
    return access.reader(given.reader) if access and not public and not held else None


def given_named(facts: Facts, key: str) -> PreReleaseGiven | None:
    """The access that an email or a link is about, by the key of its fact."""
    return next((each for each in facts.of(PreReleaseGiven) if each.key == key), None)


def pre_release_due(framework: Framework, facts: Facts, today: date) -> Iterator[Send]:
    """The link to each early reader, on whatever day: it would be worth nothing on the next working day."""
    access = framework.partnership.pre_release
    for given in facts.of(PreReleaseGiven) if access else ():
        reader = reader_now(framework, facts, given)
        if access and reader and london_day(given.at) <= today <= london_day(ends(access, given)):
            to = Recipient(recipient_code(EARLY_READER, reader.code), reader.name, reader.email)
            why = f"An officer gave {reader.name} access to version {given.version} before it is public."
            yield word_apart(
                message_key(given.key, OCCASION, to.code), OCCASION, to, london_day(given.at), why, given.key
            )
