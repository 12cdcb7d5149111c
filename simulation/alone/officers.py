"""An evening at the officers' pages: each decision taken under strikes, and whether it then stands once and whole."""

from collections import Counter
from dataclasses import dataclass, field
from urllib.parse import quote

from quarterday.domain.facts import UndoClosed, UndoOffered
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Officer
from quarterday.domain.rulings.request_rulings import Ruling
from quarterday.web.officers.decisions import DECISIONS
from quarterday.web.officers.officer_door import HOME
from simulation.alone.copies import Copy
from simulation.alone.decisions import WORDS, filled_in
from simulation.alone.disk import listening_to
from simulation.alone.officers_browser import OfficersBrowser, browser_of
from simulation.alone.staged import PERSON, named_in, stage
from simulation.invariants import Broken

_LAST = (  # after these little is left to decide about
    *("emails-arrived", "doubtful-again", "given-up-again", "withdraw-release", "let-off", "call-off", "stop-links"),
    "sign-out-officer",
)

TAKEN_BACK = "write"


@dataclass
class Evening:
    """What has been decided so far in the quarter, and what did not hold."""

    left: list[str] = field(default_factory=lambda: sorted(DECISIONS, key=lambda each: each in _LAST))
    broken: list[Broken] = field(default_factory=list)

    def decide_all(self, copy: Copy) -> None:
        """Take every decision that was not taken yet and can be; twice, since one may make the next possible."""
        stage(copy)
        browser = browser_of(copy, _who_decides(copy.world.office.framework))
        browser.sign_in()
        self._take_out(browser)
        for _ in range(2):
            for name in list(self.left):
                self._decide(browser, name)
        browser.sign_out()

    def _decide(self, browser: OfficersBrowser, name: str) -> None:
        copy, office = browser.copy, browser.copy.world.office
        ruling = Ruling(browser.officer.code, WORDS, office.now())
        form = filled_in(DECISIONS[name], office.framework, office.facts(), ruling, office.today())
        if form is None:
            return
        before = len(list(office.facts()))
        typed = {**form.typed, "seen": office.now().isoformat()}
        copy.struck_each_minute(f"decision: {name}", lambda: browser.send(form.address, typed))
        recorded = list(office.facts())[before:]
        wanted = Counter(type(each) for each in form.facts)
        if DECISIONS[name].leads_to:  # to a key or a page that whoever died never saw: it is made again
            recorded = recorded[-len(form.facts) :]
        if Counter(type(each) for each in recorded if not isinstance(each, UndoOffered)) != wanted:
            self.broken.append(Broken("what was decided stands once", f"{name}: {recorded}"))
        self.left.remove(name)
        if name == TAKEN_BACK:
            self._take_back(browser)

    def _take_back(self, browser: OfficersBrowser) -> None:
        """Press the button by which the last decision is taken back; whoever dies over it presses again."""
        office = browser.copy.world.office
        offer = office.facts().of(UndoOffered)[-1]
        address = f"{HOME}/undo/{quote(offer.key)}"
        browser.copy.struck("page: /officers/undo/{offer:path}", lambda: browser.send(address))
        ends = [each for each in office.facts().of(UndoClosed) if each.offer == offer.key]
        if [each.taken_back for each in ends] != [True]:
            self.broken.append(Broken("what was taken back is taken back once", f"{offer.key}: {ends}"))

    def _take_out(self, browser: OfficersBrowser) -> None:
        """Take a person out of the register; whoever dies over it does it again."""
        copy, office = browser.copy, browser.copy.world.office
        typed: dict[str, str | list[str]] = {"person": named_in(office), "do": "erase", "why": WORDS}

        def press() -> None:
            copy.world.register.read_again()
            browser.send(f"{HOME}/persons", typed)

        with listening_to(copy.strikes) as disk:
            copy.struck("page: /officers/persons", lambda: disk.a_new_process(press))
        left = copy.world.register.as_written(office.framework.partnership.code)
        if PERSON in repr(list(left)):
            self.broken.append(Broken("who was taken out is on record no more", "persons"))


def _who_decides(framework: Framework) -> Officer:
    return framework.partnership.officers[0]
