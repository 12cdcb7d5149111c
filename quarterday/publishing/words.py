"""Words as they may be published: about nobody, and read by an officer where they may tell what is hidden."""

from collections.abc import Collection, Iterable

from quarterday.adapters.personal_data import OwnWords, kind_of

LEFT_OUT = "What the supplier wrote is left out, as it may tell of a person."
UNREAD = (
    "What the supplier wrote beside it is left out until an officer has read it: a figure of it is hidden, and words "
    "such as “doubled” may tell it."
)
LEAD_LEFT_OUT = "What its lead wrote is left out, as it may tell of a person."
LEAD_UNREAD = (
    "What its lead wrote is left out until an officer has read it: a figure that it bears on is hidden, and words "
    "such as “doubled” may tell it."
)
WRITER_LEFT_OUT = LEFT_OUT.replace("the supplier", "whoever asked or answered")
WRITER_UNREAD = "What was written is left out until an officer has read it, as a figure that it may tell is hidden."


Read = Collection[tuple[str, str]]  # words that an officer let through, by the names of a reading (`WordsRead`)


def await_reading(words: tuple[str, str], about: Iterable[str], hiding: Collection[str], read: Read) -> bool:
    """Whether words wait for an officer's reading: something is hidden that they may tell, and none let them through.

    `words` are the names that a reading gives them (`WordsRead`), `about` the indicators and returns that they may
    tell of, `hiding` those of which something is hidden, `read` the words that an officer let through. No list of
    telling phrases is asked: "the other family", a number in another language and "t w o" stand in none.
    """
    return words not in read and any(each in hiding for each in about)


def tells_of_a_person(text: str, known: OwnWords) -> bool:
    """Whether words seem to name a person: what was typed into a page has been checked by nobody."""
    return bool(text) and kind_of(text, known) is not None
