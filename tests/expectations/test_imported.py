"""What of great_expectations waits until it is used."""

import sys
from importlib import import_module
from types import ModuleType

import pytest

from expectations import imported


def test_what_nothing_asks_for_loads_when_it_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    """A module that is put off runs nothing at its import, and has everything once something of it is used."""
    monkeypatch.setattr(imported, "NOT_ASKED_FOR", frozenset({"this"}))
    monkeypatch.delitem(sys.modules, "this", raising=False)
    monkeypatch.setattr("builtins.print", lambda *_: None)  # it recites when it loads
    with imported.put_off():
        module = import_module("this")

    assert type(module) is not ModuleType
    assert "s" not in object.__getattribute__(module, "__dict__")
    assert module.s.startswith("Gur Mra bs Clguba")
    assert type(module) is ModuleType


def test_afterwards_all_is_imported_as_ever() -> None:
    """Whoever imports charts or statistics for use has them at once."""
    finders = list(sys.meta_path)
    with imported.put_off():
        assert finders != sys.meta_path

    assert finders == sys.meta_path
