"""What is said about the rows in which a lead tells how its activities go: the same that the page says."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from expectations.rule import CRITICAL, Rule
from quarterday.adapters.reading.activity_rows import FIELDS
from quarterday.domain.activities.answering import AnswerRow, problems_of
from quarterday.domain.figures.findings import Finding

if TYPE_CHECKING:
    from expectations.checking import Job

ACTIVITY = (
    Rule(
        "activity-answer",
        CRITICAL,
        "What is told of an activity has what its state needs",
        "{activity}: {problem}.",
        "Put it right here, or tell us on your page.",
        safe="What is told of an activity lacks something.",
    ),
    Rule(
        "no-activity-told",
        CRITICAL,
        "Something is told of an activity",
        "We found nothing told of any activity in this file.",
        "Choose a state on the sheet “Activities”, or tell us on your page.",
    ),
)


def of_activities(job: "Job", rows: Iterable[AnswerRow]) -> Iterator[Finding]:
    """What stands against the rows of a file, each at its cell."""
    rule = ACTIVITY[0]
    for row in rows:
        activity, before = job.framework.activity[row.answer.activity], job.told_before.get(row.answer.activity)
        for problem in problems_of(job.framework, activity, row.answer, before, job.today):
            words = {"activity": activity.title, "problem": problem.sentence.rstrip(".")}
            yield rule.at_field(problem.field, FIELDS[problem.field].value, row, **words)
