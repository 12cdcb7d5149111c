"""`config/` as one framework: read whole, checked whole, all problems told at once."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from quarterday.adapters.bank_holidays import working_days
from quarterday.adapters.config_files.problems import ConfigurationProblems, Problem, Weight
from quarterday.adapters.config_files.reading import Found, read_items, read_model
from quarterday.adapters.config_files.yaml_file import Document, read_yaml
from quarterday.agreements import Agreement
from quarterday.exports import Export
from quarterday.framework import Breakdown, Framework, Indicator, Plan, Priority
from quarterday.ladder import Ladders
from quarterday.partners import Board, Partner, Partnership

PARTNERSHIP, PARTNERS, AGREEMENTS, ESCALATION = (
    "partnership.yaml",
    "partners.yaml",
    "agreements.yaml",
    "escalation.yaml",
)
FRAMEWORK, EXPORTS, EMAILS = "framework", "exports", "emails"


@dataclass
class Configuration:
    """Everything that was read, as far as it could be, with the documents that hold the problems."""

    folder: Path
    documents: list[Document] = field(default_factory=list)
    partnership: Found[Partnership] | None = None
    boards: list[Found[Board]] = field(default_factory=list)
    partners: list[Found[Partner]] = field(default_factory=list)
    agreements: list[Found[Agreement]] = field(default_factory=list)
    ladders: Found[Ladders] | None = None
    plans: list[Found[Plan]] = field(default_factory=list)
    priorities: list[Found[Priority]] = field(default_factory=list)
    breakdowns: list[Found[Breakdown]] = field(default_factory=list)
    indicators: list[Found[Indicator]] = field(default_factory=list)
    exports: list[Found[Export]] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, by file and line."""
        return tuple(sorted({each for document in self.documents for each in document.problems}))

    def open(self, *parts: str) -> Document:
        """Read one of the files."""
        document = read_yaml(self.folder.joinpath(*parts), "/".join(parts))
        self.documents.append(document)
        return document

    def notice(self, found: Found[Any], sentence: str, remedy: str, *inner: str | int) -> None:
        """Note what is worth an officer's look and stops nothing."""
        line = found.document.line((*found.place, *inner))
        self.notices.append(Problem(found.document.file, line, sentence, remedy, Weight.NOTICE))


def read_configuration(folder: Path) -> Configuration:
    """Read every file of a configuration. Nothing is raised: problems stand in the documents."""
    read = Configuration(folder)
    _read_partnership(read)
    read.partners = _read_list(read.open(PARTNERS), "partners", Partner)
    read.agreements = _read_list(read.open(AGREEMENTS), "agreements", Agreement)
    escalation = read.open(ESCALATION)
    if not escalation.problems:
        read.ladders = read_model(escalation, (), escalation.content, Ladders)
    for path in sorted((folder / FRAMEWORK).glob("*.yaml")):
        document = read.open(FRAMEWORK, path.name)
        read.plans += read_items(document, "plans", Plan)
        read.priorities += read_items(document, "priorities", Priority)
        read.breakdowns += read_items(document, "breakdowns", Breakdown)
        read.indicators += read_items(document, "indicators", Indicator)
    for path in sorted((folder / EXPORTS).glob("*.yaml")):
        document = read.open(EXPORTS, path.name)
        found = read_model(document, (), document.content, Export) if not document.problems else None
        read.exports += [found] if found else []
    return read


def _read_partnership(read: Configuration) -> None:
    document = read.open(PARTNERSHIP)
    if document.content is not None:
        read.partnership = read_model(document, (), document.content, Partnership)
        noted = len(document.problems)
        read.boards = read_items(document, "boards", Board)
        del document.problems[noted:]  # told already with the partnership


def _read_list(document: Document, name: str, model: type[Any]) -> list[Any]:
    return read_items(document, name, model)


def load_framework(folder: Path) -> Framework:
    """The framework that a folder describes. Raises `ConfigurationProblems` with all that is wrong."""
    read = read_configuration(folder)
    if read.problems:
        raise ConfigurationProblems(read.problems)
    return build_framework(read)


def load_exports(folder: Path) -> dict[str, Export]:
    """The export mappings of a folder by code. Raises `ConfigurationProblems`."""
    read = read_configuration(folder)
    if read.problems:
        raise ConfigurationProblems(read.problems)
    return {each.value.code: each.value for each in read.exports}


def build_framework(read: Configuration) -> Framework:
    """The framework of a configuration without problems."""
    assert read.partnership and read.ladders
    partnership = read.partnership.value
    return Framework(
        partnership=partnership,
        partners=tuple(each.value for each in read.partners),
        agreements=tuple(each.value for each in read.agreements),
        ladders=read.ladders.value,
        plans=tuple(each.value for each in read.plans),
        priorities=tuple(each.value for each in read.priorities),
        breakdowns=tuple(each.value for each in read.breakdowns),
        indicators=tuple(each.value for each in read.indicators),
        calendar=working_days(partnership.bank_holidays),
    )
