"""Which of a run's actions share a task: emails that one call may carry; everything else has a task of its own."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from quarterday.actions import Action, Send


def shares(actions: Iterable[Action], at_once: int) -> Iterator[Sequence[Action]]:
    """The actions in their order, by the task that performs them: emails by the template, everything else by itself.

    Emails about one request build on one another, its thread above all, so no two of them share a task.
    """
    for are_emails, run in groupby(actions, key=lambda each: isinstance(each, Send)):
        if not are_emails or at_once == 1:
            yield from ([each] for each in run)
            continue
        before: Counter[str] = Counter()
        alike: dict[tuple[int, str], list[Action]] = defaultdict(list)
        for each in run:
            assert isinstance(each, Send)
            alike[before[each.request], each.email].append(each)
            before[each.request] += bool(each.request)
        for _, emails in sorted(alike.items(), key=lambda each: each[0][0]):
            yield from (emails[start : start + at_once] for start in range(0, len(emails), at_once))
