"""Work whose values all stay: looking through them for garbage, again and again as they grow in number, finds none."""

import gc
from collections.abc import Generator
from contextlib import contextmanager


@contextmanager
def uncollected() -> Generator[None]:
    """Let Python look for no garbage meanwhile: a fifth of the time of a release went into it."""
    looked = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if looked:
            gc.enable()
