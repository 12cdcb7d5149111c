"""Links from artifacts: to a decision's form, filled in with what the matter is about, and to another artifact.

Nobody types the matter's codes, and nobody picks the newest artifact from a list of them.
"""

import json
from functools import cache
from urllib.parse import quote
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from flows.showing.labels import artifact_key
from quarterday.adapters.installation import Installation
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.facts import Facts
from quarterday.domain.framework.periods import quarter_name
from quarterday.domain.rulings.undecided import Undecided

_FILLED_BY_ITS_NAME = {"review-risk": "risk", "tell-bid": "bid", "record-meeting": "board"}


class Links:
    """Links of one showing: the server is asked once for each form and for each artifact."""

    def __init__(self, installation: Installation) -> None:
        self._installation = installation
        self._form = cache(_id_of_form)
        self._artifact = cache(_id_of_artifact)

    def form(self, name: str, filled_in: dict[str, str], words: str = "") -> str:
        """A deployment's form, filled in; its line in the list where the server does not say which it is."""
        full = f"{name}{self._installation.settings.deployment_suffix}"
        if found := self._form(name, full):
            return f"[{words or full}](/deployments/deployment/{found}/run?parameters={quote(json.dumps(filled_in))})"
        return f"[{words or full}](/deployments?deployments.flowOrDeploymentNameLike={full})"

    def artifact(self, key: str, words: str) -> str:
        """The newest artifact of a key, itself; words alone where there is none yet."""
        found = self._artifact(artifact_key(key))
        return f"[{words}](/artifacts/artifact/{found})" if found else words


def officers_page(installation: Installation, page: str, words: str) -> str:
    """A link to one of the officers' pages."""
    return f"[{words}]({installation.settings.portal_url.rstrip('/')}/officers{page})"


def filled_in_for(installation: Installation, facts: Facts, matter: Undecided) -> dict[str, str]:
    """What a matter's form can be filled in with: quarter, partner, risk or bid; never who decides, nor what."""
    if matter.decide_with == "record-submission":
        submission, _, day = matter.about.rpartition("/")
        return {"submission": submission, "owed_on": day}
    if matter.decide_with == "read-words":
        reference, _, on = matter.about.rpartition("/")
        return {"partner_return": reference, "indicator": on}
    if name := _FILLED_BY_ITS_NAME.get(matter.decide_with):
        return {name: matter.about}
    made = facts.request(matter.about)
    plan = plan_for(installation.framework, facts, made.collection if made else matter.about)
    quarter = quarter_name(plan.period) if plan else ""
    return ({"quarter": quarter} if quarter else {}) | ({"partner": made.partner} if made else {})


def _id_of_form(name: str, full: str) -> str:
    try:
        with get_client(sync_client=True) as client:
            return str(client.read_deployment_by_name(f"{name}/{full}").id)
    except (ObjectNotFound, PrefectHTTPStatusError, httpx.HTTPError):
        return ""


def _id_of_artifact(key: str) -> UUID | None:
    by_key = ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(any_=[key]))
    try:
        with get_client(sync_client=True) as client:
            found = client.read_latest_artifacts(artifact_filter=by_key)
    except (PrefectHTTPStatusError, httpx.HTTPError):
        return None
    return found[0].latest_id if found else None
