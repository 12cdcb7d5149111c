"""`python -m flows.installation.partnership CODE`: `prefect.yaml` for one partnership of several in an installation.

Each deployment gets the partnership's name and tag, and its own work pool, whose worker has the partnership's settings.
"""

import sys
from collections.abc import Mapping
from io import StringIO
from typing import Any

from ruamel.yaml import YAML

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


def main(code: str) -> None:
    """Write it to standard output."""
    reading, writing, text = YAML(typ="safe"), YAML(), StringIO()
    writing.default_flow_style = False
    writing.representer.ignore_aliases = lambda *_: True
    writing.dump(deployments_of(code, reading.load(PREFECT_YAML)), text)
    print(text.getvalue(), end="")


if __name__ == "__main__":
    main(sys.argv[1])
