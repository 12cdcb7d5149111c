"""Activities as a release tells them: how each stands, why, and its lead's words through the gate for words."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from datetime import date

from quarterday.adapters.personal_data import OwnWords
from quarterday.domain.activities.rating import milestones_past, next_milestone, rating, words_on
from quarterday.domain.activities.told import still_going, told_in
from quarterday.domain.asks.climbing import asks_of, same_words
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import ActivityGap, ActivityTold, Facts
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import quarter_name, say_date
from quarterday.publishing.earlier import Earlier
from quarterday.publishing.tables import ActivityLine
from quarterday.publishing.words import LEAD_LEFT_OUT, LEAD_UNREAD, Read, await_reading, tells_of_a_person

NO_WORD = "no word"


def activity_lines(
    framework: Framework, facts: Facts, collection: str, day: date, hiding: Collection[str], read: Read = ()
) -> tuple[ActivityLine, ...]:
    """How each activity stands on a day, in the order of the framework: those that the collection asks about.

    `hiding` are the indicators of which something is hidden: the words on whatever should move one of them (or, where
    it names none, on whatever is led by a supplier of one) wait until an officer has read them, as a supplier's words
    beside it do.
    """
    return tuple(_Lines(framework, facts, collection, day, hiding, read).all())


def earlier_lines(before: Iterable[Earlier], hiding: Collection[str], read: Read = ()) -> tuple[ActivityLine, ...]:
    """How activities stood in each earlier collection that was published, by its newest release; oldest first."""
    return tuple(
        line
        for each in before
        for line in activity_lines(each.framework, each.facts, each.collection, each.day, hiding, read)
    )


def unread_words(lines: Sequence[ActivityLine]) -> tuple[tuple[str, str, str], ...]:
    """The words that wait for an officer's reading: each word's id, its activity's code and title."""
    return tuple((word, each.activity, each.title) for each in lines for word in each.unread)


class _Lines:
    """The lines of one collection."""

    def __init__(
        self, framework: Framework, facts: Facts, collection: str, day: date, hiding: Collection[str], read: Read
    ) -> None:
        self.framework, self.facts, self.collection, self.day = framework, facts, collection, day
        self.hiding, self.read = frozenset(hiding), frozenset(read)
        self.period = period_of(framework, facts, collection)
        self.known = OwnWords(framework)
        self.told = told_in(facts, collection)
        asks = asks_of(framework, facts).values()
        self.asks = {(each.activity, same_words(each.what)): each for each in asks}
        gaps = (each for each in facts.about(collection, ActivityGap) if each.by_an_officer)
        self.given_up = {each.activity: each for each in gaps}

    def all(self) -> Iterator[ActivityLine]:
        """A line for each activity that has begun and was not over before."""
        begun = [each.code for each in self.framework.activities if each.asked_in(self.period)]
        for code in still_going(self.facts, begun, self.collection):
            yield self._line(self.framework.activity[code])

    def _line(self, activity: Activity) -> ActivityLine:
        words = words_on(self.facts, activity, self.collection)
        stands = rating(self.facts, activity, self.collection, self.day)
        told, last = self.told.get(activity.code), words[-1] if words else None
        upcoming = next_milestone(activity, words)
        ask = self.asks.get((activity.code, same_words(told.asks))) if told else None
        asked = told and not (ask and ask.withdrawn)
        return ActivityLine(
            activity=activity.code,
            title=activity.title,
            priority=activity.priority,
            plan=activity.plan or self.framework.priority[activity.priority].plan,
            lead=activity.lead,
            period=self.period,
            label=quarter_name(self.period) or str(self.period),
            starts=activity.starts,
            ends=activity.ends,
            state=last.state.value if last else NO_WORD,
            rag=stands.rag.value,
            by_rule=stands.proposed.value,
            why=(*stands.why, *self._unheard(activity, last, told)),
            told_on=london_day(told.at) if told and told.says_how_it_stands else None,
            done=self._said(activity, last, "done"),
            next_milestone=self._next(activity, last, upcoming.title if upcoming else ""),
            next_on=last.next_on if last and last.next_on else upcoming.on if upcoming else None,
            in_the_way=self._said(activity, last, "in_the_way"),
            asks=self._said(activity, told, "asks") if asked else "",
            asks_board=told.asks_board if told and asked else "",
            unanswered=self.framework.partnership.follows_up and not (ask and ask.answers),
            indicators=activity.indicators,
            serves=activity.serves,
            funding=tuple(_funding(activity)),
            milestones=tuple((each.title, each.on) for each in activity.in_order),
            late=tuple(each.title for each in milestones_past(activity, words, self.day)),
            source=told.told if told else "",
            unread=tuple(dict.fromkeys(each.told for each in (last, told) if each and self._waits(activity, each))),
        )

    def _unheard(self, activity: Activity, last: ActivityTold | None, told: ActivityTold | None) -> Iterator[str]:
        gap = self.given_up.get(activity.code)
        if told is None and gap is not None:
            expected = f"; one is expected by {say_date(gap.expected)}" if gap.expected else ""
            yield f"No word on it was awaited this time{expected}."
        if told is not None and not told.says_how_it_stands:
            yield f"Its lead cannot say this time how it stands: {self._said(activity, told, 'in_the_way')}"
        if last is not None and (told is None or not told.says_how_it_stands):
            yield f"Nothing was told of it this time; the last word is of {say_date(london_day(last.at))}."

    def _next(self, activity: Activity, last: ActivityTold | None, planned: str) -> str:
        """What comes next: a milestone as the plan calls it, else the lead's own words, through the gate."""
        said = last.next_milestone.casefold() if last else ""
        of_the_plan = {each.title.casefold(): each.title for each in activity.milestones}
        return of_the_plan.get(said) or self._said(activity, last, "next_milestone") or planned

    def _said(self, activity: Activity, told: ActivityTold | None, name: str) -> str:
        """Words as they may be published: about nobody, and read by an officer where they may tell what is hidden."""
        text = getattr(told, name) if told else ""
        if tells_of_a_person(text, self.known):
            return LEAD_LEFT_OUT
        return LEAD_UNREAD if text and told and self._waits(activity, told) else text

    def _waits(self, activity: Activity, told: ActivityTold) -> bool:
        """Whether an officer has yet to read a word of the lead's own: something is hidden that it might tell."""
        supplied = (each.code for each in self.framework.supplied_by(activity.lead))
        if not await_reading((told.told, activity.code), activity.indicators or supplied, self.hiding, self.read):
            return False
        planned = {each.title.casefold() for each in activity.milestones}
        own = (told.done, told.in_the_way, told.asks, *({told.next_milestone.casefold()} - planned))
        return any(own)


def _funding(activity: Activity) -> Iterator[str]:
    for each in activity.funding:
        amount = f", £{each.amount:,}" if each.amount is not None else ""
        until = f", until {say_date(each.until)}" if each.until else ""
        yield f"{each.source}{amount}{until}"
