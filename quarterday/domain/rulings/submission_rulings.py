"""An officer records that something owed outward was sent: which version, when, and its receipt."""

from datetime import date

from quarterday.domain.collection.releases import newest_releases, releases_of
from quarterday.domain.collection.standing import london_day
from quarterday.domain.collection.yearly import reviews_made
from quarterday.domain.facts import Facts, ReleaseMade, SubmissionSent
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.risks.submissions import owed_outward
from quarterday.domain.rulings.release_rulings import plan_of_quarter
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, refuse_unreal


def record_submission(
    framework: Framework,
    facts: Facts,
    name: str,
    ruling: Ruling,
    *,
    sent_on: date,
    release: str = "",
    receipt: str = "",
) -> SubmissionSent:
    """Record it; the latest word on a day holds. `name` is the submission's code, a stroke and the day that it is owed.

    Raises `RulingRefusedError`.
    """
    fields = ruling.fields(framework, Duty.RELEASES)
    known = {each.name: each for each in owed_outward(framework, facts)}
    if name not in known:
        raise RulingRefusedError(f"Nothing is owed as “{name}”. Owed are: {', '.join(known) or 'none'}.")
    if sent_on > london_day(ruling.at):
        raise RulingRefusedError("That day is still to come: record it once it was sent.")
    refuse_unreal(sent_on)
    owed = known[name]
    ours = {each.key for each in (*facts.of(ReleaseMade), *reviews_made(facts, owed))}
    if release and release not in ours:
        raise RulingRefusedError(f"There is no release “{release}”.")
    return SubmissionSent(
        submission=owed.submission.code,
        owed_on=owed.on,
        sent_on=sent_on,
        release=release,
        receipt=receipt.strip(),
        **fields,
    )


def sent_of(framework: Framework, facts: Facts, name: str, quarter: str, version: int | None) -> str:
    """What was sent for something owed: of a quarter its release, else of a yearly review its version or the newest.

    Empty where it is neither. Raises `RulingRefusedError`.
    """
    owed = next((each for each in owed_outward(framework, facts) if each.name == name), None)
    made = reviews_made(facts, owed) if owed and not quarter else ()
    if not made:
        return release_of(framework, facts, quarter, version)
    found = next((each for each in reversed(made) if version in (None, each.version)), None)
    if found is None:
        raise RulingRefusedError(f"There is no version {version} of this yearly review.")
    return found.key


def release_of(framework: Framework, facts: Facts, quarter: str, version: int | None) -> str:
    """The release of a quarter such as `2025-26 Q1` that was sent: of that version, else the newest that stands.

    Empty where no quarter is named. Raises `RulingRefusedError`.
    """
    if not quarter:
        return ""
    plan = plan_of_quarter(framework, facts, quarter)
    newest = newest_releases(facts).get(plan.collection)
    wanted = version if version is not None else newest.version if newest else None
    found = next((each for each in releases_of(facts, plan.collection) if each.version == wanted), None)
    if found is None:
        what = f"no version {wanted} of {plan.label}" if wanted else f"nothing published of {plan.label}"
        raise RulingRefusedError(f"There is {what}.")
    return found.key
