"""Whatever is wrong is told with its file, its line, a sentence and a remedy; what is only odd is a notice."""

from pathlib import Path

import pytest

from quarterday.adapters.config_files import ConfigurationProblems, Problem, check_configuration, load_framework
from quarterday.adapters.config_files.export_checks import _titles_alike
from quarterday.domain.framework.exports import ExportedFigures

from .conftest import Told, line_of

PARTNERSHIP, PARTNERS, AGREEMENTS, ESCALATION = (
    "partnership.yaml",
    "partners.yaml",
    "agreements.yaml",
    "escalation.yaml",
)
PLAN = "framework/plan.yaml"

WRONG = [
    # file, what is replaced, by what, where the problem is told, words of the sentence, words of the remedy
    (PARTNERS, "code: fire-service", "code: police", "code: police#2", "code of another partner", "another code"),
    (PARTNERS, "email: fay.officer@fire.example", "email: fay at fire", "fay at fire", "not an email", "someone@"),
    (PARTNERS, "lead_time: 10", "lead_time: soon", "lead_time: soon", "not a whole number (it says “soon”)", "figures"),
    (PARTNERS, "lead_time: 10", "lead_time: 0", "lead_time: 0", "less than 1", "1 or more"),
    (PARTNERS, "lead_time: 10", "leed_time: 10", "leed_time", "“leed_time” is not known", "“lead_time” is meant"),
    (PARTNERS, "name: The police", "name: 101", "name: 101", "is to be text", "quotes"),
    (PARTNERS, "name: The police", "name:", "name:", "is to be text (it is empty)", "Write"),
    (
        PARTNERS,
        "    lead_time: 10\n",
        "    lead_time: 10\n    export: fire\n",
        "export: fire",
        "no export “fire”",
        "add",
    ),
    (PARTNERS, "partners:\n", "partner:\n", "partner:", "", "partners"),
    (
        PARTNERS,
        "    lead_time: 10\n",
        "    lead_time: 10\n    succeeds: [{code: fire-service, on: 2025-07-17}]\n",
        "succeeds: [{code: fire-service",
        "The partner “fire-service” is still here",
        "Take the partner “fire-service” out, or this line.",
    ),
    (
        PLAN,
        "    owner: Commander\n",
        "    owner: Commander\n    succeeds: [{code: deliberate-primary-fires, on: 2025-07-17}]\n",
        "succeeds: [{code: deliberate-primary-fires",
        "The indicator “deliberate-primary-fires” is still here",
        "Take the indicator",
    ),
    (PARTNERS, "max.superintendent@police.example", "max@met.police.uk", "manager: {name: Max", "made up", "synthetic"),
    (
        PARTNERSHIP,
        "code: partnership-board",
        "code: Partnership Board",
        "code: Partnership Board",
        "not a code",
        "hyphens",
    ),
    (PARTNERSHIP, "kind: board", "kind: bord", "kind: bord", "not one of those known", "subgroup, board"),
    (
        PARTNERSHIP,
        "kind: board",
        "kind: board\n    reports_to: nobody",
        "reports_to: nobody",
        "no board “nobody”",
        "add",
    ),
    (
        PARTNERSHIP,
        "considers: 2025-26 Q1",
        "considers: Q1",
        "considers: Q1",
        "not a financial quarter",
        "sentence says",
    ),
    (PARTNERSHIP, "considers: 2025-26 Q1", "considers: 2025-27 Q1", "2025-27 Q1", "two years that follow", "sentence"),
    (
        PARTNERSHIP,
        "considers: 2025-26 Q1",
        "considers: {start: 2025-06-01, end: 2025-05-01}",
        "considers: {start",
        "cannot end",
        "",
    ),
    (PARTNERSHIP, "on: 2025-08-18", "on: 18/08/2025", "18/08/2025", "not a date (it says “18/08/2025”)", "2025-08-14"),
    (PARTNERSHIP, "on: 2025-08-18", "on: 20250818", "on: 20250818", "", "2025-08-14"),
    (
        PARTNERSHIP,
        "on: 2025-08-18",
        "on: 2025-02-30",
        "2025-02-30",
        "there is no 30 February 2025",
        "That month is shorter",
    ),
    (PARTNERSHIP, "on: 2025-08-18", "on: 2035-08-20", "2035-08-20", "bank holidays of 2035", "longer calendar"),
    (PARTNERSHIP, "code: E07000999", "code: Somewhere", "code: Somewhere", "not an area's code", "9-character"),
    (AGREEMENTS, "parties: [police", "parties: [polise", "polise", "no partner “polise”", "“police” is meant"),
    (AGREEMENTS, "state: in force", "state: signed", "state: signed", "not one of those known", "under review"),
    (AGREEMENTS, "ends: 2031-03-31", "ends: 2021-03-31", "ends: 2021", "ends before it starts", "two dates"),
    (
        AGREEMENTS,
        "    lawful_basis",
        "    basis: x\n    lawful_basis",
        "basis: x",
        "“basis” is not known",
        "lawful_basis",
    ),
    (ESCALATION, "days: 4", "days: 1", "chaser-2, days: 1", "1 working days before the one above", "order"),
    (ESCALATION, "email: chaser-1", "email: chaser-9", "email: chaser-9", "has no template", "emails/chaser-9.txt"),
    (ESCALATION, "to: manager", "to: boss", "to: boss", "not one of those known", "board_lead"),
    (ESCALATION, "code: chaser-2", "code: chaser-1", "code: chaser-1#2", "another rung", "another code"),
    (PLAN, "supplier: police", "supplier: polic", "supplier: polic", "no partner “polic”", "“police” is meant"),
    (
        PLAN,
        "priorities: [crime-and-disorder]",
        "priorities: [crime]",
        "priorities: [crime]",
        "no priority",
        "framework/",
    ),
    (PLAN, "breakdowns: [disorder-category]", "breakdowns: [ward]", "breakdowns: [ward]", "no breakdown “ward”", "add"),
    (PLAN, "board: partnership-board", "board: no", "board: no", "no board “no”", "partnership.yaml"),
    (PLAN, "    denominator: Stops and searches\n", "", "unit: percentage", "needs its denominator", "denominator: "),
    (PLAN, "unit: percentage", "unit: out of", "unit: out of", "needs that total", "out_of"),
    (PLAN, "direction: depends", "baseline: {value: 3}", "baseline: {value: 3}", "tell what is hidden", "Take it out"),
    (PLAN, "at_most: 100", "at_most: -1", "at_most: -1", "wrong way round", "in this order"),
    (PLAN, "at_most: 100", "at_most: .nan", "at_most: .nan", "not a number", "number"),
    (PLAN, "at_most: 100", "no_more_than: searches", "no_more_than", "no indicator “searches”", "framework/"),
    (PLAN, "at_most: 100", "area: ward", "area: ward", "no area of that level", "partnership.yaml"),
    (
        PLAN,
        "      - version: 1\n        holds_from",
        "      - holds_from",
        "- holds_from: 2024",
        "“version” is missing",
        "version: ",
    ),
    (PLAN, "direction: depends", "direction: up", "direction: up", "not one of those known", "lower is better"),
    (PLAN, "readings:", "readings: fewer\n    caveats:", "readings: fewer", "is to be a list", "each begun with"),
]


@pytest.mark.parametrize(
    ("file", "old", "new", "where", "sentence", "remedy"), WRONG, ids=[f"{each[0]}: {each[2][:40]!r}" for each in WRONG]
)
def test_what_is_wrong_is_told(
    spoil: Told, folder: Path, file: str, old: str, new: str, where: str, sentence: str, remedy: str
) -> None:
    """The first problem stands at the very line, says what is wrong, and what to do."""
    first = next(each for each in spoil(file, old, new) if each.file == file)
    text, _, occurrence = where.partition("#")

    assert line_of(folder / file, text, int(occurrence or 1)) == first.line
    assert sentence in first.sentence
    assert remedy in first.remedy


def test_every_problem_is_told_at_once(spoil: Told) -> None:
    """An officer puts all of them right in one go, whichever file they are in."""
    spoil(PARTNERS, "email: fay.officer@fire.example", "email: nowhere")
    spoil(AGREEMENTS, "parties: [police", "parties: [polise")
    spoil(ESCALATION, "days: 4", "days: 1")
    problems = spoil(PLAN, "unit: percentage", "unit: share")

    assert [AGREEMENTS, ESCALATION, PLAN, PARTNERS] == [each.file for each in problems]


def test_a_misfit_is_not_told_twice(spoil: Told) -> None:
    """What refers to an entry that is written but does not fit is not dangling."""
    problems = spoil(PARTNERS, "lead_time: 10", "lead_time: never")

    assert 1 == len(problems)


def test_an_unreadable_file_makes_nothing_dangle(spoil: Told) -> None:
    """Only the file itself is told, not every reference into it."""
    problems = spoil(PARTNERS, "partners:", "partners: [")

    assert [PARTNERS] == [each.file for each in problems]


def test_a_circle_of_boards_is_told(spoil: Told) -> None:
    """Two boards cannot report to one another."""
    second = (
        "  - code: subgroup\n    name: A subgroup\n    kind: subgroup\n    reports_to: partnership-board\n"
        "    lead: {name: A, email: a@b.example}\n"
    )
    problems = spoil(
        PARTNERSHIP,
        "boards:\n  - code: partnership-board\n",
        f"boards:\n{second}  - code: partnership-board\n    reports_to: subgroup\n",
    )

    assert ["circle" in each.sentence for each in problems] == [True, True]


def test_a_missing_template_is_told(folder: Path) -> None:
    """An email that is always sent needs its words."""
    (folder / "emails/receipt.txt").unlink()

    assert ["The email “receipt” has no template."] == [each.sentence for each in check_configuration(folder).problems]


def test_a_broken_template_is_told_at_its_line(folder: Path) -> None:
    """Jinja2's complaint, in its place."""
    (folder / "emails/receipt.txt").write_text("Subject: Received\n\nDear {{ name\n\nThank you.\n")

    assert [("emails/receipt.txt", True)] == [
        (each.file, each.line >= 3) for each in check_configuration(folder).problems
    ]


def test_a_missing_file_is_told(folder: Path) -> None:
    """Each file that must be there."""
    for name in (PARTNERSHIP, PARTNERS, AGREEMENTS, ESCALATION):
        (folder / name).unlink()

    assert {PARTNERSHIP, PARTNERS, AGREEMENTS, ESCALATION} == {
        each.file for each in check_configuration(folder).problems if "missing" in each.sentence
    }


def test_a_missing_folder_is_one_problem(tmp_path: Path) -> None:
    """Not a list of missing files."""
    problems = check_configuration(tmp_path / "nowhere").problems

    assert ["There is no such folder."] == [each.sentence for each in problems]


def test_loading_raises_with_all_problems(folder: Path) -> None:
    """The error's own text holds file, line, sentence and remedy, so that nobody meets a bare traceback."""
    (folder / PARTNERS).write_text("")
    with pytest.raises(ConfigurationProblems, match=r"partners.yaml, line 1: The file is empty. Fill it in") as raised:
        load_framework(folder)

    assert isinstance(raised.value.problems[0], Problem)


ODD = [
    (PLAN, "purpose: crime-and-disorder", "purpose: curiosity", "No agreement covers"),
    (PLAN, "breakdowns: [disorder-category]\n    direction", "direction", "No indicator is split by"),
    (PLAN, "direction: higher is better", "direction: depends", "not said on what"),
    (PARTNERSHIP, "on: 2025-08-18", "on: 2025-06-18", "before the period it considers has ended"),
    (PARTNERS, "lead_time: 10", "lead_time: 40", "so its request goes out on"),
    (AGREEMENTS, "state: in force", "state: under review", "nobody has said until when"),
    (
        PLAN,
        "plans:\n",
        "plans:\n  - {code: second-plan, title: A second plan}\n",
        "“A second plan” has no priorities",
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "sentence"), ODD, ids=[each[3] for each in ODD])
def test_what_is_odd_is_a_notice(spoil: Told, folder: Path, file: str, old: str, new: str, sentence: str) -> None:
    """Told beside the problems, and stops nothing."""
    problems = spoil(file, old, new)
    notices = check_configuration(folder).notices

    assert () == problems
    assert any(sentence in each.sentence for each in notices)


def test_a_subgroup_that_meets_too_late_is_told_at_its_meeting(spoil: Told, folder: Path) -> None:
    """Paper 3.7: its place, and by when to meet; the Board of 18 August 2025 lets its papers leave on the 8th."""
    subgroup = (
        "boards:\n  - code: subgroup\n    name: A subgroup\n    kind: subgroup\n    reports_to: partnership-board\n"
        "    papers_clear_days: 0\n    lead: {name: A, email: a@b.example}\n"
        "    meetings:\n      - {on: 2025-08-11, considers: 2025-26 Q1}\n"
    )

    assert () == spoil(PARTNERSHIP, "boards:\n", subgroup)
    (told,) = [each for each in check_configuration(folder).notices if "it reports" in each.sentence]

    line = (folder / PARTNERSHIP).read_text().splitlines()[told.line - 1]
    assert "      - {on: 2025-08-11, considers: 2025-26 Q1}" == line
    assert told.remedy.startswith("Let it meet by Friday 8 August 2025, or ")


def test_look_alikes_are_flagged(folder: Path) -> None:
    """Paper 7.6: a second indicator of one supplier with nearly the same words is probably the same figure."""
    text = (folder / PLAN).read_text()
    copied = text[text.index("  - code: deliberate-primary-fires") :].replace("deliberate-primary-fires", "arson")
    (folder / PLAN).write_text(text + "\n" + copied.replace("attended in the area", "attended in our area"))

    notices = check_configuration(folder).notices

    assert [True] == ["reads nearly as “Deliberate primary fires”" in each.sentence for each in notices]


def test_an_indicator_no_board_uses_is_flagged(spoil: Told, folder: Path) -> None:
    """A board that never meets reads nothing."""
    board = "  - code: silent\n    name: Silent board\n    kind: board\n    lead: {name: A, email: a@b.example}\n"
    spoil(PARTNERSHIP, "boards:\n", f"boards:\n{board}")
    spoil(PLAN, "board: partnership-board", "board: silent")

    assert 3 == sum("No board that meets uses" in each.sentence for each in check_configuration(folder).notices)


def test_a_file_with_another_ending_is_flagged(folder: Path) -> None:
    """`framework/more.yml` looks read and is not."""
    (folder / "framework/more.yml").write_text("indicators: []\n")

    assert ["framework/more.yml"] == [each.file for each in check_configuration(folder).notices]


def test_titles_of_a_mapping_that_cannot_be_told_apart_are_a_problem() -> None:
    """“Count” and “COUNT *” are one title to whoever looks for it in a file; brackets tell two apart."""
    shared = {
        "indicator": "assaults",
        "area": {"always": "E09000023"},
        "when": {"month_column": "Month", "month_written": "any"},
    }
    alike = {**shared, "category": {"breakdown": "kind", "across": {"Count": "knife", "COUNT *": "other"}}}
    apart = {
        **shared,
        "category": {"breakdown": "kind", "across": {"Count (knife)": "knife", "Count (other)": "other"}},
    }

    assert ["“Count” and “COUNT *”"] == _titles_alike(ExportedFigures.model_validate(alike))
    assert [] == _titles_alike(ExportedFigures.model_validate(apart))
