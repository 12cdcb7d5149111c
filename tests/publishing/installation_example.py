"""A real installation in a temporary folder: SQLite register, stores of files, the small partnership's framework."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from types import SimpleNamespace

from quarterday.adapters.installation import Installation
from quarterday.adapters.kept_returns import keep_checked
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.domain.collection.actions import Publish
from quarterday.domain.facts import CollectionOpened, RequestMade, ReturnKind, ReturnReceived, VerdictGiven
from quarterday.domain.figures.findings import Finding
from quarterday.domain.figures.returns import PartnerReturn, ReturnRow
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import Period
from tests.publishing.dataset_example import KINDS, Q1, WARDS, framework

COLLECTION = "somewhere.2025-26-q1"
REGISTER = "register.db"  # below an installation's home
MORNING = datetime(2025, 7, 1, 8, tzinfo=UTC)


@dataclass
class Office:
    """An installation whose clock the test sets, and the shortest ways to make things happen in it."""

    installation: Installation
    moment: list[datetime]

    def opened(self, collection: str = COLLECTION, period: Period = Q1) -> None:
        """Open a collection and ask both partners for all they supply."""
        house = self.installation.framework
        self.record(
            CollectionOpened(
                at=self.now(),
                by="quarterday",
                partnership=self.installation.framework.partnership.code,
                collection=collection,
                period_start=period.start,
                period_end=period.end,
            ),
            *(
                RequestMade(
                    at=self.now(),
                    by="quarterday",
                    partnership=self.installation.framework.partnership.code,
                    collection=collection,
                    request=f"{collection}.{partner.code}",
                    partner=partner.code,
                    asked=tuple(each.code for each in house.asked_of(partner.code, period)),
                    withheld=(),
                    due=date(2025, 7, 22),
                    closes=date(2025, 8, 1),
                )
                for partner in house.partners
            ),
        )

    def returned(
        self,
        partner: str,
        rows: Sequence[ReturnRow],
        *,
        findings: tuple[Finding, ...] = (),
        nil: bool = False,
        collection: str = COLLECTION,
        **more: object,
    ) -> str:
        """A partner's return comes and is accepted; its reference."""
        reference = f"R-{partner}-{len(self.installation.facts().of(ReturnReceived)) + 1}"
        request = f"{collection}.{partner}"
        content = PartnerReturn(partner, collection, None, tuple(rows), "template")
        checked = SimpleNamespace(partner_return=content, findings=findings)
        kept = keep_checked(self.installation.stores, reference, checked, self.now())
        received = ReturnReceived(
            at=self.now(),
            by=f"{partner}/contact",
            partnership=self.installation.framework.partnership.code,
            request=request,
            partner_return=reference,
            kind=ReturnKind.NIL if nil else ReturnKind.FIGURES,
            **{"sha256": "" if nil else "ab" * 32, **more},
        )
        asked = next(each.asked for each in self.installation.facts().about(request, RequestMade))
        verdict = VerdictGiven(
            at=self.now(),
            by="quarterday",
            partnership=self.installation.framework.partnership.code,
            request=request,
            partner_return=reference,
            verdict="accepted with caveats" if findings else "accepted",
            critical=0,
            warnings=len(findings),
            notes=0,
            findings_stored_as="" if nil else kept[0],
            rows_stored_as="" if nil else kept[1],
            answered=asked if nil else tuple(dict.fromkeys(each.indicator for each in rows)),
        )
        self.record(received, verdict)
        return reference

    def record(self, *facts: object) -> None:
        """Append facts, and let a minute pass."""
        self.installation.register.append(*facts)
        self.moment[0] += timedelta(minutes=1)

    def now(self) -> datetime:
        """The moment by the test's clock."""
        return self.moment[0]

    def folder(self, place: str) -> Path:
        """A release's folder on disk."""
        return self.installation.settings.home / "store" / "published" / place


def publish(version: int = 1, collection: str = COLLECTION) -> Publish:
    """The action of making a version."""
    kind = "provisional" if version == 1 else "revised"
    return Publish(collection, version, kind, date(2025, 8, 5), "The papers leave.")


def office(home: Path, house: Framework | None = None) -> Office:
    """An installation in a folder."""
    settings = Settings(home=home, _env_file=None)
    home.mkdir(parents=True, exist_ok=True)
    if not (home / REGISTER).exists():
        (home / REGISTER).write_bytes(_empty_register())
    moment = [MORNING]

    class _Installation(Installation):
        def now(self) -> datetime:
            return moment[0]

        def today(self) -> date:
            return date(2025, 8, 5)

    made = _Installation(
        settings=settings,
        framework=house or framework(),
        exports={},
        register=open_register(settings),
        stores=open_stores(settings),
        transport=None,
    )
    return Office(made, moment)


def row(code: str = "fires", value: float | None = 10, area: str = "E09000099", **more: object) -> ReturnRow:
    """A row of a return."""
    base = ReturnRow(code, area, "", "", None, value=value, sheet="Figures", cells=(("Value", "H2"),))
    return replace(base, **more)


def ward_rows(values: Sequence[Sequence[int]]) -> list[ReturnRow]:
    """A row for each ward and kind of theft."""
    return [
        row("thefts", value, ward, breakdown="kind", category=kind, cells=(("Value", f"{column}{line}"),))
        for line, (ward, of_ward) in enumerate(zip(WARDS, values, strict=True), start=2)
        for column, kind, value in zip("BCD", KINDS, of_ward, strict=True)
    ]


@cache
def _empty_register() -> bytes:
    """A register as its migrations leave it: they run once, and not for each of hundreds of installations."""
    with TemporaryDirectory() as folder:
        settings = Settings(home=Path(folder), _env_file=None)
        open_register(settings).close()
        return (settings.home / REGISTER).read_bytes()
