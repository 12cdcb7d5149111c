"""A small partnership within the example: a few of its partners, with all that is asked of them and of nobody else."""

import random
from typing import Any

from quarterday.domain.framework.framework import Framework


def with_few(framework: Framework, chance: random.Random, count: int) -> Framework:
    """The framework as it would be if only `count` of its partners, drawn by chance, belonged. Its boards stay."""
    drawn = {each.code for each in chance.sample(framework.partners, count)}
    kept: dict[str, Any] = {
        "partners": tuple(each for each in framework.partners if each.code in drawn),
        "agreements": tuple(each for each in framework.agreements if drawn & set(each.parties)),
        "indicators": tuple(each for each in framework.indicators if each.supplier in drawn),
        "activities": tuple(each for each in framework.activities if each.lead in drawn),
        "risks": tuple(each for each in framework.risks if each.owner in drawn),
        "dhis2": (),
    }
    return Framework(**{name: getattr(framework, name) for name in type(framework).model_fields} | kept)
