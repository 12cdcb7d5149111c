"""What a check's process may say: values of ours and of the standard library's kinds, and nothing that acts.

The process has opened a stranger's workbook. Were it taken over, an answer unpacked with any class there is could do
in the caller's process whatever the caller may.
"""

import io
import pickle
from enum import Enum
from typing import Any

_OURS = ("quarterday.domain.", "expectations.checking")
_PLAIN = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timedelta"), ("decimal", "Decimal")}


class NotAnAnswerError(pickle.UnpicklingError):
    """An answer names something that no answer holds."""


class _Answers(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """Classes of the domain's values, by their plain names alone: never a function, never a way round a dot."""
        if "." not in name and ((module, name) in _PLAIN or module.startswith(_OURS)):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ in (module, "datetime", "decimal"):  # none that it imports
                return found
        raise NotAnAnswerError(f"an answer may not hold {module}.{name}")


class _Saying(pickle.Pickler):
    def reducer_override(self, value: object) -> Any:
        """One of several by its value: Python before 3.11.4 (Debian 12's) would name `getattr`, which no answer may."""
        return (type(value), (value.value,)) if isinstance(value, Enum) else NotImplemented


def packed(answer: object) -> bytes:
    """An answer as `unpacked` takes it, whatever Python says it."""
    said = io.BytesIO()
    _Saying(said).dump(answer)
    return said.getvalue()


def unpacked(answer: bytes) -> tuple[bool, Any]:
    """Whether the check worked, and an answer's values. Raises `NotAnAnswerError` where it holds anything else."""
    try:
        worked, said = _Answers(io.BytesIO(answer)).load()
    except NotAnAnswerError:
        raise
    except Exception as odd:  # bytes that are no pickle raise whatever their reading stumbles over
        raise NotAnAnswerError(f"an answer could not be read ({type(odd).__name__})") from odd
    return bool(worked), said
