"""All sentences stand in one place, ready for another language."""

import re
from datetime import date
from functools import cache
from pathlib import Path

from jinja2 import Environment

from quarterday.domain.framework.periods import Period
from quarterday.web.words import words_in

WEB = Path(__file__).parents[2] / "quarterday" / "web"
WORDS = words_in()


@cache
def used() -> set[str]:
    """The sentences that pages and templates name."""
    rooms = {each.split(".")[0] for each in WORDS.sentences}
    sources = [*WEB.rglob("*.py"), *(WEB / "templates").rglob("*.html")]
    named = (re.findall(r"""["']((?:[a-z_]+\.)+[a-z_]+)["']""", path.read_text()) for path in sources)
    return {name for each in named for name in each if name.split(".")[0] in rooms}


def test_every_sentence_that_is_used_is_there() -> None:
    """No page names a sentence that the words do not have."""
    known = set(WORDS.sentences) | {each.removesuffix(".one") for each in WORDS.sentences if each.endswith(".one")}

    assert set() == used() - known


def test_no_sentence_is_left_over() -> None:
    """Every sentence is used: by its name, or by a family of names that is put together."""
    families = (
        "problem.",
        "state.",
        "check.lead_",
        "check.heading",
        "request.other.",
        "dates.",
        "problem",
        "officers.problem",
    )
    families += (
        "api.",
        "typed_lead.",
        "typed.empty.",
        "activities.states.",
        "risks.trends.",
        "boards.states.",
        "boards.kinds.",
        "boards.answers.",
        "boards.became.",
        "boards.ask_",
        "receipt.goes.",
        "so_far.rag.",
        "officers.risks.review",
        "officers.risks.formats.",
        "corrections.",
    )
    families += tuple(f"{each}." for each in ("nil", "time", "reference", "not_available", "colleague"))
    of_officers = "nav owing partner field decide doubt emails indicator return collection release log"
    families += tuple(f"officers.{each}." for each in of_officers.split())
    plain = {each.removesuffix(".one").removesuffix(".many") for each in WORDS.sentences}

    assert set() == {each for each in plain - used() if not each.startswith(families)}


def test_no_sentence_in_a_template() -> None:
    """Templates hold no words of their own between their tags."""
    for path in (WEB / "templates").rglob("*.html"):
        bare = "".join(value if kind == "data" else "…" for _, kind, value in Environment().lex(path.read_text()))
        said = re.sub(r"<[^>]*>", " ", bare)

        assert [] == re.findall(r"[A-Za-z]{2,}", said), path.name


def test_periods_are_said_as_elsewhere() -> None:
    """The portal says periods and days as the rest of quarterday does."""
    for period in (
        Period(date(2025, 4, 1), date(2025, 6, 30)),
        Period(date(2025, 4, 1), date(2025, 4, 30)),
        Period(date(2024, 12, 1), date(2025, 2, 28)),
        Period(date(2025, 4, 5), date(2025, 6, 30)),
    ):
        assert str(period) == WORDS.period(period)
    assert "Tuesday 5 August 2025" == WORDS.day(date(2025, 8, 5))
