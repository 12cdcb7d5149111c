"""Codes that show a visitor reads the mail at a link's own address: who may ask, who may try, and which still work.

Pure: codes and network addresses come in as hashes. All of it is on record, so that every portal knows the same. Asking
and guessing are counted by link and network address together: who else has the link locks its owner out of nothing.
"""

from datetime import datetime, timedelta

from quarterday.domain.facts import CodeAsked, CodeTried, CodeUsed, Facts

LIFE = timedelta(minutes=10)
HOUR = timedelta(hours=1)
ASKED_AT_MOST = 5  # codes that one network address may ask for with a link in an hour
ASKED_BY_ALL = 30  # codes for a link in an hour, whoever asks: nobody fills a mailbox
TRIES = 5  # wrong ones that one network address has after its last asking
TRIES_BY_ALL = 100  # of a million codes: guessing from many addresses leads nowhere


def may_ask(facts: Facts, link: str, source: str, now: datetime) -> bool:
    """Whether another code may be mailed for a link."""
    lately = [each for each in facts.about(link, CodeAsked) if now - each.at < HOUR]
    return len(lately) < ASKED_BY_ALL and sum(each.source == source for each in lately) < ASKED_AT_MOST


def may_try(facts: Facts, link: str, source: str, now: datetime) -> bool:
    """Whether another code may be compared."""
    tried = [each for each in facts.about(link, CodeTried) if now - each.at < HOUR]
    asked = max((each.at for each in facts.about(link, CodeAsked) if each.source == source), default=None)
    theirs = [each for each in tried if each.source == source and (asked is None or each.at >= asked)]
    return len(tried) < TRIES_BY_ALL and len(theirs) < TRIES


def next_number(facts: Facts, link: str) -> int:
    """The number of the next try with a link."""
    return max((each.number for each in facts.about(link, CodeTried)), default=0) + 1


def live_codes(facts: Facts, link: str, now: datetime) -> frozenset[str]:
    """The hashes of the codes that still work: each for ten minutes and once, whatever was asked for after it."""
    used = {each.code_hash for each in facts.about(link, CodeUsed)}
    asked = (each for each in facts.about(link, CodeAsked) if now < each.expires)
    return frozenset(each.code_hash for each in asked) - used
