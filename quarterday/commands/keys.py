"""`quarterday keys`: keys of partners' scripts, made and revoked by the rulings of the officers' pages."""

from typing import Annotated

import typer

from quarterday.adapters.installation import Installation, open_installation
from quarterday.adapters.links import hash_token, new_token
from quarterday.adapters.settings import get_settings
from quarterday.domain.collection.standing import london_day
from quarterday.domain.framework.periods import say_date
from quarterday.domain.rulings.key_rulings import live_keys, make_key, revoke_keys
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError
from quarterday.web.door.keys import key_of


def run(
    partner: Annotated[str, typer.Argument(help="the partner's code; none: every partner's keys are listed")] = "",
    make: Annotated[bool, typer.Option(help="make a key, and print it this once")] = False,
    revoke: Annotated[bool, typer.Option(help="stop every key of the partner")] = False,
    who: Annotated[str, typer.Option(help="who decides: an officer's code, as in config/partnership.yaml")] = "",
    why: Annotated[str, typer.Option(help="the reason, in a few words; it is kept with the decision")] = "",
) -> None:
    """List the keys that work, or make or revoke a partner's. The register keeps who, when and why, and no key."""
    if make and revoke:
        raise typer.BadParameter(
            "Say --make or --revoke. A new key in an old one's place: --revoke first, then --make."
        )
    if (make or revoke) and not partner:
        raise typer.BadParameter("Name the partner by its code, as in config/partners.yaml.")
    installation = open_installation(get_settings())
    try:
        with installation.register.turn():
            said = _decided(installation, partner, Ruling(who, why, installation.now()), make=make, revoke=revoke)
        for line in said:
            typer.echo(line)
    except RulingRefusedError as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None


def _decided(installation: Installation, partner: str, ruling: Ruling, *, make: bool, revoke: bool) -> list[str]:
    """What is to be printed. Raises `RulingRefusedError`."""
    framework, facts = installation.framework, installation.facts()
    if make:
        key = key_of(new_token())
        fact = make_key(framework, facts, ruling, partner=partner, key_hash=hash_token(key))
        installation.register.append(fact)
        return [key, "Copy it now: it is kept nowhere. Pass it on by a way that you both trust."]
    if revoke:
        revoked = revoke_keys(framework, facts, ruling, partner=partner)
        installation.register.append(*revoked)
        return [f"{len(revoked)} of {framework.partner[partner].name}: revoked."]
    return _listed(installation, partner) or ["No key works."]


def _listed(installation: Installation, partner: str) -> list[str]:
    framework, facts = installation.framework, installation.facts()
    return [
        f"{each.code}: since {say_date(london_day(key.at))}, made by {key.by}: {key.reason}"
        for each in framework.partners
        if partner in ("", each.code)
        for key in live_keys(facts, each.code)
    ]
