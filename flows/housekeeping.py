"""Keeps house: raw files past their agreement's date are deleted, on record; emails and runs left open are settled.

Then comes the day's backup.

Alone: `python -m flows.housekeeping`
"""

from datetime import date, timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.installation.lost_runs import end_lost_runs
from flows.performing.failing import watched
from flows.performing.process import as_it_is, installation
from flows.showing.labels import label_run
from quarterday.adapters.disk import watch_room
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import settle_unfinished
from quarterday.adapters.nightly import back_up_tonight
from quarterday.domain.collection.retention import files_past_keeping
from quarterday.domain.facts import FileDeleted, UploadKept
from quarterday.domain.rulings.officer_links import DAYS
from quarterday.publishing.drafts import delete_drafts

LEFT_OVER = timedelta(days=1)  # no file takes so long to write: whoever wrote it was killed


@task(task_run_name="Delete raw files past their date", cache_policy=NO_CACHE, persist_result=False)
def delete_old_files(office: Installation, today: date) -> int:
    """Delete the raw files that no agreement lets us keep any longer: the file first, then the fact that it went.

    Cut short between the two, the next run deletes what is no longer there, which does nothing, and records it.
    """
    past = files_past_keeping(office.framework, office.facts(), today)
    for upload in past:
        office.stores.raw.delete(upload.stored_as)
        office.register.append_new(_deleted(office, upload))
    return len(past)


@task(task_run_name="Sweep what is left over", cache_policy=NO_CACHE, persist_result=False)
def sweep_left_overs(office: Installation) -> int:
    """Remove files that were never whole, which retention would not find, and drafts whose links have ended."""
    delete_drafts(office.stores.raw, office.now() - timedelta(days=DAYS))
    return office.stores.raw.sweep(LEFT_OVER) + office.stores.published.sweep(LEFT_OVER)


@task(task_run_name="Back up", cache_policy=NO_CACHE, persist_result=False)
def back_up(office: Installation) -> str:
    """The night's backup, where a folder is set for it: after what may no longer be kept was deleted."""
    made = back_up_tonight(office.settings, office.now())
    return made.name if made else ""


def _deleted(office: Installation, upload: UploadKept) -> FileDeleted:
    return FileDeleted(
        at=office.now(),
        by="quarterday",
        reason="its agreement no longer lets us keep the file",
        partnership=office.framework.partnership.code,
        stored_as=upload.stored_as,
        sha256=upload.sha256,
    )


@watched("housekeeping")
def housekeeping() -> int:
    """Apply the retention rule and settle what was left open. Returns how many files were deleted.

    Fails, so that the officers hear of it, where the disk is nearly full.
    """
    office = installation()
    label_run(office, "Housekeeping", "")
    settle_unfinished(office)
    end_lost_runs()
    deleted = delete_old_files(as_it_is(office), office.today())
    sweep_left_overs(as_it_is(office))
    back_up(as_it_is(office))
    watch_room(office.settings)  # last: whatever can make room has been done
    return deleted


if __name__ == "__main__":
    housekeeping()
