"""What is kept past its end, which housekeeping would have deleted had it run: it comes each hour."""

from collections.abc import Iterator
from datetime import timedelta

from quarterday.adapters import clock
from quarterday.adapters.doctor.complaints import Complaint
from quarterday.adapters.doctor.keeping import known_framework
from quarterday.adapters.pack_drafts import drafts_made_before
from quarterday.adapters.register import existing_register
from quarterday.adapters.settings import Settings
from quarterday.adapters.store import open_stores
from quarterday.adapters.typed_drafts import drafts_without_link
from quarterday.adapters.unnamed import unnamed
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.collection.retention import emails_past_keeping, files_past_keeping
from quarterday.domain.framework.framework import Framework
from quarterday.domain.rulings.officer_links import DAYS

A_DAY = timedelta(days=1)


def look_at_what_is_kept(settings: Settings) -> Iterator[Complaint]:
    """Files that were to go a day ago and more, each kind by itself."""
    framework = known_framework(settings)
    if framework is None:
        return
    for what, number in _past_their_end(settings, framework).items():
        if number:
            yield Complaint(
                f"{number} file(s) {what} and still there.",
                "Open the last run of “housekeeping” in the Prefect UI: it deletes them.",
            )


def _past_their_end(settings: Settings, framework: Framework) -> dict[str, int]:
    now, yesterday = clock.now(settings), clock.today(settings) - A_DAY
    stores = open_stores(settings)
    with existing_register(settings) as register:
        facts = register.facts(framework.partnership.code)
        past = len(files_past_keeping(framework, facts, yesterday))
        past += len(emails_past_keeping(framework, facts, yesterday))
        forgotten = len(list(unnamed(register, stores, 2 * A_DAY)))
        lived = {each.token_hash for moment in (now - A_DAY, now) for each in LiveLinks(facts).at(moment)}
    return {
        "are past their agreement's date": past,
        "are named by no fact": forgotten,
        f"are drafts and previews of packs from more than {DAYS} days ago": len(
            drafts_made_before(stores.raw, now - timedelta(days=DAYS) - A_DAY)
        ),
        "were typed and not sent by a link that has ended": len(drafts_without_link(stores.raw, lived)),
    }
