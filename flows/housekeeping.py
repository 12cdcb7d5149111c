"""Keeps house: raw files past their agreement's date are deleted, on record; emails and runs left open are settled.

Then comes the day's backup, and its copy in another place.

Alone: `python -m flows.housekeeping`
"""

import logging
from collections.abc import Callable
from datetime import date, timedelta

from prefect import task
from prefect.cache_policies import NO_CACHE

from flows.installation.lost_runs import end_lost_runs
from flows.performing.acting import act_on
from flows.performing.failing import watched
from flows.performing.process import as_it_is, this_installation
from flows.showing.artifacts import show_standing
from flows.showing.labels import label_run
from quarterday.adapters.copies import copy_elsewhere
from quarterday.adapters.counted_records import delete_counted
from quarterday.adapters.damage import DamageFoundError, look_at_share
from quarterday.adapters.disk import watch_room
from quarterday.adapters.installation import Installation
from quarterday.adapters.mail.dispatch import settle_unfinished
from quarterday.adapters.nightly import back_up_tonight
from quarterday.adapters.pack_drafts import delete_drafts
from quarterday.adapters.register.heads import record_head
from quarterday.adapters.typed_drafts import delete_drafts_without_link
from quarterday.adapters.unnamed import sweep_unnamed
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.collection.retention import emails_past_keeping, files_past_keeping, set_apart
from quarterday.domain.facts import DeletedFor, EmailKept, FileDeleted, RequestMade, UploadKept
from quarterday.domain.rulings.officer_links import DAYS

_LOG = logging.getLogger(__name__)
PAST = "its agreement no longer lets us keep the file"
APART = "it was set apart for what is in it, and nobody decided that it is kept longer"
LEFT_OVER = timedelta(days=1)  # no file takes so long to write: whoever wrote it was killed


@task(task_run_name="Delete raw files past their date", cache_policy=NO_CACHE, persist_result=False)
def delete_old_files(installation: Installation, today: date) -> int:
    """Delete the raw files that no agreement lets us keep any longer: the file first, then the fact that it went.

    Cut short between the two, the next run deletes what is no longer there, which does nothing, and records it.
    """
    facts = installation.facts()
    apart = set_apart(facts)
    past: list[UploadKept | EmailKept] = [*files_past_keeping(installation.framework, facts, today)]
    past += emails_past_keeping(installation.framework, facts, today)
    for upload in past:
        installation.stores.raw.delete(upload.stored_as)
        why = APART if upload.stored_as in apart else PAST
        installation.register.append_new(_deleted(installation, upload, why))
    return len(past)


@task(task_run_name="Sweep what is left over", cache_policy=NO_CACHE, persist_result=False)
def sweep_left_overs(installation: Installation) -> int:
    """Remove what retention would not find: files never whole, those that no fact names, drafts without a link."""
    now = installation.now()
    delete_drafts(installation.stores.raw, now - timedelta(days=DAYS))
    live = {each.token_hash for each in LiveLinks(installation.facts()).at(now)}
    delete_drafts_without_link(installation.stores.raw, live)
    forgotten = sweep_unnamed(installation.register, installation.stores, LEFT_OVER)
    return forgotten + installation.stores.raw.sweep(LEFT_OVER) + installation.stores.published.sweep(LEFT_OVER)


@task(task_run_name="Back up", cache_policy=NO_CACHE, persist_result=False)
def back_up(installation: Installation) -> str:
    """The night's backup, where a folder is set for it: after what may no longer be kept was deleted."""
    made = back_up_tonight(installation.settings, installation.now())
    return made.name if made else ""


@task(task_run_name="Copy the backups elsewhere", cache_policy=NO_CACHE, persist_result=False)
def copy_backups(installation: Installation) -> list[str]:
    """Copy to another place, where one is set, what has no copy there yet. Raises `CopyFailedError`."""
    return copy_elsewhere(installation.settings) if installation.settings.backups_copy else []


@task(task_run_name="Write down the head", cache_policy=NO_CACHE, persist_result=False)
def write_down_head(installation: Installation) -> str:
    """The day's head over all facts, before the backup that takes it along. Returns what of the one before broke."""
    head = record_head(installation.register, installation.framework.partnership.code, installation.now())
    return head.broken if head else ""


@task(task_run_name="Look for damage", cache_policy=NO_CACHE, persist_result=False)
def look_for_damage(installation: Installation) -> None:
    """Hold a share of the files to the SHA-256 that the register knows. Raises `DamageFoundError`."""
    look_at_share(installation.stores, installation.facts(), installation.now())


def ask_whoever_can_be_reached(installation: Installation) -> int:
    """Send a request to the deputy, or the manager, of a partner whose email came back since: the day's run is over.

    So nobody is asked a day late because a mailbox was found dead at noon. Returns how many were asked.
    """
    facts = installation.facts()
    made = {each.request for each in facts.going_on.of(RequestMade)}
    due = what_is_due(installation.framework, facts, installation.today())
    anew = [each for each in due if isinstance(each, Send) and each.occasion == "request" and each.request in made]
    return len(act_on(installation, anew))


def stop_if_broken(broken: str) -> None:
    """Raises `DamageFoundError` where the head before does not hold."""
    if broken:
        raise DamageFoundError(f"{broken} Run `quarterday doctor`, and compare the register with the last backup.")


def all_of(*steps: Callable[[], object]) -> None:
    """Take every step, whichever fails; raises what the first that failed raised, and logs what the others did."""
    problems: list[Exception] = []
    for step in steps:
        try:
            step()
        except Exception as problem:
            problems.append(problem)
    for other in problems[1:]:
        _LOG.error("%s", other)
    if problems:
        raise problems[0]


def _deleted(installation: Installation, upload: UploadKept | EmailKept, why: str) -> FileDeleted:
    return FileDeleted(
        at=installation.now(),
        by="quarterday",
        reason=why,
        partnership=installation.framework.partnership.code,
        stored_as=upload.stored_as,
        sha256=upload.sha256,
        cause=DeletedFor.KEPT_LONG_ENOUGH,
    )


@watched("housekeeping")
def housekeeping() -> int:
    """Apply the retention rule and settle what was left open. Returns how many files were deleted.

    Fails, so that the officers hear of it, where a file or a fact is not what it was, the disk is nearly full, or the
    backups cannot be copied: the backup itself is made by then.
    """
    installation = this_installation()
    label_run(installation, "Housekeeping", "")
    settle_unfinished(installation)
    ask_whoever_can_be_reached(installation)
    end_lost_runs(installation.settings, installation.framework.partnership.code)
    show_standing(installation)  # silence shows nothing by itself
    deleted = delete_old_files(as_it_is(installation), installation.today()) + delete_counted(installation)
    sweep_left_overs(as_it_is(installation))
    broken = write_down_head(as_it_is(installation))
    back_up(as_it_is(installation))
    all_of(
        lambda: stop_if_broken(broken),
        lambda: look_for_damage(as_it_is(installation)),
        lambda: watch_room(installation.settings),  # whatever can make room has been done
        lambda: copy_backups(as_it_is(installation)),
    )
    return deleted


if __name__ == "__main__":
    housekeeping()
