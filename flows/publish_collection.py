"""Publishes releases and tells boards and partners: wraps `quarterday.publishing.release.make_release`.

Alone: `python -m flows.publish_collection`
"""

from flows.performing.acting import act_on
from flows.performing.failing import watched
from flows.performing.process import this_installation
from flows.showing.labels import collection_label, current_collection, label_run
from flows.showing.previewing import show_preview
from quarterday.domain.collection.actions import Publish, Send
from quarterday.domain.collection.binding import plans
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.releases import coming
from quarterday.domain.collection.today import CollectionToday

TOLD = ("thank-you", "pack-ready")


@watched("publish-collection")
def publish_collection() -> int:
    """Make the releases that are due, then tell those who wait for them. Returns how many actions it performed."""
    installation = this_installation()
    today, facts = installation.today(), installation.open_facts()
    plan = current_collection(installation, facts, today)
    label_run(installation, "Publish", collection_label(plan), collection_label(plan))
    for each in plans(installation.framework, facts):
        if coming(CollectionToday(installation.framework, facts, each, today)):
            show_preview(installation, installation.facts(), each)
    releases = [each for each in what_is_due(installation.framework, facts, today) if isinstance(each, Publish)]
    try:
        done = act_on(installation, releases)
    finally:  # a release that could not be made keeps nobody from hearing of the others
        due = what_is_due(installation.framework, installation.open_facts(), today)
        told = act_on(installation, [each for each in due if isinstance(each, Send) and each.occasion in TOLD])
    return len(done) + len(told)


if __name__ == "__main__":
    publish_collection()
