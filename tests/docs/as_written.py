"""Runs the commands of a page as they are written: each block marked `sh`, in order, in one folder."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

DOCS = Path(__file__).parents[2] / "docs"
_BLOCK = re.compile(r"^( *)```sh\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)


def blocks(page: str) -> list[str]:
    """The commands of a page of `docs/`, a text a block."""
    return [dedent(block) for _, block in _BLOCK.findall((DOCS / page).read_text(encoding="utf-8"))]


def run(block: str, folder: Path, stands_for: Mapping[str, str] | None = None) -> str:
    """Run a block and give what it printed; what a reader would replace is replaced. No command of it may fail."""
    for said, meant in (stands_for or {}).items():
        block = block.replace(said, meant)
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("QUARTERDAY_", "PREFECT_"))}
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder,
        env={**clean, "PATH": path},
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, f"{block}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout
