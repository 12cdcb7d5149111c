"""Pages: Jinja templates over govuk-frontend's components, every value escaped, every sentence from the words."""

import hashlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from jinja2 import ChainableUndefined, Environment, FileSystemLoader, PackageLoader, PrefixLoader, select_autoescape
from starlette.responses import HTMLResponse

from quarterday.domain.framework.framework import Framework
from quarterday.web.serving.compiled_templates import CompiledOnce
from quarterday.web.words import Words

_COMPILED = CompiledOnce()
HERE = Path(__file__).parents[1]
STATIC = HERE / "static"


class PortalPage(HTMLResponse):
    """A page. `form_field` is the value that its forms carry for this visitor, where it has any."""

    form_field = ""


class Pages:
    """Renders the portal's templates in one language for one partnership."""

    def __init__(self, framework: Framework, words: Words) -> None:
        self._environment = Environment(
            loader=PrefixLoader(
                {
                    "web": FileSystemLoader(HERE / "templates"),
                    "govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja"),
                }
            ),
            autoescape=select_autoescape(default=True, default_for_string=True),
            undefined=ChainableUndefined,  # govuk-frontend's own templates rely on it
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            bytecode_cache=_COMPILED,
        )
        everywhere: dict[str, Any] = {
            "say": words.say,
            "count": words.count,
            "words": words,
            "partnership": framework.partnership,
            "static": _static_url,
        }
        self._environment.globals.update(everywhere)

    def render(self, template: str, context: Mapping[str, Any], status: int = 200) -> PortalPage:
        """A page."""
        page = self._environment.get_template(f"web/{template}.html").render(context)
        return PortalPage(page, status)


_marks: dict[str, str] = {}


def _static_url(name: str) -> str:
    """A file of our own, with a mark of its content so that browsers may keep it."""
    if name not in _marks:
        _marks[name] = hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]
    return f"/static/{name}?v={_marks[name]}"
