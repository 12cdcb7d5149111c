"""What stands on a lead's pages and in its template about the activities that it is asked about."""

from datetime import date

from quarterday.domain.activities.told import given_up, told_before, told_for
from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.facts import ActivityTold
from quarterday.domain.framework.activities import Activity
from quarterday.web.door.visits import Visit
from quarterday.web.words import Words


def led(visit: Visit) -> tuple[Activity, ...]:
    """The activities that a request asks about, as far as the framework still knows them."""
    known = visit.framework.activity
    return tuple(known[code] for code in visit.request.activities if code in known)


def lines_of(words: Words, visit: Visit) -> list[dict[str, str]]:
    """Each activity with whether something was told of it: for the request's own page."""
    said = told_for(visit.facts, visit.request)
    settled = given_up(visit.facts, visit.request)

    def state(code: str) -> str:
        awaited = code in said or code not in settled
        return stands(words, said.get(code)) if awaited else words.say("activities.given_up")

    return [{"title": each.title, "state": state(each.code)} for each in led(visit)]


def told_last_time(words: Words, visit: Visit) -> dict[str, str]:
    """What was told last time of each activity, by its code, as its template shows it."""
    said = {each.code: last_time(words, visit, each) for each in led(visit)}
    return {code: "\n".join(f"{what}: {text}" for what, text in lines) for code, lines in said.items()}


def last_time(words: Words, visit: Visit, activity: Activity) -> list[tuple[str, str]]:
    """What was told last time. Links get forwarded: what no release has published stays hidden without the code."""
    before = told_before(visit.facts, activity.code, visit.request.collection)
    if before is None:
        return []
    said = [(words.say("activities.state"), state_said(words, before))]
    if before.next_on:
        said.append((words.say("activities.next"), planned(words, before.next_milestone, before.next_on)))
    if visit.shown or standing_releases(visit.facts, before.collection):
        said += [
            (words.say("activities.done"), before.done),
            (words.say("activities.in_the_way"), before.in_the_way),
            (words.say("activities.asks"), before.asks),
        ]
    return [each for each in said if each[1]]


def stands(words: Words, told: ActivityTold | None) -> str:
    """Whether something was told of an activity this time, and when."""
    if told is None:
        return words.say("activities.to_come")
    state = state_said(words, told)
    return words.say("activities.told_line", state=state, moment=words.moment(told.at))


def state_said(words: Words, told: ActivityTold) -> str:
    """The state that was told, in the words of the pages."""
    return words.say(f"activities.states.{told.state.value.replace(' ', '_')}")


def planned(words: Words, title: str, on: date) -> str:
    """A milestone with its day."""
    return words.say("activities.planned", title=title, day=words.date_of(on))
