"""`prefect.yaml` for one partnership of several in an installation.

Each deployment gets the partnership's name and tag, and its own work pool, whose worker has the partnership's settings.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from quarterday.adapters.settings import Settings
from quarterday.adapters.shipped import shipped

PREFECT_YAML = shipped("prefect.yaml")


def deployments_of(code: str, project: Mapping[str, Any]) -> dict[str, Any]:
    """The project of `prefect.yaml` as one partnership's own."""
    return {
        "name": f"{project['name']}-{code}",
        "prefect-version": project["prefect-version"],
        "deployments": [
            {
                **each,
                "name": f"{each['name']}-{code}",
                "tags": [*each.get("tags", ()), code],
                "work_pool": {"name": f"{each['work_pool']['name']}-{code}"},
            }
            for each in project["deployments"]
        ],
    }


def prefect_file(settings: Settings) -> Path:
    """What Prefect is told: ours, or, of partnerships that share one Prefect, this one's own copy in its home."""
    code = settings.deployment_suffix.removeprefix("-")
    if not code:
        return PREFECT_YAML
    reading, writing = YAML(typ="safe"), YAML()
    writing.representer.ignore_aliases = lambda *_: True
    own = settings.home.resolve() / "prefect.yaml"
    own.parent.mkdir(parents=True, exist_ok=True)
    with own.open("w", encoding="utf-8") as file:
        writing.dump(deployments_of(code, reading.load(PREFECT_YAML)), file)
    return own
