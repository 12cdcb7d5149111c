"""What is said about the rows in which an owner looks at its risks again: the same that the page says."""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from expectations.rule import CRITICAL, Rule
from quarterday.adapters.reading.risk_rows import FIELDS
from quarterday.domain.figures.findings import Finding
from quarterday.domain.risks.reviewed import ReviewRow
from quarterday.domain.risks.reviewing import review_problems

if TYPE_CHECKING:
    from expectations.checking import Job

RISK = (
    Rule(
        "risk-review",
        CRITICAL,
        "A review of a risk has what it needs",
        "{risk}: {problem}.",
        "Put it right here, or tell us on your page.",
        safe="What is told of a risk lacks something.",
    ),
)


def of_risks(job: "Job", rows: Iterable[ReviewRow]) -> Iterator[Finding]:
    """What stands against the rows of a file, each at its cell."""
    (rule,) = RISK
    for row in rows:
        stands = job.risks_owned[row.risk]
        for field, sentence in review_problems(stands, row.review, job.today):
            words = {"risk": stands.risk.title, "problem": sentence.rstrip(".")}
            yield rule.at_field(field, FIELDS[field].value, row, **words)
