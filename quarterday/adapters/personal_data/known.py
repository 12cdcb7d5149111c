"""What looks personal and is not: the people and places of the framework, and organisations called like people."""

import re
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Contact, Officer

_HERE = Path(__file__).parent


class OwnWords:
    """The framework's own people and places, `names` of `config/partnership.yaml`, and what ships with quarterday."""

    def __init__(self, framework: Framework) -> None:
        people: list[Contact | Officer] = [
            person
            for partner in framework.partners
            for person in (partner.contact, partner.deputy, partner.manager)
            if person is not None
        ]
        people += [person for board in framework.partnership.boards for person in (board.lead, *board.co_leads)]
        people += framework.partnership.officers
        partnership = framework.partnership
        self.emails = {person.email.lower() for person in people} | {
            partnership.sender.lower(),
            partnership.reply_to.lower(),
        }
        self.given = given_names() | {name.lower() for name in partnership.names.people}
        names = (person.name for person in people)
        places = (area.name for area in partnership.areas)
        all_said = (*names, *places, *partnership.names.places, *_called_like_people(), *self._said(framework))
        self._phrases = frozenset(map(_own_words, all_said))
        self._words = f" {' | '.join(self._phrases)} "

    def says(self, name: str) -> bool:
        """Whether a name is one of the framework's own words: a contact, a ward, a title, an organisation."""
        return f" {_words(name)} " in self._words

    def is_called(self, name: str) -> bool:
        """Whether a name is all that one of these is called, and not a word within it."""
        return _words(name) in self._phrases

    @staticmethod
    def _said(framework: Framework) -> Iterator[str]:
        """Everything that our own forms say."""
        for indicator in framework.indicators:
            yield from (indicator.title, indicator.numerator, indicator.denominator, indicator.purpose)
            yield from (each.text for each in indicator.definitions)
            yield from (*indicator.caveats, *indicator.every_reading)
        for breakdown in framework.breakdowns:
            yield from (breakdown.title, *(each.title for each in breakdown.categories))
        yield from (each.name for each in framework.partners)
        yield from (each.name for each in framework.partnership.boards)
        yield from (each.title for each in framework.priorities)
        yield from (each.title for each in framework.plans)
        for activity in framework.activities:
            yield from (activity.title, activity.about, *(each.title for each in activity.milestones))


def _words(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower().replace("’", "").replace("'", "")))


@lru_cache(maxsize=10_000)  # the same with every framework that is read; what a stranger wrote is not kept
def _own_words(text: str) -> str:
    return _words(text)


@lru_cache
def given_names() -> frozenset[str]:
    """Given names common in England, in lower case, without those that are also ordinary words."""
    return frozenset(name for line in _lines("given_names.txt") for name in line.split())


@lru_cache
def _called_like_people() -> tuple[str, ...]:
    """Organisations and days of England that are called like people."""
    return tuple(_lines("called_like_people.txt"))


def _lines(file: str) -> list[str]:
    lines = (_HERE / file).read_text(encoding="utf-8").splitlines()
    return [line.strip() for line in lines if line.strip() and not line.startswith("#")]
