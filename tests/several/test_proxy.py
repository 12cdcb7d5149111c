"""Behind a real proxy with TLS, under other names and under paths: the pages, and the Prefect UI with its password.

The proxy is nginx; `PROXY=caddy` in the environment takes Caddy in its place.
"""

import os
import re
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlsplit

import pytest

from flows.installation import running, server
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.links import issue_link, link_url
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import CollectionOpened, RequestMade
from quarterday.domain.framework.framework import Framework
from tests.chromium import launched, needs_chromium
from tests.conftest import begin_with

pytest.importorskip("playwright")
from playwright.sync_api import Browser, Page, sync_playwright

PROXY = os.environ.get("PROXY", "nginx")
PROGRAM = shutil.which(PROXY) or (f"/usr/sbin/{PROXY}" if Path(f"/usr/sbin/{PROXY}").exists() else None)
CONFIG = Path(__file__).parents[2] / "config"
PAGES, RUNS = "returns.council.example", "council.example"
PASSWORD = ("officers", "a long password")
NGINX_CONF = """
daemon off; pid {home}/nginx.pid; error_log {home}/nginx.log; worker_processes 1;
events {{ }}
http {{
  access_log off; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f;
  uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
  proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade;
  proxy_set_header X-Forwarded-Proto https; client_max_body_size 25m;
  ssl_certificate {home}/proxy.pem; ssl_certificate_key {home}/proxy.key;
  server {{ listen 127.0.0.1:{port} ssl; server_name {pages}; location / {{ proxy_pass http://127.0.0.1:{portal}; }} }}
  server {{
    listen 127.0.0.1:{port} ssl; server_name {runs};
    location /returns/ {{ proxy_pass http://127.0.0.1:{under}; }}
    location /runs/api/ {{ proxy_pass http://127.0.0.1:{prefect}/api/; }}
    location /runs {{ proxy_pass http://127.0.0.1:{prefect}; }}
  }}
}}
"""
CADDY_CONF = """
{{
  admin off
  auto_https off
}}
https://{pages}:{port} {{
  bind 127.0.0.1
  tls {home}/proxy.pem {home}/proxy.key
  reverse_proxy 127.0.0.1:{portal}
}}
https://{runs}:{port} {{
  bind 127.0.0.1
  tls {home}/proxy.pem {home}/proxy.key
  handle_path /returns/* {{
    reverse_proxy 127.0.0.1:{under}
  }}
  handle_path /runs/api/* {{
    rewrite * /api{{uri}}
    reverse_proxy 127.0.0.1:{prefect}
  }}
  reverse_proxy /runs* 127.0.0.1:{prefect}
}}
"""
CONF = {"nginx": NGINX_CONF, "caddy": CADDY_CONF}[PROXY]
CERTIFICATE = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={RUNS}"]
pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(PROGRAM is None, reason=f"needs {PROXY} (apt: nginx-light, or caddy)"),
    needs_chromium,
]


class Place(NamedTuple):
    """What stands behind the proxy: the settings of the pages under a path, and the proxy's port."""

    settings: Settings
    port: int

    @property
    def framework(self) -> Framework:
        """What `config/` says."""
        return load_framework(self.settings.config)

    def link(self) -> str:
        """The token of a link to a request, both on record."""
        framework = self.framework
        (partner, *_), now = framework.partners, datetime.now(UTC)
        asked = tuple(each.code for each in framework.supplied_by(partner.code))
        who = {"at": now, "by": "quarterday", "partnership": framework.partnership.code, "collection": "a.2025-26-q1"}
        made = RequestMade(
            request=f"a.2025-26-q1.{partner.code}",
            partner=partner.code,
            asked=asked,
            withheld=(),
            due=now.date() + timedelta(7),
            closes=now.date() + timedelta(14),
            **who,
        )
        token, issued = issue_link(made, f"{partner.code}/contact", "request", now)
        opened = CollectionOpened(period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), **who)
        with closing(open_register(self.settings)) as register:
            register.append(opened, made, issued)
        return token

    def mailed_code(self, page: Page) -> str:
        """The code in the email that comes."""
        while not (found := sorted((self.settings.home / "outbox").glob("*.eml"))):
            page.wait_for_timeout(50)
        message = message_from_bytes(found[-1].read_bytes(), policy=default)
        code = re.search(r"\b\d{3} \d{3}\b", message.get_body(("plain",)).get_content())
        assert code
        return code[0]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, prefect_template: Path) -> Iterator[Place]:
    """The proxy's port. Behind it: the pages under a name of their own, and under a path as the Prefect UI is."""
    home = tmp_path_factory.mktemp("proxied")
    port, portal, prefect, under = (server.free_port() for _ in range(4))
    settings = Settings(
        home=home,
        config=CONFIG,
        portal_url=f"https://{PAGES}:{port}",
        portal_listen=f"127.0.0.1:{portal}",
        prefect_ui_url=f"https://{RUNS}:{port}/runs",
        prefect_listen=f"127.0.0.1:{prefect}",
        prefect_auth=":".join(PASSWORD),
        _env_file=None,
    )
    below = settings.model_copy(
        update={"portal_url": f"https://{RUNS}:{port}/returns", "portal_listen": f"127.0.0.1:{under}"}
    )
    begin_with(home, prefect_template)
    open_register(settings).close()
    parts = [running.prefect_part(settings), running.portal_part(settings), running.portal_part(below)]
    ports = {"port": port, "portal": portal, "prefect": prefect, "under": under}
    (home / "proxy.conf").write_text(CONF.format(home=home, pages=PAGES, runs=RUNS, **ports))
    subprocess.run(
        [*CERTIFICATE, "-keyout", home / "proxy.key", "-out", home / "proxy.pem"], check=True, stderr=subprocess.DEVNULL
    )
    proxy = subprocess.Popen(how_to_start(home), stderr=subprocess.DEVNULL)
    try:
        for part in parts:
            part.keep(print)
        server.wait_until_up(
            f"http://127.0.0.1:{prefect}/api/health", parts[0].running, home / "prefect" / "server.log"
        )
        for at, part in zip((portal, under), parts[1:], strict=True):
            server.wait_until_up(f"http://127.0.0.1:{at}/healthz", part.running, home / "portal.log")
        yield Place(below, port)
    finally:
        server.stop(proxy)
        for part in parts:
            if part.running:
                server.stop(part.running)


def how_to_start(home: Path) -> list[str]:
    """The proxy's own command, in the foreground."""
    conf = str(home / "proxy.conf")
    ways = {"nginx": ["-c", conf, "-p", str(home)], "caddy": ["run", "--adapter", "caddyfile", "--config", conf]}
    return [str(PROGRAM), *ways[PROXY]]


@pytest.fixture(scope="module")
def browser(place: Place) -> Iterator[Browser]:
    """A browser of somebody elsewhere, for whom the proxy is whoever has those names."""
    with sync_playwright() as driver:
        browser = launched(driver, f"--host-resolver-rules=MAP {PAGES} 127.0.0.1, MAP {RUNS} 127.0.0.1")
        yield browser
        browser.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A page of its own, which notes each address that it asked."""
    context = browser.new_context(ignore_https_errors=True)  # the certificate is the test's own
    yield context.new_page()
    context.close()


def hosts_asked(page: Page) -> set[str]:
    """Which hosts the page asks from now on; filled while it is used."""
    asked: set[str] = set()
    page.on("request", lambda request: asked.add(urlsplit(request.url.removeprefix("blob:")).netloc))
    return asked


def is_styled(page: Page) -> bool:
    """Whether the style sheet came: without it headings have the browser's own face."""
    return "arial" in page.locator("h1").evaluate("each => getComputedStyle(each).fontFamily").lower()


def test_the_pages_are_reached_by_their_name(place: Place, page: Page) -> None:
    """The partnership's page answers under the name that stands in every email."""
    page.goto(f"https://{PAGES}:{place.port}/")

    assert "Safer Lewisham Partnership" in page.content()


def test_the_prefect_ui_finds_its_server(place: Place, page: Page) -> None:
    """After the password it shows its dashboard, and whatever it loads, it loads by the public name."""
    asked = hosts_asked(page)
    page.goto(f"https://{RUNS}:{place.port}/runs/")
    page.locator("input").first.fill(":".join(PASSWORD))
    page.keyboard.press("Enter")
    page.get_by_text("Dashboard").first.wait_for(timeout=60_000)
    page.wait_for_timeout(500)

    assert "Can't connect" not in page.inner_text("body")
    assert {f"{RUNS}:{place.port}"} == asked


def test_a_partner_answers_under_a_path(place: Place, page: Page) -> None:
    """The emailed link, a file, the check page, the receipt: styled, by the public name alone, cookies to that path."""
    asked = hosts_asked(page)
    page.goto(link_url(place.settings, place.link()))
    styled = is_styled(page)
    page.locator("input[type=file]").first.set_input_files(
        {"name": "figures.csv", "mimeType": "text/csv", "buffer": b"Indicator,Value"}
    )
    page.get_by_role("button", name="Check this file").click()
    page.locator("input[name=as_is]").check()
    page.get_by_role("button", name="Send").first.click()
    page.wait_for_url("**/returns/r/*/returns/R-*")

    assert styled
    assert {f"{RUNS}:{place.port}"} == asked
    assert {True} == {each["path"].startswith("/returns/r") and each["secure"] for each in page.context.cookies()}


def test_an_officer_signs_in_under_a_path(place: Place, page: Page) -> None:
    """The address asked for, the code out of the email, Today, a page of it, and out again."""
    officer = place.framework.partnership.officers[0]
    page.goto(f"{place.settings.portal_url}/officers")
    page.locator("input[name=email]").fill(officer.email)
    page.locator("main button").click()
    page.locator("input[name=code]").wait_for()
    page.locator("input[name=code]").fill(place.mailed_code(page))
    page.locator("main button").click()
    page.wait_for_url(f"{place.settings.portal_url}/officers")
    page.locator("a[href$='/officers/collections']").first.click()
    there = page.url
    page.locator("form[action$='/officers/sign-out'] button").click()

    assert f"{place.settings.portal_url}/officers/collections" == there
    assert page.url.startswith(f"{place.settings.portal_url}/officers")
    page.goto(there)
    assert "/sign-in" in page.url
