"""Every rule has a sentence that says what is wrong, one that quotes no value, and what good looks like."""

import re
import string

import pytest

from expectations.activities import ACTIVITY
from expectations.risks import RISK
from expectations.rule import Rule
from expectations.sentences import CATALOGUE
from expectations.suites import SUITES
from quarterday.domain.figures.findings import Severity

QUOTING = {
    "value", "counted", "smallest", "at_least", "at_most", "numerator", "denominator", "total",
    "sum_of_categories", "ceiling", "low", "high", "below_threshold",
}  # fmt: skip
RULES_IN = {
    "misplaced": {
        "withheld", "agreement-over", "unknown-indicator", "not-asked", "unknown-area", "unknown-category",
        "total-not-asked", "which-period",
    },
    "required": {"missing", "row-missing", "still-to-come"},
    "at_most_rule": {"at-most", "out-of"},
    "period_rule": {"row-of-another-period", "row-of-no-day-asked"},
    "usual_rule": {"unusual", "unusual-explained", "change", "change-explained"},
    "note": {"marked", "marked-confidential"},
    "figure_rule": {"marker-and-figure", "confidential-figure"},
    "personal": {f"personal-{kind}" for kind in (
        "nhs-number", "ni-number", "postcode", "date-of-birth", "email", "phone", "name", "card", "account", "document"
    )} | {"perhaps-name", "perhaps-number"},
}  # fmt: skip


def fields(text: str) -> set[str]:
    """The fields of a template."""
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


def test_every_rule_of_the_suites_has_its_sentence_and_every_sentence_its_rule() -> None:
    """The catalogue and the suites speak of the same rules."""
    spoken_of: set[str] = set()
    for meta in (each.meta for suite in SUITES for each in suite.expectations):
        spoken_of |= RULES_IN[meta["rule_in"]] if meta["rule_in"] else {meta["rule"]}

    told = {each.key for each in (*ACTIVITY, *RISK)}  # what is told of activities and risks is no figure of a suite
    assert spoken_of | told == set(CATALOGUE)


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_a_rules_safe_sentence_and_caveat_quote_no_value(rule: Rule) -> None:
    """What emails, logs, Prefect and packs see has no figure in it."""
    assert not QUOTING & fields((rule.safe or rule.says) + rule.good + rule.caveat)


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_a_rule_says_what_good_looks_like(rule: Rule) -> None:
    """Whatever has to be put right or explained comes with what to do; each sentence ends as one."""
    assert rule.title
    assert rule.good or rule.severity is Severity.INFORMATION
    assert all(re.search(r"[.?]$", text) for text in (rule.says, rule.good, rule.safe, rule.caveat) if text)


@pytest.mark.parametrize("rule", CATALOGUE.values(), ids=CATALOGUE.keys())
def test_what_follows_from_earlier_figures_has_a_sentence_without_them(rule: Rule) -> None:
    """A forwarded link opens the check page: without the code no bound made of earlier figures is quoted there."""
    of_earlier = "earlier figures" in rule.says or "last time" in rule.says

    assert of_earlier is (rule.without_earlier is not None)
    assert not {"low", "high"} & fields(rule.without_earlier or "")
