"""The people who are asked, by character: what each does on a day, from letters that came and receipts they hold."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date

from quarterday.domain.framework.calendar import WorkingDays
from simulation import files
from simulation.post import Accepted


@dataclass(frozen=True)
class Deed:
    """One thing that somebody does on the page. `role` says whose latest letter opens it."""

    what: str  # send, nil, time, reference, not-available, colleague, look, activities
    how: str = files.GOOD
    role: str = "contact"
    part: bool = False
    other_period: bool = False
    insist: bool = False
    twice: bool = False
    oldest_link: bool = False

    @property
    def is_about_figures(self) -> bool:
        """Whether it answers with figures, or says that there are none; a document that is none may come anyway."""
        return self.what in ("nil", "not-available") or (self.what == "send" and self.how != files.NONSENSE)


@dataclass
class Scene:
    """What the people of one partner know on a day of one collection."""

    today: date
    due: date
    closes: date
    calendar: WorkingDays
    letters: Sequence[Accepted]  # about this request, to anybody at the partner
    receipts: list[str] = field(default_factory=list)  # the deeds for which somebody holds a receipt
    sent_on: dict[str, date] = field(default_factory=dict)
    leads: bool = False  # whether the request asks about activities too
    has_told: bool = False  # whether somebody was thanked for telling of them
    tries: Counter[tuple[str, str]] = field(default_factory=Counter)

    def since(self, *emails: str) -> int:
        """Working days since the first letter of these kinds; -1 where none came."""
        came = [each.at.date() for each in self.letters if each.email in emails]
        return self.calendar.between(min(came), self.today) if came else -1

    def did(self, what: str) -> bool:
        """Whether somebody holds a receipt for it."""
        return what in self.receipts

    def overdue_by(self) -> int:
        """Working days since the due date, 0 up to it."""
        return self.calendar.between(self.due, self.today) if self.today > self.due else 0


Character = Callable[[Scene], Sequence[Deed]]


def prompt(scene: Scene) -> Sequence[Deed]:
    """Answers two days after the request."""
    return [Deed("send")] if not scene.receipts and scene.since("request") >= 2 else []


def halves_at_once(scene: Scene) -> Sequence[Deed]:
    """Two people send half each, in the same minute, and say that it is a part."""
    if scene.since("request") < 3:
        return []
    halves = (("first half", files.FIRST_HALF, "contact"), ("second half", files.SECOND_HALF, "deputy"))
    return [Deed("send", how, role, part=True) for name, how, role in halves if not scene.did(name)]


def part_then_rest(scene: Scene) -> Sequence[Deed]:
    """Sends half with a promise, and the rest four days later."""
    if not scene.did("first half"):
        return [Deed("send", files.FIRST_HALF, part=True)] if scene.since("request") >= 4 else []
    ready = not scene.did("second half") and scene.since("receipt") >= 4
    return [Deed("send", files.SECOND_HALF)] if ready else []


def part_and_no_more(scene: Scene) -> Sequence[Deed]:
    """Promises the rest and forgets it."""
    ready = not scene.receipts and scene.since("request") >= 5
    return [Deed("send", files.FIRST_HALF, part=True)] if ready else []


def late_after_a_chaser(scene: Scene) -> Sequence[Deed]:
    """Forgets; answers the day after the first chaser."""
    return [Deed("send")] if not scene.receipts and scene.since("chaser-1") >= 1 else []


def late_to_the_last_rung(scene: Scene) -> Sequence[Deed]:
    """Answers when the board's lead has heard, whom nobody at the partner sees."""
    return [Deed("send")] if not scene.receipts and scene.overdue_by() >= 8 else []


def after_the_close(scene: Scene) -> Sequence[Deed]:
    """Answers when it is too late for the papers: a revision."""
    return [Deed("send")] if not scene.receipts and scene.today > scene.closes else []


def wrong_then_right(scene: Scene) -> Sequence[Deed]:
    """Insists on figures with mistakes, is asked again and corrects them."""
    if not scene.did("wrong"):
        return [Deed("send", files.WRONG, insist=True)] if scene.since("request") >= 4 else []
    return [Deed("send")] if not scene.did("good") and scene.since("sent-back") >= 2 else []


def wrong_and_stays_so(scene: Scene) -> Sequence[Deed]:
    """Insists on figures with mistakes and leaves it at that: an officer has to rule."""
    ready = not scene.receipts and scene.since("request") >= 3
    return [Deed("send", files.WRONG, insist=True)] if ready else []


def another_period(scene: Scene) -> Sequence[Deed]:
    """Has figures for other months only."""
    return [Deed("send", other_period=True)] if not scene.receipts and scene.since("request") >= 5 else []


def nothing_to_report(scene: Scene) -> Sequence[Deed]:
    """Had no cases and says so when reminded."""
    return [Deed("nil")] if not scene.receipts and scene.since("reminder") >= 0 else []


def needs_time(scene: Scene) -> Sequence[Deed]:
    """Asks for more time when reminded, and keeps the date."""
    if not scene.did("time"):
        return [Deed("time")] if scene.since("reminder") >= 0 else []
    return [Deed("send")] if not scene.did("good") and scene.since("extension-granted") >= 3 else []


def needs_time_and_forgets(scene: Scene) -> Sequence[Deed]:
    """Asks for more time, and never sends."""
    return [Deed("time")] if not scene.receipts and scene.since("reminder") >= 0 else []


def quotes_a_reference(scene: Scene) -> Sequence[Deed]:
    """Has a process of its own with a number, and answers six days later."""
    if not scene.did("reference"):
        return [Deed("reference")] if scene.since("request") >= 1 else []
    return [Deed("send")] if not scene.did("good") and scene.since("request") >= 7 else []


def passes_it_on(scene: Scene) -> Sequence[Deed]:
    """Names a colleague, who answers with the link that they are sent."""
    if not scene.did("colleague"):
        return [Deed("colleague")] if scene.since("request") >= 1 else []
    return [Deed("send", role="colleague")] if not scene.did("good") and scene.since("colleague") >= 2 else []


def forwards_the_first_link(scene: Scene) -> Sequence[Deed]:
    """Sends the first email on to somebody, who uses its link weeks later, and twice."""
    ready = not scene.receipts and scene.since("reminder") >= 1
    return [Deed("send", oldest_link=True, twice=True)] if ready else []


def two_send_the_whole(scene: Scene) -> Sequence[Deed]:
    """Contact and manager each send it, neither knowing of the other."""
    if scene.since("escalation-manager") < 0:
        return []
    senders = (("good", files.GOOD, "contact"), ("corrected", files.CORRECTED, "manager"))
    return [Deed("send", how, role) for name, how, role in senders if not scene.did(name)]


def thinks_better_of_it(scene: Scene) -> Sequence[Deed]:
    """Sends good figures and, after a recount, corrected ones."""
    if not scene.did("good"):
        return [Deed("send")] if scene.since("request") >= 2 else []
    ready = not scene.did("corrected") and scene.since("receipt") >= 6
    return [Deed("send", files.CORRECTED)] if ready else []


def not_available(scene: Scene) -> Sequence[Deed]:
    """Says that none of it can be had."""
    return [Deed("not-available")] if not scene.receipts and scene.since("request") >= 3 else []


def careless(scene: Scene) -> Sequence[Deed]:
    """Tries the minutes of a meeting, is told, and sends the figures."""
    if scene.receipts or scene.since("request") < 3:
        return []
    return [Deed("send", files.NONSENSE), Deed("send")]


def behind_a_scanner(scene: Scene) -> Sequence[Deed]:
    """Whose mail is opened by a machine that follows every link; answers in time."""
    looks = [Deed("look")] if scene.since("request") in (0, 1) else []
    return [*looks, Deed("send")] if not scene.receipts and scene.since("request") >= 4 else looks


def silent(_scene: Scene) -> Sequence[Deed]:
    """Never answers."""
    return []


def tells_early(scene: Scene) -> Sequence[Deed]:
    """Tells of the activities three days after the request, whatever becomes of the figures."""
    return [Deed("activities")] if scene.leads and not scene.has_told and scene.since("request") >= 3 else []


def tells_when_reminded(scene: Scene) -> Sequence[Deed]:
    """Tells of the activities the day after the reminder."""
    return [Deed("activities")] if scene.leads and not scene.has_told and scene.since("reminder") >= 1 else []


CHARACTERS: tuple[Character, ...] = (
    prompt,
    halves_at_once,
    part_then_rest,
    part_and_no_more,
    late_after_a_chaser,
    late_to_the_last_rung,
    after_the_close,
    wrong_then_right,
    wrong_and_stays_so,
    another_period,
    nothing_to_report,
    needs_time,
    needs_time_and_forgets,
    quotes_a_reference,
    passes_it_on,
    forwards_the_first_link,
    two_send_the_whole,
    thinks_better_of_it,
    not_available,
    careless,
    behind_a_scanner,
    silent,
)


TELLING: tuple[Character, ...] = (tells_early, tells_when_reminded, silent)


def cast(chance: random.Random, partners: Sequence[str]) -> dict[str, Character]:
    """Who is who in one collection: how each answers with figures, and how with words on activities."""
    return {partner: _both(chance.choice(CHARACTERS), chance.choice(TELLING)) for partner in sorted(partners)}


def _both(answers: Character, tells: Character) -> Character:
    return lambda scene: [*answers(scene), *tells(scene)]
