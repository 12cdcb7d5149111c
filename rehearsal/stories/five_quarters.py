"""Five quarters in one home: late and corrected figures, a version withdrawn, a definition changed, a year reviewed."""

from datetime import date
from itertools import pairwise

from flows.partner_decisions import replace_link
from flows.performing.process import this_installation
from flows.release_decisions import approve_release, withdraw_release
from quarterday.domain.collection.releases import standing_releases
from quarterday.domain.collection.yearly import year_of
from quarterday.domain.facts import YearlyReviewMade
from quarterday.domain.framework.submissions import SubmissionKind, year_before
from quarterday.publishing.past import PastRelease
from quarterday.publishing.yearly import NAME
from rehearsal.cast import Deed
from rehearsal.staging.editing import RISKS, Entry
from rehearsal.staging.quarter import Quarter

WITHDRAWN = "Two wards had been counted twice."


def happens(first: Quarter) -> None:
    """What happens, and what must be so."""
    late, corrects = first.partner("silent"), first.partner("prompt")
    first.plays(late, "silent")
    first.to_the_end()

    second = first.next_quarter()
    second.until(second.workday(second.plan.opens, 2))
    _late_then_corrected(first, second, late, corrects)
    second.to_the_end()

    third = second.next_quarter()
    third.to_the_end()
    _withdrawn(third)

    fourth = third.next_quarter()
    changed = _defines_anew(fourth)
    owed_on = _owes_a_review(fourth)
    fourth.to_the_end()
    yearly = [each.code for each in fourth.promised.indicators if str(each.frequency) == "financial year"]
    there = {each.indicator for each in fourth.releases()[-1].observations}
    fourth.is_so("the year's figures come with the year's end", yearly and there & set(yearly), yearly)

    fifth = fourth.next_quarter()
    fifth.to_the_end()
    _compared(first, changed)
    _reviewed(fifth, owed_on)


def _late_then_corrected(first: Quarter, second: Quarter, late: str, corrects: str) -> None:
    """The first quarter's missing figures come while the second runs, and somebody recounts."""
    for gone in (late, corrects):
        first.decide(replace_link, gone)  # a link ends some weeks after the close
    first.is_so("a late return is taken", first.visit(late, Deed.SEND).sent)
    second.until(second.workday(second.today, 1))
    first.expect("it makes the next version", 2, len(first.releases()))
    first.publishes(late)
    first.is_so("so is a corrected one", first.visit(corrects, Deed.SEND_CORRECTED).sent)
    second.until(second.workday(second.today, 1))
    first.expect("and that another", 3, len(first.releases()))
    changed = first.changed(2, 3)
    first.is_so("one figure differs", len(changed) == 1 and changed <= set(first.request(corrects).asked), changed)


def _withdrawn(quarter: Quarter) -> None:
    """A version is taken back, and the next is approved."""
    ready = {each.to for each in quarter.emails("pack-ready") if quarter.label in each.subject + each.text}
    quarter.decide(withdraw_release, version=1, publish=WITHDRAWN)
    quarter.until(quarter.workday(quarter.today, 1))
    told = quarter.emails("pack-withdrawn")
    quarter.expect("who had it is told", ready, {each.to for each in told})
    quarter.is_so("in the officer's words", all(WITHDRAWN in " ".join(each.text.split()) for each in told))
    quarter.expect("none stands", (), standing_releases(quarter.facts, quarter.plan.collection))
    quarter.decide(approve_release)
    quarter.until(quarter.workday(quarter.today, 1))
    quarter.expect("the next version stands", [1, 2], [each.fact.version for each in quarter.releases()])


def _defines_anew(quarter: Quarter) -> str:
    """A figure is counted anew from the first day of a quarter's period on."""
    code = quarter.promised.asked_of(quarter.partner("prompt"), quarter.first_plan.period)[0].code
    with quarter.config.indicator(code).edit() as indicator:
        version = max(each["version"] for each in indicator["definitions"]) + 1
        begins = quarter.first_plan.period.start
        text = "Counted by the day of the call, and no more by the day of the report."
        indicator["definitions"].append({"version": version, "holds_from": begins, "text": text})
    return code


def _owes_a_review(quarter: Quarter) -> date:
    """The yearly review is owed four months after the year's end."""
    owed_on = date(quarter.first_plan.period.end.year, 7, 31)
    kind = SubmissionKind.YEARLY_REVIEW
    code = next(each.code for each in quarter.framework.submissions if each.kind is kind)
    with Entry(quarter.config, RISKS, "submissions", code).edit() as submission:
        submission["owed_on"] = [owed_on]
    return owed_on


def _reviewed(last: Quarter, owed_on: date) -> None:
    """The year was put together once, from what stands of its quarters."""
    year = year_of(last.framework, last.facts, year_before(owed_on))
    made = last.facts.of(YearlyReviewMade)
    last.expect("the year is whole", "four of four quarters", year.tally)
    last.expect("one review is made, of what stands", [year.releases], [each.releases for each in made])
    if made:
        page = this_installation().stores.published.get(f"{made[0].folder}/{NAME}.html").decode()
        last.is_so("its page says what it is made from", year.tally in page)


def _compared(first: Quarter, changed: str) -> None:
    """Every release against every other: what one says of a quarter, the others say too, or why they do not."""
    quarters = first.all()
    first.expect("five quarters", 5, len(quarters))
    standing = {each.fact.collection: each for quarter in quarters for each in quarter.releases()}
    last = quarters[-1].releases()[-1]
    for quarter in quarters[:-1]:
        first.none(f"what {last.fact.key} says otherwise", _otherwise(standing[quarter.plan.collection], last))
    for before, after in pairwise(quarters[-1].releases()):
        first.none(f"what {after.fact.key} says otherwise", _otherwise(before, after))
    versions = {
        (each.period.start, each.definition_version)
        for each in (*last.history, *last.observations)
        if each.indicator == changed and not each.breakdown
    }
    newer = {start for start, version in versions if version > 1}
    begins = quarters[3].plan.period.start
    first.is_so("the series breaks where the definition changed", newer == {s for s, _ in versions if s >= begins})


def _otherwise(before: PastRelease, after: PastRelease) -> list[str]:
    """Figures that both show, and not alike."""
    told = after.everything()
    return [
        f"{each.indicator} {each.category} {each.period}: {each.value}, then {told[each.key].value}"
        for each in before.observations
        if each.key in told and None not in (each.value, told[each.key].value) and each.value != told[each.key].value
    ]
