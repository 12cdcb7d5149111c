"""Officers' forms that decide nothing: a partner's export mapped, earlier figures brought in, a release previewed."""

import json
import shutil
from collections.abc import Callable, Generator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any
from unittest.mock import patch

from expectations.checking import Checked
from quarterday.adapters.arrivals import keep_file
from quarterday.adapters.kept_returns import keep_checked
from quarterday.adapters.reading import FileTables, read_tables
from quarterday.adapters.reading.proposals import propose
from quarterday.adapters.reading.proposed_mapping import as_export, mapping_file
from quarterday.adapters.store import StoreUnavailableError
from quarterday.domain.collection.binding import period_of
from quarterday.domain.facts import (
    FiguresBackfilled,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.periods import calendar_month
from quarterday.web.officers import previewing
from simulation.alone.copies import EVERY_FAULT, Copy, Strikes
from simulation.alone.disk import listening_to
from simulation.alone.officers_browser import OfficersBrowser, browser_of
from simulation.faults import KilledError
from simulation.invariants import Broken

EXPORT, HISTORY = "/officers/partners/{partner}/export", "/officers/returns/{reference}/history"
PREVIEW = "/officers/collections/{collection}/release/preview"
CODE, PARTNER = "their-own", "london-fire-brigade"
TOLD_IN, MONTHS = "deliberate-vehicle-fires", 9  # what their own export holds, and of how many months


@dataclass(frozen=True)
class Sample:
    """A partner's own export: this quarter's figures and those of the two before, and the mapping that reads it."""

    made: RequestMade
    data: bytes
    mapping: str
    export: Export


def sample_for(copy: Copy) -> Sample:
    """What a partner's own system would write for the last request, and the mapping proposed for it."""
    framework, facts = copy.world.office.framework, copy.world.office.facts()
    made = next(each for each in reversed(facts.of(RequestMade)) if each.partner == PARTNER)
    last = period_of(framework, facts, made.collection).end
    months = [divmod(last.year * 12 + last.month - 1 - back, 12) for back in reversed(range(MONTHS))]
    rows = (f"{calendar_month(year, month + 1).start:%b-%y},{number}" for number, (year, month) in enumerate(months))
    data = "\n".join(["Month,Count", *rows, ""]).encode()
    tables = read_tables(data, f"{CODE}.csv")
    assert isinstance(tables, FileTables)
    proposal = propose(tables, framework, (framework.indicator[TOLD_IN],))
    said = as_export(framework, proposal, CODE, CODE)
    return Sample(made, data, mapping_file(said, proposal), Export.model_validate(said))


@dataclass
class OfficersForms:
    """One sitting in a copy of the quarter, and what did not hold."""

    copy: Copy
    broken: list[Broken] = field(default_factory=list)

    def every(self) -> None:
        """Send each of the forms, as an officer does who is cut off again and again."""
        sample = sample_for(self.copy)
        config, reference = self._own_configuration(sample), _sent(self.copy, sample)
        browser = browser_of(self.copy, self.copy.world.office.framework.partnership.officers[0])
        browser.sign_in()
        self.copy.strikes.by = EVERY_FAULT
        self._map(browser, sample, config)
        self._bring_in(browser, reference)
        self._preview(browser, sample.made.collection)

    def _own_configuration(self, sample: Sample) -> Path:
        """A configuration that may be written into, and the mapping as if runs knew it already."""
        office = self.copy.world.office
        config = Path(shutil.copytree(office.settings.config, office.settings.home / "beside" / "their-config"))
        settings = office.settings.model_copy(update={"config": config})
        self.copy.world.office = replace(office, settings=settings, exports={**office.exports, CODE: sample.export})
        return config

    def _map(self, browser: OfficersBrowser, sample: Sample, config: Path) -> None:
        typed: dict[str, str | list[str]] = {"do": "keep", "code": CODE, "mapping": sample.mapping}
        said: list[int] = []
        press = lambda: said.append(browser.send(EXPORT.format(partner=PARTNER), typed).status_code)  # noqa: E731
        with listening_to(self.copy.strikes, config) as disk:
            self.copy.struck(f"page: {EXPORT}", lambda: disk.a_new_process(press))
        self._holds("a mapping that is kept is said to be", said[-1] == 200)
        theirs = {each.name: each.read_text() for each in (config / "exports").iterdir() if CODE in each.name}
        self._holds("a mapping is kept whole, and nothing beside it", theirs == {f"{CODE}.yaml": sample.mapping})

    def _bring_in(self, browser: OfficersBrowser, reference: str) -> None:
        self.copy.struck_each_minute(f"page: {HISTORY}", lambda: browser.send(HISTORY.format(reference=reference)))
        raw, facts = self.copy.world.office.stores.raw, self.copy.world.office.facts()
        brought = [each for each in facts.of(FiguresBackfilled) if reference in each.reason]
        self._holds("earlier figures are brought in once", [each.rows for each in brought] == [2])
        self._holds("their file is whole", all(raw.get(each.stored_as, each.sha256) for each in brought))

    def _preview(self, browser: OfficersBrowser, collection: str) -> None:
        """Ask for a preview until one is made; it is always told what came of the last."""
        raw = self.copy.world.office.settings.home / "store" / "raw"

        def press() -> None:
            answer = browser.send(PREVIEW.format(collection=collection))
            self._holds("whoever asks for a preview gets one", answer.status_code == 303)
            if not (made := _last_preview(raw)) or made["problem"]:
                raise KilledError("what made the preview died: it is asked for again")

        with processes_here(self.copy):
            self.copy.struck_each_minute(f"page: {PREVIEW}", press)
        made = _last_preview(raw)
        there = {each.name for each in (raw / made["folder"]).iterdir()}
        self._holds("a preview's packs are there", bool(made["packs"]) and set(made["packs"]) == there)

    def _holds(self, what: str, holds: bool) -> None:
        if not holds:
            self.broken.append(Broken(what, "officers' forms"))


def _last_preview(raw: Path) -> dict[str, Any]:
    """What came of the preview that was asked for last, as it lies there; nothing where nothing is known of any."""
    told = sorted(raw.glob("drafts/*/*/*-preview.json"))
    return json.loads(told[-1].read_bytes()) if told else {}


def _sent(copy: Copy, sample: Sample) -> str:
    """As if the partner had sent its export, and it was accepted: the reference of the return."""
    office, reference = copy.world.office, "R-THEIR-OWN"
    moment = office.now()
    kept = keep_file(office.stores.raw, sample.made, sample.data, f"{CODE}.csv", f"{PARTNER}/contact", moment)
    who: dict[str, Any] = {
        "at": moment,
        "by": kept.by,
        "partnership": kept.partnership,
        "request": kept.request,
        "partner_return": reference,
    }
    read = Checked(PartnerReturn(PARTNER, sample.made.collection, None, (), CODE), (), Verdict.ACCEPTED)
    findings, rows = keep_checked(office.stores, reference, read, moment)
    received = ReturnReceived(
        kind=ReturnKind.FIGURES,
        upload=kept.upload,
        sha256=kept.sha256,
        stored_as=kept.stored_as,
        suffix=kept.suffix,
        **who,
    )
    given = VerdictGiven(
        verdict=Verdict.ACCEPTED,
        critical=0,
        warnings=0,
        notes=0,
        findings_stored_as=findings,
        rows_stored_as=rows,
        **who,
    )
    office.register.append(kept, received, given)
    return reference


@dataclass
class _HereProcess:
    """A process that the page began, within it: whoever is killed in there leaves the page alive."""

    strikes: Strikes
    target: Callable[..., None]
    args: tuple[Any, ...]
    daemon: bool

    def start(self) -> None:
        of_the_page, self.strikes.during = self.strikes.during, f"page: {PREVIEW}, its own process"
        try:
            self.target(*self.args)
        except (KilledError, OSError, StoreUnavailableError):
            pass
        finally:
            self.strikes.during = of_the_page

    def join(self, _seconds: float | None = None) -> None:
        """It has ended by now."""

    def is_alive(self) -> bool:
        return False


@dataclass
class _HereThread:
    """A thread that the page began, within it: whoever is killed in there takes the page along."""

    target: Callable[[], None]
    daemon: bool

    def start(self) -> None:
        with suppress(OSError, StoreUnavailableError):  # a thread's own end
            self.target()

    def join(self, _seconds: float | None = None) -> None:
        """It has ended by now."""


@contextmanager
def processes_here(copy: Copy) -> Generator[None]:
    """What previews are made in, within this process: so that all that is done there is struck, too."""
    world = copy.world
    begun = lambda **of: _HereProcess(copy.strikes, **of)  # noqa: E731
    stand_ins: dict[str, Any] = {
        "get_context": lambda _how: type("Context", (), {"Process": staticmethod(begun)}),
        "Thread": _HereThread,
        "existing_register": lambda _settings: world.register,
        "open_stores": lambda _settings: world.office.stores,
        "Installation": lambda *_parts: world.office,
    }
    with ExitStack() as patches:
        for name, instead in stand_ins.items():
            patches.enter_context(patch.object(previewing, name, instead))
        patches.enter_context(patch("os.nice"))
        patches.enter_context(patch("quarterday.publishing.pack.packs.build_packs", _short_packs))
        yield


def _short_packs(*_about: object) -> dict[str, bytes]:
    """Two packs without their charts, as years have them."""
    return {"packs/one-board.html": b"one", "packs/another.html": b"another"}
