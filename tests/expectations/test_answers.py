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


NONE = (
    b"",
    b"hello",
    b"(",
    b"0",
    b"\x80\x04]\x94.",
    pickle.dumps(7),
    pickle.dumps((True,)),
    pickle.dumps((True, 1))[:-3],
)
OF_OURS = b"cquarterday.domain.figures.returns\n"


@pytest.mark.parametrize("answer", [*NONE, OF_OURS + b"PartnerReturn\n(I1\nI2\ntR.", OF_OURS + b"None\n."])
def test_what_is_no_answer_is_told_as_that(answer):
    """Whatever its reading stumbles over: the caller knows one kind, and goes on without the checks."""
    with pytest.raises(NotAnAnswerError):
        unpacked(answer)


def named(*names: str) -> bytes:
    """An answer that is whatever a module has under a name."""
    said = b"".join(b"\x8c" + bytes([len(each)]) + each.encode() for each in names)
    return b"\x80\x04" + said + b"\x93."


def test_no_way_round_by_a_dotted_name():
    """What a module of ours imports is not ours."""
    sly = named("quarterday.domain.figures.returns", "dataclass.__call__")
    imported = named("expectations.checking", "WarmProcess")
    for each in (sly, imported):
        with pytest.raises(NotAnAnswerError, match="an answer may not hold"):
            unpacked(each)
