"""An accepted return is sent back with a question, and the corrected one counts: before the release and after it."""

from flows.request_decisions import send_back_return
from rehearsal.cast import Deed
from rehearsal.staging.quarter import Quarter

BEFORE, AFTER = "Is the first figure for the whole borough?", "Were both stations counted?"


def happens(quarter: Quarter) -> None:
    """What happens, and what must be so."""
    asked = quarter.partner("prompt")
    quarter.until(quarter.workday(quarter.plan.due, -4))
    quarter.expect("it has answered", None, quarter.awaited(asked))
    quarter.decide(send_back_return, asked, say_to_the_partner=BEFORE)
    quarter.until(quarter.workday(quarter.today, 1))
    quarter.tells_once(asked, "sent-back", BEFORE, quarter.awaited(asked))
    quarter.visit(asked, Deed.SEND)
    quarter.to_the_end()
    quarter.expect("one version", 1, len(quarter.releases()))

    quarter.decide(send_back_return, asked, say_to_the_partner=AFTER)
    quarter.until(quarter.workday(quarter.today, 2))
    quarter.is_so(
        "the question goes out", any(AFTER in each.text for each in quarter.emails("sent-back", partner=asked))
    )
    quarter.visit(asked, Deed.SEND_CORRECTED)
    quarter.until(quarter.workday(quarter.today, 3))
    quarter.expect("a second version", 2, len(quarter.releases()))
    changed = quarter.changed(1, 2)
    quarter.is_so("one figure differs", len(changed) == 1 and changed <= set(quarter.request(asked).asked), changed)
    log = (quarter.release_folder(2) / "revisions.csv").read_text(encoding="utf-8")
    quarter.is_so("the log of revisions tells it", all(code in log for code in changed), log)
