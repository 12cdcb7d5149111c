"""What is wrong or odd in `config/`, told so that an officer can put it right."""

from dataclasses import dataclass
from enum import StrEnum


class Weight(StrEnum):
    """A problem stops everything; a notice is worth an officer's look and stops nothing."""

    PROBLEM = "problem"
    NOTICE = "notice"


@dataclass(frozen=True, order=True)
class Problem:
    """One thing to put right: where it stands, what is wrong, what to do.

    `file` is relative to the configuration's folder; `line` counts from 1.
    """

    file: str
    line: int
    sentence: str
    remedy: str
    weight: Weight = Weight.PROBLEM

    def __str__(self) -> str:
        return f"{self.file}, line {self.line}: {self.sentence} {self.remedy}"


class ConfigurationProblems(Exception):  # noqa: N818 - it carries problems, each of them told
    """The configuration cannot be used; `problems` holds everything that is wrong with it at once."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        count = "1 problem" if len(problems) == 1 else f"{len(problems)} problems"
        super().__init__("\n".join([f"The configuration has {count}:", *(f"  {each}" for each in problems)]))
        self.problems = problems
