"""`quarterday revoke`: every link of a partner stopped at once, by the ruling of the officers' pages.

For the moment in which a request has gone to the wrong person: it asks for neither the pages nor Prefect to run.
"""

from typing import Annotated

import typer

from quarterday.adapters.installation import open_installation
from quarterday.adapters.settings import get_settings
from quarterday.domain.collection.binding import plan_of
from quarterday.domain.facts import RequestMade
from quarterday.domain.rulings.request_rulings import Ruling, RulingRefusedError, live_links, revoke_links


def run(
    partner: Annotated[str, typer.Argument(help="the partner's code, as in config/partners.yaml")],
    who: Annotated[str, typer.Option(help="who decides: an officer's code, as in config/partnership.yaml")] = "",
    why: Annotated[str, typer.Option(help="the reason, in a few words; it is kept with the decision")] = "",
) -> None:
    """Stop every link that a partner was sent, of every quarter, at once. The next email that is due has a new one."""
    installation = open_installation(get_settings())
    framework, facts, now = installation.framework, installation.facts(), installation.now()
    asked = [each for each in facts.of(RequestMade) if each.partner == partner]
    if not asked and partner not in framework.partner:
        raise typer.BadParameter(f"“{partner}” is no partner. Partners are: {', '.join(sorted(framework.partner))}.")
    open_to_somebody = [each for each in asked if live_links(facts, each, now)]
    if not open_to_somebody:
        typer.echo(f"No link of {partner} works: there is nothing to stop.", err=True)
        raise typer.Exit(1)
    try:
        stopped = [(each, revoke_links(framework, facts, each, Ruling(who, why, now))) for each in open_to_somebody]
    except RulingRefusedError as refused:
        typer.echo(str(refused), err=True)
        raise typer.Exit(1) from None
    installation.register.append(*(link for _, links in stopped for link in links))
    for request, links in stopped:
        typer.echo(
            f"{plan_of(framework, facts, request.collection).label}: {len(links)} link(s) open nothing any more."
        )
    typer.echo(f"`quarterday history {partner}` tells what was opened and sent by them.")
