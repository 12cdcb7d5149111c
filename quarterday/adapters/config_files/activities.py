"""Whether activities lead somewhere and their dates can be: whom they are asked of, what they serve, when they end."""

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.names_used import refers
from quarterday.adapters.config_files.reading import Found
from quarterday.domain.framework.activities import Activity
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import say_date


def check_activities(read: Configuration) -> None:
    """Note every activity that names what there is not, or whose dates contradict one another."""
    partners, priorities, plans = read.codes("partners"), read.codes("priorities"), read.codes("plans")
    indicators = read.codes("indicators")
    for found in read.activities:
        activity = found.value
        refers(found, "partner", activity.lead, partners, "lead")
        refers(found, "priority", activity.priority, priorities, "priority")
        if activity.plan:
            refers(found, "plan", activity.plan, plans, "plan")
        for number, code in enumerate(activity.indicators):
            refers(found, "indicator", code, indicators, "indicators", number)
        _milestones(found)


def _milestones(found: Found[Activity]) -> None:
    activity = found.value
    for number, each in enumerate(activity.milestones):
        if not activity.starts <= each.on <= activity.ends:
            found.problem(
                f"The milestone “{each.title}” is on {say_date(each.on)}, outside the activity’s own time, "
                f"{say_date(activity.starts)} to {say_date(activity.ends)}.",
                "Correct the day, or the activity's “starts” or “ends”.",
                *("milestones", number, "on"),
            )


def note_odd_activities(read: Configuration, framework: Framework) -> None:
    """Note activities that nobody reads of, that move nothing, or whose money ends before they do."""
    for found in read.activities:
        activity = found.value
        if not framework.board_of(activity).meetings:
            read.notice(
                found,
                f"No board that meets reads of “{activity.title}”: the board of its priority has no meetings.",
                "Give that board a meeting, or name another priority.",
                "priority",
            )
        if not activity.indicators:
            read.notice(
                found,
                f"It is not said which indicators “{activity.title}” should move.",
                "Name them under “indicators:”, so that readers see the two side by side.",
            )
        for number, each in enumerate(activity.funding):
            if each.until and each.until < activity.ends:
                read.notice(
                    found,
                    f"The money of {each.source} ends on {say_date(each.until)}, before “{activity.title}” does "
                    f"({say_date(activity.ends)}).",
                    "Add what pays for the rest, or correct one of the days.",
                    *("funding", number, "until"),
                )
