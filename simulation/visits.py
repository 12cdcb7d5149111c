"""What a person does on the partner's page, as rehearsed, through a browser of their own."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import httpx

from quarterday.domain.framework.periods import Period
from rehearsal.browser import Browser, Form, NothingToPressError, Page
from simulation.world import PAGES

THANKED = "thanked"  # stands for the receipt of whoever told of activities


class NoReceiptError(Exception):
    """The page did not take what the person wanted to send: they will try again."""


@dataclass(frozen=True)
class Person:
    """Somebody with a link, at a browser."""

    through: httpx.BaseTransport
    token: str

    @property
    def link(self) -> str:
        """The address in the email."""
        return f"{PAGES}/r/{self.token}"

    def look(self, *pages: str) -> list[int]:
        """Open the page, and others behind it, as a curious reader or a link scanner does; their statuses."""
        with Browser(self.through) as browser:
            return [browser.visit(f"{self.link}{each}").status for each in ("", *pages)]

    def send(
        self,
        name: str,
        data: bytes,
        *,
        insist: bool = False,
        part_until: date | None = None,
        covers: Period | None = None,
        twice: bool = False,
    ) -> str:
        """Upload, look, send. Returns the receipt's reference. Raises `NoReceiptError`."""
        with Browser(self.through) as browser:
            checked = self._uploaded(browser, name, data, part_until, covers)
            if checked.errors() and not insist:
                raise NoReceiptError("; ".join(checked.errors()[:2]) or f"status {checked.status}")
            given = {
                field: "Checked with the team: it is right."
                for field in _form(checked, "/send").fields
                if field.startswith("explain")
            }
            if insist:
                given["as_is"] = "yes"
            receipt = _receipt(browser.send(checked, "/send", **given))
            if twice and _receipt(browser.send(checked, "/send", **given)) != receipt:
                raise AssertionError("sent twice, and two receipts")
            return receipt

    def _uploaded(
        self, browser: Browser, name: str, data: bytes, part_until: date | None, covers: Period | None
    ) -> Page:
        if part_until:
            page = _good(browser.visit(f"{self.link}/part"))
            return _good(browser.upload(page, "/part", name, data, **_typed("rest_by", part_until)))
        if covers:
            page = _good(browser.visit(f"{self.link}/period"))
            typed = {**_typed("start", covers.start), **_typed("end", covers.end)}
            return _good(browser.upload(page, "/period", name, data, **typed))
        page = _good(browser.visit(self.link))
        return _good(browser.upload(page, "/upload", name, data))

    def say(self, answer: str, **given: Any) -> str:
        """One of the other answers, typed and confirmed. Returns the reference. Raises `NoReceiptError`."""
        with Browser(self.through) as browser:
            asked = _good(browser.visit(f"{self.link}/{answer}"))
            _form(asked, f"/{answer}")
            told = _good(browser.send(asked, f"/{answer}", **given))
            if told.url.endswith(f"/{answer}"):  # shown again to be confirmed; a nil return's own box confirms it
                _form(told, f"/{answer}")
                told = browser.send(told, f"/{answer}")
            return _receipt(told)

    def tell(self, typed: dict[str, str]) -> str:
        """Tell of activities; the thanks, which bear no reference. Raises `NoReceiptError` where nobody gives them."""
        with Browser(self.through) as browser:
            page = _good(browser.visit(f"{self.link}/activities"))
            _form(page, "/activities")
            told = browser.send(page, "/activities", **typed)
            if told.status != 200 or not told.url.endswith("/activities/told"):
                raise NoReceiptError(f"status {told.status}: {'; '.join(told.errors()[:2])}")
            return THANKED


def _good(page: Page) -> Page:
    if page.status >= 400 and page.status != 422:
        raise NoReceiptError(f"status {page.status}")
    return page


def _form(page: Page, ending: str) -> Form:
    try:
        return page.form(ending)
    except NothingToPressError as problem:
        raise NoReceiptError(str(problem)[:200]) from problem


def _receipt(page: Page) -> str:
    """The reference in the address of the page that thanks. Raises `NoReceiptError`."""
    where, _, reference = page.url.rpartition("/")
    if page.status != 200 or not where.endswith(("/returns", "/replies")):
        raise NoReceiptError(f"status {page.status}: {'; '.join(page.errors()[:2])}")
    return reference


def typed_day(name: str, day: date) -> dict[str, str]:
    """A date as it is typed into three boxes."""
    return {f"{name}-day": str(day.day), f"{name}-month": str(day.month), f"{name}-year": str(day.year)}


_typed = typed_day
