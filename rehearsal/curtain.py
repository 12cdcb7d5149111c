"""The end of the play: who answered when, what was published, and whether every part ended as it should."""

from pathlib import Path

from rich.console import Console
from rich.table import Table

from quarterday.domain.collection.today import CollectionToday
from quarterday.domain.facts import MessageReserved, ReleaseMade
from quarterday.domain.facts.collections import request_id
from quarterday.domain.framework.periods import say_date
from quarterday.domain.telling.completeness import rates
from quarterday.domain.telling.status import StatusLine, status_lines
from rehearsal.cast import disappointment
from rehearsal.play import Play


def show_who_answered(play: Play, console: Console) -> None:
    """The table of partners: when each answered, after how many emails of the ladder, with what verdict."""
    table = Table(title=f"Returns for {play.plan.label}", title_justify="left")
    for column in ("Partner", "Part", "Answered", "Chasers", "Stands at"):
        table.add_column(column, justify="right" if column == "Chasers" else "left")
    for line in _lines(play):
        answered = say_date(line.answered_on) if line.answered_on else "-"
        table.add_row(line.name, play.parts.get(line.partner, "prompt"), answered, str(line.chasers), line.state)
    console.print(table)


def show_rates(play: Play, console: Console) -> None:
    """The five completeness rates of the collection."""
    told = rates(_at_the_end(play))
    console.print(", ".join(f"{name} {count} of {whole}" for name, count, whole in told.told()))


def show_where(play: Play, console: Console) -> None:
    """Where to look: release, packs, outbox, Prefect."""
    published = play.stage.home / "store" / "published"
    for release in play.installation.facts().about(play.plan.collection, ReleaseMade):
        folder = published / release.folder
        console.print(f"Release v{release.version} ({release.kind}): {folder}")
        for pack in sorted((folder / "packs").glob("*.html")):
            console.print(f"  pack {pack}")
    emails = len(play.installation.facts().of(MessageReserved))
    console.print(f"{emails} emails in {play.stage.home / 'outbox'}")
    console.print("To look at the runs in the Prefect UI, and at the partners’ pages: quarterday look (or make look)")


def disappointments(play: Play) -> list[str]:
    """Everything that did not turn out as expected; empty where the rehearsal succeeded."""
    facts = play.installation.facts()
    told = [
        disappointment(
            play.parts.get(line.partner, "prompt"),
            line,
            facts,
            request_id(play.plan.collection, line.partner),
            own_file=line.partner in play.files,
        )
        for line in _lines(play)
    ]
    releases = facts.about(play.plan.collection, ReleaseMade)
    if not releases:
        told.append("No release was made.")
    for release in releases:
        if not (play.stage.home / "store" / "published" / release.folder / "manifest.json").exists():
            told.append(f"Release v{release.version} has no manifest.")
    told += _emails_that_do_not_match(play, play.stage.home / "outbox")
    return [each for each in [*told, *play.refused.values()] if each]


def _emails_that_do_not_match(play: Play, outbox: Path) -> list[str]:
    """Each booked email is in the outbox once, and nothing else is."""
    booked = {each.outbox_id for each in play.installation.facts().of(MessageReserved)}
    written = [file.stem.rpartition("-")[2] for file in outbox.glob("*.eml")]
    if sorted(booked) == sorted(written):
        return []
    return [f"{len(booked)} emails were booked and {len(written)} lie in the outbox."]


def _at_the_end(play: Play) -> CollectionToday:
    return CollectionToday(play.installation.framework, play.installation.facts(), play.plan, play.plan.papers_on)


def _lines(play: Play) -> list[StatusLine]:
    return status_lines(_at_the_end(play))
