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

from flows.performing.process import as_it_is
from flows.performing.shares import shares
from quarterday.adapters.breakage import NOTHING_LOST, what_to_do
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import perform_send, perform_sends
from quarterday.adapters.mail.transport import for_many
from quarterday.domain.collection.actions import (
    Action,
    CloseCollection,
    LeaveAtRest,
    MakeRequest,
    MakeReview,
    OpenCollection,
    Publish,
    RaiseAsk,
    RecordActivityGap,
    RecordGap,
    Send,
)
from quarterday.domain.collection.binding import opening
from quarterday.domain.facts import (
    ActivityGap,
    AnswerTold,
    AskRaised,
    CollectionClosed,
    CollectionsAtRest,
    Fact,
    Facts,
    GapRecorded,
    RequestMade,
)
from quarterday.publishing.disclosure.risk import DisclosureRiskError

LONGEST_NAME = 120  # characters of a shared task that name its recipients
PASSING = (OperationalError, ConnectionError, TimeoutError)


class FactsOfARun:
    """The facts that a run's emails are written from: read once, and again only where the run changed them."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._facts: Facts | None = None
        self._changed: set[str] = set()

    def before(self, action: Action) -> Facts:
        """The facts before an action: with whatever this run has recorded about its request or collection."""
        if self._facts is None or self._changed & _subjects(action):
            self._facts = self._installation.facts().going_on.firm
            self._changed.clear()
        return self._facts

    def after(self, action: Action) -> None:
        """Note that an action was tried: the next about the same reads the facts anew."""
        self._changed |= _subjects(action)


def _subjects(action: Action) -> set[str]:
    return {getattr(action, "request", "") or getattr(action, "collection", "")}


def in_turn(actions: Iterable[Action]) -> list[Action]:
    """Actions in their order, but what is opened and asked before any email: the emails then share one reading."""
    return sorted(actions, key=lambda each: not isinstance(each, OpenCollection | MakeRequest))


def perform(installation: Installation, action: Action, known: FactsOfARun | None = None) -> str:
    """Do one action and record it; safe to repeat. Returns what happened, without any address or figure."""
    known = known or FactsOfARun(installation)
    try:
        return _perform(installation, action, known)
    finally:
        known.after(action)


def _perform(installation: Installation, action: Action, known: FactsOfARun) -> str:
    match action:
        case Send():
            outcome = perform_send(installation, action, known.before(action))
            return str(outcome) if outcome else "already booked"
        case Publish():
            from quarterday.publishing.release import make_release  # noqa: PLC0415 - slow, and seldom due

            return f"version {make_release(installation, action).version}"
        case MakeReview():
            from quarterday.publishing.yearly.review import make_review  # noqa: PLC0415 - slow, and due once a year

            return f"version {make_review(installation, action).version}"
        case _:
            new = installation.register.append_new(*_facts(installation, action))
            return "recorded" if new else "already recorded"


def perform_share(installation: Installation, share: Sequence[Action], known: FactsOfARun) -> list[tuple[str, str]]:
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


def _facts(
    installation: Installation,
    action: OpenCollection | MakeRequest | RecordGap | RecordActivityGap | CloseCollection | LeaveAtRest | RaiseAsk,
) -> tuple[Fact, ...]:
    who: dict[str, Any] = {
        "at": installation.now(),
        "by": "quarterday",
        "reason": action.why,
        "partnership": installation.framework.partnership.code,
    }
    match action:
        case OpenCollection():
            return opening(installation.framework, action.plan, **who)
        case MakeRequest():
            request = RequestMade(
                collection=action.collection,
                request=action.request,
                partner=action.partner,
                asked=action.asked,
                withheld=action.withheld,
                due=action.due,
                closes=action.closes,
                activities=action.activities,
                **who,
            )
            told = (AnswerTold(ask=each.ask, answer=each.key, told_in=action.request, **who) for each in action.tells)
            return (request, *told)
        case RecordGap():
            gap = GapRecorded(
                collection=action.collection,
                request=action.request,
                partner=action.partner,
                indicator=action.indicator,
                owner=action.owner,
                expected=action.expected,
                **who,
            )
            return (gap,)
        case RecordActivityGap():
            same = {
                name: getattr(action, name) for name in ("collection", "request", "partner", "activity", "expected")
            }
            return (ActivityGap(**same, **who),)
        case CloseCollection():
            return (CollectionClosed(collection=action.collection, **who),)
        case LeaveAtRest():
            return (CollectionsAtRest(collections=action.collections, quiet_since=action.quiet_since, **who),)
        case RaiseAsk():
            first = {name: getattr(action.first, name) for name in type(action.first).model_fields}
            return (AskRaised(ask=action.ask, asker=action.asker, board=action.board, **first, **who),)


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
        case RecordActivityGap():
            return f"Record that nothing was told: {action.activity}"
        case CloseCollection():
            return "Close the collection"
        case Publish():
            return f"Publish version {action.version} ({action.kind})"
        case LeaveAtRest():
            return "Leave to rest what is over"
        case MakeReview():
            return f"Make the yearly review {action.submission} (version {action.version})"
        case RaiseAsk():
            return f"Raise what {action.asker} asks of {action.board}"


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
def act(installation: Installation, share: Sequence[Action], name: str, known: FactsOfARun) -> State[Any]:
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
    failures: list[tuple[Action, State[Any]]] = []
    with for_many(installation.transport) as transport:
        installation = replace(installation, transport=transport)
        known = FactsOfARun(installation)
        for share in shares(in_turn(actions), transport.at_once):
            failed = _failed(installation, share, known)
            failures += failed
            performed += [each for each in share if all(each is not action for action, _ in failed)]
    if failures:
        problems = [state.result(raise_on_failure=False) for _, state in failures]
        stopped = [str(each) for each in problems if isinstance(each, DisclosureRiskError)]
        broke = dict.fromkeys(filter(None, map(what_to_do, problems)))
        raise ActionsFailedError([title(action) for action, _ in failures], stopped, list(broke))
    return performed


def _failed(installation: Installation, share: Sequence[Action], known: FactsOfARun) -> list[tuple[Action, State[Any]]]:
    """Perform actions in one task, tagged with every partner among them; gives those that failed, and how.

    What fails together is tried one by one, so that the one at fault is named and holds up nobody.
    """
    partners = {partner for each in share if (partner := getattr(each, "partner", ""))}
    tagged = act.with_options(tags=sorted(partners)) if partners else act
    state: State[Any] = tagged(as_it_is(installation), as_it_is(share), _name(share), known, return_state=True)
    if state.is_completed():
        return []
    if len(share) == 1:
        return [(share[0], state)]
    return [failed for each in share for failed in _failed(installation, [each], known)]


def _name(share: Sequence[Action]) -> str:
    """What a task is called in the UI."""
    first, *others = share
    if not others:
        return title(first)
    if not isinstance(first, Send):
        return f"{title(first)} and {len(others)} more"
    codes = (each.recipient.code for each in share if isinstance(each, Send))
    return f"Email {first.email} to {len(share)}: {shorten(', '.join(codes), LONGEST_NAME, placeholder=' …')}"


class ActionsFailedError(Exception):
    """Some actions could not be performed. Nothing is lost: the next run takes them up again.

    `stopped` says of releases that were stopped why, and what an officer does: no run gets them further by itself.
    `broke` says what broke, and what to do.
    """

    def __init__(self, titles: list[str], stopped: list[str], broke: list[str] | None = None) -> None:
        unknown = ["If it fails again, read the log of the task that failed."]
        then = [*stopped, *([NOTHING_LOST, *(broke or unknown)] if broke or not stopped else ())]
        super().__init__(" ".join([f"{len(titles)} action(s) failed: {'; '.join(titles)}.", *then]))
