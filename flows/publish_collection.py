"""Publishes releases and tells boards and partners: wraps `quarterday.publishing.release.make_release`.

Alone: `python -m flows.publish_collection`
"""

from prefect import flow

from flows.acting import act_on
from flows.failing import tell_officers
from flows.labels import collection_label, current_collection, label_run
from flows.office import installation
from flows.previewing import show_preview
from quarterday.actions import Publish, Send
from quarterday.decision import what_is_due
from quarterday.undecided import coming

TOLD = ("thank-you", "pack-ready")


@flow(name="publish-collection", on_failure=[tell_officers], on_crashed=[tell_officers])
def publish_collection() -> int:
    """Make the releases that are due, then tell those who wait for them. Returns how many actions it performed."""
    office = installation()
    today = office.today()
    plan = current_collection(office, today)
    label_run(office, "Publish", collection_label(plan), collection_label(plan))
    if plan and coming(office.framework, office.open_facts(), plan, today):
        show_preview(office, office.facts(), plan)
    releases = [each for each in what_is_due(office.framework, office.open_facts(), today) if isinstance(each, Publish)]
    done = act_on(office, releases)
    news = [
        each
        for each in what_is_due(office.framework, office.open_facts(), today)
        if isinstance(each, Send) and each.rung in TOLD
    ]
    return len(done) + len(act_on(office, news))


if __name__ == "__main__":
    publish_collection()
