"""The next version made up for officers' eyes: in a process of its own and with a limit, so that no page waits for it.

What came of it lies beside the draft's packs, so that every process of the web, and every officer, can show it.
"""

import json
import logging
import os
from collections import Counter
from collections.abc import Iterable
from contextlib import ExitStack
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime, timedelta
from multiprocessing import get_context
from threading import BoundedSemaphore, Thread
from typing import TYPE_CHECKING

from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.transport import open_transport
from quarterday.adapters.pack_drafts import keep_draft, result_name
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import Store, open_stores
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.binding import framework_of, plan_of
from quarterday.domain.collection.releases import next_version
from quarterday.domain.facts import ReleaseKind
from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import describe
from quarterday.web.serving.site import Site

if TYPE_CHECKING:
    from quarterday.publishing.candidate import Candidate

LIMIT = 180.0  # seconds that a preview may take
AT_ONCE = 12.0  # seconds for which whoever asked for one is kept: most are done by then
_MOST_CHANGES = 60  # told one by one; how many there are is told of each indicator
_ONE = BoundedSemaphore(1)  # of the machine's processors, previews take no more than one
_HIDDEN = {Marker.CONFIDENTIAL: "hidden", Marker.NOT_AVAILABLE: "missing"}
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Preview:
    """The next version as it would be, or why there is none."""

    returns: list[str] = field(default_factory=list)
    counted: list[list[str | int]] = field(default_factory=list)  # indicator, shown, hidden, missing
    changes: list[list[str]] = field(default_factory=list)  # indicator, where and when, as it was, as it would be
    more_changes: int = 0
    to_look_at: list[str] = field(default_factory=list)
    unread: list[list[str]] = field(default_factory=list)  # return or word, indicator or activity, its title
    packs: list[str] = field(default_factory=list)
    folder: str = ""
    problem: str = ""  # unsafe, slow or failed
    why: str = ""


@dataclass(frozen=True)
class Asked:
    """The last time that a preview was asked for: what came of it, or None while it is being made."""

    at: datetime
    preview: Preview | None


def last_asked(site: Site, collection: str, version: int) -> Asked | None:
    """The last preview of a version; None where nobody asked for one, or one asked for never came to anything."""
    raw = site.installation.stores.raw
    asked = sorted(each for each in raw.names("drafts/") if each.endswith(f"/{collection}/v{version}-asked"))
    if not asked:
        return None
    at = datetime.strptime(asked[-1].split("/")[1], "%Y%m%dT%H%M%S").replace(tzinfo=UTC)
    result = result_name(collection, version, at)
    if raw.exists(result):
        return Asked(at, Preview(**json.loads(raw.get(result))))
    lost = site.installation.now() > at + timedelta(seconds=LIMIT + AT_ONCE)
    return Asked(at, Preview(problem="failed") if lost else None)


def ask_for_preview(site: Site, collection: str, version: int) -> bool:
    """Have a preview made, and wait a little for it. False where another is being made."""
    if not _ONE.acquire(blocking=False):
        return False
    installation, at = site.installation, site.installation.now()
    result = result_name(collection, version, at)
    raw = installation.stores.raw
    asked = result.replace("-preview.json", "-asked")
    with ExitStack() as not_begun:
        not_begun.callback(_ONE.release)  # a full disk keeps nobody from asking again
        if raw.exists(asked):  # within this second
            return True
        raw.put(asked, b"")
        told = installation.settings, installation.framework, installation.exports, collection, at
        process = get_context("spawn").Process(target=_made_apart, args=told, daemon=True)
        process.start()
        not_begun.pop_all()

    def watch() -> None:
        try:
            process.join(LIMIT)
            slow = process.is_alive()
            if slow:
                process.kill()
                process.join()
            if not raw.exists(result):
                _keep(raw, result, Preview(problem="slow" if slow else "failed"))
        finally:
            _ONE.release()

    watching = Thread(target=watch, daemon=True)
    watching.start()
    watching.join(AT_ONCE)
    return True


def _made_apart(
    settings: Settings, framework: Framework, exports: dict[str, Export], collection: str, at: datetime
) -> None:
    """What the process of its own does."""
    os.nice(10)  # pages come first
    register, stores = existing_register(settings), open_stores(settings)
    installation = Installation(settings, framework, exports, register, stores, open_transport(settings))
    version = next_version(installation.facts(), collection)
    _keep(stores.raw, result_name(collection, version, at), _made(installation, collection, version, at))


def _keep(raw: Store, name: str, preview: Preview) -> None:
    raw.put(name, json.dumps(asdict(preview)).encode())


def _made(installation: Installation, collection: str, version: int, at: datetime) -> Preview:
    from quarterday.publishing.candidate import prepare  # noqa: PLC0415 - slow and large: in this process alone
    from quarterday.publishing.disclosure.risk import DisclosureRiskError  # noqa: PLC0415
    from quarterday.publishing.pack.packs import build_packs  # noqa: PLC0415

    facts = installation.facts()
    kind = ReleaseKind.PROVISIONAL if version == 1 else ReleaseKind.REVISED
    plan = plan_of(installation.framework, facts, collection)
    framework = framework_of(installation.framework, facts, collection)
    try:
        candidate = prepare(
            installation, Publish(collection, version, kind, plan.publish_on, "previewed by an officer")
        )
    except DisclosureRiskError as risk:
        return Preview(problem="unsafe", why=str(risk))
    folder = keep_draft(
        installation.stores.raw, collection, version, at, build_packs(framework, candidate.tables, ["html"])
    )
    changes = _changes(framework, candidate)
    return Preview(
        returns=list(candidate.returns),
        counted=_counted(framework, candidate),
        changes=changes[:_MOST_CHANGES],
        more_changes=max(0, len(changes) - _MOST_CHANGES),
        to_look_at=list(candidate.to_look_at),
        unread=[list(each) for each in candidate.unread],
        packs=_packs(installation.stores.raw.names(f"{folder}/")),
        folder=folder,
    )


def _packs(names: Iterable[str]) -> list[str]:
    """The packs alone, no file for machines."""
    return sorted(name for each in names if (name := each.rpartition("/")[2]).endswith(".html"))


def _counted(framework: Framework, candidate: "Candidate") -> list[list[str | int]]:
    found: dict[str, Counter[str]] = {}
    for each in candidate.tables.observations:
        state = _HIDDEN.get(each.marker, "shown") if each.marker else "shown"
        found.setdefault(each.indicator, Counter())[state] += 1
    return [
        [framework.indicator[code].title, count["shown"], count["hidden"], count["missing"]]
        for code, count in found.items()
        if code in framework.indicator
    ]


def _changes(framework: Framework, candidate: "Candidate") -> list[list[str]]:
    """Every value that differs from what readers have now: as published, and as it would be."""
    areas = {each.code: each.name for each in framework.partnership.areas}
    return [
        [
            framework.indicator[each.indicator].title,
            ", ".join(filter(None, (areas.get(each.area_code, each.area_code), each.category, describe(each.period)))),
            each.was,
            each.now,
        ]
        for each in candidate.tables.revisions
        if each.version == candidate.tables.version and each.indicator in framework.indicator
    ]
