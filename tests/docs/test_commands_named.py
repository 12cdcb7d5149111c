"""Every command that a page names is understood as it stands there, and every block of commands is run by a test."""

import re
from pathlib import Path

import pytest

from tests.docs.as_written import ROOT, blocks, in_sentences, pages
from tests.docs.understood import commands_in, is_typed, not_understood

PAGES = pages()
_FENCE = re.compile(r"^ *```(\w*)\n(.*?)^ *```$", re.MULTILINE | re.DOTALL)
_INDENTED = re.compile(r"^ {4,}(?:\$ )?(\S.*)$", re.MULTILINE)
NOT_TYPED = {"ini", "json", "python", "r", "text", "yaml"}
RUN_AS_WRITTEN = "".join(each.read_text(encoding="utf-8") for each in Path(__file__).parent.glob("test_pages_*.py"))


@pytest.mark.parametrize("page", PAGES)
def test_what_a_page_names_is_understood(page: str) -> None:
    """In blocks and in sentences alike: no command, option, target, module or file that is none, and none left out."""
    typed = [*blocks(page), *(each for each in in_sentences(page) if is_typed(each))]

    assert [] == [wrong for each in typed for words in commands_in(each) for wrong in not_understood(words)]


@pytest.mark.parametrize("page", PAGES)
def test_commands_stand_in_blocks_that_are_run_or_in_sentences(page: str) -> None:
    """Where nothing would look, in another kind of block or only set in, no command is hidden."""
    text = (ROOT / page).read_text(encoding="utf-8")
    others = [(kind, said) for kind, said in _FENCE.findall(text) if kind != "sh"]
    lines = [line for _, said in others for line in said.splitlines()] + _INDENTED.findall(_FENCE.sub("", text))

    assert {kind for kind, _ in others} <= NOT_TYPED
    assert [] == [each for each in lines if is_typed(each.strip())]


def test_every_page_with_commands_to_follow_is_followed() -> None:
    """A page whose blocks are marked as commands is run as written, in order, by `make proof`."""
    followed = {page for page in PAGES if blocks(page)}

    assert len(followed) > 10
    assert set() == {each for each in followed if f'blocks("{each}")' not in RUN_AS_WRITTEN}


def test_a_command_that_is_not_understood_is_told() -> None:
    """What would mislead a reader is found: a wrong name, option, target or module, or a reason that is left out."""
    said = (
        "quarterday histroy",
        "quarterday plan --at 1 May",
        "quarterday erase somebody",
        "make quarters",
        "make up X=1",
    )
    others = (
        "make quarter ARGS=--stories",
        "python -m simulation.strike",
        "python -m quarterday.web --prot 1",
        "age -x",
    )

    assert [] == [
        each for each in (*said, *others) if not any(list(not_understood(words)) for words in commands_in(each))
    ]
