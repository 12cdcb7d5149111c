"""`config/` as one framework: read whole, checked whole, all problems told at once."""

from pathlib import Path

from quarterday.adapters.bank_holidays import working_days
from quarterday.adapters.config_files.activities import check_activities, note_odd_activities
from quarterday.adapters.config_files.boundaries import read_boundaries
from quarterday.adapters.config_files.comparisons import check_comparisons
from quarterday.adapters.config_files.configuration import Configuration, read_configuration, read_exports
from quarterday.adapters.config_files.contradictions import check_contradictions
from quarterday.adapters.config_files.dhis2 import check_dhis2
from quarterday.adapters.config_files.duplicates import check_duplicates
from quarterday.adapters.config_files.emails import check_emails
from quarterday.adapters.config_files.export_checks import check_exports
from quarterday.adapters.config_files.names_used import check_names_used
from quarterday.adapters.config_files.notices import note_oddities
from quarterday.adapters.config_files.populations import check_populations
from quarterday.adapters.config_files.problems import ConfigurationProblems
from quarterday.adapters.config_files.risks import check_risks, note_odd_risks
from quarterday.adapters.config_files.times import check_times
from quarterday.domain.framework.exports import Export
from quarterday.domain.framework.framework import Framework


def check_configuration(folder: Path) -> Configuration:
    """Everything that is wrong or odd in a folder: see `problems` and `notices`. Nothing is raised for any content."""
    read = read_configuration(folder)
    if not folder.is_dir():
        return read
    read_boundaries(read)
    check_duplicates(read)
    check_names_used(read)
    check_exports(read)
    check_contradictions(read)
    check_activities(read)
    check_risks(read)
    check_populations(read)
    check_comparisons(read)
    check_dhis2(read)
    check_emails(read)
    if read.partnership and read.ladders:
        framework = build_framework(read)
        check_times(read, framework)
        if not read.problems:
            note_oddities(read, framework)
            note_odd_activities(read, framework)
            note_odd_risks(read, framework)
    return read


def load_framework(folder: Path) -> Framework:
    """The framework that a folder describes. Raises `ConfigurationProblems` with all that is wrong."""
    read = check_configuration(folder)
    if read.problems:
        raise ConfigurationProblems(read.problems)
    return build_framework(read)


def load_exports(folder: Path) -> dict[str, Export]:
    """The export mappings of a folder by code. Raises `ConfigurationProblems`."""
    read = Configuration(folder)
    read_exports(read)
    if read.problems:
        raise ConfigurationProblems(read.problems)
    return {each.value.code: each.value for each in read.exports}


def build_framework(read: Configuration) -> Framework:
    """The framework of what fits. Only one without problems may be used for more than its timetable."""
    assert read.partnership and read.ladders
    partnership = read.partnership.value
    return Framework(
        partnership=partnership,
        partners=tuple(each.value for each in read.partners),
        agreements=tuple(each.value for each in read.agreements),
        ladders=read.ladders.value,
        plans=tuple(each.value for each in read.plans),
        priorities=tuple(each.value for each in read.priorities),
        breakdowns=tuple(each.value for each in read.breakdowns),
        indicators=tuple(each.value for each in read.indicators),
        activities=tuple(each.value for each in read.activities),
        risks=tuple(each.value for each in read.risks),
        bids=tuple(each.value for each in read.bids),
        submissions=tuple(each.value for each in read.submissions),
        populations=tuple(each.value for each in read.populations),
        comparisons=tuple(each.value for each in read.comparisons),
        dhis2=tuple(each.value for each in read.dhis2),
        boundaries=tuple(read.boundaries),
        calendar=working_days(partnership.bank_holidays),
    )
