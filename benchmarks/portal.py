"""The portal under load: `python benchmarks/portal.py`, from the project's root, on the real server and real checks.

The request page at 50 connections beside a bare Starlette page in the same run (by wrk where it is installed), then
200 uploads sent by 20 people at once, thrice: all receipted, none lost, and the memory of the portal's process.
"""

import asyncio
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from urllib.parse import urljoin

import httpx

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from quarterday.adapters.installation import Installation, open_installation  # noqa: E402
from quarterday.adapters.links import issue_link  # noqa: E402
from quarterday.adapters.register import open_register  # noqa: E402
from quarterday.adapters.settings import Settings  # noqa: E402
from quarterday.domain.collection.actions import MakeRequest, OpenCollection  # noqa: E402
from quarterday.domain.collection.decision import what_is_due  # noqa: E402
from quarterday.domain.collection.timetable import timetables  # noqa: E402
from quarterday.domain.facts import CollectionOpened, RequestMade, ReturnReceived  # noqa: E402
from quarterday.web.partners.typed import boxes_asked  # noqa: E402

CONNECTIONS, SECONDS, UPLOADS, PEOPLE, BATCHES = 50, 10, 200, 20, 3
BARE = """
import sys, uvicorn
from starlette.applications import Starlette
from starlette.responses import HTMLResponse
from starlette.routing import Route
async def page(request): return HTMLResponse("x" * int(sys.argv[2]))
uvicorn.run(Starlette(routes=[Route("/", page)]), port=int(sys.argv[1]), access_log=False, log_level="error")
"""


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def asked(home: Path, port: int) -> tuple[Installation, str]:
    """An installation on the day on which its first collection is due, and a link of its shortest request."""
    clock = home / "clock"
    settings = Settings(
        home=home, config=ROOT / "config", clock_file=clock, portal_url=f"http://127.0.0.1:{port}", _env_file=None
    )
    clock.write_text("2025-01-06T09:00:00+00:00")
    open_register(settings).close()
    installation = open_installation(settings)
    plan = next(each for each in timetables(installation.framework) if each.opens > installation.today())
    clock.write_text(f"{plan.due}T09:00:00+01:00")
    who = {"at": installation.now(), "by": "quarterday", "partnership": installation.framework.partnership.code}
    links = {}
    for action in what_is_due(installation.framework, installation.facts(), installation.today()):
        match action:
            case OpenCollection(collection, period):
                opened = CollectionOpened(
                    collection=collection, period_start=period.start, period_end=period.end, **who
                )
                installation.register.append_new(opened)
            case MakeRequest() if action.collection == plan.collection:
                made = RequestMade(
                    collection=action.collection,
                    request=action.request,
                    partner=action.partner,
                    asked=action.asked,
                    withheld=action.withheld,
                    due=action.due,
                    closes=action.closes,
                    **who,
                )
                token, issued = issue_link(
                    made, f"{action.partner}/contact", f"{action.request}/request", installation.now()
                )
                installation.register.append_new(made, issued)
                indicators = [installation.framework.indicator[code] for code in made.asked]
                links[token] = sum(boxes_asked(installation.framework, each, plan.period) for each in indicators)
    return installation, min(links, key=lambda token: links[token])


def served(home: Path, port: int) -> subprocess.Popen[bytes]:
    """The portal as it really runs."""
    environment = os.environ | {
        "QUARTERDAY_HOME": str(home),
        "QUARTERDAY_CONFIG": str(ROOT / "config"),
        "QUARTERDAY_CLOCK_FILE": str(home / "clock"),
        "QUARTERDAY_PORTAL_URL": f"http://127.0.0.1:{port}",
        "QUARTERDAY_PREFECT_API_URL": "http://127.0.0.1:9/api",
    }
    command = [sys.executable, "-m", "quarterday.web", "--port", str(port)]
    return subprocess.Popen(command, cwd=ROOT, env=environment, stderr=(home / "log").open("wb"))


def wait_for(url: str) -> None:
    """Until it answers."""
    for _ in range(300):
        try:
            httpx.get(url)
            return
        except httpx.TransportError:
            time.sleep(0.1)
    raise SystemExit(f"{url} never answered")


def load(name: str, url: str) -> None:
    """So many connections for so many seconds, each asking again as soon as it is answered."""
    if shutil.which("wrk"):
        command = ["wrk", "-t1", f"-c{CONNECTIONS}", f"-d{SECONDS}s", "-s", "/dev/stdin", url]
        script = (
            b"done = function(s, l, r) print(l:percentile(50), l:percentile(95), s.requests / s.duration * 1e6) end"
        )
        said = subprocess.run(command, input=script, capture_output=True, check=True).stdout.decode().splitlines()[-1]
        median, ninety_fifth, rate = (float(each) for each in said.split())
        median, ninety_fifth = median / 1000, ninety_fifth / 1000
    else:
        took, seconds = asyncio.run(_ask(url))
        median, ninety_fifth = (statistics.quantiles(took, n=100)[each] * 1000 for each in (49, 94))
        rate = len(took) / seconds
    print(f"{name:<34} median {median:6.1f} ms   p95 {ninety_fifth:6.1f} ms   {rate:7,.0f} a second")


async def _ask(url: str) -> tuple[list[float], float]:
    took: list[float] = []
    ends = time.perf_counter() + SECONDS

    async def one(client: httpx.AsyncClient) -> None:
        while (began := time.perf_counter()) < ends:
            (await client.get(url)).raise_for_status()
            took.append(time.perf_counter() - began)

    limits = httpx.Limits(max_connections=CONNECTIONS, max_keepalive_connections=CONNECTIONS)
    async with httpx.AsyncClient(limits=limits) as client:
        await asyncio.gather(*(one(client) for _ in range(CONNECTIONS)))
    return took, float(SECONDS)


async def uploads(url: str, figures: bytes) -> tuple[list[str], list[float]]:
    """Everybody uploads, looks, and sends; the references of the receipts, and how long each upload took."""
    references: list[str] = []
    took: list[float] = []

    async def person(number: int) -> None:
        async with httpx.AsyncClient(timeout=300, follow_redirects=True) as client:
            for time_and_again in range(UPLOADS // PEOPLE):
                page = await client.get(url)
                data = figures + f"{number} {time_and_again}\n".encode()
                began = time.perf_counter()
                checked = await client.post(f"{url}/upload", data=_hidden(page), files={"file": ("a.csv", data)})
                took.append(time.perf_counter() - began)
                target = urljoin(str(checked.url), re.findall(r'action="([^"]*/send)"', checked.text)[0])
                sent = await client.post(target, data={**_hidden(checked), "as_is": "yes"})
                references.append(str(sent.url).rpartition("/")[2])

    await asyncio.gather(*(person(number) for number in range(PEOPLE)))
    return references, took


def _hidden(page: httpx.Response) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', page.text))


def memory_mb(process: subprocess.Popen[bytes]) -> float:
    """What the process itself holds in memory."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.findall(r"VmRSS:\s+(\d+)", status)[0]) / 1024


def main() -> None:
    """Measure and tell."""
    with tempfile.TemporaryDirectory(prefix="quarterday-") as folder:
        home, port, bare_port = Path(folder), free_port(), free_port()
        installation, token = asked(home, port)
        url = f"http://127.0.0.1:{port}/r/{token}"
        portal = served(home, port)
        wait_for(url)
        size = len(httpx.get(url).content)
        bare = subprocess.Popen([sys.executable, "-c", BARE, str(bare_port), str(size)])
        try:
            wait_for(f"http://127.0.0.1:{bare_port}/")
            load("a bare Starlette page of that size", f"http://127.0.0.1:{bare_port}/")
            load("the request page", url)
            figures = httpx.get(f"{url}/template.csv").content
            references, took, seconds, memory = [], [], 0.0, []
            for batch in range(BATCHES):
                began = time.perf_counter()
                sent, waited = asyncio.run(uploads(url, figures + f"{batch} ".encode()))
                seconds += time.perf_counter() - began
                references, took = references + sent, took + waited
                memory.append(f"{memory_mb(portal):.0f} MB")
        finally:
            for process in (portal, bare):
                process.terminate()
                process.wait()
        kept = {each.partner_return for each in installation.facts().of(ReturnReceived)}
        lost = set(references) - kept
        print(
            f"{len(references)} uploads by {PEOPLE} people in {seconds:.0f} s: {len(set(references))} receipts, "
            f"{len(lost)} lost; an upload and its checks took {statistics.median(took):.1f} s (median); "
            f"memory after each {UPLOADS}: {', '.join(memory)}"
        )
        if lost or len(set(references)) != UPLOADS * BATCHES:
            raise SystemExit("not every upload got its own receipt")


if __name__ == "__main__":
    main()
