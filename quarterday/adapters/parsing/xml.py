"""Reads XML as a stream, and refuses what no spreadsheet program writes: document types and entities."""

from collections.abc import Callable
from xml.parsers import expat

from quarterday.adapters.parsing.refusals import Refused

Attributes = dict[str, str]
_DEEPEST = 256


class XmlReader:
    """Calls `start`, `end` and `words` of a subclass with local names; namespaces are told apart by none of our parts.

    `namespace` is the one of the root element.
    """

    def __init__(self) -> None:
        self.namespace = ""
        self._depth = 0

    def start(self, name: str, attributes: Attributes) -> None:
        """An element begins."""

    def end(self, name: str) -> None:
        """An element ends."""

    def words(self, words: str) -> None:
        """Text inside an element."""

    def read(self, content: bytes) -> None:
        """Read a whole document. Raises `Refused` where it is broken or declares anything."""
        parser = expat.ParserCreate(namespace_separator=" ")
        parser.buffer_text = True
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self.words
        _forbid_declarations(parser)
        try:
            parser.Parse(content, True)
        except expat.ExpatError:
            raise Refused("corrupt") from None
        except (UnicodeDecodeError, LookupError, ValueError):
            raise Refused("corrupt") from None

    def _start(self, name: str, attributes: Attributes) -> None:
        namespace, _, local = name.rpartition(" ")
        if not self._depth:
            self.namespace = namespace
        self._depth += 1
        if self._depth > _DEEPEST:
            raise Refused("unsafe-xml")
        self.start(local, attributes)

    def _end(self, name: str) -> None:
        self._depth -= 1
        self.end(name.rpartition(" ")[2])


def _forbid_declarations(parser: expat.XMLParserType) -> None:
    def forbid(*_: object) -> int:
        raise Refused("unsafe-xml")

    handlers: dict[str, Callable[..., int]] = dict.fromkeys(
        ("StartDoctypeDeclHandler", "EntityDeclHandler", "UnparsedEntityDeclHandler", "ExternalEntityRefHandler"),
        forbid,
    )
    for name, handler in handlers.items():
        setattr(parser, name, handler)


class _NoReader(XmlReader):
    def read(self, content: bytes) -> None:
        parser = expat.ParserCreate()
        _forbid_declarations(parser)
        try:
            parser.Parse(content, True)
        except (expat.ExpatError, UnicodeDecodeError, LookupError, ValueError):
            raise Refused("corrupt") from None


def check_xml(content: bytes) -> None:
    """Raises `Refused` where a document that is not read here could still harm whoever reads it."""
    _NoReader().read(content)


def attribute(attributes: Attributes, local: str) -> str:
    """An attribute by its local name, whatever its namespace; empty where there is none."""
    if local in attributes:
        return attributes[local]
    return next((value for name, value in attributes.items() if name.rpartition(" ")[2] == local), "")
