"""quarterday: runs the quarter of a community safety partnership.

What is pure lives in `domain/`. What touches the world lives in `adapters/`, what is published in `publishing/`, what
people see in a browser in `web/`, and the command line in `commands/`.
"""

__version__ = "0.1.0"
