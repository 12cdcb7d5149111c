"""Everything that `config/` holds, as far as it could be read, with where each thing is written."""

from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from quarterday.adapters.config_files.documents import AgreementsFile, FrameworkFile, PartnersFile
from quarterday.adapters.config_files.problems import Problem, Weight
from quarterday.adapters.config_files.reading import Found, read_items, read_model
from quarterday.adapters.config_files.yaml_file import Document, read_yaml
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.agreements import Agreement
from quarterday.domain.framework.boundaries import Boundary
from quarterday.domain.framework.comparisons import Comparison
from quarterday.domain.framework.dhis2 import Dhis2
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Plan, Priority
from quarterday.domain.framework.indicators import Breakdown, Indicator
from quarterday.domain.framework.ladder import Ladders
from quarterday.domain.framework.partners import Board, Partner, Partnership
from quarterday.domain.framework.populations import Population
from quarterday.domain.framework.risks import Bid, Risk
from quarterday.domain.framework.submissions import Submission

PARTNERSHIP, PARTNERS, AGREEMENTS, ESCALATION = (
    "partnership.yaml",
    "partners.yaml",
    "agreements.yaml",
    "escalation.yaml",
)
FRAMEWORK, EXPORTS, EMAILS, SCHEMAS = "framework", "exports", "emails", "schemas"


@dataclass
class Configuration:
    """What was read. Problems stand in the documents, notices beside them."""

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
    activities: list[Found[Activity]] = field(default_factory=list)
    risks: list[Found[Risk]] = field(default_factory=list)
    bids: list[Found[Bid]] = field(default_factory=list)
    submissions: list[Found[Submission]] = field(default_factory=list)
    populations: list[Found[Population]] = field(default_factory=list)
    comparisons: list[Found[Comparison]] = field(default_factory=list)
    dhis2: list[Found[Dhis2]] = field(default_factory=list)
    boundaries: list[Boundary] = field(default_factory=list)
    exports: list[Found[Export]] = field(default_factory=list)
    notices: list[Problem] = field(default_factory=list)

    @property
    def problems(self) -> tuple[Problem, ...]:
        """Every problem, by file and line."""
        return tuple(sorted({each for document in self.documents for each in document.problems}))

    def notice(self, found: Found[Any], sentence: str, remedy: str, *inner: str | int) -> None:
        """Note what is worth an officer's look and stops nothing."""
        line = found.document.line((*found.place, *inner))
        self.notices.append(Problem(found.document.file, line, sentence, remedy, Weight.NOTICE))

    def codes(self, kind: str) -> set[str] | None:
        """The codes written under a list's name, misfits included; None where a file that may hold some is unreadable.

        A reference to an entry that is written but does not fit is not a second problem.
        """
        documents = [each for each in self.documents if _may_hold(each, kind)]
        if not documents or any(each.content is None for each in documents):
            return None
        return {code for document in documents for code in _codes_in(document, kind)}


_HOLDS = defaultdict(
    lambda: FRAMEWORK, {"boards": PARTNERSHIP, "areas": PARTNERSHIP, "partners": PARTNERS, "agreements": AGREEMENTS}
)


def _may_hold(document: Document, kind: str) -> bool:
    return document.file.startswith(EXPORTS if kind == "exports" else _HOLDS[kind])


def _codes_in(document: Document, kind: str) -> list[str]:
    content = document.content if isinstance(document.content, dict) else {}
    entries = [content] if kind == "exports" else content.get(kind)
    return [str(each.get("code")) for each in entries if isinstance(each, dict)] if isinstance(entries, list) else []


def read_configuration(folder: Path) -> Configuration:
    """Read every file of a configuration. Nothing is raised for any content."""
    read = Configuration(folder)
    if not folder.is_dir():
        missing = Document(str(folder))
        missing.problem((), "There is no such folder.", "Make one with “quarterday init FOLDER”, or name another.")
        read.documents.append(missing)
        return read
    _read_partnership(read)
    partners = _open(read, PARTNERS, shape=PartnersFile)
    read.partners = read_items(partners, "partners", Partner)
    agreements = _open(read, AGREEMENTS, shape=AgreementsFile)
    read.agreements = read_items(agreements, "agreements", Agreement)
    escalation = _open(read, ESCALATION)
    if escalation.content is not None:
        read.ladders = read_model(escalation, (), escalation.content, Ladders)
    _read_framework(read)
    read_exports(read)
    _note_other_endings(read)
    return read


def _note_other_endings(read: Configuration) -> None:
    """A file called .yml looks read and is not."""
    for path in sorted(read.folder.rglob("*.yml")):
        file = str(path.relative_to(read.folder))
        read.notices.append(Problem(file, 1, "This file is not read.", "Call it .yaml, or take it out.", Weight.NOTICE))


def _read_partnership(read: Configuration) -> None:
    document = _open(read, PARTNERSHIP)
    if document.content is None:
        return
    read.partnership = read_model(document, (), document.content, Partnership)
    told = len(document.problems)
    read.boards = read_items(document, "boards", Board)
    del document.problems[told:]  # told with the partnership


def _read_framework(read: Configuration) -> None:
    paths = sorted((read.folder / FRAMEWORK).glob("*.yaml"))
    for path in paths:
        document = _open(read, FRAMEWORK, path.name, shape=FrameworkFile)
        read.plans += read_items(document, "plans", Plan)
        read.priorities += read_items(document, "priorities", Priority)
        read.breakdowns += read_items(document, "breakdowns", Breakdown)
        read.indicators += read_items(document, "indicators", Indicator)
        read.activities += read_items(document, "activities", Activity)
        read.risks += read_items(document, "risks", Risk)
        read.bids += read_items(document, "bids", Bid)
        read.submissions += read_items(document, "submissions", Submission)
        read.populations += read_items(document, "populations", Population)
        read.comparisons += read_items(document, "comparisons", Comparison)
        read.dhis2 += read_items(document, "dhis2", Dhis2)
    if not paths:
        missing = Document(FRAMEWORK)
        missing.problem((), "No framework is written here.", "Add a file such as framework/plan.yaml, with indicators.")
        read.documents.append(missing)


def read_exports(read: Configuration) -> None:
    """Read the mappings of partners' own exports."""
    for path in sorted((read.folder / EXPORTS).glob("*.yaml")):
        document = _open(read, EXPORTS, path.name)
        found = read_model(document, (), document.content, Export) if document.content is not None else None
        read.exports += [found] if found else []


def _open(read: Configuration, *parts: str, shape: type[BaseModel] | None = None) -> Document:
    document = read_yaml(read.folder.joinpath(*parts), "/".join(parts))
    read.documents.append(document)
    if shape and document.content is not None:
        _check_lists(document, shape)
    return document


def _check_lists(document: Document, shape: type[BaseModel]) -> None:
    """Whether a file that holds named lists holds those that it may, and must."""
    known = ", ".join(shape.model_fields)
    if not isinstance(document.content, dict):
        document.problem((), "The file does not begin with a name and a colon.", f"It may hold: {known}.")
        return
    for name in document.content:
        if name not in shape.model_fields:
            document.problem((name,), f"“{name}” is not known in this file.", f"It may hold: {known}.")
    for name, field_info in shape.model_fields.items():
        if field_info.is_required() and not document.content.get(name):
            document.problem((name,), f"The file holds no {name}.", f"Write “{name}:” and a list under it.")
