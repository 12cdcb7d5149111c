"""An officer maps a partner's own export: uploads a sample, sees the figures, puts the mapping right and keeps it."""

import html
import re
from pathlib import Path

import pytest

from quarterday.web.officers import export_page
from tests.web.conftest import Office
from tests.web.officers.conftest import LOU, OfficerAtWork, an_office_of

SAMPLE = b"Month,Count\nApr-25,3\nMay-25,4\nJun-25,5\n"
PAGE = "/officers/partners/fire/export"


def look(who: OfficerAtWork, sample: bytes | None = SAMPLE, **fields: str) -> str:
    """Send the form of the page with a sample, as a browser would; the page that follows, as text."""
    form = re.search(r'name="csrf" value="([^"]+)"', who.open(PAGE).text)
    assert form
    files = {"file": ("fires.csv", sample, "text/csv")} if sample is not None else {}
    given = {"csrf": form[1], "do": "look", **fields}
    who.page = who.client.post(PAGE, data=given, files=files or {"nothing": ("", b"")})
    return html.unescape(who.page.text)


def mapping_on(page: str) -> str:
    """The mapping that stands on a page."""
    found = re.search(r"<textarea[^>]*name=\"mapping\"[^>]*>(.*?)</textarea>", page, re.DOTALL)
    assert found
    return found[1]


def test_a_sample_shows_its_figures_and_what_is_not_clear(jo: OfficerAtWork) -> None:
    """Twelve fires in the quarter, each from its cells, with the mapping that reads them."""
    page = look(jo)

    assert "April to June 2025" in page
    assert "12" in page
    assert "month_column: Month" in mapping_on(page)


def test_a_mapping_that_was_put_right_is_read_with(jo: OfficerAtWork) -> None:
    """In thousands: the figures are a thousand times as large."""
    mapping = mapping_on(look(jo)).replace("    value_column: Count", "    value_column: Count\n    times: 1000")

    assert "12,000" in look(jo, mapping=mapping)


@pytest.mark.parametrize(
    ("mapping", "sentence"),
    [("code: [", "cannot be read as YAML"), ("code: a", "Field required"), ("figures: 3", "figures")],
)
def test_a_mapping_that_is_none_is_told(jo: OfficerAtWork, mapping: str, sentence: str) -> None:
    """What is wrong stands beside it, and nothing of what was typed is lost."""
    page = look(jo, mapping=mapping)

    assert sentence in page
    assert mapping == mapping_on(page).strip()


@pytest.mark.parametrize(("sample", "sentence"), [(None, "Choose"), (b"", "empty"), (b"%PDF-1.4", "PDF")])
def test_a_sample_that_cannot_be_read_is_told(jo: OfficerAtWork, sample: bytes | None, sentence: str) -> None:
    """A sentence beside the file says what to do."""
    assert sentence in look(jo, sample)


def test_who_only_looks_maps_nothing(tmp_path: Path) -> None:
    """The page says who may."""
    lou = OfficerAtWork(an_office_of(tmp_path, officers=(LOU,)), LOU).sign_in()

    assert "may not decide this" in lou.open(PAGE).text


def test_a_partner_that_is_not_there_has_no_page(jo: OfficerAtWork) -> None:
    """Nor has any address that was made up."""
    assert 404 == jo.open("/officers/partners/nobody/export").status_code


def test_what_is_kept_is_kept_whole_or_not_at_all(jo: OfficerAtWork, office: Office) -> None:
    """The configuration on disk knows no such indicator: nothing is written, and why stands beside the mapping."""
    config = office.installation.settings.config / "exports"
    before = {each.name for each in config.iterdir()}
    mapping = mapping_on(look(jo))

    page = look(jo, None, do="keep", mapping=mapping, code="fires")

    assert "would not be in order" in page
    assert before == {each.name for each in config.iterdir()}


def test_a_kept_mapping_is_said_to_be(jo: OfficerAtWork, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where it stands, and what is to be done next."""
    kept: list[tuple[str, str]] = []

    def write(config: Path, code: str, text: str) -> Path:
        kept.append((code, text))
        return config / "exports" / f"{code}.yaml"

    monkeypatch.setattr(export_page, "write_mapping", write)
    mapping = html.unescape(mapping_on(look(jo)))

    assert "Kept as config/exports/fires.yaml" in look(jo, None, do="keep", mapping=mapping, code="fires")
    assert [("fires", mapping.strip())] == [(code, text.strip()) for code, text in kept]


def test_a_mapping_of_another_partner_is_not_kept_here(jo: OfficerAtWork) -> None:
    """The page is one partner's: the mapping must be too, under the code that was typed."""
    mapping = html.unescape(mapping_on(look(jo)))

    assert "code must be other" in look(jo, None, do="keep", mapping=mapping, code="other")


@pytest.mark.parametrize("code", ["", "Fires!", "../x"])
def test_a_mapping_is_kept_under_a_code_alone(jo: OfficerAtWork, code: str) -> None:
    """Small letters, digits and dashes."""
    mapping = mapping_on(look(jo))

    assert "Use small letters" in look(jo, None, do="keep", mapping=mapping, code=code)
