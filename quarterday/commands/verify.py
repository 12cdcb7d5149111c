"""`quarterday verify RELEASE`: whether a release is whole, and where a value of it came from."""

from pathlib import Path
from typing import Annotated

import typer

from quarterday.adapters.config_files import load_framework
from quarterday.adapters.register import existing_register
from quarterday.adapters.register.engine import is_there
from quarterday.adapters.register.heads import last_head, what_does_not_hold
from quarterday.adapters.settings import get_settings
from quarterday.adapters.store import Stores, open_stores
from quarterday.domain.collection.binding import period_of
from quarterday.domain.collection.releases import newest_releases, releases_of, standing_releases
from quarterday.domain.collection.timetable import collection_id
from quarterday.domain.facts import Facts, ReleaseMade
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import parse_quarter, quarter_name
from quarterday.publishing import fetching
from quarterday.publishing.tracing import Wanted, trace
from quarterday.publishing.verify import problems
from quarterday.publishing.verify_on_record import register_problems, withdrawal_told
from quarterday.publishing.yearly.verifying import is_review


def run(
    release: Annotated[
        str,
        typer.Argument(
            help="a quarter, such as 2025-26Q1: its latest release that stands; or the folder of a release or of a "
            "yearly review"
        ),
    ],
    trace_value: Annotated[
        str | None,
        typer.Option("--trace", help="indicator,area,category and perhaps ,2024-25 Q4: tell its return and cell"),
    ] = None,
    alone: Annotated[bool, typer.Option("--alone", help="look at the folder only, not at register and store")] = False,
) -> None:
    """Prove a release or a yearly review whole: hashes, tables. With --trace, follow a value to its return."""
    if not _names_a_quarter(release):
        facts, stores = (None, None) if alone else _at_hand()
        _prove(Path(release), facts, stores, trace_value)
        return
    if alone:
        raise typer.BadParameter("Which release a quarter has is in the register: with --alone, name the folder.")
    settings = get_settings()
    framework = load_framework(settings.config)
    with existing_register(settings, framework.partnership.code) as register:
        facts = register.facts(framework.partnership.code)
    stores = open_stores(settings)
    made = _latest(framework, facts, release)
    typer.echo(f"{quarter_name(parse_quarter(release))}, version {made.version}, of {settings.home.resolve()}:")
    with fetching.at_hand(stores.published, made) as folder:
        _prove(folder, facts, stores, trace_value)


def _names_a_quarter(release: str) -> bool:
    """Whether it is a quarter's name and no folder is called so. What is neither is refused with how to write both."""
    if Path(release).exists():
        return False
    try:
        parse_quarter(release)
    except ValueError:
        typer.echo(f"There is no folder {release}, nor is it a quarter: that is written as 2025-26Q1.", err=True)
        raise typer.Exit(1) from None
    return True


def _latest(framework: Framework, facts: Facts, quarter: str) -> ReleaseMade:
    """The latest release of a quarter that stands; where none does, it ends with what there is."""
    collection = collection_id(framework, parse_quarter(quarter))
    if standing := standing_releases(facts, collection):
        return standing[-1]
    had = "Every release of it was withdrawn." if releases_of(facts, collection) else "None was published."
    others = ", ".join(str(quarter_name(period_of(framework, facts, each))) for each in newest_releases(facts))
    typer.echo(f"No release of {quarter} stands. {had} Releases stand of: {others or 'no quarter yet'}.", err=True)
    raise typer.Exit(1)


def _prove(folder: Path, facts: Facts | None, stores: Stores | None, trace_value: str | None) -> None:
    found = problems(folder)
    found += [] if found or facts is None else register_problems(folder, facts)
    for sentence in found:
        typer.echo(sentence, err=True)
    if found:
        typer.echo(f"\n{folder} is not whole: {len(found)} problem{'s' if len(found) > 1 else ''}.", err=True)
        raise typer.Exit(1)
    tables = "" if is_review(folder) else ", and the tables agree"
    typer.echo(f"{folder} is whole: every file is as its manifest says{tables}.")
    typer.echo(
        "No register was asked: who changed every file and the manifest with them would not be found out here."
        if facts is None
        else "Its manifest is the one that the register names."
    )
    if facts is not None:
        _tell_of_head()
    if facts is not None and (told := withdrawal_told(folder, facts)):
        typer.echo(told)
    if trace_value is None:
        return
    if is_review(folder):
        raise typer.BadParameter("A yearly review is made from releases: trace a value in one of them.")
    try:
        lines = trace(folder, Wanted.parse(trace_value), facts, stores)
    except (ValueError, LookupError) as unknown:
        typer.echo(str(unknown), err=True)
        raise typer.Exit(2) from unknown
    typer.echo("\n".join(lines))


def _tell_of_head() -> None:
    """Whether the register itself still holds to its last head; where it does not, the release is not proved."""
    settings = get_settings()
    code = load_framework(settings.config).partnership.code
    with existing_register(settings) as register, register.snapshot() as connection:
        broken, known = what_does_not_hold(connection, code), last_head(connection, code)
    if broken:
        typer.echo(f"{broken} What the register says of this release proves nothing until that is explained.", err=True)
        raise typer.Exit(1)
    if known:
        typer.echo(f"The register holds to head {known.number}, over {known.facts:,} facts.")


def _at_hand() -> tuple[Facts | None, Stores | None]:
    """The register's facts and the stores of this installation; nothing where it has no register."""
    settings = get_settings()
    if not is_there(settings.register_url):
        return None, None
    code = load_framework(settings.config).partnership.code
    return existing_register(settings).facts(code), open_stores(settings)
