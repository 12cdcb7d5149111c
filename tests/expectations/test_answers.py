"""What a check's process may say: it has opened a stranger's workbook, so its answer is not taken at its word."""

import os
import pickle
from datetime import date
from enum import Enum
from functools import partial

import pytest

from expectations.answers import NotAnAnswerError, packed, unpacked
from expectations.checking import Checked
from quarterday.domain.figures.findings import Finding, Severity, Verdict
from quarterday.domain.figures.returns import PartnerReturn
from quarterday.domain.framework.periods import Period


class Acting:
    """An answer that would run a command as it is unpacked."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.system, ("true",)


def test_what_a_check_finds_crosses_whole(monkeypatch):
    """Findings, the return, the verdict: by Debian 12's Python, too, which names members of enumerations otherwise."""
    monkeypatch.setattr(Enum, "__reduce_ex__", lambda self, _: (getattr, (type(self), self.name)))
    finding = Finding("a-rule", Severity.WARNING, "41, where 8 to 15 is usual.", "A value is unusual.", cells=("H2",))
    period = Period(date(2025, 4, 1), date(2025, 6, 30))
    checked = Checked(PartnerReturn("fire", "c", period, (), "template"), (finding,), Verdict.ACCEPTED_WITH_CAVEATS)

    assert (True, checked) == unpacked(packed((True, checked)))


ACTS = {"foreign": Acting(), "system": os.system, "partial": partial(print, 1), "eval": eval, "loads": pickle.loads}


@pytest.mark.parametrize("answer", ACTS.values(), ids=ACTS.keys())
def test_nothing_that_acts_crosses(answer):
    """No function, no foreign class."""
    with pytest.raises(NotAnAnswerError, match="an answer may not hold"):
        unpacked(pickle.dumps((True, answer)))


def test_no_way_round_by_a_dotted_name():
    """What a module of ours imports is not ours."""
    sly = b"\x80\x04\x8c\x1equarterday.domain.figures.returns\x8c\x10dataclass.__call__\x93."
    with pytest.raises(pickle.UnpicklingError):
        unpacked(sly)
