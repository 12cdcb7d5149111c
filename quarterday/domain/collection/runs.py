"""Which run performs what is due: the only definition of whose each action, and each email, is."""

from enum import StrEnum

from quarterday.domain.collection.actions import Action, MakeRequest, MakeReview, OpenCollection, Publish, Send

REQUEST = "request"
OF_A_RELEASE = frozenset({"thank-you", "pack-ready", "pack-withdrawn", "review-ready"})


class Run(StrEnum):
    """The runs of a working day, by the deployments that make them."""

    OPEN = "open-collection"
    CHASE = "chase-returns"
    PUBLISH = "publish-collection"


def run_of(action: Action) -> Run:
    """Whose an action is: what opens and asks, what makes a release and tells of it, and all the rest."""
    occasion = action.occasion if isinstance(action, Send) else ""
    if isinstance(action, OpenCollection | MakeRequest) or occasion == REQUEST:
        return Run.OPEN
    return Run.PUBLISH if isinstance(action, Publish | MakeReview) or occasion in OF_A_RELEASE else Run.CHASE
