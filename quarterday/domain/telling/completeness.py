"""How complete a collection is: five rates, each over its own whole, by collection, by partner and by board.

expected   of the returns that the framework wants, those that may be asked for: agreements hold, and nobody let it off
received   of the returns expected, those that came, good or not
on time    of the returns expected, those that came by their due date, an extension granted counted in
accepted   of the returns expected, those of which something was accepted
complete   of the figures that the framework wants, those accepted: what was never asked for is missing too
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from quarterday.domain.collection.standing import State, london_day, overdue
from quarterday.domain.collection.today import CollectionToday, RequestToday


@dataclass(frozen=True)
class Rates:
    """The counts behind the five rates. Each rate is a share from 0 to 1, and 0 where its whole is nothing."""

    returns_wanted: int
    returns_expected: int
    returns_received: int
    returns_on_time: int
    returns_accepted: int
    figures_wanted: int  # indicators
    figures_accepted: int

    @property
    def expected(self) -> float:
        """Returns that may be asked for, of those that the framework wants."""
        return _share(self.returns_expected, self.returns_wanted)

    @property
    def received(self) -> float:
        """Returns that came, of those expected."""
        return _share(self.returns_received, self.returns_expected)

    @property
    def on_time(self) -> float:
        """Returns that came by their due date, of those expected."""
        return _share(self.returns_on_time, self.returns_expected)

    @property
    def accepted(self) -> float:
        """Returns accepted, of those expected."""
        return _share(self.returns_accepted, self.returns_expected)

    @property
    def complete(self) -> float:
        """Figures accepted, of those that the framework wants."""
        return _share(self.figures_accepted, self.figures_wanted)

    def told(self) -> tuple[tuple[str, int, int], ...]:
        """Each rate as people are told it: its name, how many, and of how many."""
        return (
            ("expected", self.returns_expected, self.returns_wanted),
            ("received", self.returns_received, self.returns_expected),
            ("on time", self.returns_on_time, self.returns_expected),
            ("accepted", self.returns_accepted, self.returns_expected),
            ("complete", self.figures_accepted, self.figures_wanted),
        )


def rates(collection: CollectionToday) -> Rates:
    """The rates of a whole collection."""
    return _rates(_supplies(collection))


def rates_by_partner(collection: CollectionToday) -> dict[str, Rates]:
    """The rates of each partner from whom the collection wants figures, by its code: in their own order, no league."""
    return {each.partner: _rates([each]) for each in _supplies(collection)}


def rates_by_board(collection: CollectionToday) -> dict[str, Rates]:
    """The rates of what each board reads, by its code: a return counts for every board that uses a figure of it."""
    framework, supplies = collection.framework, _supplies(collection)
    read_by: dict[str, set[str]] = {board.code: set() for board in framework.partnership.boards}
    for indicator in framework.indicators:
        for board in framework.boards_using(indicator):
            read_by[board.code].add(indicator.code)
    return {board: _rates(each.only(read) for each in supplies) for board, read in read_by.items()}


@dataclass(frozen=True)
class _Supply:
    """What one partner owes a collection, and what has come of it."""

    partner: str
    wanted: frozenset[str]  # indicator codes, as are the next two
    expected: frozenset[str]
    accepted: frozenset[str]
    received: bool
    on_time: bool

    def only(self, read: Collection[str]) -> "_Supply":
        """The same, for the indicators that a board reads."""
        return _Supply(
            self.partner,
            self.wanted & frozenset(read),
            self.expected & frozenset(read),
            self.accepted & frozenset(read),
            self.received,
            self.on_time,
        )


def _supplies(collection: CollectionToday) -> list[_Supply]:
    return [_supply(collection, partner) for partner in collection.plan.request_on]


def _supply(collection: CollectionToday, partner: str) -> _Supply:
    framework, plan, today = collection.framework, collection.plan, collection.today
    indicators, request = framework.asked_of(partner, plan.period), collection.requests.get(partner)
    wanted = frozenset(each.code for each in indicators)
    if request is None:
        still_to_ask = [each.code for each in indicators if today <= plan.closes and framework.gate(each, today).open]
        return _Supply(partner, wanted, frozenset(still_to_ask), frozenset(), received=False, on_time=False)
    asked = frozenset(request.request.asked)
    return _Supply(
        partner,
        wanted=wanted | asked,
        expected=frozenset() if request.stands.state is State.WAIVED else asked,
        accepted=asked - frozenset(request.stands.missing),
        received=bool(request.returns),
        on_time=bool(request.returns) and _came_on_time(request),
    )


def _came_on_time(request: RequestToday) -> bool:
    """Whether the first return came by the due date, or by that of the last extension granted before it came."""
    first, due = request.returns[0], request.request.due
    granted = [each.until for each in request.extensions if each.granted and each.until and each.at <= first.at]
    return not overdue(max(due, granted[-1]) if granted else due, london_day(first.at), request.framework.calendar)


def _rates(supplies: Iterable[_Supply]) -> Rates:
    concerned = [each for each in supplies if each.wanted]
    expected = [each for each in concerned if each.expected]
    return Rates(
        returns_wanted=len(concerned),
        returns_expected=len(expected),
        returns_received=sum(each.received for each in expected),
        returns_on_time=sum(each.on_time for each in expected),
        returns_accepted=sum(bool(each.accepted) for each in expected),
        figures_wanted=sum(len(each.wanted) for each in concerned),
        figures_accepted=sum(len(each.accepted & each.wanted) for each in concerned),
    )


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0
