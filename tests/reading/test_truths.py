"""CSV files as they really arrive, against their hand-cleaned truths."""

from collections import Counter
from pathlib import Path

from benchmarks.read_csv_truth import broken_quoting, judge, judge_broken, ours, plain, pollock, spectrum
from tests.reading.conftest import shared


def _verdicts(name: str) -> tuple[Counter[str], Counter[str]]:
    cases = spectrum(shared(name)) if name == "csv_spectrum" else pollock(shared(name))
    return (
        Counter(judge(ours(path), values) for path, values in cases),
        Counter(judge(plain(path), values) for path, values in cases),
    )


def test_no_value_of_the_governments_files_is_silently_wrong() -> None:
    """Every value of the United Kingdom government's own CSV files is read as it stands, or the file is refused."""
    ours_, theirs = _verdicts("pollock_uk_gov_csv")

    assert 0 == ours_["silently wrong"]
    assert ours_["exact"] >= 2 * theirs["exact"]


def test_no_polluted_file_is_silently_wrong() -> None:
    """Polluted on purpose, a file is read exactly, whole, or not at all: exactly twice as often as by `read_csv`."""
    ours_, theirs = _verdicts("pollock_polluted")

    assert 0 == ours_["silently wrong"]
    assert ours_["exact"] >= 2 * theirs["exact"]


def test_csv_spectrum_is_read_exactly() -> None:
    """The eleven acid tests are all read exactly."""
    ours_, _ = _verdicts("csv_spectrum")

    assert {"exact": 11} == dict(ours_)


def test_no_row_is_lost_where_one_quotation_is_broken(tmp_path: Path) -> None:
    """Something behind a closing mark, a mark that never closes: the file is refused, or every other row stands."""
    cases = broken_quoting(tmp_path)

    assert 0 == Counter(judge_broken(ours(path), others) for path, others in cases[::6])["silently wrong"]
