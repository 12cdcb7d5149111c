"""Performing the decision's actions, each in a task of its own: `perform` is the plain function behind the task.

Where the transport carries many emails in one call, those that may share it are a task together: `perform_share`.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from textwrap import shorten
from typing import Any

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.states import Completed, State
from prefect.tasks import exponential_backoff
from sqlalchemy.exc import OperationalError

from flows.shares import shares
from quarterday.actions import Action, CloseCollection, MakeRequest, OpenCollection, Publish, RecordGap, Send
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import perform_send, perform_sends
from quarterday.adapters.mail.transport import for_many
from quarterday.facts import CollectionClosed, CollectionOpened, Fact, Facts, GapRecorded, RequestMade
from quarterday.publishing.release import make_release

LONGEST_NAME = 120  # characters of a shared task that name its recipients
PASSING = (OperationalError, ConnectionError, TimeoutError)


class Known:
    """The facts that a run's emails are written from: read once, and again only where the run changed them.

    Reading them for every email would make a day's cost grow with the partnership's history.
    """

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._facts: Facts | None = None
        self._changed: set[str] = set()

    def before(self, action: Action) -> Facts:
        """The facts before an action: with whatever this run has recorded about its request or collection."""
        if self._facts is None or self._changed & _subjects(action):
            self._facts = self._installation.facts()
            self._changed.clear()
        return self._facts

    def after(self, action: Action) -> None:
        """Note that an action was tried: the next about the same reads the facts anew."""
        self._changed |= _subjects(action)


def _subjects(action: Action) -> set[str]:
    request = getattr(action, "request", "")
    return {request or action.collection}


def in_turn(actions: Iterable[Action]) -> list[Action]:
    """Actions in their order, but what is opened and asked before any email: the emails then share one reading."""
    return sorted(actions, key=lambda each: not isinstance(each, OpenCollection | MakeRequest))


def perform(installation: Installation, action: Action, known: Known | None = None) -> str:
    """Do one action and record it; safe to repeat. Returns what happened, without any address or figure."""
    known = known or Known(installation)
    try:
        return _perform(installation, action, known)
    finally:
        known.after(action)


def _perform(installation: Installation, action: Action, known: Known) -> str:
    match action:
        case Send():
            outcome = perform_send(installation, action, known.before(action))
            return str(outcome) if outcome else "already booked"
        case Publish():
            return f"version {make_release(installation, action).version}"
        case _:
            new = installation.register.append_new(_fact(installation, action))
            return "recorded" if new else "already recorded"


def perform_share(installation: Installation, share: Sequence[Action], known: Known) -> list[tuple[str, str]]:
    """Perform the actions of one task; safe to repeat. Returns the title of each and what happened."""
    emails = [each for each in share if isinstance(each, Send)]
    if len(emails) < len(share) or len(share) == 1:
        return [(title(each), perform(installation, each, known)) for each in share]
    try:
        facts = [known.before(each) for each in emails][-1]
        outcomes = perform_sends(installation, emails, facts)
    finally:
        for each in emails:
            known.after(each)
    return [(title(each), str(outcomes[each.key] or "already booked")) for each in emails]


def _fact(installation: Installation, action: OpenCollection | MakeRequest | RecordGap | CloseCollection) -> Fact:
    who: dict[str, Any] = {
        "at": installation.now(),
        "by": "quarterday",
        "reason": action.why,
        "partnership": installation.framework.partnership.code,
    }
    match action:
        case OpenCollection():
            return CollectionOpened(
                collection=action.collection, period_start=action.period.start, period_end=action.period.end, **who
            )
        case MakeRequest():
            return RequestMade(
                collection=action.collection,
                request=action.request,
                partner=action.partner,
                asked=action.asked,
                withheld=action.withheld,
                due=action.due,
                closes=action.closes,
                **who,
            )
        case RecordGap():
            return GapRecorded(
                collection=action.collection,
                request=action.request,
                partner=action.partner,
                indicator=action.indicator,
                owner=action.owner,
                expected=action.expected,
                **who,
            )
        case CloseCollection():
            return CollectionClosed(collection=action.collection, **who)


def title(action: Action) -> str:
    """What an action is called in the UI: what, for whom; no address, no figure."""
    match action:
        case OpenCollection():
            return f"Open the collection for {action.period}"
        case MakeRequest():
            return f"Ask {action.partner}"
        case Send():
            return f"Email {action.email} to {action.recipient.code}"
        case RecordGap():
            return f"Record a gap: {action.indicator}"
        case CloseCollection():
            return "Close the collection"
        case Publish():
            return f"Publish version {action.version} ({action.kind})"


def _worth_retrying(_task: object, _run: object, state: Any) -> bool:
    """Only what may pass by itself: a locked database, a dropped connection."""
    try:
        state.result()
    except PASSING:
        return True
    except Exception:
        return False
    return False


@task(
    task_run_name="{name}",
    retries=3,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_condition_fn=_worth_retrying,
    cache_policy=NO_CACHE,
    persist_result=False,
)
def act(installation: Installation, share: Sequence[Action], name: str, known: Known) -> State[Any]:
    """One action as a task, or the emails that share a call; its log and its state say what became of each."""
    became = perform_share(installation, share, known)
    log = get_run_logger()
    for what, happened in became:
        log.info("%s: %s", what, happened)
    counted = Counter(happened for _, happened in became)
    alone = len(became) == 1
    return Completed(message=", ".join(each if alone else f"{count} {each}" for each, count in counted.items()))


def act_on(installation: Installation, actions: Iterable[Action]) -> list[Action]:
    """Perform the actions in their order; returns them. One that fails does not stop the others: the run then fails."""
    performed: list[Action] = []
    failures: list[str] = []
    with for_many(installation.transport) as transport:
        office = replace(installation, transport=transport)
        known = Known(office)
        for share in shares(in_turn(actions), transport.at_once):
            # What fails together is tried one by one, so that the one at fault is named and holds up nobody.
            alone = [] if len(share) > 1 and _acted(office, share, known) else share
            failed = [each for each in alone if not _acted(office, [each], known)]
            performed += [each for each in share if each not in failed]
            failures += [title(each) for each in failed]
    if failures:
        raise ActionsFailedError(failures)
    return performed


def _acted(office: Installation, share: Sequence[Action], known: Known) -> bool:
    """Whether a task of these actions, tagged with every partner among them, came to its end."""
    partners = {partner for each in share if (partner := getattr(each, "partner", ""))}
    tagged = act.with_options(tags=sorted(partners)) if partners else act
    return tagged(office, share, _name(share), known, return_state=True).is_completed()


def _name(share: Sequence[Action]) -> str:
    """What a task is called in the UI."""
    first, *others = share
    if not others or not isinstance(first, Send):
        return title(first)
    codes = (each.recipient.code for each in share if isinstance(each, Send))
    return f"Email {first.email} to {len(share)}: {shorten(', '.join(codes), LONGEST_NAME, placeholder=' …')}"


class ActionsFailedError(Exception):
    """Some actions could not be performed. Nothing is lost: the next run takes them up again."""

    def __init__(self, titles: list[str]) -> None:
        super().__init__(
            f"{len(titles)} action(s) failed: {'; '.join(titles)}. Nothing is lost and nothing needs repeating: "
            "the next run takes them up again. If it fails again, read the log of the task that failed."
        )
