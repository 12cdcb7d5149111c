"""Whether tables of reference figures fit: places that are none of ours, and nothing that gives hidden counts back."""

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.names_used import refers
from quarterday.adapters.config_files.reading import Found
from quarterday.domain.figures.reference_figures import compares
from quarterday.domain.framework.comparisons import Comparison


def check_comparisons(read: Configuration) -> None:
    """Note every comparison with our own places, and every indicator that cannot be held against other places."""
    ours = {each.code for each in read.partnership.value.areas} if read.partnership else set()
    hiding = {each.value.compared_with for each in read.indicators if each.value.disclosure.hides}
    for comparison in read.comparisons:
        _places(comparison, ours, hides=comparison.value.code in hiding)
    for found in read.indicators:
        code = found.value.compared_with
        if code is None or not refers(found, "comparison", code, read.codes("comparisons"), "compared_with"):
            continue
        if not compares(found.value):
            found.problem(
                "A bare count of another place says nothing beside ours.",
                "Give it a “rate”, so that figures for so many people are compared; or take “compared_with” out.",
                "compared_with",
            )


def _places(found: Found[Comparison], ours: set[str], *, hides: bool) -> None:
    told = {each.code for each in found.value.areas}
    for number, area in enumerate(found.value.areas):
        if area.code in ours:
            found.problem(
                f"“{area.name}” is a place of this partnership: its own figures come from its returns, and another "
                "table of them would give hidden counts back.",
                "Take it out: our own figure stands beside the others by itself.",
                "areas",
                number,
            )
        elif hides and ours & set(area.holds) and set(area.holds) - ours <= told:
            found.problem(
                f"“{area.name}” less the other places within it is ours, and an indicator held against it hides "
                "counts.",
                "Leave one of the other places out, or compare other indicators with this table.",
                "areas",
                number,
            )
