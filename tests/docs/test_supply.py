"""Where the parts come from, and with what they start: what an IT department asks first."""

import ast
import re
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[2]
OURS = sorted(each for room in ("quarterday", "flows", "expectations") for each in (ROOT / room).rglob("*.py"))


def test_every_part_comes_from_one_registry_with_its_hash() -> None:
    """The lock file names no other place than the Python Package Index, and of each file its SHA-256."""
    parts = tomllib.loads((ROOT / "uv.lock").read_text(encoding="utf-8"))["package"]
    files = [each for part in parts for each in (*part.get("wheels", ()), *filter(None, [part.get("sdist")]))]

    ours = ("editable", "virtual")
    assert {"https://pypi.org/simple"} == {
        part["source"]["registry"] for part in parts if not any(each in part["source"] for each in ours)
    }
    assert len(files) > len(parts)
    assert all(each["hash"].startswith("sha256:") for each in files)


def test_code_that_runs_words_is_refused_by_the_lint() -> None:
    """`eval` and `exec` of anything end `make lint`, and so continuous integration."""
    for line, rule in (("eval(said)", "S307"), ("exec(said)", "S102")):
        done = subprocess.run(
            [sys.executable, "-m", "ruff", "check", "--stdin-filename", "quarterday/x.py", "-"],
            input=line,
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
        )
        assert 1 == done.returncode
        assert rule in done.stdout


def test_no_pattern_is_made_of_what_a_stranger_sent() -> None:
    """Where a function makes one of anything but constants, it takes the words for words."""
    made = {"compile", "match", "fullmatch", "search", "sub", "split", "findall", "finditer"}
    loose = [
        f"{path.name}: {ast.unparse(call)}"
        for path in OURS
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef) and "re.escape(" not in ast.unparse(function)
        for call in ast.walk(function)
        if isinstance(call, ast.Call)
        and ast.unparse(call.func) in {f"re.{each}" for each in made}
        and any(isinstance(each, ast.Name) and not each.id.isupper() for each in ast.walk(call.args[0]))
    ]

    assert [] == loose


def test_no_part_of_compose_starts_with_a_password_of_ours() -> None:
    """Each password and secret is the installer's: without one in `.env` nothing starts."""
    said = re.findall(r"^ +(\w*(?:PASSWORD|SECRET|AUTH)): (.+)$", (ROOT / "compose.yaml").read_text(), re.MULTILINE)

    assert len(said) >= 3
    assert [] == [(name, value) for name, value in said if ":?" not in value]


def test_nothing_of_version_control_is_shipped() -> None:
    """The image is made from what is let in by name, the wheel from four packages and two things beside them."""
    first, *let_in = [
        line for line in (ROOT / ".containerignore").read_text().splitlines() if line and not line.startswith("#")
    ]
    wheel = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["hatch"]["build"]["targets"]["wheel"]
    shipped = {line.removeprefix("!") for line in let_in if line.startswith("!")}

    assert "*" == first
    assert set() == {each for each in (*shipped, *wheel["packages"], *wheel["force-include"]) if each.startswith(".")}


def test_no_call_is_led_on() -> None:
    """No client of ours is told to follow an answer that leads elsewhere."""
    assert [] == [path for path in OURS if "follow_redirects=True" in path.read_text(encoding="utf-8")]
