"""What of a pack is printed: its body. The annexes are read on its web page, and every link leads to what is there."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import takewhile

from quarterday.publishing.pack.activities import ANNEX as ANNEX_OF_ACTIVITIES
from quarterday.publishing.pack.model import Block, Bullets, Glances, Link, Pack, Paragraph, Scorecard, Section

ANCHOR = "not-printed"


def on_paper(pack: Pack) -> Pack:
    """The pack without its annexes; a part in their place says where they are."""
    body = list(takewhile(lambda section: section.kind != "annex", pack.sections))
    if len(body) == len(pack.sections):
        return pack
    anchors = {section.anchor for section in body} | {ANCHOR}
    printed = [replace(section, blocks=tuple(_blocks(section, anchors))) for section in body]
    return replace(pack, sections=(*printed, _not_printed(pack)))


def _not_printed(pack: Pack) -> Section:
    activities = any(section.anchor == ANNEX_OF_ACTIVITIES for section in pack.sections)
    each = "the figures behind the charts, each activity" if activities else "the figures behind the charts"
    said = (
        f"All other cards, {each} and every caveat are in the web page of this "
        f"pack, {pack.board}.html, which stands where this document came from. The workbook of the release, "
        "figures.xlsx, holds every figure."
    )
    return Section(ANCHOR, "What is not printed here", (Paragraph(said),))


def _blocks(section: Section, anchors: set[str]) -> Iterator[Block]:
    """The blocks, with their links to what is printed alone."""
    for block in section.blocks:
        match block:
            case Link():
                if block.anchor in anchors:
                    yield block
            case Bullets():
                yield Bullets(tuple(replace(each, anchor=_there(each.anchor, anchors)) for each in block.items))
            case Glances():
                yield replace(
                    block, rows=tuple(replace(each, anchor=_there(each.anchor, anchors)) for each in block.rows)
                )
            case Scorecard():
                yield _scorecard(block, anchors)
            case _:
                yield block


def _scorecard(block: Scorecard, anchors: set[str]) -> Scorecard:
    groups = (
        (title, tuple(replace(line, anchor=_there(line.anchor, anchors)) for line in lines))
        for title, lines in block.groups
    )
    return replace(block, groups=tuple(groups))


def _there(anchor: str, anchors: set[str]) -> str:
    return anchor if anchor in anchors else ""
