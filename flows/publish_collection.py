"""Publishes releases and yearly reviews, and tells boards and partners of releases.

Wraps `quarterday.publishing.release.make_release` and `quarterday.publishing.yearly.review.make_review`.

Alone: `python -m flows.publish_collection`
"""

from collections.abc import Generator
from contextlib import contextmanager
from datetime import date

from prefect import get_run_logger

from flows.performing.acting import act_on
from flows.performing.coming_back import come_back
from flows.performing.failing import watched
from flows.performing.process import this_installation
from flows.showing.artifacts import show_standing
from flows.showing.labels import label_work
from flows.showing.previewing import show_preview
from quarterday.adapters.installation import Installation
from quarterday.adapters.undo_offers import facts_to_act_on
from quarterday.domain.collection.actions import Action, Publish, Send
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.releases import coming
from quarterday.domain.collection.runs import Run, run_of
from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.collection.yearly import reviews_due


@watched("publish-collection")
def publish_collection() -> int:
    """Make the releases that are due, tell those who wait for them, and show officers what comes next.

    Returns how many actions it performed. A release that cannot be made keeps nobody from the others, nor from hearing
    of them: the run fails when all else is done.
    """
    installation = this_installation()
    today = installation.today()
    done: list[Action] = []
    failed: list[Exception] = []
    due = what_is_due(installation.framework, facts_to_act_on(installation), today)
    label_work(installation, "Publish", [each for each in due if run_of(each) is Run.PUBLISH], today)
    with _going_on(failed):
        done += act_on(installation, [each for each in due if isinstance(each, Publish)])
    with _going_on(failed):
        done += act_on(installation, reviews_due(installation.framework, installation.facts(), today))
    due = what_is_due(installation.framework, installation.facts(), today)
    with _going_on(failed):
        done += act_on(installation, [each for each in due if isinstance(each, Send) and run_of(each) is Run.PUBLISH])
    come_back(installation, Run.PUBLISH)
    _show_what_comes(installation, today, failed)
    with _going_on(failed):
        show_standing(installation)
    if failed:
        raise failed[0]
    return len(done)


def _show_what_comes(installation: Installation, today: date, failed: list[Exception]) -> None:
    """A preview of each release that is to be made, beside those that were made just now; each by itself."""
    facts = installation.facts()
    for each in plans(installation.framework, facts.going_on):
        if coming(CollectionToday(installation.framework, facts.going_on, each, today)):
            with _going_on(failed):
                show_preview(installation, facts, each)


@contextmanager
def _going_on(failed: list[Exception]) -> Generator[None]:
    """Note what fails, and go on."""
    try:
        yield
    except Exception as problem:
        get_run_logger().exception("Going on after this:")
        failed.append(problem)


if __name__ == "__main__":
    publish_collection()
