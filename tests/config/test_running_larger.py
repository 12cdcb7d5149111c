"""What the pages on running larger name is really there. tests/several runs the compose file's parts."""

import re
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from flows.installation.partnership import PREFECT_YAML, deployments_of
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings
from quarterday.domain.facts import CollectionClosed

ROOT = Path(__file__).parents[2]
NAMES = ("when-to-move.md", "many-partnerships.md", "watch-an-installation.md", "keep-files-in-s3.md")
COMPOSE = ROOT / "compose.yaml"
PAGES = [COMPOSE, *(ROOT / "docs" / "how-to" / name for name in NAMES)]


@pytest.fixture(scope="module")
def services() -> dict[str, Any]:
    """The services of the compose file, its merges resolved."""
    return YAML(typ="safe").load(COMPOSE)["services"]


def test_every_part_is_there(services: dict[str, Any]) -> None:
    """PostgreSQL, Redis, Prefect's two server processes, two workers, two portals."""
    assert {"postgres", "redis", "prefect", "prefect-services", "worker", "portal"} <= set(services)
    assert (2, 2) == tuple(services[name]["deploy"]["replicas"] for name in ("worker", "portal"))


def test_the_image_has_what_packs_as_pdf_need() -> None:
    """The packages that `make pdf` installs."""
    line = next(each for each in (ROOT / "Makefile").read_text().splitlines() if "libpango" in each)
    wanted = set(line.partition("--no-install-recommends ")[2].split())

    assert wanted <= set((ROOT / "Containerfile").read_text().split())


def test_what_a_service_waits_for_exists(services: dict[str, Any]) -> None:
    """Nothing waits for a service that the file does not have."""
    waited_for = {each for service in services.values() for each in service.get("depends_on", ())}

    assert waited_for <= set(services)


def test_every_volume_is_declared(services: dict[str, Any]) -> None:
    """A named volume that is not declared stops everything; a file that is mounted lies in the project."""
    declared = set(YAML(typ="safe").load(COMPOSE)["volumes"])
    sources = {each.partition(":")[0] for service in services.values() for each in service.get("volumes", ())}

    assert {each for each in sources if not each.startswith(".")} <= declared
    assert [] == [each for each in sources if each.startswith(".") and not (ROOT / each).exists()]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_setting_exists(page: Path) -> None:
    """A setting that is misspelt would be ignored in silence."""
    known = {f"QUARTERDAY_{name.upper()}" for name in Settings.model_fields}

    assert set(re.findall(r"QUARTERDAY_[A-Z0-9_]+", page.read_text())) <= known


def test_a_partnerships_deployments_are_its_own() -> None:
    """Of two partnerships no deployment has the same name; each has the partnership's tag and pool."""
    project = YAML(typ="safe").load(PREFECT_YAML)
    ashford, birchwood = (deployments_of(code, project)["deployments"] for code in ("ashford", "birchwood"))

    assert set() == {each["name"] for each in ashford} & {each["name"] for each in birchwood}
    assert all("ashford" in each["tags"] and each["work_pool"] == {"name": "quarterday-ashford"} for each in ashford)
    assert [each.get("schedules") for each in project["deployments"]] == [each.get("schedules") for each in ashford]


def test_two_partnerships_in_one_register_see_nothing_of_one_another(tmp_path: Path) -> None:
    """Each reads its own facts alone."""
    code = load_framework(ROOT / "config").partnership.code
    with open_register(Settings(home=tmp_path, _env_file=None)) as register:
        for partnership in (code, "birchwood"):
            at = datetime(2025, 8, 1, 9, 0, tzinfo=UTC)
            register.append(
                CollectionClosed(
                    at=at, by="quarterday", partnership=partnership, collection=f"{partnership}.2025-26-q1"
                )
            )
        seen = {each: [fact.collection for fact in register.facts(each)] for each in (code, "birchwood", "other")}

    assert {code: [f"{code}.2025-26-q1"], "birchwood": ["birchwood.2025-26-q1"], "other": []} == seen
