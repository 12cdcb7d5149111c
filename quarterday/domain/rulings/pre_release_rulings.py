"""Officers give people whom `config/` names access to a version before it is public."""

from collections.abc import Sequence
from datetime import timedelta

from quarterday.domain.collection.pre_release import given_for, released_at
from quarterday.domain.collection.releases import approved, coming, held_back, next_version, releases_of
from quarterday.domain.collection.standing import london_day, say_moment
from quarterday.domain.collection.timetable import Timetable
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import Facts, PreReleaseGiven
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty, EarlyReader, PreRelease
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError


def give_pre_release(
    framework: Framework, facts: Facts, plan: Timetable, ruling: Ruling, *, readers: Sequence[str]
) -> list[PreReleaseGiven]:
    """Give early readers, by their codes, access to the version that comes next. Raises `RulingRefusedError`.

    Refused earlier than `config/` allows, twice to one person for a version, and of a version that is held back.
    """
    fields, access = ruling.fields(framework, Duty.RELEASES), framework.partnership.pre_release
    if access is None:
        raise RulingRefusedError("Nobody may see a release before it is public: config/partnership.yaml names nobody.")
    _refuse_unless_it_comes(framework, facts, plan, ruling)
    _refuse_too_early(framework, access, plan, ruling)
    version = next_version(facts, plan.collection)
    known = {each.reader: each for each in given_for(facts, plan.collection, version)}
    given = []
    for reader in (_reader(access, code) for code in readers):
        if before := known.get(reader.code):
            raise RulingRefusedError(
                f"{reader.name} was given access to version {version} on {say_moment(before.at)} already: it is given "
                "once."
            )
        given.append(
            PreReleaseGiven(
                collection=plan.collection,
                version=version,
                reader=reader.code,
                name=reader.name,
                post=reader.post,
                **fields,
            )
        )
    return given


def _reader(access: PreRelease, code: str) -> EarlyReader:
    reader = access.reader(code)
    if reader is None:
        known = ", ".join(each.code for each in access.readers)
        raise RulingRefusedError(f"“{code}” may not see releases before they are public. Who may: {known}.")
    return reader


def _refuse_unless_it_comes(framework: Framework, facts: Facts, plan: Timetable, ruling: Ruling) -> None:
    collection = CollectionToday(framework, facts, plan, london_day(ruling.at))
    version = next_version(facts, plan.collection)
    if releases_of(facts, plan.collection) and not coming(collection):
        raise RulingRefusedError(f"Nothing was accepted after version {version - 1}: there is no version {version}.")
    if held_back(collection) and approved(collection) is None:
        raise RulingRefusedError(f"Version {version} is held back: nobody sees it before an officer has approved it.")


def _refuse_too_early(framework: Framework, access: PreRelease, plan: Timetable, ruling: Ruling) -> None:
    public = released_at(framework, access, plan, ruling.at)
    first = public - timedelta(hours=access.hours)
    if ruling.at < first:
        raise RulingRefusedError(
            f"It is too early: the version is public on {say_moment(public)}, and access begins at most {access.hours} "
            f"hours before, on {say_moment(first)}."
        )
