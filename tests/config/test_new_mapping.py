"""Facts about keeping a proposed mapping: whole or not at all, and never over another."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from quarterday.__main__ import app
from quarterday.adapters.config_files import load_exports
from quarterday.adapters.config_files.new_mapping import MappingNotWrittenError, write_mapping
from quarterday.adapters.settings import Settings

CONFIG = Path(__file__).parents[2] / "config"
(THERE,) = (CONFIG / "exports").glob("*.yaml")


@pytest.fixture
def config(tmp_path: Path) -> Path:
    """A copy of the example's configuration."""
    return Path(shutil.copytree(CONFIG, tmp_path / "config"))


def renamed(code: str) -> str:
    """The example's own mapping under another code."""
    return THERE.read_text(encoding="utf-8").replace(f"code: {THERE.stem}", f"code: {code}", 1)


def test_a_mapping_is_written_whole_and_loads(config: Path) -> None:
    """It stands under its code, readable like the rest, and nothing half written is left beside it."""
    place = write_mapping(config, "another", renamed("another"))

    assert config / "exports" / "another.yaml" == place
    assert {THERE.stem, "another"} == set(load_exports(config))
    assert {THERE.name, "another.yaml"} == {each.name for each in place.parent.iterdir()}


def test_what_is_there_is_never_written_over(config: Path) -> None:
    """The mapping that is there stays as it is, also where only a remark is new."""
    with pytest.raises(MappingNotWrittenError, match="never written over: move it away"):
        write_mapping(config, THERE.stem, f"# Put right.\n{renamed(THERE.stem)}")

    assert THERE.read_bytes() == (config / "exports" / THERE.name).read_bytes()


def test_whoever_was_killed_writes_the_same_again(config: Path) -> None:
    """Killed once it stood in place: it stands, and what lay aside goes; moved away, it is not written into."""
    place = write_mapping(config, "another", renamed("another"))
    aside, moved = place.with_name(".another.yaml.partial"), config / "mine.yaml"
    aside.hardlink_to(place)

    assert place == write_mapping(config, "another", renamed("another"))
    assert not aside.exists()
    aside.hardlink_to(place)
    place.rename(moved)
    write_mapping(config, "another", f"# Put right.\n{renamed('another')}")
    assert renamed("another") == moved.read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "code: another\n", renamed(THERE.stem)], ids=["empty", "not whole", "code taken"])
def test_what_check_would_refuse_is_not_written(config: Path, text: str) -> None:
    """Nothing stands there afterwards, and the reason is told."""
    with pytest.raises(MappingNotWrittenError, match="would not be in order"):
        write_mapping(config, "another", text)

    assert [THERE.name] == [each.name for each in (config / "exports").iterdir()]


def test_the_command_says_where(config: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A sample's mapping is kept and its place told, also a second time; another one, or under no code, is not."""
    monkeypatch.setattr("quarterday.commands.map.get_settings", lambda: Settings(config=config))
    sample = tmp_path / "sample.csv"
    months = (f"Bellingham,Arson,{month},{number}\n" for number, month in enumerate(("Apr-25", "May-25", "Jun-25"), 1))
    sample.write_text("Ward,Type,Month,Incidents\n" + "".join(months))

    codes = ("ward-crime", "ward-crime", "Ward 1")
    first, again, odd = (CliRunner().invoke(app, ["map", str(sample), "--write", code]) for code in codes)
    sample.write_text(sample.read_text().replace("Incidents", "Offences"))
    other = CliRunner().invoke(app, ["map", str(sample), "--write", "ward-crime"])

    assert [0, 0, 2, 2] == [each.exit_code for each in (first, again, odd, other)]
    assert f"Written to {config / 'exports' / 'ward-crime.yaml'}" in " ".join(first.output.split())
    assert "ward-crime" in load_exports(config)
    assert "is there already" in other.output
    assert "such as ward-1" in odd.output
