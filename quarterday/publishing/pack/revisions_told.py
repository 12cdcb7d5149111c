"""What later versions changed, as a board is told it: in its pack, and in the email that brings it."""

from collections import defaultdict
from collections.abc import Iterator, Sequence

from quarterday.domain.figures.returns import Marker
from quarterday.domain.framework.framework import Framework
from quarterday.domain.framework.periods import describe, say_date
from quarterday.publishing.pack.cards import Card
from quarterday.publishing.pack.figures_said import say_number
from quarterday.publishing.pack.model import Block, Bullet, Bullets, Paragraph, Section, Table
from quarterday.publishing.tables import RateRevision, ReleaseTables, Revision

REVISIONS_TOLD = 40  # a whole table of wards sent again would fill pages
CHANGES_IN_EMAIL = 12  # as many as are read in an email; the pack holds the rest
_IN_WORDS = {
    f"{Marker.NOT_AVAILABLE}": "not available",
    f"{Marker.CONFIDENTIAL}": "hidden",
    f"{Marker.NOT_APPLICABLE}": "not applicable",
}


def revisions_section(framework: Framework, tables: ReleaseTables, cards: Sequence[Card]) -> Section | None:
    """What later versions changed, and which were taken back; None where neither happened."""
    rows = tuple(
        (
            title,
            _where(framework, each),
            describe(each.period),
            each.was,
            each.now,
            f"Version {say_number(each.version)}: {each.why}",
        )
        for title, each in _shown(tables.revisions, cards)
    )
    blocks = (*_taken_back(tables), *_table(rows), *_rates(tables, cards))
    return Section("revisions", "Revisions", blocks) if blocks else None


def _table(rows: tuple[tuple[str, ...], ...]) -> Iterator[Block]:
    if not rows:
        return
    columns = ("Indicator", "Area and category", "Period", "Was", "Is now", "Why")
    numeric = (False, False, False, True, True)
    yield Table("Figures that changed since they were published", columns, rows[:REVISIONS_TOLD], numeric)
    left = len(rows) - REVISIONS_TOLD
    if left > 0:
        yield Paragraph(f"And {say_number(left)} more: the release’s table of revisions holds them all.")


def _rates(tables: ReleaseTables, cards: Sequence[Card]) -> Iterator[Block]:
    """Rates that another estimate of a population changed, by what is told of why: each reason with its indicators."""
    titles = {card.indicator.code: card.indicator.title for card in cards}
    found: dict[str, list[RateRevision]] = defaultdict(list)
    for each in tables.rate_revisions:
        if each.key[0] in titles:
            found[each.why].append(each)
    if not found:
        return
    lines = (
        f"{why} It changes {say_number(len(changed))} {'rate' if len(changed) == 1 else 'rates'}: "
        f"{'; '.join(dict.fromkeys(titles[each.key[0]] for each in changed))}."
        for why, changed in found.items()
    )
    yield Paragraph("Rates that another estimate changed, while their counts are as they were:", "lead")
    yield Bullets(tuple(Bullet(line) for line in lines))
    yield Paragraph(
        "The release’s table of revised rates (rate_revisions.csv) has each as it was and as it is.", "note"
    )


def _taken_back(tables: ReleaseTables) -> Iterator[Block]:
    """Which versions were withdrawn, with the words for readers."""
    gone = tuple(
        Bullet(
            f"Version {say_number(each.version)} was withdrawn on {say_date(each.withdrawn_on)}."
            + (f" The partnership says: “{each.for_readers}”" if each.for_readers else "")
        )
        for each in tables.versions
        if each.withdrawn_on
    )
    if gone:
        yield Bullets(gone)


def changes_since(
    framework: Framework, tables: ReleaseTables, cards: Sequence[Card]
) -> dict[str, tuple[tuple[str, ...], int]]:
    """By earlier version: the changes of these cards' figures, each a line from what to what, and their number."""
    told = {}
    for version, changed in tables.since:
        shown = list(_shown(changed, cards))
        lines = tuple(_line(framework, title, each) for title, each in shown[:CHANGES_IN_EMAIL])
        told[str(version)] = (lines, len(shown))
    return told


def _shown(revisions: Sequence[Revision], cards: Sequence[Card]) -> Iterator[tuple[str, Revision]]:
    """The revisions of these cards' figures with their titles, totals first."""
    titles = {card.indicator.code: card.indicator.title for card in cards}
    for each in sorted(revisions, key=lambda each: (each.version, bool(each.category))):
        if each.indicator in titles:
            yield titles[each.indicator], each


def _line(framework: Framework, title: str, each: Revision) -> str:
    where = _where(framework, each)
    about = f"{title}{f', {where}' if where else ''} ({describe(each.period)})"
    return f"{about}: {_in_words(each.was)} before, {_in_words(each.now)} now"


def _in_words(published: str) -> str:
    """A figure as published, read out: `12 [p]` is 12, `[c]` is hidden."""
    if published in _IN_WORDS:
        return _IN_WORDS[published]
    return published.removesuffix(f" {Marker.PROVISIONAL}").removesuffix(f" {Marker.REVISED}")


def _where(framework: Framework, each: Revision) -> str:
    areas = {area.code: area.name for area in framework.partnership.areas}
    parts = areas.get(each.area_code, each.area_code), _category(framework, each)
    return ", ".join(part for part in parts if part)


def _category(framework: Framework, revision: Revision) -> str:
    """The words for the category of a figure that changed."""
    breakdowns = (framework.breakdown[code] for code in framework.indicator[revision.indicator].breakdowns)
    titles = {category.code: category.title for breakdown in breakdowns for category in breakdown.categories}
    return titles.get(revision.category, revision.category)
