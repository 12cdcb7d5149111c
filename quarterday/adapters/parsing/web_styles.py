"""What the styles of a web page do to its words: raise them, strike them out, hide them, show another number.

Rules are read loosely: where a selector's last part fits an element, its rule is taken to apply. A look too many is
asked about; one too few would be misread.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

_COMMENT = re.compile(r"/\*.*?\*/|<!--|-->", re.DOTALL)
_RULE = re.compile(r"([^{};]+)\{([^{}]*)\}")
_DECLARATION = re.compile(r"([\w-]+)\s*:\s*((?:\"[^\"]*\"|'[^']*'|[^;\"'])+)")
_LAST_PART = re.compile(r"[^\s>+~]+$")
_PSEUDO = re.compile(r"::?[\w-]+(?:\([^)]*\))?")
_ONLY_SOMETIMES = re.compile(r":(?:hover|focus|active|visited|link|target|checked)\b")
_NAME = re.compile(r"([.#]?)([\w-]+|\*)")
_ESCAPED = re.compile(r"\\([0-9a-fA-F]{1,6})\s?|\\(.)")
_LARGEST_SHEET = 500_000  # characters; more is no table that somebody exported
_NOTHING_SHOWN = re.compile(
    r"^(?:display:none|visibility:(?:hidden|collapse)|mso-hide:all|opacity:0(?:\.0+)?|font-size:0(?:px|pt|em|%|rem)?"
    r"|text-indent:-\d{3,}\w*)$"
)
_WHITE = {"white", "#fff", "#ffffff", "transparent", "rgb(255,255,255)", "window"}
_NO_BACKGROUND = {"", "none", "transparent", "inherit", "initial", *_WHITE}


@dataclass(frozen=True)
class Effect:
    """What the styles of one element do to its words. `format` is its number format, `says_more` text from a style."""

    raises: bool = False
    strikes: bool = False
    hides: bool = False
    white: bool = False
    background: bool = False
    says_more: bool = False
    format: str = ""

    def then(self, other: "Effect") -> "Effect":
        """This and another rule that applies to the same element."""
        return Effect(
            self.raises or other.raises,
            self.strikes or other.strikes,
            self.hides or other.hides,
            self.white or other.white,
            self.background or other.background,
            self.says_more or other.says_more,
            other.format or self.format,
        )


PLAIN = Effect()


def effect_of(declarations: str) -> Effect:
    """What the declarations of one rule, or of an element's own style, do."""
    effect = PLAIN
    for name, value in _DECLARATION.findall(declarations):
        effect = effect.then(_one(name.lower(), value.strip()))
    return effect


def _one(name: str, value: str) -> Effect:
    said = "".join(value.lower().replace("!important", "").split())
    if name.startswith("text-decoration"):
        return Effect(strikes="line-through" in said)
    if name == "vertical-align":
        return Effect(raises=said in ("super", "sub"))
    if name == "color":
        return Effect(white=said in _WHITE)
    if name in ("background", "background-color"):
        return Effect(background=said not in _NO_BACKGROUND)
    if name == "mso-number-format":
        return Effect(format=_unescaped(value.strip("\"' ")))
    return Effect(hides=bool(_NOTHING_SHOWN.match(f"{name}:{said}")))


def _unescaped(code: str) -> str:
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16) % 0x110000) if match[1] else match[2], code)


class Stylesheet:
    """The rules of a page that do something to words, by the tag, class or id that a selector ends with."""

    def __init__(self) -> None:
        self._rules: list[tuple[str, frozenset[str], Effect]] = []  # tag, classes and ids, what they do

    def read(self, text: str) -> None:
        """Add the rules of one `style` element."""
        for selectors, declarations in _RULE.findall(_COMMENT.sub(" ", text[:_LARGEST_SHEET])):
            effect = effect_of(declarations)
            says = re.search(r"content\s*:\s*[\"'][^\"']*[\w<>*]", declarations)
            for selector in selectors.split(","):
                if says and re.search(r":(?:before|after)\b", selector):
                    self._add(selector, Effect(says_more=True))
                elif effect != PLAIN and not _ONLY_SOMETIMES.search(selector):
                    self._add(selector, effect)

    def _add(self, selector: str, effect: Effect) -> None:
        if not (last := _LAST_PART.search(_PSEUDO.sub("", selector).strip() or "*")):
            return
        tag, marks = "*", set()
        for sign, name in _NAME.findall(re.sub(r"\[[^\]]*\]", "", last[0])):
            if sign:
                marks.add(f"{sign}{name.lower()}")
            else:
                tag = name.lower()
        self._rules.append((tag, frozenset(marks), effect))

    def of(self, tag: str, classes: Iterable[str], identity: str) -> Effect:
        """What the rules do to an element."""
        marks = {f".{each.lower()}" for each in classes} | ({f"#{identity.lower()}"} if identity else set())
        effect = PLAIN
        for wanted, needs, does in self._rules:
            if wanted in ("*", tag) and needs <= marks:
                effect = effect.then(does)
        return effect
