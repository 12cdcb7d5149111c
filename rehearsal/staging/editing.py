"""An officer at a text editor: changes a file of the home's own copy of `config/`, and leaves all else as it was."""

import re
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

PARTNERSHIP, PARTNERS, AGREEMENTS = "partnership.yaml", "partners.yaml", "agreements.yaml"
RISKS = "framework/risks.yaml"


@dataclass(frozen=True)
class Config:
    """The configuration of a story's home. `edited` is called when a file was saved."""

    folder: Path
    edited: Callable[[], None]

    @contextmanager
    def edit(self, name: str) -> Generator[Any]:
        """A file as lists and dictionaries; saved when the block ends."""
        with self._saved(name) as content:
            yield content
        self.edited()

    @contextmanager
    def _saved(self, name: str) -> Generator[Any]:
        yaml = YAML()
        yaml.preserve_quotes, yaml.width = True, 4096
        yaml.indent(mapping=2, sequence=4, offset=2)
        file = self.folder / name
        content = yaml.load(file.read_text(encoding="utf-8"))
        yield content
        with file.open("w", encoding="utf-8") as sink:
            yaml.dump(content, sink)

    def move_meetings(self, considers: str, move: Callable[[date], date | None]) -> None:
        """Every board's meeting about a quarter moves to another day; it is cancelled where `move` gives None."""
        with self.edit(PARTNERSHIP) as partnership:
            for board in partnership["boards"]:
                for meeting in [each for each in board["meetings"] if each["considers"] == considers]:
                    if (on := move(meeting["on"])) is None:
                        board["meetings"].remove(meeting)
                    else:
                        meeting["on"] = on

    def replace(self, old: str, new: str) -> None:
        """Search and replace a code through every file."""
        for file in sorted(self.folder.rglob("*.yaml")):
            text = file.read_text(encoding="utf-8")
            file.write_text(re.sub(rf"(?<![\w-]){re.escape(old)}(?![\w-])", new, text), encoding="utf-8")
        self.edited()

    def partner(self, code: str) -> "Entry":
        """One partner's entry, to be edited."""
        return Entry(self, PARTNERS, "partners", code)

    def retire(self, indicator: str) -> None:
        """Take an indicator out, and out of the activities that name it."""
        with self._saved(self.framework_file_of(indicator)) as content:
            content["indicators"][:] = [each for each in content["indicators"] if each["code"] != indicator]
        for file in sorted((self.folder / "framework").glob("*.yaml")):
            if indicator in file.read_text(encoding="utf-8"):
                with self._saved(f"framework/{file.name}") as content:
                    for each in content.get("activities", ()):
                        if indicator in each.get("indicators", ()):
                            each["indicators"].remove(indicator)
        self.edited()

    def supplied_by(self, partner: str) -> list[str]:
        """The indicators that a partner supplies."""
        yaml = YAML(typ="safe")
        read = [
            yaml.load(file.read_text(encoding="utf-8")) or {} for file in (self.folder / "framework").glob("*.yaml")
        ]
        return sorted(
            each["code"] for content in read for each in content.get("indicators", ()) if each["supplier"] == partner
        )

    def leave_agreements(self, partner: str) -> None:
        """Take a partner out of every agreement."""
        with self.edit(AGREEMENTS) as content:
            for agreement in content["agreements"]:
                if partner in agreement["parties"]:
                    agreement["parties"].remove(partner)

    def framework_file_of(self, indicator: str) -> str:
        """The file that defines an indicator. Raises `LookupError`."""
        for file in sorted((self.folder / "framework").glob("*.yaml")):
            content = YAML(typ="safe").load(file.read_text(encoding="utf-8")) or {}
            if any(each["code"] == indicator for each in content.get("indicators", ())):
                return f"framework/{file.name}"
        raise LookupError(f"No file of config/framework defines {indicator}.")

    def indicator(self, code: str) -> "Entry":
        """One indicator's entry, to be edited."""
        return Entry(self, self.framework_file_of(code), "indicators", code)


@dataclass(frozen=True)
class Entry:
    """One entry of a list in a file: `with config.partner(code) as partner: partner["name"] = …`."""

    config: Config
    file: str
    section: str
    code: str

    @contextmanager
    def edit(self) -> Generator[Any]:
        """The entry; its file is saved when the block ends."""
        with self.config.edit(self.file) as content:
            yield next(each for each in content[self.section] if each["code"] == self.code)

    def remove(self) -> None:
        """Take the entry out of its file."""
        with self.config.edit(self.file) as content:
            content[self.section][:] = [each for each in content[self.section] if each["code"] != self.code]
