"""axe-core's rules on the pages of a browser."""

from functools import cache
from typing import Any

from axe_playwright_python.sync_playwright import Axe

_BROKEN = """axe.run({resultTypes: ['violations']})
    .then(found => found.violations.map(rule => [rule.id, rule.nodes[0].html]))"""


@cache
def _script() -> str:
    return str(Axe().axe_script)


def bring_axe(context: Any) -> None:
    """Have axe at hand in every page of a browser's context, whatever policy a page has; it changes none."""
    context.add_init_script(_script())


def broken_rules(page: Any) -> list[list[str]]:
    """Each rule that a page breaks, with the first element that breaks it. What holds is not sent: it takes long."""
    return list(page.evaluate(_BROKEN))
