"""A pack as one accessible HTML file: nothing is fetched from anywhere, and it prints."""

import base64
import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from textwrap import wrap

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from quarterday.publishing.pack.model import Pack, Picture
from quarterday.publishing.pack.on_paper import on_paper

LONGEST_LINE = 22  # characters of a column's heading
_ROOT = re.compile(r"<svg ([^>]*)>")


def to_html(packs: Sequence[Pack]) -> list[bytes]:
    """The packs as web pages."""
    return [_render(pack, "screen").encode() for pack in packs]


def to_print_html(pack: Pack) -> str:
    """The pack as the page that the PDF is made from: its charts are images, each with an alternative text."""
    return _render(on_paper(pack), "print")


def _render(pack: Pack, medium: str) -> str:
    template = _environment().get_template("pack.html.jinja")
    return template.render(pack=pack, medium=medium, style=_style(medium))


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("quarterday.publishing.pack"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["inline_svg"] = _inline_svg
    environment.filters["image_address"] = _image_address
    environment.filters["folded"] = _folded
    environment.filters["kind"] = lambda block: type(block).__name__.lower()
    return environment


@cache
def _style(medium: str) -> Markup:
    folder = files("quarterday.publishing.pack") / "templates"
    names = ("pack.css", "scorecard.css", *(("print.css",) if medium == "print" else ()))
    return Markup("\n".join((folder / name).read_text(encoding="utf-8") for name in names))  # noqa: S704 (our own file)


def _folded(heading: str) -> Markup:
    """A column's heading in short lines, so that it does not claim the width that the cells need."""
    return Markup("<br>").join(wrap(heading, LONGEST_LINE, break_long_words=False))


def _inline_svg(picture: Picture, identity: str) -> Markup:
    """The drawing as an image with title and description, its ids unique on the page."""
    svg = re.sub(r'\b(id="|url\(#|href="#)', rf"\g<1>{identity}-", picture.svg)
    names = f'role="img" aria-labelledby="{identity}-title {identity}-description"'
    described = (
        f'<title id="{identity}-title">{escape(picture.title)}</title>'
        f'<desc id="{identity}-description">{escape(picture.description)}</desc>'
    )
    return Markup(_ROOT.sub(lambda root: f"<svg {names} {root[1]}>{described}", svg, count=1))  # noqa: S704 (escaped above)


def _image_address(picture: Picture) -> str:
    data = base64.b64encode(picture.svg.encode()).decode()
    return f"data:image/svg+xml;base64,{data}"
