"""Behind a real proxy under other names, with a password: the pages for partners, and the Prefect UI for officers."""

import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from flows.installation import running, server
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from tests.conftest import begin_with

pytest.importorskip("playwright")
NGINX = shutil.which("nginx") or ("/usr/sbin/nginx" if Path("/usr/sbin/nginx").exists() else None)
CHROMIUM = shutil.which("chromium")
CONFIG = Path(__file__).parents[2] / "config"
PAGES, RUNS = "returns.council.example", "council.example"
PASSWORD = ("officers", "a long password")
CONF = """
daemon off; pid {home}/nginx.pid; error_log {home}/nginx.log; worker_processes 1;
events {{ }}
http {{
  access_log off; client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/f;
  uwsgi_temp_path {home}/u; scgi_temp_path {home}/s;
  proxy_http_version 1.1; proxy_set_header Host $http_host; proxy_set_header Upgrade $http_upgrade;
  server {{ listen 127.0.0.1:{port}; server_name {pages}; location / {{ proxy_pass http://127.0.0.1:{portal}; }} }}
  server {{
    listen 127.0.0.1:{port}; server_name {runs};
    location /runs/api/ {{ proxy_pass http://127.0.0.1:{prefect}/api/; }}
    location /runs {{ proxy_pass http://127.0.0.1:{prefect}; }}
  }}
}}
"""
pytestmark = [
    pytest.mark.proof,
    pytest.mark.skipif(NGINX is None, reason="needs nginx (apt: nginx-light)"),
    pytest.mark.skipif(CHROMIUM is None, reason="needs Chromium (make browser)"),
]


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory, prefect_template: Path) -> Iterator[int]:
    """The proxy's port. Behind it: the pages under a name of their own, the Prefect UI under a path of another."""
    home = tmp_path_factory.mktemp("proxied")
    port, portal, prefect = server.free_port(), server.free_port(), server.free_port()
    settings = Settings(
        home=home,
        config=CONFIG,
        portal_url=f"http://{PAGES}:{port}",
        portal_listen=f"127.0.0.1:{portal}",
        prefect_ui_url=f"http://{RUNS}:{port}/runs",
        prefect_listen=f"127.0.0.1:{prefect}",
        prefect_auth=":".join(PASSWORD),
        _env_file=None,
    )
    begin_with(home, prefect_template)
    open_register(settings).close()
    parts = [running.prefect_part(settings), running.portal_part(settings)]
    (home / "nginx.conf").write_text(
        CONF.format(home=home, port=port, portal=portal, prefect=prefect, pages=PAGES, runs=RUNS)
    )
    proxy = subprocess.Popen([str(NGINX), "-c", str(home / "nginx.conf"), "-p", str(home)], stderr=subprocess.DEVNULL)
    try:
        for part in parts:
            part.keep(print)
        server.wait_until_up(
            f"http://127.0.0.1:{prefect}/api/health", parts[0].running, home / "prefect" / "server.log"
        )
        server.wait_until_up(f"http://127.0.0.1:{portal}/healthz", parts[1].running, home / "portal.log")
        yield port
    finally:
        server.stop(proxy)
        for part in parts:
            if part.running:
                server.stop(part.running)


@pytest.fixture(scope="module")
def seen(port: int) -> Iterator[tuple[str, str, set[str]]]:
    """What an officer's browser elsewhere shows of the Prefect UI and of the pages, and which hosts it asked."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as driver:
        browser = driver.chromium.launch(
            executable_path=CHROMIUM,
            args=["--no-sandbox", f"--host-resolver-rules=MAP {PAGES} 127.0.0.1, MAP {RUNS} 127.0.0.1"],
        )
        page = browser.new_page()
        asked: set[str] = set()
        page.on("request", lambda request: asked.add(urlsplit(request.url.removeprefix("blob:")).netloc))
        page.goto(f"http://{PAGES}:{port}/")
        pages = page.content()
        page.goto(f"http://{RUNS}:{port}/runs/")
        page.locator("input").first.fill(":".join(PASSWORD))
        page.keyboard.press("Enter")
        page.get_by_text("Dashboard").first.wait_for(timeout=60_000)
        page.wait_for_timeout(500)
        yield pages, page.inner_text("body"), asked
        browser.close()


def test_the_pages_are_reached_by_their_name(seen: tuple[str, str, set[str]]) -> None:
    """The partnership's page answers under the name that stands in every email."""
    assert "Safer Lewisham Partnership" in seen[0]


def test_the_prefect_ui_finds_its_server(seen: tuple[str, str, set[str]]) -> None:
    """After the password it shows its dashboard, not that it cannot connect."""
    assert "Dashboard" in seen[1]
    assert "Can't connect" not in seen[1]


def test_a_browser_elsewhere_asks_no_address_of_this_machine(port: int, seen: tuple[str, str, set[str]]) -> None:
    """Whatever the pages load, they load by the public names."""
    assert {f"{PAGES}:{port}", f"{RUNS}:{port}"} == seen[2]
