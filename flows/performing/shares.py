"""Which of a run's actions share a task: emails that one call may carry; everything else has a task of its own.

Up to a point: beyond so many tasks in a run, recording them would cost Prefect more than performing them, and several
actions share one.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from math import ceil

from quarterday.domain.collection.actions import Action, Send

MOST_TASKS = 100  # in one run


def shares(actions: Iterable[Action], at_once: int) -> Iterator[Sequence[Action]]:
    """The actions in their order, by the task that performs them: emails by the template, everything else by itself.

    Emails about one request build on one another, its thread above all, so no two of them share a task.
    """
    every = list(actions)
    at_least = ceil(len(every) / MOST_TASKS)
    at_once = max(at_once, at_least)
    for are_emails, group in groupby(every, key=lambda each: isinstance(each, Send)):
        run = list(group)
        if not are_emails or at_once == 1:
            yield from (run[start : start + at_least] for start in range(0, len(run), at_least))
            continue
        before: Counter[str] = Counter()
        alike: dict[tuple[int, str], list[Action]] = defaultdict(list)
        for each in run:
            assert isinstance(each, Send)
            alike[before[each.request], each.email].append(each)
            before[each.request] += bool(each.request)
        for _, emails in sorted(alike.items(), key=lambda each: each[0][0]):
            yield from (emails[start : start + at_once] for start in range(0, len(emails), at_once))
