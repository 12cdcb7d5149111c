"""What stored files hold, read and parsed once in a process: a file is written once and never changes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from threading import Lock
from typing import Any, TypeVar

T = TypeVar("T")
MOST = 4096  # values, the least lately used of which go first: more than a partnership's returns of ten years


class ReadOnce:
    """Values by what they were made from. Safe to share between threads; what fails is not remembered."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._values: OrderedDict[Hashable, Any] = OrderedDict()
        self._lock = Lock()

    def get(self, key: Hashable, make: Callable[[], T]) -> T:
        """The value of a key, made where it is not known. Two who ask at once may both make it."""
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make()
        self.put(key, made)
        return made

    def put(self, key: Hashable, value: object) -> None:
        """Remember a value, as one that has just been written."""
        with self._lock:
            self._values[key] = value
            self._values.move_to_end(key)
            while len(self._values) > self._most:
                self._values.popitem(last=False)
