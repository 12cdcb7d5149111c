"""What is said about personal data: which kind it looks like, never what it says."""

from expectations.rule import CRITICAL, WARNING, Rule

PERSONAL = (
    Rule(
        "personal-nhs-number",
        CRITICAL,
        "No NHS numbers",
        "This looks like an NHS number.",
        "Send counts only: take out whatever is about one person. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-ni-number",
        CRITICAL,
        "No National Insurance numbers",
        "This looks like a National Insurance number.",
        "Send counts only: take out whatever is about one person. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-postcode",
        CRITICAL,
        "No postcodes",
        "This looks like a full postcode.",
        "Use ward codes: a full postcode can point to one home. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-date-of-birth",
        CRITICAL,
        "No dates of birth",
        "This looks like a date of birth.",
        "Send counts only: take out whatever is about one person. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-email",
        CRITICAL,
        "No email addresses",
        "This looks like somebody’s email address.",
        "Take it out; write to us by replying to our email. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-phone",
        CRITICAL,
        "No phone numbers",
        "This looks like a phone number.",
        "Take it out; write to us by replying to our email. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-card",
        CRITICAL,
        "No numbers of bank cards",
        "This looks like the number of a bank card.",
        "Take it out: it belongs to nobody's counts. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-account",
        CRITICAL,
        "No numbers of bank accounts",
        "This looks like the number of a bank account.",
        "Take it out: it belongs to nobody's counts. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-document",
        CRITICAL,
        "No numbers of passports or driving licences",
        "This looks like the number of a passport or a driving licence.",
        "Send counts only: take out whatever is about one person. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "personal-name",
        CRITICAL,
        "No names of people",
        "This looks like somebody’s name.",
        "Take it out and say, for example, “one officer”. We keep this file apart and nobody reads it.",
    ),
    Rule(
        "perhaps-name",
        WARNING,
        "What may be a name is asked about",
        "This may be somebody’s name. Does it point to a person whom the figures are about?",
        "If it does, take it out and say, for example, “one officer”; if not, nothing need be done.",
    ),
    Rule(
        "perhaps-number",
        WARNING,
        "What may be a person’s number is asked about",
        "This number may be somebody’s, such as an NHS number. Does it point to a person?",
        "If it does, take it out; if it is a count or a reference, nothing need be done.",
    ),
)
