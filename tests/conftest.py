"""What holds for every test: the longest come first, so that lanes end together."""

import atexit
import fcntl
import gc
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.empty_registers import copied_from

# Nothing here is about speed: an example that a busy machine takes long over has failed nothing.
settings.register_profile("whatever the machine does", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("whatever the machine does")

# Files by their time, longest first, whole systems and all: a file stays in one lane, and the last should be short.
LONGEST = (
    "tests/docs/test_pages_as_written.py",
    "tests/several/test_killed.py",
    "tests/rehearsal/test_stories.py",
    "tests/web/officers/test_every_action.py",
    "tests/flows/test_ui.py",
    "tests/web/test_any_request.py",
    "tests/simulation/",
    "tests/several/test_composed.py",
    "tests/rehearsal/",
    "tests/several/",
    "tests/publishing/test_disclosure_periods.py",
    "tests/publishing/test_attacks_seeded.py",
    "tests/web/test_browser.py",
    "tests/reading/test_attacks.py",
    "tests/web/officers/test_any_officers_request.py",
    "tests/publishing/test_packs.py",
    "tests/adapters/test_backups.py",
    "tests/adapters/register/test_races.py",
    "tests/expectations/test_checking.py",
    "tests/adapters/mail/test_dispatch_together.py",
    "tests/flows/",
    "tests/web/officers/test_browser.py",
)

gc.set_threshold(50_000, 20, 50)  # thousands of tests are held for the whole session: looking through them often costs


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Whole quarters and browsers first, all else in its order."""

    def rank(item: pytest.Item) -> int:
        return next((n for n, start in enumerate(LONGEST) if item.nodeid.startswith(start)), len(LONGEST))

    items.sort(key=rank)


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """`make proof` collects the files that name its marker: no other may bear it."""
    if item.get_closest_marker("proof") and "mark.proof" not in _text(item.path):
        raise pytest.UsageError(f"{item.path} plays a whole system: let it name the marker itself.")


@cache
def _text(file: Path) -> str:
    return file.read_text()


def pytest_collection_finish() -> None:
    """What was collected stays: it is not looked through again for what could be freed, until all is let go of."""
    gc.freeze()
    atexit.register(gc.unfreeze)  # after pytest has looked: libraries complain of what is left when Python ends


@pytest.fixture(scope="session", autouse=True)
def registers_copied(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Every empty register is a copy of one."""
    with copied_from(tmp_path_factory.mktemp("register") / "empty.db"):
        yield


@pytest.fixture(scope="session")
def prefect_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database of Prefect's, made once for all workers of this run: it takes a quarter of a minute."""
    from flows.installation import server

    root = tmp_path_factory.getbasetemp()
    home = root.parent if "PYTEST_XDIST_WORKER" in os.environ else root
    with (home / "prefect-template.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        template = server.template_in(home)
        if not template.exists():
            server.make_template(template)
    return template


def begin_with(home: Path, template: Path) -> None:
    """Give a home the template that its Prefect server starts on a copy of."""
    from flows.installation import server

    kept = server.template_in(home)
    kept.parent.mkdir(parents=True)
    shutil.copyfile(template, kept)
