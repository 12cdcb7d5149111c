"""What comes with quarterday beside its code: the worked example's configuration, and what runs when.

In a checkout these stand at the project's root, in an installed wheel inside the package.
"""

from pathlib import Path

PROJECT = Path(__file__).parents[2]  # where the flows' own folder lies: a checkout, or where packages are installed
_IN_A_WHEEL = Path(__file__).parent / "shipped"


def shipped(name: str) -> Path:
    """A file or folder that comes with quarterday: `config` or `prefect.yaml`."""
    return (PROJECT if (PROJECT / "pyproject.toml").is_file() else _IN_A_WHEEL) / name
