"""A partner's export mapping against the framework that it fills."""

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.names_used import refers
from quarterday.adapters.config_files.reading import Found
from quarterday.adapters.reading.columns import whole_title
from quarterday.domain.framework.exports import Export, ExportedFigures


def check_exports(read: Configuration) -> None:
    """Note every indicator, area and category of a mapping that the framework does not know."""
    for found in read.exports:
        export = found.value
        refers(found, "partner", export.partner, read.codes("partners"), "partner")
        for number, figures in enumerate(export.figures):
            _check_figures(read, found, figures, number)
    exports = {each.value.code: each.value for each in read.exports}
    for partner in read.partners:
        named = exports.get(partner.value.export or "")
        if named and named.partner != partner.value.code:
            partner.problem(
                f"The export “{named.code}” belongs to “{named.partner}”.",
                "Name an export of this partner, or correct the partner in the export's own file.",
                "export",
            )


def _titles_alike(figures: ExportedFigures) -> list[str]:
    """Titles of one mapping that mean the same column once they are compared as a file's titles are."""
    across = figures.category.across if figures.category else {}
    by_title: dict[str, list[str]] = {}
    for title in dict.fromkeys((*figures.columns, *across)):
        by_title.setdefault(whole_title(title), []).append(f"“{title}”")
    return [" and ".join(titles) for titles in by_title.values() if len(titles) > 1]


def _check_figures(read: Configuration, found: Found[Export], figures: ExportedFigures, number: int) -> None:
    place = ("figures", number)
    indicator = next((each.value for each in read.indicators if each.value.code == figures.indicator), None)
    if (
        not refers(found, "indicator", figures.indicator, read.codes("indicators"), *place, "indicator")
        or not indicator
    ):
        return
    if indicator.supplier != found.value.partner:
        found.problem(
            f"“{indicator.code}” is supplied by “{indicator.supplier}”, not by “{found.value.partner}”.",
            "Correct the indicator's supplier, or leave it out of this export.",
            *place,
            "indicator",
        )
    for alike in _titles_alike(figures):
        found.problem(
            f"The titles {alike} cannot be told apart: they differ only in case, spacing or signs.",
            "Write each title as the export does, or ask the supplier to rename a column.",
            *place,
        )
    areas = read.codes("areas")
    for code in (*figures.area.means.values(), *([figures.area.always] if figures.area.always else [])):
        refers(found, "area", code, areas, *place, "area")
    if figures.category is None:
        return
    if figures.category.breakdown not in indicator.breakdowns:
        found.problem(
            f"“{indicator.code}” is not split by “{figures.category.breakdown}”.",
            f"Name one of its breakdowns: {', '.join(indicator.breakdowns) or 'it has none'}.",
            *place,
            "category",
            "breakdown",
        )
        return
    breakdown = next((each.value for each in read.breakdowns if each.value.code == figures.category.breakdown), None)
    known = {each.code for each in breakdown.categories} if breakdown else None
    category = figures.category
    named = (*category.means.values(), *category.across.values(), *category.may_be_absent, category.always)
    for code in filter(None, named):
        refers(found, "category", code, known, *place, "category")
