"""The limited process: a file on standard input, its name as argument, the result as JSON on standard output."""

import sys

from quarterday.adapters.parsing.limits import fence_in


def main() -> None:
    """Read the one file and say what it holds."""
    name = sys.argv[1]
    # Imported before the fences go up: a late import would count against the file.
    from quarterday.adapters.parsing import files, wire  # noqa: PLC0415

    fence_in()
    sys.stdout.write(wire.dump(files.parse(sys.stdin.buffer.read(), name)))
    sys.stdout.flush()


main()
