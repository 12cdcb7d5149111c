"""Plays one story in a home, from its first day to its last expectation."""

import traceback
from collections.abc import Callable
from datetime import date
from pathlib import Path

from ruamel.yaml import YAML

from flows.performing.process import for_many_runs
from quarterday.adapters.config_files import load_framework
from quarterday.domain.collection.timetable import timetables
from rehearsal.staging.always import always
from rehearsal.staging.book import happens
from rehearsal.staging.house import open_house
from rehearsal.staging.lanes import Told
from rehearsal.staging.quarter import Quarter

Tell = Callable[[date, str], None]


def tell_story(name: str, home: Path, config: Path, tell: Tell, formats: str = "html") -> Told:
    """Play a story in a home that was cleared for it."""
    plans = timetables(load_framework(config))
    plan = plans[1] if len(plans) > 1 else plans[0]
    with open_house(home, config, plan.opens, formats) as house, for_many_runs():
        quarter = Quarter(house, plan, _parts(config), tell)
        try:
            happens(name)(quarter)
            quarter.unmet.extend(dict.fromkeys(each for one in quarter.all() for each in always(one)))
        except Exception:
            quarter.unmet.append(f"the story broke off: {traceback.format_exc(limit=-4)}")
        return Told(
            name, tuple(quarter.unmet), len(quarter.play.letters), sum(len(each.releases()) for each in quarter.all())
        )


def _parts(config: Path) -> dict[str, str]:
    told = YAML(typ="safe").load((config / "rehearsal.yaml").read_text(encoding="utf-8")) or {}
    return dict(told.get("parts", {}))
