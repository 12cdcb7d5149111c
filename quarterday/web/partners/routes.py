"""The addresses of a partner's pages: all begin with the link that was mailed to it."""

from collections.abc import Callable
from functools import partial

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from quarterday.web.boards import action_page
from quarterday.web.door import code_pages as showing
from quarterday.web.door.entrance import Entrance
from quarterday.web.door.visits import Visit
from quarterday.web.partners import (
    activities_page,
    calendar_pages,
    check_page,
    marked_files,
    more_time,
    receipts,
    replies,
    request_page,
    risks_page,
    sending,
    typed_page,
    what_was_sent,
)
from quarterday.web.partners import part_or_period as declaring
from quarterday.web.partners import template_files as templates
from quarterday.web.serving.forms import Form
from quarterday.web.serving.site import Site


def partner_routes(site: Site, dead_seconds: float) -> list[BaseRoute]:
    """Every page behind a partner's link, and all that is sent there. A dead link's page takes `dead_seconds`."""
    entrance = Entrance(site, dead_seconds)
    page, act = entrance.page, entrance.act
    routes: list[BaseRoute] = [
        Route("/r/{token}", entrance.remembered(request_page.request_page), methods=["GET"]),
        Route("/r/{token}/template.xlsx", page(templates.workbook), methods=["GET"]),
        Route("/r/{token}/template.csv", page(templates.csv_file), methods=["GET"]),
        Route("/r/{token}/year.ics", page(_of_the_whole(_partners_own(calendar_pages.year_file))), methods=["GET"]),
        Route("/r/{token}/upload", page(_to_request), methods=["GET"]),
        Route("/r/{token}/upload", act(sending.upload, with_file=True), methods=["POST"]),
        Route("/r/{token}/uploads/{upload}", page(check_page.check_page, checks=True), methods=["GET"]),
        Route("/r/{token}/uploads/{upload}/marked.xlsx", page(marked_files.marked_file, checks=True), methods=["GET"]),
        Route("/r/{token}/uploads/{upload}/send", page(check_page.check_page, checks=True), methods=["GET"]),
        Route("/r/{token}/uploads/{upload}/send", act(sending.send, checks=True), methods=["POST"]),
        Route("/r/{token}/returns/{reference}", page(receipts.receipt_page, checks=True), methods=["GET"]),
        Route("/r/{token}/returns/{reference}/file", page(what_was_sent.sent_file, checks=True), methods=["GET"]),
        Route("/r/{token}/time/ask", act(_of_the_whole(_partners_own(more_time.ask_for_time))), methods=["POST"]),
        Route("/r/{token}/replies/{reply}", page(replies.reply_page), methods=["GET"]),
        Route("/r/{token}/type", page(typed_page.typed_page), methods=["GET"]),
        Route("/r/{token}/type", act(typed_page.typed), methods=["POST"]),
        Route("/r/{token}/activities", page(activities_page.activities_page), methods=["GET"]),
        Route("/r/{token}/activities", act(activities_page.tell), methods=["POST"]),
        Route("/r/{token}/activities/told", page(activities_page.told_page), methods=["GET"]),
        Route("/r/{token}/risks", page(_of_the_whole(risks_page.risks_page)), methods=["GET"]),
        Route("/r/{token}/risks", act(_of_the_whole(risks_page.review)), methods=["POST"]),
        Route("/r/{token}/risks/reviewed", page(_of_the_whole(risks_page.reviewed_page)), methods=["GET"]),
        Route("/r/{token}/boards", page(_partners_own(_of_the_whole(action_page.boards_page))), methods=["GET"]),
        Route("/r/{token}/boards", act(_partners_own(_of_the_whole(action_page.tell_boards))), methods=["POST"]),
        Route(
            "/r/{token}/boards/withdraw", page(_partners_own(_of_the_whole(action_page.boards_page))), methods=["GET"]
        ),
        Route(
            "/r/{token}/boards/withdraw", act(_partners_own(_of_the_whole(action_page.withdraw_ask))), methods=["POST"]
        ),
        Route("/r/{token}/part", page(declaring.part_page), methods=["GET"]),
        Route("/r/{token}/part", act(declaring.part, with_file=True), methods=["POST"]),
        Route("/r/{token}/period", page(declaring.period_page), methods=["GET"]),
        Route("/r/{token}/period", act(declaring.period, with_file=True), methods=["POST"]),
        Route("/r/{token}/code", page(_partners_own(showing.code_page)), methods=["GET"]),
        Route("/r/{token}/code", act(_partners_own(showing.ask_code)), methods=["POST"]),
        Route("/r/{token}/code/check", page(_partners_own(showing.code_page)), methods=["GET"]),
        Route("/r/{token}/code/check", act(_partners_own(showing.use_code)), methods=["POST"]),
    ]
    for answer in replies.ANSWERS:
        shown: Callable[..., Response] = partial(replies.answer_page, answer)
        said: Callable[..., Response] = partial(replies.say, answer)
        if answer.kind:  # a reply, and no return
            shown, said = _partners_own(shown), _partners_own(said)
        if answer.page not in request_page.OF_A_PART:
            shown, said = _of_the_whole(shown), _of_the_whole(said)
        routes.append(Route(f"/r/{{token}}/{answer.page}", page(shown), methods=["GET"]))
        routes.append(Route(f"/r/{{token}}/{answer.page}", act(said), methods=["POST"]))
    return routes


def _partners_own(page: Callable[..., Response]) -> Callable[..., Response]:
    """A page or an act that is the partner's alone: an officer who hands in for it finds nothing there."""

    def shown(site: Site, request: Request, visit: Visit, *form: Form) -> Response:
        return site.problem("gone", 404) if visit.officer else page(site, request, visit, *form)

    return shown


def _of_the_whole(page: Callable[..., Response]) -> Callable[..., Response]:
    """What is said of a whole request: a colleague who was given some of its figures finds nothing there."""

    def shown(site: Site, request: Request, visit: Visit, *form: Form) -> Response:
        return site.problem("gone", 404) if visit.part else page(site, request, visit, *form)

    return shown


def _to_request(site: Site, request: Request, visit: Visit) -> Response:
    """Who reloads or comes back to the address that files are posted to sees the request again."""
    return request_page.request_page(site, request, visit)
