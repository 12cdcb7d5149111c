"""When the ladder writes to a partner next: what a page promises of reminders is what the ladder does."""

from quarterday.domain.collection.chasing import next_word_on
from quarterday.domain.collection.waiting import Awaiting
from quarterday.web.door.visits import Visit
from quarterday.web.words import Words


def when_we_remind(words: Words, visit: Visit, awaiting: Awaiting | None) -> str:
    """From which day on a partner is reminded of what is awaited of it; that it is not, where no rung is left."""
    again = next_word_on(visit.framework, visit.request, awaiting) if awaiting else None
    return words.say("time.again", again=words.day(again)) if again else words.say("time.never_again")
