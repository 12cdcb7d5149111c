"""`quarterday revoke`, as typed when a request has gone to the wrong person: the officers' pages' own ruling."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quarterday.__main__ import app
from quarterday.adapters.links import issue_link
from quarterday.adapters.register import open_register
from quarterday.adapters.settings import Settings, get_settings
from quarterday.domain.collection.links import LiveLinks
from quarterday.domain.facts import CollectionOpened, LinkRevoked, RequestMade

CONFIG = Path(__file__).parents[2] / "config"
NOW = datetime(2025, 7, 2, 9, tzinfo=UTC)
DECIDED = ("--who", "coordinator", "--why", "It went to a former colleague.")


@pytest.fixture
def revoke(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Result]]:
    """The command, in a home in which housing was asked, twice by email."""
    clock = tmp_path / "clock"
    clock.write_text(NOW.isoformat())
    for name, value in {"CONFIG": CONFIG, "HOME": tmp_path, "CLOCK_FILE": clock}.items():
        monkeypatch.setenv(f"QUARTERDAY_{name}", str(value))
    get_settings.cache_clear()
    who = {"at": NOW, "by": "quarterday", "partnership": "safer-lewisham", "collection": "safer-lewisham.2025-26-q1"}
    made = RequestMade(
        request="safer-lewisham.2025-26-q1.housing",
        partner="housing",
        asked=("evictions",),
        withheld=(),
        due=date(2025, 7, 18),
        closes=date(2025, 7, 31),
        **who,
    )
    with open_register(Settings(home=tmp_path)) as register:
        register.append(CollectionOpened(period_start=date(2025, 4, 1), period_end=date(2025, 6, 30), **who), made)
        register.append(*(issue_link(made, "housing/contact", each, NOW)[1] for each in ("request", "reminder")))
    yield lambda *words: CliRunner().invoke(app, ["revoke", *words])
    get_settings.cache_clear()


def test_every_link_stops_at_once_on_record(revoke: Callable[..., Result], tmp_path: Path) -> None:
    """Who and why are kept with each; a second call says that there is nothing left to stop."""
    said = revoke("housing", *DECIDED)
    with open_register(Settings(home=tmp_path)) as register:
        facts = register.facts("safer-lewisham")
    again = revoke("housing", *DECIDED)

    assert 0 == said.exit_code, said.output
    assert "2025-26 Q1: 2 link(s) open nothing any more" in said.output
    assert {("coordinator", "It went to a former colleague.")} == {
        (each.by, each.reason) for each in facts.of(LinkRevoked)
    }
    assert () == tuple(LiveLinks(facts).at(NOW))
    assert (1, True) == (again.exit_code, "nothing to stop" in again.output)


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (("housing",), "officer"),
        (("housing", "--who", "coordinator"), "reason"),
        (("housing", "--who", "nobody", "--why", "It went astray."), "nobody"),
        (("houses", *DECIDED), "is no partner"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(
    revoke: Callable[..., Result], words: tuple[str, ...], sentence: str
) -> None:
    """Who decides and why are asked for, as everywhere; a partner that is none is told with those there are."""
    refused = revoke(*words)

    assert refused.exit_code in (1, 2)
    assert sentence in refused.output.lower()
    assert "Traceback" not in refused.output
