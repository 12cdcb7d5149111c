"""How asks, answers and actions are said on pages, and what may not be written into them."""

from collections.abc import Mapping
from datetime import date

from quarterday.adapters.personal_data import OwnWords, is_certain, kind_of
from quarterday.domain.asks.agreed_actions import AgreedAction
from quarterday.domain.asks.climbing import Ask
from quarterday.domain.asks.naming import name_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import AskAnswered
from quarterday.domain.framework.framework import Framework
from quarterday.web.serving.forms import Form
from quarterday.web.words import Words


def became(words: Words, framework: Framework, answer: AskAnswered) -> str:
    """An answer with its board, its day, and what readers are told."""
    to = name_of(framework, answer.passed_to) if answer.passed_to else ""
    until = words.date_of(answer.until) if answer.until else ""
    said = words.say(
        f"boards.became.{answer.answer.value.replace(' ', '_')}{'_until' if until else ''}",
        board=name_of(framework, answer.board),
        day=words.date_of(answer.meeting),
        to=to,
        until=until,
    )
    return f"{said} {answer.for_readers}".strip()


def asked_line(words: Words, framework: Framework, ask: Ask) -> str:
    """What became of an ask so far: its answers, and before whom it lies."""
    said = [became(words, framework, each) for each in ask.answers]
    if ask.withdrawn:
        day = words.date_of(london_day(ask.withdrawn.at))
        said.append(f"{words.say('boards.was_withdrawn', day=day)} {ask.withdrawn.for_readers}")
    if ask.open:
        said.append(words.say("boards.lies_before", board=name_of(framework, ask.board)))
    return " ".join(said)


def how_it_goes(words: Words, action: AgreedAction, today: date) -> str:
    """An action's day, and how it goes in its owner's last word."""
    key = "boards.due_passed" if action.overdue(today) else "boards.due_line"
    due = words.say(key, day=words.date_of(action.set.due))
    if not action.told:
        return due
    last = action.told[-1]
    state = words.say(f"boards.states.{last.state.value.replace(' ', '_')}")
    return f"{due} {words.say('boards.told_line', state=state, moment=words.moment(last.at))} {last.said}".strip()


def refuse_persons(words: Words, framework: Framework, form: Form, texts: Mapping[str, str]) -> None:
    """Note beside each field what tells of a person."""
    for field, text in texts.items():
        if personal_in(framework, text):
            form.errors[field] = words.say("boards.personal")


def personal_in(framework: Framework, text: str) -> bool:
    """Whether words certainly tell of a person."""
    rule = kind_of(text, OwnWords(framework))
    return bool(rule and is_certain(rule))
