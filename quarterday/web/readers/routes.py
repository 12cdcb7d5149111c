"""The addresses of what was published, for whoever may read it."""

from collections.abc import Callable, Iterator

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from quarterday.adapters.published_addresses import WITH_KEY
from quarterday.web.officers.officer_door import HOME
from quarterday.web.partners import calendar_pages
from quarterday.web.readers import corrections, data, early_list, published
from quarterday.web.readers.opening import for_readers
from quarterday.web.serving.site import Site, plainly


def reader_routes(site: Site) -> list[BaseRoute]:
    """Every page and file that is read without a link to one's own matter."""
    return [
        Route("/", plainly(site, published.home_page), methods=["GET"]),
        Route("/collections/{collection}", plainly(site, calendar_pages.collection_page), methods=["GET"]),
        Route("/packs/", plainly(site, published.packs_page), methods=["GET"]),
        Route(f"{HOME}/packs/", plainly(site, published.packs_page), methods=["GET"]),
        *_published(site, "/packs", ("/{collection}/v{version:int}/{name}", "/{collection}/{name}"), published.pack),
        *_published(site, "/data", ("/feed.atom",), for_readers(data.feed)),
        *_published(site, "/data", ("/indicators/{indicator}.{kind}",), for_readers(data.series)),
        *_published(
            site,
            "/data",
            (f"/{{collection}}/v{{version:int}}/{corrections.PLACE}",),
            for_readers(corrections.corrections_page),
        ),
        *_published(
            site,
            "/data",
            (f"/{{collection}}/v{{version:int}}/{early_list.PLACE}",),
            for_readers(early_list.early_list_page),
        ),
        *_published(
            site, "/data", ("/{collection}/v{version:int}/{name}", "/{collection}/{name}"), for_readers(data.data_file)
        ),
    ]


def _published(
    site: Site, under: str, places: tuple[str, ...], page: Callable[[Site, Request], Response]
) -> Iterator[Route]:
    """Where something published is read: with the key that opens it, without, and by officers."""
    for place in places:
        for before in (f"{under}/{WITH_KEY}/{{key}}", under, f"{HOME}{under}"):
            yield Route(f"{before}{place}", plainly(site, page), methods=["GET"])
