"""The addresses of the officers' pages."""

from functools import partial

from starlette.routing import BaseRoute, Route

from quarterday.domain.rulings.officer_links import OfficerPage
from quarterday.web.door.entrance import Entrance
from quarterday.web.officers import (
    activities_page,
    asks_page,
    collection_page,
    contacts,
    decide,
    decisions_log,
    drafts,
    export_page,
    history_page,
    indicator_page,
    key_page,
    openid,
    own_page,
    partner_page,
    persons_page,
    release_page,
    return_page,
    risks_page,
    sign_in,
    today,
    undo_page,
)
from quarterday.web.officers.early_visits import early_visit
from quarterday.web.officers.officer_door import HOME, OfficersDoor, taking
from quarterday.web.officers.officer_visits import officer_visit
from quarterday.web.officers.owed_outward import review_file
from quarterday.web.officers.subjects import ASKS
from quarterday.web.serving.site import Site, plainly


def officers_routes(site: Site) -> list[BaseRoute]:
    """Every page of the officers' side, and everything that is done there."""
    return [*_sign_in_routes(site), *_session_routes(OfficersDoor(site))]


def linked_routes(site: Site, dead_seconds: float) -> list[BaseRoute]:
    """What officers do, and early readers look at, by a link in an email. A dead link's page takes `dead_seconds`."""
    contact = Entrance(site, dead_seconds, partial(officer_visit, OfficerPage.CONTACT, "contact"))
    preview = Entrance(site, dead_seconds, partial(officer_visit, OfficerPage.PREVIEW, "preview"))
    early = Entrance(site, dead_seconds, early_visit)
    return [
        Route("/r/{token}/pre-release", early.page(drafts.early_page), methods=["GET"]),
        Route("/r/{token}/pre-release/{name}", early.page(drafts.draft), methods=["GET"]),
        Route("/r/{token}/contact", contact.page(contacts.contact_page), methods=["GET"]),
        Route("/r/{token}/contact", contact.act(contacts.change), methods=["POST"]),
        Route("/r/{token}/preview", preview.page(drafts.drafts_page), methods=["GET"]),
        Route("/r/{token}/preview/{name}", preview.page(drafts.draft), methods=["GET"]),
    ]


def _sign_in_routes(site: Site) -> list[BaseRoute]:
    """What is open to whoever comes."""
    return [
        Route(f"{HOME}/sign-in", plainly(site, sign_in.sign_in_page), methods=["GET"]),
        Route(f"{HOME}/sign-in", taking(site, partial(sign_in.ask, site)), methods=["POST"]),
        Route(f"{HOME}/sign-in/account", plainly(site, openid.leave), methods=["GET"]),
        Route(openid.BACK, plainly(site, openid.come_back), methods=["GET"]),
        Route(f"{HOME}/sign-in/{{token}}", plainly(site, sign_in.code_page), methods=["GET"]),
        Route(f"{HOME}/sign-in/{{token}}", taking(site, partial(sign_in.use_code, site)), methods=["POST"]),
        Route(f"{HOME}/sign-out", taking(site, partial(sign_in.sign_out, site)), methods=["POST"]),
    ]


def _session_routes(door: OfficersDoor) -> list[BaseRoute]:
    """What an officer sees and does."""
    page, act = door.page, door.act
    return [
        Route(HOME, page(today.today_page), methods=["GET"]),
        Route(f"{HOME}/partners/{{partner}}", page(partner_page.partner_page), methods=["GET"]),
        Route(f"{HOME}/partners/{{partner}}/export", page(export_page.export_page), methods=["GET"]),
        Route(f"{HOME}/partners/{{partner}}/export", act(export_page.take, with_file=True), methods=["POST"]),
        Route(f"{HOME}/partners/{{partner}}/{{collection}}", page(partner_page.partner_page), methods=["GET"]),
        Route(f"{HOME}/partners/{{partner}}/{{collection}}/as-they-see-it", page(own_page.own_page), methods=["GET"]),
        Route(f"{HOME}/returns/{{reference}}", page(return_page.return_page), methods=["GET"]),
        Route(f"{HOME}/returns/{{reference}}/file", page(return_page.return_file), methods=["GET"]),
        Route(f"{HOME}/returns/{{reference}}/history", page(history_page.history_page), methods=["GET"]),
        Route(f"{HOME}/returns/{{reference}}/history", act(history_page.bring_in), methods=["POST"]),
        Route(f"{HOME}/collections", page(collection_page.collections_page), methods=["GET"]),
        Route(f"{HOME}/collections/{{collection}}", page(collection_page.collection_page), methods=["GET"]),
        Route(f"{HOME}/activities", page(activities_page.activities_page), methods=["GET"]),
        Route(f"{HOME}/activities/{{collection}}", page(activities_page.activities_page), methods=["GET"]),
        Route(f"{HOME}/risks", page(risks_page.risks_page), methods=["GET"]),
        Route(f"{HOME}/reviews/{{submission}}/{{day}}/v{{version:int}}/{{name}}", page(review_file), methods=["GET"]),
        Route(ASKS, page(asks_page.asks_page), methods=["GET"]),
        Route(f"{HOME}/indicators", page(indicator_page.indicators_page), methods=["GET"]),
        Route(f"{HOME}/indicators/{{indicator}}", page(indicator_page.indicator_page), methods=["GET"]),
        Route(f"{HOME}/indicators/{{indicator}}/chart.svg", page(indicator_page.chart), methods=["GET"]),
        *_release_routes(door),
        Route(f"{HOME}/keys/{{key}}", page(key_page.key_page), methods=["GET"]),
        Route(f"{HOME}/persons", page(persons_page.persons_page), methods=["GET"]),
        Route(f"{HOME}/persons", act(persons_page.take_out), methods=["POST"]),
        Route(f"{HOME}/decisions", page(decisions_log.log_page), methods=["GET"]),
        Route(f"{HOME}/undo/{{offer:path}}", page(undo_page.to_decisions), methods=["GET"]),
        Route(f"{HOME}/undo/{{offer:path}}", act(undo_page.undo), methods=["POST"]),
        Route(f"{HOME}/decide/{{decision}}/{{about:path}}", page(decide.decide_page), methods=["GET"]),
        Route(f"{HOME}/decide/{{decision}}/{{about:path}}", act(decide.decide), methods=["POST"]),
    ]


def _release_routes(door: OfficersDoor) -> list[BaseRoute]:
    """The release of a collection, its drafts and its files."""
    release, page = f"{HOME}/collections/{{collection}}/release", door.page
    return [
        Route(release, page(release_page.release_page), methods=["GET"]),
        Route(f"{release}/preview", page(release_page.to_release), methods=["GET"]),
        Route(f"{release}/preview", door.act(release_page.preview), methods=["POST"]),
        Route(f"{release}/v{{version:int}}/{{name:path}}", page(release_page.release_file), methods=["GET"]),
        Route(f"{HOME}/drafts/{{at}}/{{collection}}/{{version}}/{{name}}", page(release_page.draft), methods=["GET"]),
    ]
