"""`quarterday erase PERSON`: a person's name and address out of the register, or put right, by an officer's ruling."""

from collections import Counter
from datetime import timedelta
from typing import Annotated

import typer

from quarterday.adapters import clock
from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.register.erasing import erase
from quarterday.adapters.settings import get_settings
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.persons import Instead, mentioning, rule_on_person
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError


def run(
    person: Annotated[str, typer.Argument(help="the name or the address, whole, as it is on record")],
    who: Annotated[str, typer.Option(help="the officer who decides, by code")],
    why: Annotated[str, typer.Option(help="the reason; it is kept with the ruling, so name nobody in it")],
    name: Annotated[str, typer.Option(help="put right: the name as it should be")] = "",
    address: Annotated[str, typer.Option(help="put right: the address as it should be")] = "",
) -> None:
    """Take a person's name and address out of every fact that names them; with --name and --address, put them right.

    Among words that people wrote, reasons too, the name alone goes. The facts stay with all else that they say, in
    their order, and the ruling is on record.
    """
    settings = get_settings()
    framework, now = load_framework(settings.config), clock.now(settings)
    ruling, instead = Ruling(who, why, now), Instead(name.strip(), address.strip()) if name or address else None
    with existing_register(settings, framework.partnership.code) as register, register.turn():
        facts = register.facts(framework.partnership.code)
        try:
            rulings = rule_on_person(framework, facts, ruling, person, instead)
        except RulingRefusedError as refused:
            typer.echo(str(refused), err=True)
            raise typer.Exit(1) from None
        mentioned = len(mentioning(facts, person))
        erase(register, rulings, person, instead)
    counted = Counter(each.table for each in rulings)
    typer.echo(
        f"{'Put right in' if instead else 'Taken out of'} {len(rulings)} fact(s) "
        f"({', '.join(f'{table}: {number}' for table, number in sorted(counted.items()))}). The ruling is on record."
    )
    if mentioned:
        typer.echo(f"{mentioned} other record(s) mention them where nobody writes freely. Those are not changed.")
    last = now.date() + timedelta(days=settings.backups_kept)
    copies = f" and of their copies in {settings.backups_copy}" if settings.backups_copy else ""
    typer.echo(
        f"Backups of before still hold it; the last of ours{copies} goes by {say_date(last)}. Others are yours to "
        "delete. If config/ names them, write somebody else there; emails as sent and files as they came go by their "
        "own date."
    )
