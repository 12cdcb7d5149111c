"""What tells a series from every other, and a figure from every other. The only definition of both."""

from datetime import date

Series = tuple[str, str, str, str]  # indicator, area code, breakdown, category
Key = tuple[str, str, str, str, date, date]  # a series, and the first and last day that the figure covers


def key_as_text(key: Key) -> str:
    """A figure's key in one line, as a verdict names what its return leaves open."""
    return "|".join(map(str, key))


def indicator_in(text: str) -> str:
    """The indicator of a key that was written in one line."""
    return text.partition("|")[0]
