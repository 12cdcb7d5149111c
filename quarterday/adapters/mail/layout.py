"""Plain text with a little shape, laid out twice: as plain text for every reader, and as accessible HTML.

The shape that a template may use, told apart by blank lines: a heading (a line underlined with dashes), a list (lines
that begin with `- `), a button (one line `Words to click: https://…`), and paragraphs. An item of the shape of a button
is words to click. Everything is escaped; only addresses of our own become links.
"""

import re
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from quarterday.domain.framework import addresses

WIDTH = 76
_UNDERLINE = re.compile(r"-{3,}")
_BUTTON = re.compile(r"(?P<label>[^:\n]{2,80}): (?P<url>https?://\S+)")
_URL = re.compile(r"https?://[^\s<>\"]+[^\s<>\".,;:!?)\]”’]")

_PAGE = "margin:0;padding:0;background:#ffffff;color:#0b0c0c"
_BODY = (
    "font-family:Arial,Helvetica,sans-serif;font-size:17px;line-height:1.5;max-width:38em;margin:0 auto;padding:24px;"
    "overflow-wrap:anywhere;word-wrap:break-word"
)
_BUTTON_CELL = (  # Outlook draws a button by its table cell, everybody else by the link in it
    '<table role="presentation" border="0" cellspacing="0" cellpadding="0" style="margin:0 0 16px"><tr>'
    '<td bgcolor="#00703c" style="background:#00703c;mso-padding-alt:12px 18px">{}</td></tr></table>'
)
_BUTTON_STYLE = (
    "display:inline-block;background:#00703c;color:#ffffff;font-weight:bold;text-decoration:none;padding:12px 18px"
)
_COLOURS = (  # a reader in dark mode would else turn our colours as it likes
    "<style>:root{color-scheme:light dark;supported-color-schemes:light dark}"
    "@media (prefers-color-scheme:dark){body,main{background:#0b0c0c!important;color:#f3f2f1!important}"
    "a{color:#8eb8dc!important}a.button{color:#ffffff!important}}</style>"
)
_STYLE = {
    "h1": "font-size:22px;line-height:1.3;margin:0 0 20px",
    "h2": "font-size:18px;line-height:1.3;margin:28px 0 8px",
    "p": "margin:0 0 16px",
    "ul": "margin:0 0 16px;padding-left:24px",
    "li": "margin:0 0 4px",
    "a": "color:#1d70b8",
    "small": "font-size:14px;word-break:break-all",
}


@dataclass(frozen=True)
class Heading:
    """What the next paragraphs are about."""

    words: str


@dataclass(frozen=True)
class Paragraph:
    """Sentences that belong together."""

    words: str


@dataclass(frozen=True)
class Items:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True)
class Button:
    """The one thing to click."""

    label: str
    url: str


Block = Heading | Paragraph | Items | Button


def blocks(body: str) -> list[Block]:
    """A template's rendered body, read into blocks."""
    parts = re.split(r"\n\s*\n", body.strip())
    return [block for part in parts if part.strip() for block in _read(part.strip().splitlines())]


def _read(lines: list[str]) -> Iterable[Block]:
    lines = [line.strip() for line in lines]
    if len(lines) > 1 and _UNDERLINE.fullmatch(lines[1]):
        yield Heading(lines[0])
        lines = lines[2:]
    words: list[str] = []
    items: list[str] = []
    for line in lines:
        button = _BUTTON.fullmatch(line)
        if line.startswith("- "):
            items.append(line[2:].strip())
        elif items:
            items[-1] = f"{items[-1]} {line}"
        elif button:
            yield from _paragraph(words)
            words = []
            yield Button(button["label"], button["url"])
        else:
            words.append(line)
    yield from _paragraph(words)
    if items:
        yield Items(tuple(items))


def _paragraph(words: list[str]) -> Iterable[Block]:
    if words:
        yield Paragraph(" ".join(words))


def as_text(body: Iterable[Block]) -> str:
    """The blocks as plain text, wrapped, with no address ever broken across lines."""
    return "\n\n".join(_text_of(block) for block in body) + "\n"


def _text_of(block: Block) -> str:
    match block:
        case Heading(words):
            return f"{words}\n{'-' * min(len(words), WIDTH)}"
        case Paragraph(words):
            return _wrapped(words)
        case Items(items):
            return "\n".join(_wrapped(item, first="- ", then="  ") for item in items)
        case Button(label, url):
            return f"{label}:\n{url}"


def _wrapped(words: str, first: str = "", then: str = "") -> str:
    return textwrap.fill(
        words, WIDTH, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )


def as_html(body: Iterable[Block], title: str, our_addresses: tuple[str, ...] = ()) -> str:
    """The blocks as a whole HTML page with inline styles; `our_addresses` begin what may become a link."""
    inside = "\n".join(_html_of(block, our_addresses) for block in body)
    return (
        f'<!DOCTYPE html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f'<meta name="color-scheme" content="light dark">\n'
        f'<meta name="supported-color-schemes" content="light dark">\n{_COLOURS}\n'
        f"<title>{escape(title)}</title>\n</head>\n"
        f'<body style="{_PAGE}">\n<main role="main" style="{_BODY}">\n'
        f'<h1 style="{_STYLE["h1"]}">{escape(title)}</h1>\n{inside}\n</main>\n</body>\n</html>\n'
    )


def _html_of(block: Block, ours: tuple[str, ...]) -> str:
    match block:
        case Heading(words):
            return _tag("h2", escape(words))
        case Paragraph(words):
            return _tag("p", _linked(words, ours))
        case Items(items):
            return _tag("ul", "\n" + "\n".join(_tag("li", _item(item, ours)) for item in items) + "\n")
        case Button(label, url) if url.startswith(ours):
            link = f'<a class="button" href="{escape(url)}" style="{_BUTTON_STYLE}">{escape(label)}</a>'
            copied = f"If the button does not work, copy this address:<br>{escape(url)}"
            address = f'<span style="{_STYLE["small"]}">{copied}</span>'
            return _BUTTON_CELL.format(link) + _tag("p", address)
        case Button(label, url):
            return _tag("p", escape(f"{label}: {url}"))


def _tag(name: str, inside: str) -> str:
    return f'<{name} style="{_STYLE[name]}">{inside}</{name}>'


def _item(words: str, ours: tuple[str, ...]) -> str:
    """A list's item: words, or one address of ours under the name before it."""
    named = _BUTTON.fullmatch(words)
    if named and named["url"].startswith(ours):
        return f'<a href="{escape(named["url"])}" style="{_STYLE["a"]}">{escape(named["label"])}</a>'
    return _linked(words, ours)


def _linked(words: str, ours: tuple[str, ...]) -> str:
    """The words escaped, with our own addresses made into links."""
    found = [*_URL.finditer(words), *addresses.IN_WORDS.finditer(words)]
    done, at = "", 0
    for match in sorted(found, key=lambda each: each.start()):
        if match.start() < at or not (address := _target(match[0], ours)):
            continue
        link = f'<a href="{escape(address)}" style="{_STYLE["a"]}">{escape(match[0])}</a>'
        done, at = done + escape(words[at : match.start()]) + link, match.end()
    return done + escape(words[at:])


def _target(found: str, ours: tuple[str, ...]) -> str | None:
    if found.startswith("http"):
        return found if found.startswith(ours) else None
    return f"mailto:{found}" if found in ours else None
