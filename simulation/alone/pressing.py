"""A form behind an emailed link, pressed under strikes: by whoever presses again on the page that is still before them.

What it says must stand once and whole in the end, whoever was killed, and its sender must see that it does.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field

from quarterday.adapters.links import issue_link
from quarterday.adapters.mail.dispatch import perform_send
from quarterday.domain.collection.actions import Send
from quarterday.domain.facts import Fact, RequestMade
from quarterday.domain.facts.recipients import recipient_code
from quarterday.domain.framework.partners import Role
from rehearsal.browser import Browser, NothingToPressError, Page
from rehearsal.pages import Pages, pages_of
from simulation.alone.copies import Copy
from simulation.invariants import Broken
from simulation.world import PAGES, SimulatedInstallation

NAMED = {"send": "page: send"}  # what is pressed in years too, by what the table calls it


@dataclass
class Linked:
    """Somebody before a page that an emailed link opened, in a browser of their own."""

    browser: Browser
    link: str
    page: Page

    def open(self, rest: str = "") -> Page:
        """Open a page of the link."""
        self.page = self.browser.visit(f"{self.link}/{rest}".rstrip("/"))
        return self.page


@dataclass
class Pressing:
    """Presses forms in a copy of the quarter, and keeps what did not hold."""

    copy: Copy
    pages: Pages
    broken: list[Broken] = field(default_factory=list)

    @property
    def office(self) -> SimulatedInstallation:
        """The installation of the copy, as it is staged now."""
        return self.copy.world.office

    def press(
        self,
        who: Linked,
        form: str,
        typed: Mapping[str, str],
        leaves: Iterable[type[Fact]],
        shows: str,
        may_leave: Iterable[type[Fact]] = (),
    ) -> None:
        """Press a form of the page that somebody sees, until nobody dies over it, and once more.

        So does whoever saw no answer, or reloads. `leaves` are the facts that it records, each once; `may_leave` what
        each press may record; `shows` is what its sender reads then.
        """
        page = who.page

        def press() -> Page:
            who.page = who.browser.send(page, f"/{form}", **typed)
            return who.page

        self.done(form, press, leaves, shows, may_leave)

    def done(
        self,
        form: str,
        deed: Callable[[], Page],
        leaves: Iterable[type[Fact]],
        shows: str,
        may_leave: Iterable[type[Fact]] = (),
    ) -> None:
        """The same, where it takes more than a press."""
        before, seen = set(self.office.facts()), list[Page]()
        self.copy.struck(NAMED.get(form, f"page: /r/{{token}}/{form}"), lambda: seen.append(deed()))
        seen.append(deed())
        for page in seen:
            if page.status != 200 or page.errors() or shows not in page.text:
                said = f"{form}: {page.status} {page.errors()} {page.text[:300]}"
                self.broken.append(Broken("whoever said something on a page sees that it stands", said))
        recorded = Counter(type(each) for each in self.office.facts() if each not in before)
        others = {kind: count for kind, count in recorded.items() if kind not in set(may_leave)}
        if others != Counter(leaves):
            said = ", ".join(f"{count} {kind.__name__}" for kind, count in recorded.items())
            self.broken.append(Broken("what was said on a page stands once", f"{form}: {said or 'nothing'}"))

    def partner(self, request: RequestMade) -> Linked:
        """The contact of a partner, at the page of its request."""
        who = recipient_code(request.partner, Role.CONTACT)
        token, issued = issue_link(request, who, "request", self.office.now())
        self.office.register.append(issued)
        return self._at(f"{PAGES}/r/{token}")

    def partner_with(self, form: str) -> Linked:
        """The first partner whose page has a form. Raises `NothingToPressError` where none has."""
        for request in self.office.facts().of(RequestMade):
            who = self.partner(request)
            for each in (form, ""):
                try:
                    who.open(each).form(f"/{form}")
                except NothingToPressError:
                    continue
                return who
        raise NothingToPressError(f"no partner is offered {form}")

    def mailed(self, send: Send, page: str) -> Linked:
        """Whoever an email of ours brings to a page."""
        perform_send(self.office, send)
        who = self._at(f"{PAGES}/r/{self.copy.world.server.accepted[-1].token}")
        who.open(page)
        return who

    def _at(self, link: str) -> Linked:
        browser = Browser(self.pages)
        return Linked(browser, link, browser.visit(link))


def pressing_in(copy: Copy) -> Pressing:
    """Nothing pressed yet."""
    return Pressing(copy, pages_of(copy.world.office, copy.world.checker))
