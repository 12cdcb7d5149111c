"""Numbers and addresses that point to one person, in the ways that people write them, near misses included."""

import re

from quarterday.adapters.personal_data.documents import document
from quarterday.domain.framework import addresses

_GAP = r"[\s.\-–—·•_/|]"
_TEN_DIGITS = re.compile(
    rf"(?:(?<![\w,£$€])|(?<=nhs)|(?<=NHS)|(?<=No))(?<!\d[.,/-])"
    rf"(?:\(\d{{3}}\){_GAP}{{0,3}}\d{{3}}{_GAP}{{0,3}}\d{{4}}|\d{{3}},\d{{3}},\d{{4}}|\d(?:{_GAP}{{0,3}}\d){{9}})"
    r"(?![\w%]|[.,/-]\d)"
)
# How people group ten digits, unless they say that it is an NHS number; two by two are ages, years or dates.
_GROUPS = {(10,), (3, 3, 4), (5, 5), (3, 7), (7, 3), (6, 4), (4, 6), (4, 3, 3), (3, 4, 3), (1,) * 10}
_SAYS_NHS = re.compile(r"nhs", re.IGNORECASE)
_DECIMAL = re.compile(r"^\d+\.\d+$")
_NI = re.compile(
    rf"(?<![A-Za-z0-9])(?!BG|GB|NK|KN|TN|NT|ZZ)(?:QQ|[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]){_GAP}{{0,2}}\d{{2}}{_GAP}{{0,2}}"
    rf"\d{{2}}{_GAP}{{0,2}}\d{{2}}{_GAP}{{0,2}}[A-D](?![A-Za-z0-9])",
    re.IGNORECASE,
)
# The areas of the United Kingdom's postcodes (Royal Mail), so that “Table B1 2nd” or a reference is none.
_POSTCODE_AREAS = (
    "AB AL B BA BB BD BH BL BN BR BS BT CA CB CF CH CM CO CR CT CV CW DA DD DE DG DH DL DN DT DY E EC EH EN EX FK FY "
    "G GL GU GY HA HD HG HP HR HS HU HX IG IM IP IV JE KA KT KW KY L LA LD LE LL LN LS LU M ME MK ML N NE NG NN NP NR "
    "NW OL OX PA PE PH PL PO PR RG RH RM S SA SE SG SK SL SM SN SO SP SR SS ST SW SY TA TD TF TN TQ TR TS TW UB W WA "
    "WC WD WF WN WR WS WV YO ZE"
).split()
_POSTCODE = re.compile(
    rf"(?<![A-Za-z0-9])(?:{'|'.join(sorted(_POSTCODE_AREAS, key=len, reverse=True))})"
    r"\d[A-Z\d]?[\s.\-–/_]{0,3}\d(?!st\b|nd\b|rd\b|th\b)[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])",
    re.IGNORECASE,
)
# With a gap within its first half, as `SE 13 6LG` or `S.E.13 6LG`; in capitals alone, since words stand so too.
_POSTCODE_APART = re.compile(
    rf"(?<![A-Za-z0-9])(?:{'|'.join(rf'{a[0]}[. ]{{0,2}}{a[1]}[. ]{{1,2}}' for a in _POSTCODE_AREAS if len(a) == 2)})"
    r"\d{1,2}[A-Z]?[\s.\-–/_]{0,3}\d[ABD-HJLNP-UW-Z]{2}(?![A-Za-z0-9])"
)
_A_ROOM = re.compile(r"\b(?:room|table|form|grid|seat|unit|section|block|bay|box|item|row)\s+$", re.IGNORECASE)
_PHONE = re.compile(
    r"(?:(?<![\w.,/£-])|(?<=mob)|(?<=tel)|(?<=Tel)|(?<=Mob))(?<!\d )"
    r"(?:(?:\+|00)\s?44[\s.(\-)]*0?[\s.)]*|[(\[]?0)\s?[1-9](?:[\s.()\[\]\-–/_]{0,2}\d){8,9}(?![\w/]|[-.]\d)"
)
# A mobile without its first nought, as Excel leaves it, or with the country's number alone.
_MOBILE = re.compile(
    r"(?<![\w.,/£$€-])(?<!\d )(?:44[\s.-]?7[1-9](?:[\s.-]?\d){8}|7[1-9]\d{2}[\s.-](?:\d{6}|\d{3}[\s.-]\d{3}))"
    r"(?![\w/%]|[-.,]\d)"
)
_MAY_BE_A_MOBILE = re.compile(r"^7[1-9]\d{8}$")
_SWITCHBOARD = re.compile(
    r"\b(?:switchboard|reception|help ?line|help ?desk|contact centre|call centre|main (?:number|line)|front desk|"
    r"freephone|free ?phone|duty (?:desk|line|team)|hotline|crimestoppers|customer services?|enquir(?:y|ies))\b",
    re.IGNORECASE,
)
# An organisation's own line. A mobile beside such a word is asked about: it may be one colleague's.
_ORGANISATION = re.compile(
    r"\b(?:teams?|units?|offices?|departments?|dept|control room|stations?|hospitals?|surgery|clinic|centre|council|"
    r"ring us|call us|contact us|our (?:number|line)|out of hours|ext(?:ension)?\.?\s?\d{2,5})\b",
    re.IGNORECASE,
)
_OF_A_PERSON = re.compile(
    r"\b(?:her|his|their|home|mobile|mother|mum|father|dad|son|daughter|victims?|patients?|clients?|suspects?|"
    r"witness(?:es)?|tenants?|residents?)\b",
    re.IGNORECASE,
)
_OPEN_NUMBERS = re.compile(r"^(?:800|808|300|303|330|333|345|370|343|844|845|870|871|116)")
_EMAIL = re.compile(r"[A-Za-z0-9._%+'-]+(?:@|\s?[\[(]at[\])]\s?|%40)" + addresses.DOMAIN)
_AT = re.compile(r"\s*@\s*|(?<=\w)\s?[\[({]\s?at\s?[\])}]\s?", re.IGNORECASE)
_DOT = re.compile(r"\s?[\[({]\s?dot\s?[\])}]\s?", re.IGNORECASE)
_SPELT_OUT = re.compile(r"\b([a-z0-9._-]+) at ((?:[a-z0-9-]+ dot )+[a-z]{2,})\b", re.IGNORECASE)
_TEAM_WORDS = (
    "info admin enquiries enquiry team teams office support contact contacts help helpdesk helpline data performance "
    "analyst analysts analysis intelligence insight statistics stats returns return foi dpo press media news csp cst "
    "community safety partnership partnerships board boards safeguarding mash marac idva duty desk service services "
    "public health noreply no-reply donotreply do-not-reply postmaster webmaster hello mail mailbox inbox general "
    "reception bookings booking referrals referral complaints feedback police fire council housing research business "
    "unit hub group secretariat committee committees democratic licensing asb vawg crime reports reporting report "
    "officer officers manager information governance ig sar sars subject access records requests request shared "
    "systems system automation alerts notifications reply dataset datasets evidence violence vru mopac coordinator"
)
_TEAM = frozenset(_TEAM_WORDS.split())
_DATE = (
    r"(?:\d{1,2}[./\\ -]\d{1,2}[./\\ -](?:\d{4}|\d{2})|\d{4}[-/.]\d{2}[-/.]\d{2}|\d{1,2}[ -][A-Za-z]{3}[ -]\d{2,4}"
    r"|\d{1,2}(?:st|nd|rd|th)?[\s-]+(?:of\s+)?[A-Za-z]{3,9},?[\s-]+\d{4}|[A-Za-z]{3,9}\s+\d{1,2}(?:st|nd|rd|th)?,?\s+\d{4})"
)
A_DATE = re.compile(rf"\s*{_DATE}(?: 00:00:00)?\s*")
_BIRTH = re.compile(r"born|birth|d[./\s]{0,2}o[./\s]{0,2}b|\bb\.", re.IGNORECASE)
_BORN = re.compile(
    rf"(?:\b(?:d[./\s]{{0,2}}o[./\s]{{0,2}}b\b\.?|date[ -]of[ -]birth|birth ?date|birthday|born|b\.)\W{{0,3}}"
    rf"(?:is|was|on|in|:)?\W{{0,2}}(?:the\s+)?(?:{_DATE})"
    r"|\bborn (?:in )?[A-Za-z]{3,9} (?:19|20)\d{2}\b"
    r"|\b(?:date[ -]of[ -]birth|birth ?date|d\.?o\.?b\.?)\W{0,3}\d{6}(?:\d{2})?\b"
    rf"|{_DATE}\W{{0,3}}\(?(?:d\.?o\.?b\.?|date of birth)\b)",
    re.IGNORECASE,
)


_SAYS_TOTAL = re.compile(r"^\W*(?:grand |sub)?(?:total|sum|count|number of (?!.*\bnhs\b))", re.IGNORECASE)


def is_nhs_number(digits: str) -> bool:
    """Whether ten digits carry the NHS number's check digit (NHS Data Dictionary: modulus 11)."""
    if len(digits) != 10 or digits[0] == "0" or len(set(digits)) == 1:
        return False
    check = 11 - sum(int(digit) * (10 - place) for place, digit in enumerate(digits[:9])) % 11
    return check != 10 and check % 11 == int(digits[9])


def numbered(text: str, digits: int) -> str | None:
    """The rule that the numbers in a text break."""
    if digits >= 10 and any(_is_nhs(written, text) for written in _TEN_DIGITS.findall(text)):
        return "perhaps-number" if _SAYS_TOTAL.search(text) else "personal-nhs-number"
    if digits >= 6 and _NI.search(text):
        return "personal-ni-number"
    if found := document(text, digits):
        return found
    if digits >= 9 and (found := _phone(text)):
        return found
    if _BIRTH.search(text) and _BORN.search(text):
        return "personal-date-of-birth"
    if _has_postcode(text):
        return "personal-postcode"
    return "perhaps-number" if _MAY_BE_A_MOBILE.match(text.strip()) else None


def _has_postcode(text: str) -> bool:
    """Whether a text holds a postcode, and not the name of a room or of a table."""
    if _POSTCODE_APART.search(text):
        return True
    return any(not _A_ROOM.search(text[: found.start()]) for found in _POSTCODE.finditer(text))


def _is_nhs(written: str, text: str) -> bool:
    if _DECIMAL.match(written) or not is_nhs_number(re.sub(r"\D", "", written)):
        return False
    return tuple(map(len, re.findall(r"\d+", written))) in _GROUPS or bool(_SAYS_NHS.search(text))


def _phone(text: str) -> str | None:
    """The rule that a number breaks which is somebody's: not one that anybody may ring."""
    if _SWITCHBOARD.search(text):
        return None
    numbers = [re.sub(r"\D", "", found) for found in (*_PHONE.findall(text), *_MOBILE.findall(text))]
    numbers = [each.removeprefix("00").removeprefix("44").lstrip("0") for each in numbers]
    numbers = [each for each in numbers if not _OPEN_NUMBERS.match(each)]
    if not numbers:
        return None
    if _ORGANISATION.search(text) and not _OF_A_PERSON.search(text):
        return "perhaps-number" if any(each.startswith("7") for each in numbers) else None
    return "personal-phone"


def has_email(text: str, known: set[str]) -> bool:
    """Whether a text holds somebody's address: neither our own people's nor a team's mailbox."""
    text = _SPELT_OUT.sub(lambda said: f"{said[1]}@{said[2].replace(' dot ', '.')}", text.replace("mailto:", " "))
    text = _DOT.sub(".", _AT.sub("@", text))
    return any(not _is_open(found, known) for found in _EMAIL.findall(text))


def _is_open(address: str, known: set[str]) -> bool:
    plain = re.sub(r"\s?[\[(]at[\])]\s?|%40", "@", address.lower())
    local = plain.partition("@")[0]
    if local in _TEAM:
        return True
    parts = [part for part in re.split(r"[._+\-\d]+", local) if part]
    return plain in known or (bool(parts) and all(part in _TEAM or _is_joined(part) for part in parts))


def _is_joined(word: str) -> bool:
    """Whether a word is two of a team's put together, as `communitysafety`, or one of them with an ending."""
    return any(word.startswith(first) and word.removeprefix(first) in _TEAM for first in _TEAM)
