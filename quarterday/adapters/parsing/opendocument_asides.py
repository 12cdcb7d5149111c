"""The words of an .ods file that stand in no cell: choices and prompts, names, headers, charts, properties."""

from collections.abc import Iterator, Set

from quarterday.adapters.parsing.asides_xml import Gathering
from quarterday.adapters.parsing.packages import Package
from quarterday.adapters.parsing.tables import Aside
from quarterday.adapters.parsing.xml import Attributes, attribute

_OWN_PEOPLE = {"creator", "initial-creator", "printed-by", "generator", "editing-cycles", "date", "creation-date"}
_HEADERS = {"header", "header-left", "header-first", "footer", "footer-left", "footer-first"}


def words_apart(package: Package) -> Iterator[Aside]:
    """Every text apart from cells, wherever the package keeps it."""
    for name in package.names:
        if name == "content.xml":
            yield from _of(_Rules(), package, name, "the choices of a list")
        elif name == "styles.xml":
            yield from _of(_Within(_HEADERS), package, name, "a header or footer")
        elif name == "meta.xml":
            yield from _of(_Within({"meta"}, _OWN_PEOPLE), package, name, "the properties of the document")
        elif name.startswith("Object ") and name.endswith("/content.xml"):
            yield from _of(_Within({"body"}), package, name, "the text of a chart")


def _of(reader: Gathering, package: Package, name: str, place: str) -> Iterator[Aside]:
    reader.read(package.read(name))
    return (Aside(place, text) for text in reader.found)


class _Rules(Gathering):
    """What cells may hold and what is said when they are filled in; defined names; alternative texts of pictures."""

    def __init__(self) -> None:
        super().__init__()
        self._within = 0
        self._parts: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        if name == "content-validation":
            self._within += 1
            self.gather(attribute(attributes, "condition"))
        elif name in ("help-message", "error-message"):
            self.gather(attribute(attributes, "title"))
        elif name in ("named-range", "named-expression"):
            self.gather(f"{attribute(attributes, 'name')} {attribute(attributes, 'expression')}")
        elif name in ("title", "desc"):
            self._within += 1

    def words(self, words: str) -> None:
        if self._within:
            self._parts.append(words)

    def end(self, name: str) -> None:
        if name in ("p", "title", "desc") and self._within:
            self.gather("".join(self._parts))
            self._parts = []
        if name in ("content-validation", "title", "desc"):
            self._within -= 1


class _Within(Gathering):
    """Every text within elements of some names, a paragraph a time, without those of others."""

    def __init__(self, names: set[str], leave_out: Set[str] = frozenset()) -> None:
        super().__init__()
        self._names, self._leave_out = names, leave_out
        self._within = self._left_out = 0
        self._parts: list[str] = []

    def start(self, name: str, attributes: Attributes) -> None:
        self._within += name in self._names
        self._left_out += name in self._leave_out

    def words(self, words: str) -> None:
        if self._within and not self._left_out:
            self._parts.append(words)

    def end(self, name: str) -> None:
        if self._parts and name != "span":
            self.gather("".join(self._parts))
            self._parts = []
        self._within -= name in self._names
        self._left_out -= name in self._leave_out
