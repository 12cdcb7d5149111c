"""A configuration that does not load stops nobody: the last one that did is kept and used."""

import shutil
from pathlib import Path

import pytest

from quarterday.adapters.config_files import ConfigurationProblems, last_loaded, load_or_last

CONFIG = Path(__file__).parents[2] / "config"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the worked example that a test may spoil, beside a home."""
    (tmp_path / "home").mkdir()
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def spoil(folder: Path, what: str = "partners: [") -> None:
    """A slip of the keyboard."""
    (folder / "partners.yaml").write_text(what)


def test_the_last_that_loaded_goes_on(folder, tmp_path):
    """With what is wrong said beside it, and the templates of the same day."""
    whole = load_or_last(folder, tmp_path / "home")
    spoil(folder)
    (folder / "emails" / "request.txt").unlink()
    last = load_or_last(folder, tmp_path / "home")

    assert None is whole.instead_of
    assert whole.framework.partners == last.framework.partners
    assert whole.exports == last.exports
    assert "partners.yaml" in str(last.instead_of)
    assert (CONFIG / "emails" / "request.txt").read_bytes() == (last.folder / "emails" / "request.txt").read_bytes()


def test_without_one_that_loaded_everything_wrong_is_told(folder, tmp_path):
    """As ever."""
    spoil(folder)

    with pytest.raises(ConfigurationProblems, match=r"partners\.yaml"):
        load_or_last(folder, tmp_path / "home")


def test_a_change_that_loads_becomes_the_last(folder, tmp_path):
    """Put right, it is read from its own folder again; spoilt anew, the changed one goes on."""
    home, file = tmp_path / "home", folder / "partnership.yaml"
    load_or_last(folder, home)
    file.write_text(file.read_text().replace("Safer Lewisham Partnership", "Safer Partnership"))
    changed = load_or_last(folder, home)
    spoil(folder)

    assert folder == changed.folder
    assert "Safer Partnership" == load_or_last(folder, home).framework.partnership.name


def test_what_is_kept_does_not_grow_with_the_years(folder, tmp_path):
    """A few earlier ones stay for processes that began with them; what editors leave beside files is no change."""
    home, file = tmp_path / "home", folder / "partnership.yaml"
    words = file.read_text()
    for number in range(6):
        file.write_text(f"# change {number}\n{words}")
        load_or_last(folder, home)
    (folder / ".partners.yaml.swp").write_text("an editor's")
    load_or_last(folder, home)
    kept = [each for each in (home / last_loaded.FOLDER).iterdir() if each.is_dir()]

    assert last_loaded.KEPT == len(kept)


def test_a_home_that_cannot_be_written_stops_nobody(folder, tmp_path):
    """What has loaded is worked with."""
    (tmp_path / "home" / last_loaded.FOLDER).write_text("no folder")

    assert None is load_or_last(folder, tmp_path / "home").instead_of
    assert None is load_or_last(folder, tmp_path / "elsewhere").instead_of
    assert not (tmp_path / "elsewhere").exists()


def test_a_code_changed_by_mistake_does_not_take_the_place_of_the_last(folder, tmp_path):
    """What is on record goes by the code: the configuration of before goes on, and the slip is told as any other."""

    def anothers(code):
        """What a home of the worked example says of a code."""
        return "" if code == "safer-lewisham" else f"This is the home of safer-lewisham, not of {code}. Change it back."

    home, file = tmp_path / "home", folder / "partnership.yaml"
    load_or_last(folder, home, anothers)
    file.write_text(file.read_text().replace("code: safer-lewisham\n", "code: safer-elsewhere\n", 1))
    for _ in range(2):
        last = load_or_last(folder, home, anothers)

    assert "safer-lewisham" == last.framework.partnership.code
    assert (
        "partnership.yaml, line 1: This is the home of safer-lewisham, not of safer-elsewhere. Change it back."
        in str(last.instead_of)
    )
    with pytest.raises(ConfigurationProblems, match="Change it back"):
        load_or_last(folder, tmp_path / "elsewhere", anothers)
