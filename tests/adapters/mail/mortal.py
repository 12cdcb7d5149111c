"""Processes that die: at a step of the register or the transport, before it is done or after."""

from collections.abc import Callable
from itertools import count
from typing import Any

from tests.adapters.mail.conftest import Office


class KilledError(BaseException):
    """The process ends here."""


class Mortal:
    """Something whose steps are counted, and at one of them the process dies: before it is done, or after."""

    def __init__(self, whole: Any, steps: "Steps") -> None:
        self._whole, self._steps = whole, steps

    def __getattr__(self, name: str) -> Any:
        found = getattr(self._whole, name)
        return self._steps.counted(found) if name in ("append", "append_new", "send_together") else found


class Steps:
    """The steps of one run of a process."""

    def __init__(self, dies_at: int, after: bool) -> None:
        self.dies_at, self.after, self.steps = dies_at, after, count()

    def counted(self, step: Callable[..., Any]) -> Callable[..., Any]:
        def taken(*given: Any) -> Any:
            dies = next(self.steps) == self.dies_at
            if dies and not self.after:
                raise KilledError
            answer = step(*given)
            if dies:
                raise KilledError
            return answer

        return taken


def mortal(office: Office, steps: Steps) -> Office:
    """The same office, as a process sees it that dies at a step."""
    return Office(
        office.settings,
        office.framework,
        Mortal(office.register, steps),
        Mortal(office.transport, steps),
        office.stores,
        office.moment,
    )
