"""Making a release: prepared whole in memory, written file by file, its manifest last, then the fact that names it.

Readers go by the fact, so they see the old release or the new one, whatever fails in between.
"""

from collections.abc import Collection, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

from quarterday.adapters.installation import Installation
from quarterday.adapters.store import AlreadyStored, Store
from quarterday.domain.collection.actions import Publish
from quarterday.domain.collection.binding import framework_of
from quarterday.domain.collection.upward import boards_told_more
from quarterday.domain.facts import ReleaseMade
from quarterday.domain.framework.framework import Framework
from quarterday.publishing import manifest
from quarterday.publishing.candidate import made_already, prepare
from quarterday.publishing.csvw import NAME as CSVW
from quarterday.publishing.csvw import csvw
from quarterday.publishing.data_package import data_package
from quarterday.publishing.dhis2 import dhis2_files
from quarterday.publishing.one_file import NAME as ONE_FILE
from quarterday.publishing.one_file import one_file
from quarterday.publishing.pack.packs import FORMATS, boards_changed, build_packs
from quarterday.publishing.rows import tables_of
from quarterday.publishing.table_files import to_csv, to_parquet
from quarterday.publishing.tables import ReleaseTables
from quarterday.publishing.workbook import NAME as WORKBOOK
from quarterday.publishing.workbook import workbook

AS_PARQUET = ("observations", "history")
MOST_ATTEMPTS = 50


def make_release(installation: Installation, action: Publish) -> ReleaseMade:
    """Make the release that is due and record it; the one there is where it was made already.

    Raises `DisclosureRiskError` where it would give small counts away: then nothing is written.
    """
    if made := made_already(installation.facts(), action):
        return made
    candidate = prepare(installation, action)
    formats = installation.settings.pack_formats.split()
    framework = framework_of(installation.framework, installation.facts(), action.collection)
    files = release_files(framework, candidate.tables, formats)
    listing = manifest.manifest(candidate.tables, candidate.returns, files)
    folder = write_release(installation.stores.published, f"{action.collection}/v{action.version}", files, listing)
    today = installation.today()
    told_more = boards_told_more(framework, installation.facts(), action.collection, today, action.version)
    fact = ReleaseMade(
        at=installation.now(),
        by="quarterday",
        reason=action.why,
        partnership=installation.framework.partnership.code,
        collection=action.collection,
        version=action.version,
        kind=action.kind,
        folder=folder,
        manifest_sha256=sha256(listing).hexdigest(),
        returns=candidate.returns,
        changed=_changed(boards_changed(files), told_more),
    )
    if installation.register.append_new(fact):
        return fact
    standing = made_already(installation.facts(), action)
    assert standing, "the register refused a release that it does not hold"
    return standing


def _changed(figures: tuple[str, ...] | None, more: Iterable[str]) -> tuple[str, ...] | None:
    """The boards for whom a version is another one: by their figures, or by what the boards below said for them."""
    return None if figures is None else tuple(sorted({*figures, *more}))


def release_files(framework: Framework, tables: ReleaseTables, formats: Collection[str] = FORMATS) -> dict[str, bytes]:
    """Every file of a release but its manifest, by its path in the release's folder."""
    written = tables_of(framework, tables)
    files = {f"{table.name}.csv": to_csv(table) for table in written}
    files |= {f"{table.name}.parquet": to_parquet(table) for table in written if table.name in AS_PARQUET}
    files["datapackage.json"] = data_package(framework, tables, written)
    files[CSVW] = csvw(framework, tables, written)
    files[ONE_FILE] = one_file(framework, tables)
    files |= dhis2_files(framework, tables)
    with ThreadPoolExecutor(1) as aside:  # drawing leaves Python free: the workbook is written meanwhile
        book = aside.submit(workbook, framework, tables)
        packs = build_packs(framework, tables, formats)
        return files | packs | {WORKBOOK: book.result()}


def write_release(store: Store, folder: str, files: Mapping[str, bytes], listing: bytes) -> str:
    """Write the files, then the manifest; returns the folder that holds them.

    An attempt that was cut short may have left other bytes behind, since a return came in between or a document bears
    its time. Nothing is ever written over: the next attempt takes a folder of its own, which only the fact makes known.
    """
    for attempt in range(1, MOST_ATTEMPTS):
        place = folder if attempt == 1 else f"{folder}-{attempt}"
        try:
            for path, data in sorted(files.items()):
                store.put(f"{place}/{path}", data)
            store.put(f"{place}/{manifest.NAME}", listing)
        except AlreadyStored:
            continue
        return place
    raise AlreadyStored(f"{folder}: {MOST_ATTEMPTS} attempts at this release left files behind; look at the store.")
