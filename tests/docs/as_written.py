"""Runs the commands of a page as they are written: each block marked `sh`, in order, in one folder."""

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from textwrap import dedent

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
PROGRAMS = (Path(sys.executable).parent,)  # what comes first on the path
_BLOCK = re.compile(r"^( *)```sh\n(.*?)^\1```$", re.DOTALL | re.MULTILINE)
_FENCE = re.compile(r"^ *```\w*\n.*?^ *```$", re.DOTALL | re.MULTILINE)


def pages() -> list[str]:
    """Every page that we write, from the root."""
    return sorted(str(each.relative_to(ROOT)) for each in (*DOCS.rglob("*.md"), *ROOT.glob("*.md")))


def blocks(page: str) -> list[str]:
    """The commands of a page, a text a block."""
    return [dedent(block) for _, block in _BLOCK.findall((ROOT / page).read_text(encoding="utf-8"))]


def in_sentences(page: str) -> list[str]:
    """What stands as code within a page's sentences and tables, in order."""
    return re.findall(r"`([^`\n]+)`", _FENCE.sub("", (ROOT / page).read_text(encoding="utf-8")))


def run(block: str, folder: Path, stands_for: Mapping[str, str] | None = None) -> str:
    """Run a block and give what it printed; what a reader would replace is replaced. No command of it may fail."""
    for said, meant in (stands_for or {}).items():
        block = block.replace(said, meant)
    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", block],
        cwd=folder,
        env=clean_environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert 0 == done.returncode, f"{block}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    return done.stdout


def clean_environment() -> dict[str, str]:
    """What a reader's shell has: our programs on the path, and no setting of ours."""
    path = os.pathsep.join([*map(str, PROGRAMS), os.environ["PATH"]])
    clean = {name: value for name, value in os.environ.items() if not name.startswith(("QUARTERDAY_", "PREFECT_"))}
    return {**clean, "PATH": path}
