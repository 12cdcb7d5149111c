"""Reads a return, checks it and records the verdict: wraps `expectations.checking.Checker.check`.

Alone: `python -m flows.receive_return RETURN`, or without an argument to take up every return that waits.
"""

import sys
from dataclasses import replace

from prefect import get_run_logger, task
from prefect.cache_policies import NO_CACHE
from prefect.runtime import flow_run
from prefect.states import Completed, State

from expectations.asked_for import Asked
from expectations.checking import Checked, Job
from flows.performing.acting import act_on
from flows.performing.coming_back import come_back, take_up_what_was_left
from flows.performing.failing import watched
from flows.performing.process import as_it_is, checker, this_installation
from flows.showing.artifacts import show_findings, show_standing
from flows.showing.labels import label_run
from quarterday.adapters.accepted_figures import earlier_figures
from quarterday.adapters.classes_placed import are_placed, note_read_by, placing_of, read_by, waiting_for_classes
from quarterday.adapters.counted_records import delete_counted
from quarterday.adapters.installation import Installation
from quarterday.adapters.kept_returns import keep_checked
from quarterday.adapters.scanning import NotScannedError
from quarterday.adapters.store import NotStored
from quarterday.domain.activities.answering import problems_of
from quarterday.domain.activities.told import all_told_before, says_the_same, told_for, word_of
from quarterday.domain.collection.actions import Send
from quarterday.domain.collection.binding import framework_of, plan_of
from quarterday.domain.collection.covered import as_covered
from quarterday.domain.collection.decision import what_is_due
from quarterday.domain.collection.open_figures import may_be_left_empty
from quarterday.domain.collection.promised import as_promised, asked_no_more
from quarterday.domain.collection.runs import Run
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.verdicts import last_word, unjudged
from quarterday.domain.facts import (
    READ_AGAIN,
    ActivityTold,
    Facts,
    RequestMade,
    ReturnKind,
    ReturnReceived,
    RiskReviewed,
    UploadKept,
    Verdict,
    VerdictGiven,
)
from quarterday.domain.figures.findings import Severity
from quarterday.domain.risks.reviewed import review_of
from quarterday.domain.risks.reviewed import says_the_same as reviewed_the_same
from quarterday.domain.risks.reviewing import owned_by, review_problems
from quarterday.domain.rulings.indicator_rulings import limits_anew

SAID = {
    Verdict.ACCEPTED: "Accepted",
    Verdict.ACCEPTED_WITH_CAVEATS: "Accepted with caveats",
    Verdict.QUERIED: "Sent back",
    Verdict.QUARANTINED: "Quarantined",
    Verdict.INFECTED: "Virus found",
}
NOT_YET = "Not yet checked"


def check_return(installation: Installation, facts: Facts, request: RequestMade, received: ReturnReceived) -> Checked:
    """Check a return's bytes as the portal did. A nil return has no file and nothing to find."""
    if received.kind is ReturnKind.NIL:
        return Checked(None, (), Verdict.ACCEPTED)
    framework = framework_of(installation.framework, facts, request.collection)
    kept = next((each for each in facts.about(request.request, UploadKept) if each.upload == received.upload), None)
    period = plan_of(installation.framework, facts, request.collection).period
    return checker().check(
        Job(
            data=installation.stores.raw.get(received.stored_as, sha256=received.sha256),
            suffix=received.suffix,
            name=kept.file_name if kept else "",
            framework=framework,
            request=request,
            period=period,
            exports=installation.exports,
            earlier=tuple(earlier_figures(installation, framework, facts, period, request.partner, caveats=False)),
            today=installation.today(),
            says_period=received.says_period,
            part=received.kind is ReturnKind.PART,
            explanations=received.explanations,
            came_on=london_day(received.at),
            already=may_be_left_empty(facts, request),
            told_before=all_told_before(facts, request),
            risks_owned=owned_by(framework, facts, request.partner, london_day(received.at)),
            no_more=asked_no_more(facts, request),
            limits_anew=limits_anew(facts),
        )
    )


def verdict_fact(
    installation: Installation, facts: Facts, request: RequestMade, received: ReturnReceived, checked: Checked
) -> VerdictGiven:
    """Keep what was found, then make the fact that names it."""
    findings_at, rows_at = keep_checked(installation.stores, received.partner_return, checked, installation.now())
    answered, left_open = answered_in(installation, facts, request, received, checked)
    counted = [finding.severity for finding in checked.findings]
    return VerdictGiven(
        at=installation.now(),
        by="quarterday",
        partnership=installation.framework.partnership.code,
        request=request.request,
        partner_return=received.partner_return,
        verdict=checked.verdict,
        critical=counted.count(Severity.CRITICAL),
        warnings=counted.count(Severity.WARNING),
        notes=counted.count(Severity.INFORMATION),
        findings_stored_as=findings_at,
        rows_stored_as=rows_at,
        answered=answered,
        left_open=left_open,
    )


def read_again(installation: Installation) -> list[RequestMade]:
    """Read returns once more whose classes `config/` did not know and does now; the requests of those it helped.

    Nobody sends anything again. What still is not placed stays as it was, and is read again once what places classes
    has changed.
    """
    facts, helped, home = installation.facts(), [], installation.settings.home
    before, now = read_by(home), {}
    for received, findings in waiting_for_classes(installation.stores, facts):
        request = as_promised(facts, facts.about(received.request, RequestMade)[0])
        framework = framework_of(installation.framework, facts, request.collection)
        placing = placing_of(framework, installation.exports.values(), request.partner)
        if before.get(received.partner_return) != placing:
            try:
                checked = check_return(installation, facts, request, received)
            except (NotScannedError, NotStored):  # another sweep; or a file that is gone, as those of cases are
                continue
            if are_placed(findings, checked.verdict, checked.findings):
                anew = verdict_fact(installation, facts, request, received, checked)
                installation.register.append_new(replace(anew, overrides=READ_AGAIN))
                helped.append(request)
        now[received.partner_return] = placing
    if now != before:
        note_read_by(home, now)
    return helped


def answered_in(
    installation: Installation, facts: Facts, request: RequestMade, received: ReturnReceived, checked: Checked
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """What a return answers of what was asked, and what of that it leaves open where it is a part."""
    framework = framework_of(installation.framework, facts, request.collection)
    if received.kind is ReturnKind.NIL:
        return as_covered(framework, request, london_day(received.at)).asked, ()
    if checked.partner_return is None:
        return (), ()
    asked = Asked(framework, request, plan_of(installation.framework, facts, request.collection).period)
    answered, left_open = asked.answered_by(checked.partner_return.rows)
    return answered, left_open if received.kind is ReturnKind.PART else ()


def words_in(
    installation: Installation, facts: Facts, request: RequestMade, received: ReturnReceived, checked: Checked
) -> list[ActivityTold]:
    """What the workbook tells of activities, as far as each line can count by itself, whatever becomes of the figures.

    What only says again what was told already is left out.
    """
    rows = checked.partner_return.activities if checked.partner_return else ()
    framework = framework_of(installation.framework, facts, request.collection)
    said, before = told_for(facts, request), all_told_before(facts, request)
    found = []
    for row in rows:
        activity = framework.activity[row.answer.activity]
        if not problems_of(framework, activity, row.answer, before.get(activity.code), london_day(received.at)):
            word = word_of(request, received, row.answer)
            if not says_the_same(said.get(activity.code), word):
                found.append(word)
    return found


def reviews_in(
    installation: Installation, facts: Facts, request: RequestMade, received: ReturnReceived, checked: Checked
) -> list[RiskReviewed]:
    """What the workbook says of risks, as far as each line can count by itself; what only says again is left out."""
    rows = checked.partner_return.reviews if checked.partner_return else ()
    framework, day = framework_of(installation.framework, facts, request.collection), london_day(received.at)
    owned = owned_by(framework, facts, request.partner, day)
    found = []
    for row in rows:
        stands = owned[row.risk]
        if not any(review_problems(stands, row.review, day)) and not reviewed_the_same(stands, row.review):
            found.append(review_of(stands, received, row.review))
    return found


@task(task_run_name="Check the return", cache_policy=NO_CACHE, persist_result=False)
def record_verdict(installation: Installation, request: RequestMade, received: ReturnReceived) -> Verdict | None:
    """Check, keep what was found and record the verdict. Not retried: what fails here fails again.

    None where the scanner for viruses does not answer: nothing is said of the return, and the next sweep takes it up.
    """
    facts = installation.facts()
    try:
        checked = check_return(installation, facts, request, received)
    except NotScannedError as away:
        get_run_logger().warning(str(away))
        return None
    told = words_in(installation, facts, request, received, checked)  # before the verdict: they answer what was asked
    reviewed = reviews_in(installation, facts, request, received, checked)
    installation.register.append_new(*told, *reviewed, verdict_fact(installation, facts, request, received, checked))
    name = framework_of(installation.framework, facts, request.collection).partner[request.partner].name
    show_findings(
        request.partner,
        name,
        plan_of(installation.framework, facts, request.collection),
        checked.findings,
        checked.verdict,
    )
    return checked.verdict


@watched("receive-return")
def receive_return(partner_return: str) -> State:
    """Check one return, record the verdict and answer its sender. The final state is named after the verdict."""
    installation = this_installation()
    facts = installation.facts()
    received = facts.received(partner_return)
    if received is None:
        raise LookupError(f"There is no return {partner_return}. Copy its reference from the receipt.")
    request = as_promised(facts, facts.about(received.request, RequestMade)[0])
    plan = plan_of(installation.framework, facts, request.collection)
    name = framework_of(installation.framework, facts, request.collection).partner[request.partner].name
    label_run(installation, f"Receive return · {name}", plan.label, plan.label, request.partner)
    given = last_word(facts, received)
    verdict = given.verdict if given else record_verdict(as_it_is(installation), request, received)
    if verdict is None:
        return Completed(name=NOT_YET, message=f"{name}: not yet checked, since clamd does not answer")
    known = installation.facts()
    answers = what_is_due(installation.framework, known, installation.today())
    act_on(
        installation,
        [each for each in answers if isinstance(each, Send) and each.request == request.request and each.about],
    )
    if any(request.request in each.touches for each in known.undo_offers):
        come_back(installation, Run.CHASE)  # the answer waits with whatever was decided a moment ago
    delete_counted(installation)
    if flow_run.parent_flow_run_id is None:  # else whoever takes up several shows once how things stand
        show_standing(installation)
    return Completed(name=SAID[verdict], message=f"{name}: {SAID[verdict].lower()}")


@watched("sweep-returns")
def sweep_returns() -> int:
    """Take up every return that no run has judged yet, and those whose classes were placed since.

    Returns how many were not judged yet; fails if any could not be judged.
    """
    installation = this_installation()
    label_run(installation, "Sweep returns", "")
    take_up_what_was_left(installation)
    found = unjudged(installation.facts())
    # Prefect declares `return_state` in a way that the rules of typing do not know.
    states = [receive_return(each.partner_return, return_state=True) for each in found]  # pyrefly: ignore[no-matching-overload]
    again = {each.request for each in read_again(installation)}
    if again:
        due = what_is_due(installation.framework, installation.facts(), installation.today())
        act_on(installation, [each for each in due if isinstance(each, Send) and each.request in again and each.about])
    if found or again:
        show_standing(installation)
    waiting = sum(state.name == NOT_YET for state in states)
    failed = sum(not state.is_completed() for state in states)
    if failed:
        raise RuntimeError(
            f"{failed} of {len(found)} returns could not be checked. They are kept: the next sweep takes them up. "
            "Open the failed run “Receive return” for what went wrong."
        )
    if waiting:
        raise RuntimeError(
            f"{waiting} of {len(found)} returns are not yet checked, since clamd, which looks for viruses, does not "
            "answer. They are kept: the next sweep takes them up. Run `quarterday doctor`: it says what clamd answers."
        )
    return len(found)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        receive_return(sys.argv[1])
    else:
        sweep_returns()
