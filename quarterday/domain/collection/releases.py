"""Which releases stand, whether the next may pass, and what speaks against it (`releases` in partnership.yaml)."""

from quarterday.domain.collection.became import never_said
from quarterday.domain.collection.standing import State
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import (
    CollectionOpened,
    Facts,
    GapRecorded,
    MessageReserved,
    ReleaseApproved,
    ReleaseHeld,
    ReleaseMade,
    ReleaseWithdrawn,
)
from quarterday.domain.facts.recipients import whose_and_role


def releases_of(facts: Facts, collection: str) -> tuple[ReleaseMade, ...]:
    """Every release that a collection ever had, withdrawn ones too, oldest version first."""
    return tuple(sorted(facts.about(collection, ReleaseMade), key=lambda each: each.version))


def withdrawn(facts: Facts, release: ReleaseMade) -> bool:
    """Whether an officer took a release back."""
    return any(each.version == release.version for each in facts.about(release.collection, ReleaseWithdrawn))


def standing_releases(facts: Facts, collection: str) -> tuple[ReleaseMade, ...]:
    """The releases that readers may have, oldest version first."""
    return tuple(each for each in releases_of(facts, collection) if not withdrawn(facts, each))


def versions_had(facts: Facts, collection: str, before: int | None = None) -> dict[str, int]:
    """By board, the newest version (of those before `before`) that it was told of and that stands."""
    every = ((each.key, each.version) for each in standing_releases(facts, collection))
    standing = {key: version for key, version in every if before is None or version < before}
    told = [each for each in facts.about(collection, MessageReserved) if each.occasion == "pack-ready"]
    unread = never_said(facts, told)
    had: dict[str, int] = {}
    for each in told:
        if each.message not in unread and each.tells_of in standing:
            board = whose_and_role(each.recipient)[0]
            had[board] = max(had.get(board, 0), standing[each.tells_of])
    return had


def newest_releases(facts: Facts) -> dict[str, ReleaseMade]:
    """The newest release of each collection that readers may have."""
    collections = dict.fromkeys(each.collection for each in facts.of(ReleaseMade))
    found = ((code, standing_releases(facts, code)) for code in collections)
    return {code: releases[-1] for code, releases in found if releases}


def latest_release(facts: Facts) -> ReleaseMade | None:
    """The newest release that stands of the collection whose period ends last."""
    ends = {each.collection: each.period_end for each in facts.of(CollectionOpened)}
    made = newest_releases(facts).values()
    told = [(ends[each.collection].toordinal() if each.collection in ends else 0, each.at, each) for each in made]
    return max(told, key=lambda each: each[:2])[2] if told else None


def next_version(facts: Facts, collection: str) -> int:
    """The number of the version that would be made next: a withdrawn number is not used again."""
    return max((each.version for each in releases_of(facts, collection)), default=0) + 1


def coming(collection: CollectionToday) -> bool:
    """Whether another version is to be made: the collection has closed and no release says what stands now."""
    releases = releases_of(collection.facts, collection.id)
    if not releases:
        return bool(collection.made) and collection.plan.closes < collection.today
    return withdrawn(collection.facts, releases[-1]) or set(collection.accepted) != set(releases[-1].returns)


def approved(collection: CollectionToday) -> ReleaseApproved | None:
    """The approval that the next version has: one given for returns that have changed since is none."""
    wanted = next_version(collection.facts, collection.id), collection.accepted
    held, given = held_back(collection), collection.facts.about(collection.id, ReleaseApproved)
    given = tuple(each for each in given if held is None or each.at > held.at)
    return next((each for each in reversed(given) if (each.version, tuple(sorted(each.returns))) == wanted), None)


def held_back(collection: CollectionToday) -> ReleaseHeld | None:
    """The last holding of the next version: an approval that comes after it lets it go."""
    version = next_version(collection.facts, collection.id)
    held = [each for each in collection.facts.about(collection.id, ReleaseHeld) if each.version == version]
    return held[-1] if held else None


def may_pass(collection: CollectionToday) -> bool:
    """Whether the next version may be published: an officer approved it, or the rule lets it pass by itself."""
    return approved(collection) is not None or not needs_approval(collection)


def needs_approval(collection: CollectionToday) -> tuple[str, ...]:
    """Why the next version waits for an officer, each a sentence; nothing where it passes by itself."""
    releases = releases_of(collection.facts, collection.id)
    gone = bool(releases) and withdrawn(collection.facts, releases[-1])
    after = (f"version {releases[-1].version} was withdrawn",) if gone else ()
    by_itself = collection.framework.partnership.releases == "automatic"
    rule = () if by_itself else ("each release waits for an officer’s approval",)
    held = held_back(collection)
    by_hand = (f"{held.by} holds it back: “{held.reason}”",) if held else ()
    return (*by_hand, *after, *rule, *critical_open(collection))


def critical_open(collection: CollectionToday) -> tuple[str, ...]:
    """What speaks against publishing: returns that are in and yet neither used nor told as missing."""
    told = {each.indicator for each in collection.facts.of(GapRecorded) if each.collection == collection.id}
    found = []
    for request in collection.requests.values():
        stands, name = request.stands, request.partner.name
        if stands.state is State.RECEIVED:
            found.append(f"the return of {name} is still being checked")
        elif stands.state is State.SENT_BACK and set(stands.missing) - told:
            found.append(f"the return of {name} was sent back, and no gap is recorded for it")
    return tuple(found)
