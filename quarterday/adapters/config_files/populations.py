"""Whether populations and the rates made with them fit: areas that there are, a count to tell, a number for each."""

from collections import Counter

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.names_used import refers
from quarterday.adapters.config_files.reading import Found
from quarterday.domain.framework.indicators import Indicator, Unit
from quarterday.domain.framework.populations import Population


def check_populations(read: Configuration) -> None:
    """Note every population of an area that there is not, and every rate that cannot be worked out."""
    areas = {each.code: each for each in read.partnership.value.areas} if read.partnership else None
    for population in read.populations:
        _years(population)
        for number, estimate in enumerate(population.value.estimates):
            for code in estimate.counts:
                refers(population, "area", code, areas, "estimates", number, "counts", code)
    populations = {each.value.code: each.value for each in read.populations}
    for found in read.indicators:
        rate = found.value.rate
        if rate is None or not _is_count(found):
            continue
        if not refers(found, "population", rate.population, read.codes("populations"), "rate", "population"):
            continue
        if areas is not None and rate.population in populations:
            wanted = {code for code, area in areas.items() if area.level in ("borough", found.value.area)}
            _numbers(found, populations[rate.population], wanted)


def _years(found: Found[Population]) -> None:
    years = Counter(each.year for each in found.value.estimates)
    for year in (each for each, times in years.items() if times > 1):
        found.problem(
            f"“{found.value.code}” has the year {year} {years[year]} times.",
            "Put its areas under one, or correct the year.",
            "estimates",
        )


def _is_count(found: Found[Indicator]) -> bool:
    if found.value.unit is Unit.COUNT:
        return True
    found.problem(
        f"Only a count is told for each so many people; this is a {found.value.unit}.", "Take “rate” out.", "rate"
    )
    return False


def _numbers(found: Found[Indicator], population: Population, wanted: set[str]) -> None:
    """A rate that some areas have and others lack would look like a figure that is missing."""
    lacking = sorted(wanted - {code for each in population.estimates for code in each.counts})
    if lacking:
        found.problem(
            f"The population “{population.code}” has no number for {', '.join(lacking[:3])}"
            f"{f' and {len(lacking) - 3} more areas' if len(lacking) > 3 else ''}.",
            "Add them under its estimates, or take “rate” out.",
            "rate",
        )
