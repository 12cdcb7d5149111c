"""What a number format shows of a number, where that is not the number: `<5` for a 3, 12.0 for 12,000, 12 for -12."""

import re

_SECTIONS = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
_LITERAL = re.compile(r'"([^"]*)"|\\(.)')
_LITERALS = re.compile(r'(?:"[^"]*"|\\.)+')
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=)(-?\d+(?:\.\d+)?)\]")
_IN_BRACKETS = re.compile(r"\[[^\]]*\]")
_SPACING = re.compile(r"[_*].")
_DATE_LETTERS = re.compile(r"[ymdhs]", re.IGNORECASE)
_SCALED = re.compile(r"[0#?],+(?![0#?,])")
_CHANGES_A_NUMBER = re.compile(
    r"[\d?<>≤≥~≈*†‡§¶^ªº‰\u00b9\u00b2\u00b3\u2070-\u209f\u2460-\u24ff\u2776-\u2793]|^\s*[(\[]?[a-z][)\]]?\s*$"
    r"|\b(?:k|m|mn|bn|th|tens|hundreds?|thousands?|millions?|billions?|dozens?|less|fewer|under|below|over|more|above|"
    r"approx\w*|circa|c\.(?=\s*$)|about|est|estimate[sd]?|prov|provisional|rev|revised|suppressed|low|notes?|of|per)(?!\w)",
    re.IGNORECASE,
)
_SIGNS_OF_ITS_OWN = re.compile(r"[<>~^={}‰]")  # what a format shows without quotation marks
_ZERO_SIGNS = {"-", "–", "—"}
_A_NUMBER = re.compile(r"[-−(]?\s*\d[\d.,'’\s]*(?:E[+-]?\d+)?", re.IGNORECASE)


def may_show_otherwise(code: str) -> bool:
    """Whether a number format is worth looking at for each value."""
    return any(sign in code for sign in '"\\;<>~^={}‰') or bool(_SCALED.search(code))


def is_percent(code: str) -> bool:
    """Whether a format shows a share as a percentage: 0.25 as 25%."""
    return "%" in _LITERAL.sub("", code)


def has_percent_literal(code: str, value: float) -> bool:
    """Whether a format puts a percent sign behind the number as it is: 25 as 25%."""
    return any("%" in literal for literal in _literals(_section(code, value)))


def shows_otherwise(code: str, value: float) -> bool:
    """Whether a number format shows something else than the number: words for it, a scale, a sign beside it."""
    section = _section(code, value)
    literals = _literals(section)
    bare = _SPACING.sub("", _IN_BRACKETS.sub("", _LITERAL.sub("", section)))
    if _DATE_LETTERS.search(bare) or "general" in bare.lower() or "@" in bare:
        return changes_a_number(*literals) and not _DATE_LETTERS.search(bare)
    if not re.search(r"[0#?]", bare):  # no digit is shown at all
        return not (value == 0 and ("".join(literals) or bare).strip() in _ZERO_SIGNS)
    if value < 0 and len(_SECTIONS.split(code)) > 1 and not re.search(r"[-−(]", bare + "".join(literals)):
        return True
    return bool(_SCALED.search(bare) or _SIGNS_OF_ITS_OWN.search(bare)) or changes_a_number(*literals)


def changes_a_number(*words: str) -> bool:
    """Whether words beside a number make it another one, or say something of it that is not to be lost."""
    return any(map(_CHANGES_A_NUMBER.search, words))


def _literals(section: str) -> list[str]:
    """The words that a format puts beside the number; letters with a stroke before each are one word."""
    found = _LITERALS.findall(section)
    return ["".join(quoted or escaped for quoted, escaped in _LITERAL.findall(each)) for each in found]


def _section(code: str, value: float) -> str:
    """The section of a number format that a value falls into."""
    sections = _SECTIONS.split(code)
    conditions = [_CONDITION.search(each) for each in sections]
    if any(conditions):
        for section, condition in zip(sections, conditions, strict=True):
            if condition is None or _holds(condition[1], value, float(condition[2])):
                return section
        return sections[-1]
    if value < 0 and len(sections) > 1:
        return sections[1]
    return sections[2] if value == 0 and len(sections) > 2 else sections[0]


def _holds(sign: str, value: float, limit: float) -> bool:
    return {
        "<": value < limit,
        "<=": value <= limit,
        ">": value > limit,
        ">=": value >= limit,
        "=": value == limit,
        "<>": value != limit,
    }[sign]


def number_within(text: str) -> tuple[set[tuple[float, float]], str]:
    """The numbers that a text may show, each with half a unit of its last digit, and the words beside the number.

    A point and a comma may each divide the decimals, as programs write in other countries.
    """
    match = _A_NUMBER.search(text)
    if match is None:
        return set(), text
    digits = re.sub(r"[\s'’]", "", match.group()).replace("−", "-").replace("(", "-")
    readings = set()
    for point in ".,":
        other = "," if point == "." else "."
        written = digits.replace(other, "").rstrip(point).replace(point, ".")
        try:
            decimals = len(written.partition(".")[2]) if "E" not in written.upper() else 0
            readings.add((float(written), 0.5 * 10.0**-decimals))
        except ValueError:
            continue
    return readings, f"{text[: match.start()]} {text[match.end() :]}".strip()
