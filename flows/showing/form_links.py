"""Links from artifacts to a decision's form, filled in with what the matter is about: nobody types its codes."""

import json
from urllib.parse import quote

import httpx
from prefect.client.orchestration import get_client
from prefect.exceptions import ObjectNotFound, PrefectHTTPStatusError

from quarterday.adapters.installation import Installation
from quarterday.domain.collection.binding import plan_for
from quarterday.domain.facts import Facts
from quarterday.domain.framework.periods import quarter_name
from quarterday.domain.rulings.undecided import Undecided

_FILLED_BY_ITS_NAME = {"review-risk": "risk", "tell-bid": "bid"}


def form_link(installation: Installation, name: str, filled_in: dict[str, str]) -> str:
    """A link to a deployment's form, filled in; to its line in the list where the server does not say which it is."""
    full = f"{name}{installation.settings.deployment_suffix}"
    if found := _id_of(name, full):
        return f"[{full}](/deployments/deployment/{found}/run?parameters={quote(json.dumps(filled_in))})"
    return f"[{full}](/deployments?deployments.flowOrDeploymentNameLike={full})"


def filled_in_for(installation: Installation, facts: Facts, matter: Undecided) -> dict[str, str]:
    """What a matter's form can be filled in with: quarter, partner, risk or bid; never who decides, nor what."""
    if name := _FILLED_BY_ITS_NAME.get(matter.decide_with):
        return {name: matter.about}
    made = facts.request(matter.about)
    plan = plan_for(installation.framework, facts, made.collection if made else matter.about)
    quarter = quarter_name(plan.period) if plan else ""
    return ({"quarter": quarter} if quarter else {}) | ({"partner": made.partner} if made else {})


def _id_of(name: str, full: str) -> str:
    try:
        with get_client(sync_client=True) as client:
            return str(client.read_deployment_by_name(f"{name}/{full}").id)
    except (ObjectNotFound, PrefectHTTPStatusError, httpx.HTTPError):
        return ""
