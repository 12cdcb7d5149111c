"""Facts about trying the emails' words: a misspelt name is told at its file and line, in whatever branch it stands."""

from pathlib import Path

import pytest

from quarterday.adapters.config_files import Problem, check_configuration

MISSPELT = [
    # an email, the line that is added to it, the name in it that is misspelt, the name that is meant
    ("request.txt", "{{ partnr }}", "partnr", "partner"),
    ("request.txt", "{% if days_late > 900 %}{{ due_dya }}{% endif %}", "due_dya", "due_day"),
    ("request.txt", "{% if asked %}yes{% elif clozed %}no{% endif %}", "clozed", "closed"),
    ("request.txt", "{% if label %}yes{% else %}{{ lable }}{% endif %}", "lable", "label"),
    ("request.txt", "{{ label or perod }}", "perod", "period"),
    ("request.txt", "{{ 'late' if days_lat else 'on time' }}", "days_lat", "days_late"),
    ("request.txt", "{% for each in withheld %}{{ each.titel }}{% endfor %}", "titel", "title"),
    ("request.txt", "{% for each in [] %}{% else %}{{ lable }}{% endfor %}", "lable", "label"),
    ("receipt.txt", "{% if returned and returned.recipt %}yes{% endif %}", "recipt", "receipt"),
    ("pack-ready.txt", "{{ for_raeders }}", "for_raeders", "for_readers"),
    ("agreement-ending.txt", "{{ partys }}", "partys", "parties"),
    ("_signature.txt", "{% if not synthetic %}{{ officer_nam }}{% endif %}", "officer_nam", "officer_name"),
]


def told(folder: Path) -> list[Problem]:
    return list(check_configuration(folder).problems)


def added(folder: Path, email: str, line: str) -> int:
    """Add a line to an email's words and say which it is."""
    place = folder / "emails" / email
    words = place.read_text(encoding="utf-8").rstrip("\n")
    place.write_text(f"{words}\n{line}\n", encoding="utf-8")
    return words.count("\n") + 2


@pytest.mark.parametrize(("email", "line", "name", "meant"), MISSPELT, ids=[each[1] for each in MISSPELT])
def test_a_misspelt_name_is_told_at_its_line(folder: Path, email: str, line: str, name: str, meant: str) -> None:
    """Once, though a part such as the signature stands in many emails, and with the name that is meant."""
    number = added(folder, email, line)

    (problem,) = told(folder)

    assert (f"emails/{email}", number) == (problem.file, problem.line)
    assert f"“{name}” is nothing that this email knows. Perhaps “{meant}” is meant." == problem.sentence


def test_a_name_of_another_email_is_told(folder: Path) -> None:
    """A request knows no agreement's end: nobody could be asked."""
    added(folder, "request.txt", "{{ agreement_code }}")

    assert ["“agreement_code” is nothing that this email knows. Perhaps “agreements” is meant."] == [
        each.sentence for each in told(folder)
    ]


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{{ due_day + 1 }}", "It cannot be filled in"),
        ('{% include "_adress.txt" %}', "There is no _adress.txt to include."),
    ],
)
def test_what_else_keeps_an_email_from_being_written(folder: Path, line: str, said: str) -> None:
    """A sum of words and numbers, a part that is not there."""
    number = added(folder, "request.txt", line)

    (problem,) = told(folder)

    assert ("emails/request.txt", number) == (problem.file, problem.line)
    assert problem.sentence.startswith(said)


@pytest.mark.parametrize(
    "line",
    [
        "{% if region is defined %}{{ region }}{% endif %}",
        "{{ region | default('') }}",
        "{% for each in asked %}{{ loop.index }}{% if not loop.last %}, {% endif %}{% endfor %}",
        "{% set first = asked[0] if asked else none %}{{ first.title if first else '' }}",
    ],
)
def test_words_of_ones_own_that_are_right_pass(folder: Path, line: str) -> None:
    """What can be filled in is no problem, however it is written."""
    added(folder, "request.txt", line)

    assert [] == told(folder)


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("{{ label | dayy }}", "there is no filter “dayy”"),
        ("{% if label %}{{ label | shout }}{% endif %}", "there is no filter “shout”"),
        ("{% if label is late %}yes{% endif %}", "there is no test “late”"),
    ],
)
def test_what_words_cannot_be_passed_through_is_told(folder: Path, line: str, sentence: str) -> None:
    """Also within a branch, of which the template's own reader tells only when it is taken."""
    number = added(folder, "reminder.txt", line)
    (problem,) = told(folder)

    assert ("emails/reminder.txt", number) == (problem.file, problem.line)
    assert sentence in problem.sentence
