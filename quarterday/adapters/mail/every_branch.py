"""Fills in templates through all their branches at once, so that a misspelt name is found before the day it is needed.

Whatever a template asks (`if`, `and`, `or`), everything that may follow is filled in, one after another.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from traceback import extract_tb
from typing import Any

from jinja2 import FunctionLoader, TemplateError, TemplateNotFound, TemplateSyntaxError, Undefined, nodes
from jinja2.sandbox import ImmutableSandboxedEnvironment

from quarterday.adapters.mail.templates import SETTINGS, one_line

_UNKNOWN_NAME = re.compile(r"^'(\w+)' is undefined$|has no attribute '(\w+)'$")


@dataclass(frozen=True)
class Fault:
    """What keeps a template from being filled in: the file and line, and a sentence."""

    file: str
    line: int
    sentence: str


def fault(texts: Mapping[str, str], email: str, sample: Mapping[str, Any]) -> Fault | None:
    """The first fault of an email among the texts of all templates, by file name, filled in from a sample.

    The sample has a value for all that the email may name, and no list in it is empty.
    """
    file = f"{email}.txt"
    try:
        _environment(texts).get_template(file).render(sample)
    except TemplateSyntaxError:
        return None  # told by itself, without being filled in
    except TemplateNotFound as absent:
        return Fault(*_place(absent, texts, file), f"There is no {absent.name} to include.")
    except (TemplateError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError) as problem:
        return Fault(*_place(problem, texts, file), _said(str(problem), sample))
    return None


def _environment(texts: Mapping[str, str]) -> "_EveryBranch":
    """Templates by their file names, so that a fault tells the file it is in."""
    loader = FunctionLoader(lambda name: (texts[name], name, lambda: True) if name in texts else None)
    environment = _EveryBranch(loader=loader, **SETTINGS)
    environment.filters |= {"one_line": one_line, "one_of_all": _one_of_all}
    return environment


def _place(problem: Exception, texts: Mapping[str, str], file: str) -> tuple[str, int]:
    """The template and its line in which something went wrong."""
    frames = [each for each in extract_tb(problem.__traceback__) if each.filename in texts]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else (file, 1)


def _said(problem: str, sample: Mapping[str, Any]) -> str:
    match = _UNKNOWN_NAME.search(problem)
    if match is None:
        return f"It cannot be filled in ({problem.rstrip('.')})."
    name = match[1] or match[2]
    near = get_close_matches(name, sorted(set(sample if match[1] else _inner_names(sample))), 1)
    return f"“{name}” is nothing that this email knows." + (f" Perhaps “{near[0]}” is meant." if near else "")


def _inner_names(value: object) -> Iterator[str]:
    """The names within what a sample holds."""
    for each in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        if isinstance(each, Mapping):
            yield from each
        yield from _inner_names(each)


class _EveryBranch(ImmutableSandboxedEnvironment):
    """Compiles a template so that it goes through all its branches, one after another."""

    def _generate(
        self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False
    ) -> str:
        source.body = _all_of(source.body)
        return super()._generate(source, name, filename, defer_init)


def _all_of(body: list[nodes.Node]) -> list[nodes.Node]:
    return [straight for each in body for straight in _straight(each)]


def _straight(node: nodes.Node) -> list[nodes.Node]:
    """A node as nodes that leave out nothing of it. What a template guards with `is defined` stays as it is."""
    if isinstance(node, nodes.If) and not _asks_whether_defined(node.test):
        question = nodes.Output([_both(node.test)], lineno=node.lineno)
        return [question, *_all_of(node.body), *_all_of(list(node.elif_)), *_all_of(node.else_)]
    if isinstance(node, nodes.For):
        asked = [nodes.Output([_both(node.test)], lineno=node.lineno)] if node.test else []
        node.iter, node.test = _both(node.iter), None
        node.body, otherwise, node.else_ = [*asked, *_all_of(node.body)], _all_of(node.else_), []
        return [node, *otherwise]
    for name in ("body", "else_"):
        if isinstance(inner := getattr(node, name, None), list):
            setattr(node, name, _all_of(inner))
    if isinstance(node, nodes.Output):
        node.nodes = [_both(each) for each in node.nodes]
    return [node]


def _asks_whether_defined(test: nodes.Node) -> bool:
    asked = [test] if isinstance(test, nodes.Test) else [*test.find_all(nodes.Test)]
    return any(each.name in ("defined", "undefined") for each in asked)


def _both(node: Any) -> Any:
    """An expression of which all parts are looked at: `a or b`, `a and b`, `a if b else c`."""
    if _asks_whether_defined(node):
        return node
    for name, value in node.iter_fields():
        if isinstance(value, nodes.Expr):
            setattr(node, name, _both(value))
        elif isinstance(value, list):
            setattr(node, name, [_both(each) if isinstance(each, nodes.Expr) else each for each in value])
    match node:
        case nodes.Or():
            return _one_of([node.left, node.right], 0, node.lineno)
        case nodes.And():
            return _one_of([node.left, node.right], 1, node.lineno)
        case nodes.CondExpr():
            parts = [node.expr1, node.test, *([node.expr2] if node.expr2 else [])]
            return _one_of(parts, 0, node.lineno)
        case _:
            return node


def _one_of(parts: list[Any], which: int, line: int) -> nodes.Expr:
    """One of several expressions, once all of them have been looked at."""
    listed = nodes.List(parts, lineno=line)
    return nodes.Filter(listed, "one_of_all", [nodes.Const(which, lineno=line)], [], None, None, lineno=line)


def _one_of_all(parts: list[Any], which: int) -> Any:
    """One of several values. Raises `UndefinedError` where any has no value."""
    for each in parts:
        if isinstance(each, Undefined):
            str(each)  # a name that is not known says so when it is used
    return parts[which]
