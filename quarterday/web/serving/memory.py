"""How the portal's process holds memory: its threads share two of the C library's heaps, so what is let go is reused.

Left alone, glibc gives each thread a heap of its own. Forty threads that each once made a large page keep what they
needed at their worst moment, and the process grows with every batch of uploads though Python holds no more than before.
"""

import ctypes

_ARENA_MAX = -8  # M_ARENA_MAX in glibc's malloc.h
_HEAPS = 2


def share_heaps() -> bool:
    """Have all threads share two heaps; False where the C library is another, which needs no such word."""
    try:
        return bool(ctypes.CDLL(None).mallopt(_ARENA_MAX, _HEAPS))
    except (OSError, AttributeError):
        return False
