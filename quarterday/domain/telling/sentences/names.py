"""How the identifiers of facts are said: with the names that people know, never an address."""

from functools import cached_property

from quarterday.domain.asks.agreed_actions import agreed_actions
from quarterday.domain.asks.climbing import asks_of
from quarterday.domain.facts import (
    READ_AGAIN,
    ActivityRuled,
    ActivityTold,
    CollectionOpened,
    Fact,
    Facts,
    FiguresHeld,
    MessageReserved,
    ReleaseApproved,
    ReleaseMade,
    RequestMade,
    UndoClosed,
    UploadKept,
    VerdictGiven,
    YearlyReviewMade,
)
from quarterday.domain.facts.recipients import EARLY_READER, OFFICER, whose_and_role
from quarterday.domain.facts.undoing import name_of
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import describe, financial_year, year_name


class Names:
    """The names of a framework, and of what facts speak of."""

    def __init__(self, framework: Framework, facts: Facts) -> None:
        self._framework = framework
        self._requests = {each.request: each for each in facts.of(RequestMade)}
        self._periods = {each.collection: describe(each.period) for each in facts.of(CollectionOpened)}
        words = (*(each.told for each in facts.of(ActivityTold)), *(each.key for each in facts.of(ActivityRuled)))
        self._words_on_activities = frozenset(words)
        self._read_again = frozenset(each.key for each in facts.of(VerdictGiven) if each.overrides == READ_AGAIN)
        self._held = frozenset(each.key for each in facts.of(FiguresHeld))
        self._facts = facts
        self.messages = {each.message: each for each in facts.of(MessageReserved)}
        self.uploads = {each.stored_as: each for each in facts.of(UploadKept)}

    def partner(self, code: str) -> str:
        """A partner’s name."""
        known = self._framework.partner.get(code)
        return known.name if known else code

    def activity(self, code: str) -> str:
        """An activity’s title."""
        known = self._framework.activity.get(code)
        return known.title if known else code

    def risk(self, code: str) -> str:
        """A risk’s title."""
        return next((each.title for each in self._framework.risks if each.code == code), code)

    def bid(self, code: str) -> str:
        """A bid’s title."""
        return next((each.title for each in self._framework.bids if each.code == code), code)

    @cached_property
    def _asks(self) -> dict[str, str]:
        return {code: each.what for code, each in asks_of(self._framework, self._facts).items()}

    @cached_property
    def _actions(self) -> dict[str, str]:
        return {code: each.set.what for code, each in agreed_actions(self._facts).items()}

    def ask(self, ask: str) -> str:
        """What is asked of a board, in its asker’s words."""
        return self._asks.get(ask, ask)

    def action(self, action: str) -> str:
        """What a board wants done."""
        return self._actions.get(action, action)

    def decided(self, over: UndoClosed) -> list[Fact]:
        """What was decided, of a decision that may be taken back no more."""
        return [each for each in self._facts if name_of(each) in over.decided]

    def organisation(self, code: str) -> str:
        """A partner, a board or an officer by name."""
        known = self._framework.board.get(code)
        return known.name if known else self.person(code)

    def submission(self, code: str) -> str:
        """The title of something owed outward."""
        return next((each.title for each in self._framework.submissions if each.code == code), code)

    def release(self, key: str) -> str:
        """A release by its quarter and version, from the key of the fact that made it."""
        collection, _, version = key.rpartition("|v")
        return f"version {version} of {self.period(collection)}"

    def sent(self, key: str) -> str:
        """What went outward, a release or a yearly review, from the key of the fact that made it."""
        review = next((each for each in self._facts.of(YearlyReviewMade) if each.key == key), None)
        if review is None:
            return self.release(key)
        return f"version {review.version} of the yearly review of {year_name(financial_year(review.year_start.year))}"

    def made_from(self, fact: ReleaseMade | ReleaseApproved) -> str:
        """What a release is made from: returns, and words on activities; and how much is held back of it."""
        words = sum(each in self._words_on_activities for each in fact.returns)
        held = sum(each in self._held for each in fact.returns)
        again = sum(each in self._read_again for each in fact.returns)
        returns = counted(len(fact.returns) - words - held - again, "return")
        made = f"{returns} and {counted(words, 'word')} on activities" if words else returns
        return f"{made}, without {counted(held, 'indicator')} that an officer holds back" if held else made

    def of_request(self, request: str) -> str:
        """The name of the partner that a request went to."""
        made = self._requests.get(request)
        return self.partner(made.partner) if made else request

    def period(self, collection: str) -> str:
        """The days that a collection asks for."""
        return self._periods.get(collection, collection)

    def indicator(self, indicator: str) -> str:
        """An indicator’s title."""
        known = self._framework.indicator.get(indicator)
        return known.title if known else indicator

    def message(self, message: str) -> str:
        """An email by its subject and reader."""
        booked = self.messages.get(message)
        return f"“{booked.subject or booked.email}” to {self.person(booked.recipient)}" if booked else f"“{message}”"

    def person(self, code: str) -> str:
        """A code such as `fire/contact` as people say it: `the contact of Fire Service`."""
        officers = {each.code: each.name for each in self._framework.partnership.officers}
        organisation, role = whose_and_role(code)
        if organisation == OFFICER or code in officers:
            return officers.get(role or code, code)
        if organisation == EARLY_READER:
            pre_release = self._framework.partnership.pre_release
            reader = pre_release.reader(role) if pre_release else None
            return f"{reader.name}, {reader.post}" if reader else f"the early reader “{role}”"
        board = self._framework.board.get(organisation)
        name = board.name if board else self.partner(organisation)
        return f"the {role.partition('-')[0].replace('_', ' ')} of {name}" if role else name


def counted(number: int, noun: str, plural: str = "") -> str:
    """A number with its noun, in the plural where it takes one."""
    many = noun if noun == "more" or number == 1 else plural or f"{noun}s"
    return f"{number} {many}"
