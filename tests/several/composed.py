"""The parts of compose.yaml as processes of this machine, with the file's own commands and settings.

What a container would bring is put in its place: a service's name becomes an address on loopback, a mounted folder the
folder itself, and the image's programs this environment's. Everything else is as the file says.
"""

import os
import re
import shlex
import subprocess
import sys
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import psycopg
from ruamel.yaml import YAML

from tests.postgres import plain
from tests.several.place import PROJECT, Started, end

COMPOSE = PROJECT / "compose.yaml"
OF_THE_IMAGE = ["quarterday"]  # its entry point
FIRST = ["tini", "--"]  # what runs first in a container, and nowhere else
_VARIABLE = re.compile(r"\$\{([A-Z0-9_]+)(?::([-?])([^}]*))?\}")


@dataclass
class Composed:
    """The file, what `.env` says, and where on this machine its services are."""

    home: Path
    said: dict[str, str]  # what `.env` would say
    addresses: dict[str, str]  # of what the file says, what it is here
    beside: dict[str, str]  # settings that only a test has, such as its clock
    ending: ExitStack = field(default_factory=ExitStack)

    def __post_init__(self) -> None:
        self.services: dict[str, Any] = YAML(typ="safe").load(COMPOSE)["services"]

    def environment(self, service: str) -> dict[str, str]:
        """What a service sees."""
        given = self.given(service)
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("QUARTERDAY_", "PREFECT_"))}
        programs = f"{Path(sys.executable).parent}:{kept['PATH']}"
        return {**kept, **given, **self.beside, "PATH": programs, "PREFECT_HOME": str(self.home / f"prefect-{service}")}

    def given(self, service: str) -> dict[str, str]:
        """What the file gives a service: `.env`, where it is named, and before that what stands in the file."""
        said = self.services[service]
        file = self.said if said.get("env_file") else {}
        return file | {name: self._here(str(value)) for name, value in said.get("environment", {}).items()}

    def command(self, service: str) -> list[str]:
        """What a service runs."""
        said = self.services[service]
        command = shlex.split(said["command"]) if isinstance(said["command"], str) else said["command"]
        words = [self._here(word) for word in [*said.get("entrypoint", OF_THE_IMAGE), *command]]
        return words[len(FIRST) :] if words[: len(FIRST)] == FIRST else words

    def start(self, service: str, replica: int = 1, **instead: str) -> Started:
        """Start one of a service's processes; `instead` says what its command has that another replica has too."""
        command = [instead.get(word, word) for word in self.command(service)]
        with (self.home / f"{service}-{replica}.log").open("ab") as sink:
            started = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment(service), stdout=sink, stderr=subprocess.STDOUT
            )
        self.ending.callback(end, started)
        return started

    def run(self, service: str) -> None:
        """Run a service that comes to an end. Raises where it fails."""
        done = subprocess.run(
            self.command(service),
            cwd=PROJECT,
            env=self.environment(service),
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode != 0:
            raise RuntimeError(f"{service} failed:\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}")

    def make_databases(self, server: str) -> None:
        """What the postgres image does at its first start: the user, its database, and the mounted SQL."""
        postgres = self.services["postgres"]
        user, database = (postgres["environment"][f"POSTGRES_{name}"] for name in ("USER", "DB"))
        mounted = [each.partition(":")[0] for each in postgres["volumes"] if "docker-entrypoint-initdb.d" in each]
        with psycopg.connect(plain(server), autocommit=True) as connection:
            connection.execute(f"CREATE ROLE {user} SUPERUSER LOGIN PASSWORD '{self.said['POSTGRES_PASSWORD']}'")
            connection.execute(f"CREATE DATABASE {database} OWNER {user}")
            for file in mounted:
                connection.execute((PROJECT / file).read_text())

    def _here(self, text: str) -> str:
        text = _VARIABLE.sub(self._said, text)
        for there, here in self.addresses.items():
            text = text.replace(there, here)
        return text

    def _said(self, variable: re.Match[str]) -> str:
        name, needed, otherwise = variable.groups()
        if name in self.said:
            return self.said[name]
        if needed == "-":
            return otherwise
        raise KeyError(f"{name}: {otherwise or 'nothing is said of it'}")
