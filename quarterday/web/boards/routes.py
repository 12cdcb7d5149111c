"""The addresses of what boards' leads record after a meeting, and of what owners tell of actions and of risks."""

from functools import partial

from starlette.routing import BaseRoute, Route

from quarterday.domain.collection.following import ACTION
from quarterday.domain.collection.meetings import AFTER_MEETING
from quarterday.domain.collection.risk_words import OCCASION as RISK_REVIEW
from quarterday.web.boards import action_page, meeting_forms, meeting_page, risks_page
from quarterday.web.boards.board_visits import board_visit
from quarterday.web.door.entrance import Entrance
from quarterday.web.serving.site import Site


def board_routes(site: Site, dead_seconds: float) -> list[BaseRoute]:
    """Every page behind a link of a meeting, an action or a risk's review. A dead link's page takes `dead_seconds`."""
    meeting = Entrance(site, dead_seconds, partial(board_visit, AFTER_MEETING))
    action = Entrance(site, dead_seconds, partial(board_visit, ACTION))
    reviews = Entrance(site, dead_seconds, partial(board_visit, RISK_REVIEW))
    of_meeting = "/r/{token}/meeting"
    routes: list[BaseRoute] = [
        Route(path, meeting.page(meeting_page.meeting_page), methods=["GET"])
        for path in (of_meeting, f"{of_meeting}/kept", *(f"{of_meeting}/{form}" for form in meeting_forms.FORMS))
    ]
    routes += [
        Route(f"{of_meeting}/{form}", meeting.act(take), methods=["POST"]) for form, take in meeting_forms.FORMS.items()
    ]
    return [
        *routes,
        Route("/r/{token}/action", action.page(action_page.action_page), methods=["GET"]),
        Route("/r/{token}/action", action.act(action_page.tell), methods=["POST"]),
        Route("/r/{token}/reviews", reviews.page(risks_page.risks_page), methods=["GET"]),
        Route("/r/{token}/reviews", reviews.act(risks_page.review), methods=["POST"]),
        Route("/r/{token}/reviews/reviewed", reviews.page(risks_page.reviewed_page), methods=["GET"]),
    ]
