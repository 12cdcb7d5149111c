"""The services of compose.yaml as podman's containers: the file's images, commands, settings, mounts and limits.

No compose engine is asked: which service waits for which is said by whoever starts them.
"""

import json
import os
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.several.composed import Composed
from tests.several.place import PROJECT

NETWORK = "quarterday-tried"


def podman(*words: str, check: bool = True) -> str:
    """What podman says. Raises `RuntimeError` with its complaint."""
    done = subprocess.run(["podman", *words], capture_output=True, text=True, check=False)
    if check and done.returncode != 0:
        raise RuntimeError(f"podman {' '.join(words)}:\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}")
    return done.stdout.strip()


@dataclass
class Contained(Composed):
    """The file, what `.env` says, and folders of this machine for its volumes."""

    volumes: dict[str, Path] = field(default_factory=dict)

    def start_in_container(self, service: str, replica: int = 1, publish: str = "") -> str:
        """Start one container of a service in the background; its name."""
        name = f"{NETWORK}-{service}-{replica}"
        published = ["--publish", publish] if publish else []
        podman("run", "--detach", "--name", name, *self._as_said(service), *published, *self._what(service))
        return name

    def run_in_container(self, service: str) -> None:
        """Run a service to its end, again where it fails and the file says so. Raises where it goes on failing."""
        tries = 10 if self.services[service].get("restart") == "on-failure" else 1
        for left in range(tries - 1, -1, -1):
            try:
                podman("run", "--rm", *self._as_said(service), *self._what(service))
            except RuntimeError:
                if not left:
                    raise
            else:
                return

    def _as_said(self, service: str) -> Iterator[str]:
        said: dict[str, Any] = self.services[service]
        yield from ("--network", NETWORK, "--network-alias", service, "--no-healthcheck")
        if said.get("restart") == "unless-stopped":
            yield from ("--restart", "always")
        if said.get("read_only"):
            yield "--read-only"
        yield from (f"--tmpfs={each}" for each in said.get("tmpfs", ()))
        yield from (f"--cap-drop={each}" for each in said.get("cap_drop", ()))
        yield from (f"--security-opt={each}" for each in said.get("security_opt", ()))
        given = self.given(service)
        if service != "postgres":
            given |= self.beside
        yield from (f"--env={key}={value}" for key, value in given.items())
        for volume in said.get("volumes", ()):
            here, _, there = volume.partition(":")
            yield f"--volume={self.volumes.get(here) or (PROJECT / here).resolve()}:{there}"
        if "entrypoint" in said:
            yield f"--entrypoint={json.dumps(said['entrypoint'])}"

    def _what(self, service: str) -> Iterator[str]:
        said = self.services[service]
        yield said["image"]
        yield from self.command(service)[len(said.get("entrypoint", ("quarterday",))) :] if "command" in said else ()


def kill_what_runs_in(name: str) -> None:
    """Kill a container's first process from outside, as running out of memory would."""
    os.kill(int(podman("inspect", "--format", "{{.State.Pid}}", name)), signal.SIGKILL)


@contextmanager
def network() -> Iterator[None]:
    """A network of the containers' own; whatever is left in it ends with it."""
    podman("network", "rm", "--force", NETWORK, check=False)
    podman("network", "create", NETWORK)
    try:
        yield
    finally:
        podman("network", "rm", "--force", NETWORK, check=False)
