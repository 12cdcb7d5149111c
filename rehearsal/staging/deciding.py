"""The officer of a story: decides by the very flows behind the forms, and reads what `quarterday check` says."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flows.performing.process import this_installation
from quarterday.domain.framework.partners import Duty


@dataclass(frozen=True)
class Decided:
    """What came of a decision's run: the name of its state (`Recorded`, `Refused`) and the sentence with it."""

    name: str
    said: str

    @property
    def recorded(self) -> bool:
        """Whether it holds now."""
        return self.name == "Recorded"


@dataclass(frozen=True)
class Officer:
    """Whoever may decide; `tell` shows what was decided."""

    tell: Callable[[str], None]

    def decides(self, flow: Callable[..., Any], *about: Any, why: str = "It was discussed.", **given: Any) -> Decided:
        """Fill in the form of a decision's flow and run it."""
        who = self._who(
            Duty.RELEASES if flow.__module__.endswith(("release_decisions", "risk_decisions")) else Duty.REQUESTS
        )
        state = flow(*about, who=who, why=why, **given, return_state=True)
        decided = Decided(str(state.name), str(state.message or ""))
        self.tell(f"The officer: {' '.join(decided.said.split())[:160]}")
        return decided

    def check(self) -> str:
        """What `quarterday check` prints."""
        command = [sys.executable, "-m", "quarterday", "check"]
        said = subprocess.run(command, capture_output=True, text=True, check=False)
        return " ".join(f"{said.stdout} {said.stderr}".split())

    def _who(self, duty: Duty) -> str:
        officers = this_installation().framework.partnership.officers
        return next(each.code for each in officers if duty in each.may)
