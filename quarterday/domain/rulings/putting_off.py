"""An officer's word on a matter that no decision of ours settles: it is known, and to be told of again on a day."""

from datetime import date

from quarterday.domain.collection.ending import ending_agreements
from quarterday.domain.collection.standing import london_day
from quarterday.domain.facts import MatterPutOff
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.partners import Duty
from quarterday.domain.framework.periods import say_day
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError


def put_off_agreement(framework: Framework, agreement: str, ruling: Ruling, *, until: date) -> MatterPutOff:
    """Be reminded on a day that an agreement ends: while it is still in force, since nothing is asked without one."""
    fields, today = ruling.fields(framework, Duty.PERSONAL_DATA), london_day(ruling.at)
    ending = {each.code: each for each, _ in ending_agreements(framework, today)}
    if agreement not in ending:
        raise RulingRefusedError(f"“{agreement}” is no agreement that ends soon.")
    if until <= today:
        raise RulingRefusedError(f"{say_day(until)} is not in the future. Give a later day.")
    if until > ending[agreement].ends:
        raise RulingRefusedError(f"It ends on {say_day(ending[agreement].ends)}. Give that day or an earlier one.")
    return MatterPutOff(matter=agreement, until=until, **fields)
