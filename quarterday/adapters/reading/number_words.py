"""What people and their systems write instead of a number or beside one; `values` reads by these patterns and words."""

import re

from quarterday.domain.framework.periods import MONTH_WORD

LONGEST_NUMBER = 60  # characters, with everything that may stand around it
ERROR = re.compile(
    r"^#(?:[A-Z][A-Z_]*(?:/[A-Z0-9]+)?[!?]?|DIV/0!?|N/A!?|#{2,})$|^#?DIV/0!?$|^Err:\d{3}$|^\[object Object\]$",
    re.IGNORECASE,
)
PLAIN = re.compile(r"^[+-]?(?:\d+\.?\d*|\.\d+)$")
GROUPED = re.compile(r"^[+-]?\d{1,3}([, ])\d{3}(\1\d{3})*(\.\d+)?$")
BROKEN_WITHIN = re.compile(r"\d[^\S\n]*[\n\r\t\v\f\u2028\u2029]\s*\d")  # two numbers, on two lines of one cell
POINT_FOR_THOUSANDS = re.compile(r"^[1-9]\d{0,2}\.\d{3}$")  # twelve to three decimals, or twelve thousand
_SMALL = r"(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten)"
MARKED = re.compile(r"^(?P<number>[^\[\]]*?)\s*(?P<marker>\[[a-z]\])$", re.IGNORECASE)
MARKED_BEFORE = re.compile(r"^(?P<marker>\[[a-z]\])\s*(?P<number>\d[\d,. ]*)$", re.IGNORECASE)
ESTIMATED = re.compile(
    r"^(?:(?:c\.|ca\.?|circa|approx\.?|approximately|about|around|est\.?|estimated|[~≈])\s*(?P<before>[\d,. ]+)"
    r"|(?P<after>[\d,. ]+?)\s*(?:\((?:e|est|est\.|estimate|estimated|approx|approx\.)\)|est\.?|estimated?|approx\.?))$",
    re.IGNORECASE,
)
IN_ROUND_BRACKETS = re.compile(r"^(?P<number>[\d,. ]+?)\s*\((?P<said>[a-z][a-z .]{0,20})\)$", re.IGNORECASE)
STATE_AFTER = re.compile(
    r"^(?P<number>[\d,. ]*\d)\s*[-–—,]?\s*(?P<said>[pre]|prov\.?|provisional|rev\.?|revised)$"
    r"|^(?P<said_before>prov\.?|provisional|rev\.?|revised)\s*[:-]?\s*(?P<number_after>\d[\d,. ]*)$",
    re.IGNORECASE,
)
_NOTE = r"(?:see\s+)?(?:foot)?notes?\b"
FOOTNOTE = re.compile(
    r"^(?:[*†‡§¶^#¤]+\s*[\d,.]+|[\d,. ]*\d\s*(?:[*†‡§¶#¤]+\d?|\^\s*[a-z\d]{1,2}|\[(?:note\s*)?\d{1,2}\]|"
    rf"[({{\[]\s*(?:\d{{1,2}}|[a-z])\s*[)}}\]]|\(\s*{_NOTE}[^)]*\)|\[\s*{_NOTE}[^\]]*\]|[,;:–—-]?\s*{_NOTE}.*|"
    r"[a-z]))$",
    re.IGNORECASE,
)
DECIMAL_COMMA = re.compile(r"^[+-]?(\d+|\d{1,3}(\.\d{3})+),\d{1,2}$")
MULTIPLIED = re.compile(
    r"^[£$€]?\s*[\d,.]+\s*(?:k|m|mn|mln|bn|hundred|thousands?|millions?|billions?|'?000s?|x\s?1,?000|dozen)$",
    re.IGNORECASE,
)
RANGE = re.compile(
    r"^(?:between\s+)?\d{1,6}\s*(?:-|–|—|to|and)\s*\d{1,6}$|^[>≥]\s*=?\s*\d+$|^\d+\s*\+$"
    r"|^(?:over|more than|at least) \d+$"
    rf"|^\d+ (?:or|and) (?:more|over|above)$|^(?:between )?{_SMALL} (?:to|and) {_SMALL}$",
    re.IGNORECASE,
)
BETWEEN = re.compile(r"^between\s+(\d+)\s+and\s+(\d+)$")
LIKE_A_DATE = re.compile(
    rf"^\d{{1,4}}[-/ ]{MONTH_WORD}(?:[-/ ]\d{{2,4}})?$|^{MONTH_WORD}[-/ ]?'?\d{{1,4}}$"
    r"|^\d{1,2}[/.]\d{1,2}[/.]\d{2,4}$|^\d{4}-\d{2}-\d{2}(?:[ T].*)?$",
    re.IGNORECASE,
)
_THINGS = (
    "cases incidents people persons offences crimes fires referrals victims admissions calls attendances children "
    "searches clients records events reports individuals households women men adults visits arrests contacts deaths "
    "responses wards panels meetings sessions orders assaults officers staff patients attendees families in total "
    "case incident person offence crime fire referral victim admission call attendance child search client record"
)
_THING = "|".join(sorted(set(_THINGS.split()) - {"in"}, key=len, reverse=True))
FEWER_THAN = re.compile(
    rf"^(?:<|≤|⩽|≦|‹|&lt;|=<|less than|fewer than|no more than|under|below|up to|at most)\s*=?\s*{_SMALL}"
    rf"(?:\s+(?:{_THING}))?$"
    rf"|^{_SMALL} (?:or|and) (?:fewer|less|under|below)$",
    re.IGNORECASE,
)
COUNTED = re.compile(rf"^(?P<number>\d[^a-z]*?|[\d,. ]*\d)\s+(?:{_THING}|in total)$", re.IGNORECASE)
PER_CENT = re.compile(r"\s*(?:%|per ?cent|pc|pct)$", re.IGNORECASE)
AS_FORMULA = re.compile(r"""^=\s*["'“](?P<inner>[^"'”]*)["'”]$""")
QUOTED = re.compile(r"""^["“”'‘’`]+\s*(?P<inner>[^"“”'‘’`]+?)\s*["“”'‘’`]*$""")
UNSEEN = dict.fromkeys(
    map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
)
NIL = {"nil", "zero", "nought", "nil return", "no incidents", "no cases"}
NOT_AVAILABLE = {
    "n/a", "n.a.", "n.a", "na", "n/k", "n.k.", "nk", "not available", "unavailable", "not known", "unknown", "tbc",
    "tba", "tbd", "to follow", "pending", "awaited", "awaiting", "awaiting data", "no data", "not recorded",
    "not collected", "not provided", "not supplied", "not held", "data not available", "not yet available",
}  # fmt: skip
NO_VALUE = {
    "none", "null", "nan", "<null>", "(null)", "[null]", "nul", "nat", "<nat>", "undefined", "missing", "(blank)",
    "[blank]", "<na>", "<none>", "nil/none", "none recorded", "none reported", "null value", r"\n", "#null", "(none)",
    "(empty)", "empty", "blank",
}  # fmt: skip
CONFIDENTIAL = {
    "suppressed", "(suppressed)", "supp", "supp.", "redacted", "confidential", "withheld", "masked", "disclosive",
    "sdc", "hidden", "too small", "small number", "small numbers", "not disclosed", "secondary suppression",
}  # fmt: skip
UNSURE = {*"-–—~.…*?:/\\#^cknsuwxz", "--", "---", "..", "...", "**", "***", "low"}
