"""compose.yaml as written, brought up by a compose engine in a folder as a council would have it.

`COMPOSE` says which engine, such as `docker compose` or `podman-compose`; `.ci/containers` finds one. Podman before 4.6
knows no waiting for health: there nothing waits, and parts are started again until what they need is there.
"""

import json
import os
import shlex
import shutil
import signal
import subprocess
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.several.place import PROJECT

LONG = 1200  # seconds: Prefect's databases are made, and eleven containers begin, on a machine that may do other things


@dataclass(frozen=True)
class Engine:
    """The engine, and the folder with compose.yaml, `config/` and `.env`."""

    folder: Path
    words: tuple[str, ...]

    def __call__(self, *words: str, check: bool = True) -> str:
        """What the engine says to a command. Raises `RuntimeError` with its complaint."""
        return _said([*self.words, *words], self.folder, check=check)

    def up(self) -> None:
        """Bring everything up, in the order that the file asks for."""
        self("up", "--detach", "--no-build", *(["--no-deps"] if self._podman_s else []))

    def inside(self, service: str, *words: str, check: bool = True) -> str:
        """What a command says within the first container of a service."""
        return self("exec", "-T", service, *words, check=check)

    def alone(self, service: str, *words: str) -> tuple[int, str]:
        """How a command of the image ends in a container of its own, and what it says: nothing else is brought up."""
        first, *others = words
        run = [*self.words, "run", "--rm", "-T", "--no-deps", "--entrypoint", first, service, *others]
        done = subprocess.run(run, cwd=self.folder, capture_output=True, text=True, check=False, timeout=LONG)
        return done.returncode, done.stdout + done.stderr

    def name(self, service: str, number: int = 1) -> str:
        """A container's name."""
        return ("_" if self._podman_s else "-").join((self.folder.name, service, str(number)))

    def state(self, name: str) -> dict[str, Any]:
        """What the engine knows of a container: its `State`, its `RestartCount`."""
        (told,) = json.loads(_said([*self._containers, "inspect", name], self.folder))
        return dict(told)

    def health(self, name: str) -> str:
        """What a container's own look at itself found last, such as `healthy`; podman is asked to look now."""
        if self._podman_s:
            return "healthy" if _looked(name) else "unhealthy"
        return str(self.state(name)["State"]["Health"]["Status"])

    def place(self, volume: str) -> Path:
        """Where a volume of the file lies on this machine."""
        name = f"{self.folder.name}_{volume}"
        (told,) = json.loads(_said([*self._containers, "volume", "inspect", name], self.folder))
        return Path(told["Mountpoint"])

    def kill(self, name: str) -> None:
        """Kill a container's first process from outside, as running out of memory would."""
        os.kill(int(self.state(name)["State"]["Pid"]), signal.SIGKILL)

    @property
    def _podman_s(self) -> bool:
        return "podman" in self.words[0]

    @property
    def _containers(self) -> list[str]:
        return ["podman" if self._podman_s else "docker"]


def engine_in(folder: Path, said: dict[str, str]) -> Engine:
    """A folder with what compose.yaml needs, and the engine that `COMPOSE` names."""
    folder.mkdir()
    (folder / "docs").mkdir()
    shutil.copy(PROJECT / "compose.yaml", folder)
    shutil.copy(PROJECT / "docs" / "compose-prefect.sql", folder / "docs")
    shutil.copytree(PROJECT / "config", folder / "config")
    (folder / ".env").write_text("".join(f"{name}={value}\n" for name, value in said.items()))
    engine = shlex.split(os.environ.get("COMPOSE", "docker compose"))
    return Engine(folder, (*engine, "-p", folder.name))  # not by the file's own name, under which another may run here


def _looked(name: str) -> bool:
    """Podman's health check of a container, run at once: without systemd nothing runs it by itself."""
    return subprocess.run(["podman", "healthcheck", "run", name], capture_output=True, check=False).returncode == 0


def _said(words: list[str], folder: Path, *, check: bool = True) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=LONG)
    if check and done.returncode != 0:
        raise RuntimeError(f"{' '.join(words)}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout.strip()
