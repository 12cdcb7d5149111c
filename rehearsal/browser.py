"""A partner's browser: follows a link, fills in the forms it finds and sends them, as a person would."""

import re
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from urllib.parse import urljoin

import httpx


class NothingToPressError(Exception):
    """The page has no such form: what a person would see is in the message."""


@dataclass
class Form:
    """A form of a page with the fields that it came with."""

    action: str
    method: str = "get"
    fields: dict[str, str] = field(default_factory=dict)
    file_fields: list[str] = field(default_factory=list)
    choices: dict[str, list[str]] = field(default_factory=dict)  # radio buttons and tick boxes


class _Forms(HTMLParser):
    """Collects the forms, links and words of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Form] = []
        self.links: list[str] = []
        self.words: list[str] = []
        self._quiet = 0
        self._area = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag in ("script", "style"):
            self._quiet += 1
        elif tag == "a" and "href" in given:
            self.links.append(given["href"])
        elif tag == "form":
            self.forms.append(Form(given.get("action", ""), given.get("method", "get").lower()))
        elif tag in ("input", "textarea", "select") and self.forms:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        name, kind = given.get("name", ""), given.get("type", "text")
        form = self.forms[-1]
        if not name:
            return
        if kind == "file":
            form.file_fields.append(name)
        elif kind in ("radio", "checkbox"):
            form.choices.setdefault(name, []).append(given.get("value", "on"))
            if "checked" in given:
                form.fields[name] = given.get("value", "on")
        else:
            form.fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag in ("script", "style"):
            self._quiet -= 1

    def handle_data(self, data: str) -> None:
        if not self._quiet and data.strip():
            self.words.append(data.strip())


@dataclass
class Page:
    """What a visit showed."""

    url: str
    status: int
    html: str

    @property
    def text(self) -> str:
        """The page's words."""
        return " ".join(self._parsed.words)

    @property
    def forms(self) -> list[Form]:
        """The page's forms."""
        return self._parsed.forms

    @property
    def links(self) -> list[str]:
        """Where the page's links lead."""
        return [urljoin(self.url, link) for link in self._parsed.links]

    def errors(self) -> list[str]:
        """What has to be put right: each finding where the page lists them, else what its error summary says."""
        listed = re.search(r'<ul class="[^"]*qd-findings--critical.*?</ul>', self.html, re.DOTALL)
        summary = re.search(r'class="govuk-error-summary.*?</ul>', self.html, re.DOTALL)
        found = listed or summary
        items = re.findall(r"<li[^>]*>(.*?)</li>", found[0], re.DOTALL) if found else []
        return [unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", item))).strip() for item in items]

    def form(self, ending: str) -> Form:
        """The form that is sent to an address with this ending. Raises `NothingToPressError`."""
        for form in self.forms:
            if form.method == "post" and form.action.rstrip("/").endswith(ending):
                return form
        raise NothingToPressError(f"{self.url} has no form for “{ending}”. It says: {self.text[:400]}")

    @cached_property
    def _parsed(self) -> _Forms:
        parsed = _Forms()
        parsed.feed(self.html)
        return parsed


class Browser:
    """One person's browser, with the cookies it was given; `through` reaches the pages without a network."""

    def __init__(self, through: httpx.BaseTransport | None = None) -> None:
        self._http = httpx.Client(
            follow_redirects=True,
            timeout=120,
            transport=through,
            verify=False,  # noqa: S501 - this machine's own pages, over plain HTTP: reading every authority takes its time
        )

    def __enter__(self) -> "Browser":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def visit(self, url: str) -> Page:
        """Open a page."""
        return self._page(self._http.get(url))

    def download(self, url: str) -> bytes:
        """Save a file. Raises `httpx.HTTPStatusError`."""
        answer = self._http.get(url)
        answer.raise_for_status()
        return answer.content

    def send(self, page: Page, ending: str, **given: str) -> Page:
        """Fill in the form with this ending and send it."""
        form = page.form(ending)
        return self._page(
            self._http.post(urljoin(page.url, form.action), data={**form.fields, **given}, headers=_from(page.url))
        )

    def upload(self, page: Page, ending: str, name: str, data: bytes, **given: str) -> Page:
        """Choose a file in the form with this ending and send it."""
        form = page.form(ending)
        files = {form.file_fields[0]: (name, data)}
        address, typed = urljoin(page.url, form.action), {**form.fields, **given}
        return self._page(self._http.post(address, data=typed, files=files, headers=_from(page.url)))

    @staticmethod
    def _page(answer: httpx.Response) -> Page:
        return Page(str(answer.url), answer.status_code, answer.text)


def _from(url: str) -> dict[str, str]:
    """The headers by which a browser says that a form was sent from the site's own page."""
    return {"Origin": str(httpx.URL(url).copy_with(raw_path=b"/")).rstrip("/"), "Sec-Fetch-Site": "same-origin"}
