"""Officers' decisions on keys: with one a partner's own script sends that partner's figures, and nothing else."""

from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import Facts, KeyMade, KeyRevoked
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, known_partner

KEYS_AT_MOST = 2  # that work at once: one in use, and the one that takes its place


def live_keys(facts: Facts, partner: str) -> list[KeyMade]:
    """The keys of a partner that work, oldest first."""
    revoked = {each.key_hash for each in facts.of(KeyRevoked)}
    return [each for each in facts.of(KeyMade) if each.partner == partner and each.key_hash not in revoked]


def holder_of_key(facts: Facts, key_hash: str) -> str:
    """The partner whose key it is; empty alike for one unknown and one revoked."""
    made = next((each for each in facts.of(KeyMade) if each.key_hash == key_hash), None)
    revoked = any(each.key_hash == key_hash for each in facts.of(KeyRevoked))
    return made.partner if made and not revoked else ""


def make_key(framework: Framework, facts: Facts, ruling: Ruling, *, partner: str, key_hash: str) -> KeyMade:
    """Record a key that was just made. Raises `RulingRefusedError` where two others work already."""
    fields = ruling.fields(framework)
    known_partner(framework, partner)
    live = [each for each in live_keys(facts, partner) if each.key_hash != key_hash]
    if len(live) >= KEYS_AT_MOST:
        raise RulingRefusedError(
            f"{framework.partner[partner].name} has {len(live)} keys that work, the oldest since "
            f"{say_date(london_day(live[0].at))}. Revoke them first, then make another."
        )
    return KeyMade(partner=partner, key_hash=key_hash, **fields)


def revoke_keys(framework: Framework, facts: Facts, ruling: Ruling, *, partner: str) -> tuple[KeyRevoked, ...]:
    """Stop every key of a partner at once. Raises `RulingRefusedError` where it has none."""
    fields = ruling.fields(framework)
    known_partner(framework, partner)
    live = live_keys(facts, partner)
    if not live:
        raise RulingRefusedError(f"{framework.partner[partner].name} has no key that works: nothing was revoked.")
    return tuple(KeyRevoked(partner=partner, key_hash=each.key_hash, **fields) for each in live)
