"""What boards' leads and owners wrote that no officer has read yet, where packs may have to leave it out until then.

Packs leave it out only where a figure that it may tell is hidden, which the release alone knows; here it is enough that
some figure may be. What is read early is left out of no pack at all.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from quarterday.domain.asks.agreed_actions import AgreedAction, agreed_actions
from quarterday.domain.asks.climbing import Ask, asks_of
from quarterday.domain.asks.naming import public_name_of
from quarterday.domain.asks.wording import Worded, reading_of, texts_of
from quarterday.domain.facts import AskAnswered, BoardSaid, Facts
from quarterday.domain.facts.readings import may_still_wait, names_read
from quarterday.domain.facts.recipients import is_own_of_officers
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date


@dataclass(frozen=True)
class UnreadWords:
    """Words by the names that a reading gives them, and a title that shows nothing of what they say."""

    fact: Worded
    title: str

    @property
    def name(self) -> str:
        """How pages and forms name them."""
        return "/".join(reading_of(self.fact))


def words_unread(framework: Framework, facts: Facts, today: date) -> Iterator[UnreadWords]:
    """What nobody who may publish has read; none where no figure is ever hidden, or boards are not followed up."""
    if not framework.partnership.follows_up or not _may_hide(framework):
        return
    read = names_read(facts)
    for fact, title in written(framework, facts):
        wanting = texts_of(fact) and not is_own_of_officers(fact.by) and may_still_wait(fact, today)
        if wanting and reading_of(fact) not in read:
            yield UnreadWords(fact, title)


def written(framework: Framework, facts: Facts) -> Iterator[tuple[Worded, str]]:
    """All words that hold, each with its title: of asks and answers, of actions, and from boards to those above."""
    for ask in asks_of(framework, facts).values():
        title = title_of_ask(framework, ask)
        if ask.worded:
            yield ask.worded, title
        for answered in ask.answers:
            yield answered, title_of_answer(framework, title, answered)
        if ask.withdrawn:
            yield ask.withdrawn, title_of_withdrawal(title)
    for action in agreed_actions(facts).values():
        title = title_of_action(framework, action)
        yield action.set, title
        if action.told:
            yield action.told[-1], f"{title}: how it goes"
    for said in {(each.board, each.meeting): each for each in facts.of(BoardSaid)}.values():
        yield said, title_of_words_upward(framework, said)


def title_of_ask(framework: Framework, ask: Ask) -> str:
    """An ask without its words: who asked whom, when, and for what kind of answer."""
    asker, board = public_name_of(framework, ask.asker), public_name_of(framework, ask.first_board)
    return f"What {asker} asked of {board} on {say_date(ask.raised_at.date())} ({ask.kind})"


def title_of_answer(framework: Framework, asked: str, answered: AskAnswered) -> str:
    """An answer without its words: to what, by its title, and whose."""
    return f"{asked}: what {public_name_of(framework, answered.board)} answered"


def title_of_withdrawal(asked: str) -> str:
    """Why an ask, by its title, is asked no more, without the words."""
    return f"{asked}: why it was withdrawn"


def title_of_words_upward(framework: Framework, said: BoardSaid) -> str:
    """What a board told the one above, without the words: whose, and of which meeting."""
    return f"{public_name_of(framework, said.board)}, {say_date(said.meeting)}: to the board above"


def title_of_action(framework: Framework, action: AgreedAction) -> str:
    """An action without its words: whose it is, who set it, and by when."""
    board, owner = public_name_of(framework, action.set.board), public_name_of(framework, action.set.owner)
    return f"{board}: action for {owner}, by {say_date(action.set.due)}"


def _may_hide(framework: Framework) -> bool:
    return any(each.disclosure.hides for each in framework.indicators)
