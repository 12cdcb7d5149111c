"""Numbers of somebody's papers and accounts: bank cards, accounts, passports, driving licences."""

import re

_GAP = r"[\s.\-–]"
# Whole, by fours, or 4-6-5 as American Express writes it (ISO/IEC 7812: prefix, length, Luhn's check digit).
_CARD = re.compile(
    rf"(?<![\w.,/£$€])(?:\d{{4}}(?:{_GAP}{{1,2}}\d{{4}}){{3}}(?:{_GAP}\d{{1,3}})?|\d{{4}}{_GAP}\d{{6}}{_GAP}\d{{5}}|\d{{13,19}})"
    r"(?![\w%]|[.,/]\d)"
)
_ISSUER = re.compile(
    r"^(?:4\d{12}(?:\d{3})?(?:\d{3})?|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}"
    r"|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[68]\d)\d{11}|(?:5018|5020|5038|6304|6759|676\d)\d{8,15})$"
)
_SAYS_CARD = re.compile(
    r"\b(?:cards?|visa|master ?card|maestro|amex|american express|debit|credit|pan|cvv)\b", re.IGNORECASE
)
# ISO 13616: a country, two check digits, the account; whole or by fours.
_IBAN = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:\s?[A-Z0-9]{4}){2,7}(?:\s?[A-Z0-9]{1,3})?(?![A-Za-z0-9])", re.IGNORECASE
)
_IBAN_LENGTHS = {
    "GB": 22, "IE": 22, "FR": 27, "DE": 22, "ES": 24, "IT": 27, "PL": 28, "RO": 24, "PT": 25, "NL": 18, "BE": 16,
    "LT": 20, "BG": 22, "GR": 27, "TR": 26, "HU": 28, "CZ": 24, "SK": 24, "SE": 24, "DK": 18, "NO": 15, "FI": 18,
    "AT": 20, "CH": 21, "LV": 21, "EE": 20, "CY": 28, "MT": 31, "LU": 20, "HR": 21, "SI": 19, "AE": 23, "PK": 24,
    "SA": 24, "AL": 28, "XK": 20, "UA": 29, "MD": 24, "GI": 23, "IL": 23, "QA": 29, "KW": 30, "BH": 22, "JO": 30,
}  # fmt: skip
_ACCOUNT = re.compile(
    r"\bsort ?-?code\b\D{0,12}\d{2}[\s-]?\d{2}[\s-]?\d{2}\b"
    r"|\b(?:account|acct|a/c|bank)\b\W*(?:no|num|number)?\.?\W{0,4}\d{8}\b"
    r"|(?<!\d)\d{2}-\d{2}-\d{2}\s{1,3}\d{8}(?!\d)",
    re.IGNORECASE,
)
_PASSPORT = re.compile(
    r"\bpassport\b(?:\s*(?:numbers?|num|no|reference|ref|#))?\.?\W{0,5}(?:is|was)?\W{0,3}[A-Z]{0,2}\d{7,9}\b"
    r"|\bP[<A-Z](?:GBR|IRL|[A-Z]{3})[A-Z]+<<[A-Z<]+",
    re.IGNORECASE,
)
# DVLA: five letters of the surname, the birth date's digits, initials, three more.
_LICENCE = re.compile(
    r"(?<![A-Za-z0-9])[A-Z]{1,5}9{0,4}(?<=[A-Z9]{5})\d[0156]\d[0-3]\d\d[A-Z9]{2}\d[A-Z]{2}(?:\s?\d{2})?(?![A-Za-z0-9])"
)


def document(text: str, digits: int) -> str | None:
    """The rule that the numbers of papers and accounts in a text break."""
    if digits >= 12 and (rule := _card(text)):
        return rule
    if digits >= 10 and any(is_iban(found) for found in _IBAN.findall(text)):
        return "personal-account"
    if digits >= 6 and _ACCOUNT.search(text):
        return "personal-account"
    if digits >= 6 and (_PASSPORT.search(text) or _LICENCE.search(text)):
        return "personal-document"
    return None


def _card(text: str) -> str | None:
    """A card's number: certain by fours or where the text says so; a long number alone is asked about."""
    found = [each for each in _CARD.findall(text) if is_card(each)]
    if not found:
        return None
    grouped = any(not each.isdecimal() for each in found)
    return "personal-card" if grouped or _SAYS_CARD.search(text) else "perhaps-number"


def is_card(written: str) -> bool:
    """Whether digits are the number of a bank card: an issuer's prefix, its length and Luhn's check digit."""
    digits = re.sub(r"\D", "", written)
    if not _ISSUER.match(digits) or len(set(digits)) < 2:
        return False
    doubled = [int(each) * (1 + place % 2) for place, each in enumerate(reversed(digits))]
    return sum(each - 9 if each > 9 else each for each in doubled) % 10 == 0


def is_iban(written: str) -> bool:
    """Whether a text is the number of an account: its country's length, and a remainder of one by 97."""
    plain = re.sub(r"\s", "", written).upper()
    if _IBAN_LENGTHS.get(plain[:2]) != len(plain):
        return False
    return int("".join(str(int(each, 36)) for each in plain[4:] + plain[:4])) % 97 == 1
