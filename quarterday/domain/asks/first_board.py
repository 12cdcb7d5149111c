"""Of which board a lead's ask is asked first, whatever `config/` says since: what was asked moves to no other board."""

import json
from functools import lru_cache

from quarterday.domain.facts import ActivityTold, CollectionBound, Facts, FrameworkKept
from quarterday.domain.framework.framework import Framework


def board_of_activity(framework: Framework, facts: Facts, told: ActivityTold) -> str:
    """The board that reads how an activity goes; of one that `config/` has no more, as its collection promised.

    Empty where neither says.
    """
    if activity := framework.activity.get(told.activity):
        return framework.board_of(activity).code
    bound = max(facts.about(told.collection, CollectionBound), key=lambda each: each.number, default=None)
    kept = facts.about(told.partnership, FrameworkKept) if bound else ()
    content = next((each.content for each in kept if bound and each.sha256 == bound.framework), "")
    return _boards(content).get(told.activity, "") if content else ""


@lru_cache(maxsize=8)
def _boards(content: str) -> dict[str, str]:
    document = json.loads(content)
    boards = {each["code"]: each["board"] for each in document["priorities"]}
    return {each["code"]: boards.get(each["priority"], "") for each in document.get("activities", ())}
