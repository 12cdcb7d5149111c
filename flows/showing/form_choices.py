"""Lists in the forms of the Prefect UI: the quarters, partners, officers and indicators that there are, to choose from.

What they hold comes from `config/` and the register, which a flow's signature knows nothing of: so they are put into
the deployments' schemas once these are made (`flows.installation.deploying`), and renewed whenever officers are
shown how things stand and a list has become another one. The server then refuses what stands in no list before it makes
a run of it.
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from copy import deepcopy
from typing import Any

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.actions import DeploymentUpdate
from prefect.client.schemas.filters import DeploymentFilter, DeploymentFilterName

from quarterday.adapters.doctor.running import deployments_wanted
from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.settings import get_settings
from quarterday.domain.asks.agreed_actions import agreed_actions, open_actions
from quarterday.domain.asks.answering import boards_asked, owners
from quarterday.domain.asks.climbing import asks_of
from quarterday.domain.collection.binding import framework_of, plans
from quarterday.domain.collection.differences import differences
from quarterday.domain.facts import CollectionOpened, Facts, ReleaseMade, RequestMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import quarter_name
from quarterday.domain.rulings.adopting import ALL
from quarterday.domain.rulings.partner_rulings import PARTNERS_OWN

_ALSO_ACTIVITIES = "read-words"  # a lead's words stand beside an activity, a supplier's beside an indicator
LAST_OFFERED = "forms-offered"  # in the home: the mark of the lists that the forms have
DECISION = "decision"  # the tag of the deployments that are forms, in prefect.yaml
Choices = Mapping[str, Sequence[str | int]]


def choices(installation: Installation, facts: Facts) -> Choices:
    """What each field may be chosen from, by its name; one that has nothing to choose from takes what is typed."""
    framework, today = installation.framework, installation.today()
    officers = [each.code for each in framework.partnership.officers]
    asked = facts.of(RequestMade)
    opened = list(dict.fromkeys(each.collection for each in facts.of(CollectionOpened)))
    frameworks = [framework, *(framework_of(framework, facts, each) for each in opened)]
    differ = [each for one in opened for each in differences(framework, facts, today, closed=one)]
    return {
        "quarter": _quarters(installation, facts),
        "partner": sorted({*framework.partner, *(each.partner for each in asked)}),
        "indicator": sorted({each for one in frameworks for each in one.indicator}),
        "who": officers,
        "officer": officers,
        "activity": sorted({each.code for one in frameworks for each in one.activities}),
        "risk": [each.code for each in framework.risks],
        "bid": [each.code for each in framework.bids],
        "board": [each.code for each in boards_asked(framework)],
        **_between_meetings(framework, facts),
        "submission": [each.code for each in framework.submissions],
        "role": list(PARTNERS_OWN),
        "parts": [ALL, *dict.fromkeys(name for each in differ for name in each.names)],
        "version": sorted({each.version for each in facts.of(ReleaseMade)}),
    }


def _between_meetings(framework: Framework, facts: Facts) -> dict[str, Sequence[str]]:
    """What lies before boards and is still to be done; nothing where nothing is followed up."""
    if not framework.partnership.follows_up:
        return {}
    asks, actions = asks_of(framework, facts).values(), agreed_actions(facts).values()
    known = [code for code, _ in owners(framework)]
    return {
        "ask": [each.ask for each in asks if each.open],
        "action": [each.set.action for each in open_actions(actions)],
        "asker": known,
        "done_by": known,
    }


def _quarters(installation: Installation, facts: Facts) -> list[str]:
    """Those that were opened, the latest first, and the one that opens next."""
    framework, today = installation.framework, installation.today()
    every = plans(framework, facts)
    begun = [each for each in every if each.opens <= today or facts.about(each.collection, CollectionOpened)]
    following = [each for each in every if each not in begun][:1]
    return [name for each in reversed([*begun, *following]) if (name := quarter_name(each.period))]


def offer_choices(installation: Installation, facts: Facts) -> None:
    """Put today's lists, by the facts of what goes on, into every form, where they are other ones than last time."""
    offered = choices(installation, facts)
    known, now = installation.settings.home / LAST_OFFERED, _mark(installation, offered)
    if not known.exists() or known.read_text() != now:
        _offer_all(installation, offered)
        known.write_text(now)


def _mark(installation: Installation, offered: Choices) -> str:
    """What tells these lists, and the server that they are offered on, from others."""
    said = json.dumps([installation.settings.prefect_api, installation.settings.deployment_suffix, offered])
    return hashlib.sha256(said.encode()).hexdigest()


def _offer_all(installation: Installation, offered: Choices) -> None:
    wanted = deployments_wanted(installation.settings.deployment_suffix)
    names = [each["name"] for each in wanted if DECISION in each.get("tags", ())]
    with get_client(sync_client=True) as client:
        by_name = DeploymentFilter(name=DeploymentFilterName(any_=names))
        for form in client.read_deployments(deployment_filter=by_name):
            of_this_form = words_beside(offered) if form.name.startswith(_ALSO_ACTIVITIES) else offered
            _offer(client, form.id, form.parameter_openapi_schema or {}, of_this_form)


def words_beside(offered: Choices) -> Choices:
    """The same lists for words, which stand beside an indicator or an activity: both under `indicator`."""
    return {**offered, "indicator": [*offered.get("indicator", ()), *offered.get("activity", ())]}


def _offer(client: SyncPrefectClient, form: Any, schema: Mapping[str, Any], offered: Choices) -> None:
    chosen = with_choices(schema, offered)
    if chosen != schema:
        client.update_deployment(form, DeploymentUpdate(parameter_openapi_schema=chosen))


def with_choices(schema: Mapping[str, Any], offered: Choices) -> dict[str, Any]:
    """A form's schema with the lists in it: one to choose from for a plain field, several for a list.

    A list that has become empty goes: an old one would offer what is there no more.
    """
    made: dict[str, Any] = deepcopy(dict(schema))
    for name, field in made.get("properties", {}).items():
        if name in offered and "type" in field:
            asked = field["items"] if field["type"] == "array" else field
            asked.pop("enum", None)
            asked |= {"enum": list(offered[name])} if offered[name] else {}
    return made


def offer_anew() -> None:
    """Offer them once deployments were made, where there is a register already: else the first run does."""
    settings = get_settings()
    if is_there(settings.register_url):
        installation = open_installation(settings)
        (settings.home / LAST_OFFERED).unlink(missing_ok=True)  # the forms were made anew: they have none
        offer_choices(installation, installation.facts().going_on)
