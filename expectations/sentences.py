"""The catalogue: one entry a rule, with everything that is ever said about it.

`says` may quote figures, for the sender's own page; `safe` quotes none, for emails, logs and Prefect. `good` says what
good looks like and is added to both. Fields in braces are filled in by `expectations.findings`.
"""

from dataclasses import dataclass

from quarterday.findings import Severity

CRITICAL, WARNING, INFORMATION = Severity.CRITICAL, Severity.WARNING, Severity.INFORMATION


@dataclass(frozen=True)
class Rule:
    """A rule as people read it. A fatal one stops all others."""

    key: str
    severity: Severity
    title: str
    says: str
    good: str
    safe: str = ""  # where `says` quotes a figure
    fatal: bool = False
    caveat: str = ""  # what may stand beside the figure once it is published

    def sentence(self, **said: object) -> str:
        """The whole sentence, for the sender's own page."""
        return f"{self.says} {self.good}".format(**said).strip()

    def safe_sentence(self, **said: object) -> str:
        """The whole sentence without a figure in it."""
        return f"{self.safe or self.says} {self.good}".format(**said).strip()


_RULES = (
    Rule(
        "wrong-organisation",
        CRITICAL,
        "The return comes from the organisation that was asked",
        "This is a form for {partner}, and we asked {partner_asked}.",
        "Send the form that came with your own request, or download it again from your page.",
        fatal=True,
    ),
    Rule(
        "wrong-collection",
        CRITICAL,
        "The form is the one for this round",
        "This form is for another round.",
        "Download the form for {period_asked} from your page and fill in that one.",
        fatal=True,
    ),
    Rule(
        "nothing-in-it",
        CRITICAL,
        "There is something in it",
        "We found no figures in this file.",
        "Fill in the sheet of figures, or tell us on your page that you have nothing to report or cannot send it.",
        fatal=True,
    ),
    Rule(
        "wrong-period",
        CRITICAL,
        "The figures cover some of the period asked for",
        "The figures cover {period}, and we asked for {period_asked}: no day is in both.",
        "Send the figures for {period_asked}. If these are all there are, send them from the page “These figures cover "
        "another period”.",
        fatal=True,
    ),
    Rule(
        "another-period",
        WARNING,
        "The figures cover the period asked for",
        "The figures cover {period}, and we asked for {period_asked}.",
        "We publish them for the period that they really cover and say so. If you can send {period_asked}, please do.",
        caveat="Covers {period}, where {period_asked} was asked for.",
    ),
    Rule(
        "period-not-over",
        WARNING,
        "The period is over",
        "The figures cover {period}, which is not over yet.",
        "Mark them [p] for provisional, or say in a comment up to which day they count.",
        caveat="Sent before the period was over.",
    ),
    Rule(
        "same-as-last-time",
        WARNING,
        "The figures are new",
        "Every figure is the same as last time.",
        "Are these the figures for {period_asked}? If so, tell us; if not, send the new ones.",
        caveat="The same as the last time; the supplier was asked whether they are new.",
    ),
    Rule(
        "missing",
        CRITICAL,
        "Every figure that was asked for has an answer",
        "{indicator}: nothing is filled in.",
        "Write the figure; 0 where there were none; [x] and the reason where it is not available.",
    ),
    Rule(
        "row-missing",
        CRITICAL,
        "Every row that was asked for is there",
        "{indicator}: {rows_gone}.",
        "Take the form’s rows as they are: 0 where there were none; [x] and the reason where one is not available.",
    ),
    Rule(
        "still-to-come",
        WARNING,
        "Every indicator that was asked for has come",
        "{indicator}: nothing has come yet.",
        "Send it when you have it, or tell us on your page by when, or why it is not available.",
    ),
    Rule(
        "why-not-available",
        WARNING,
        "A figure that is not available has a reason",
        "{indicator}: marked as not available, without a reason.",
        "Say why in the comment, and when it may come: the board will ask.",
    ),
    Rule(
        "marker-and-figure",
        CRITICAL,
        "A figure is not marked as missing",
        "{which}: a figure is given and also marked {marker}, which says that there is none.",
        "Keep one: take out the marker if the figure counts, or the figure if it does not.",
    ),
    Rule(
        "withheld",
        CRITICAL,
        "Nothing is sent that no agreement covers",
        "{indicator}: no information sharing agreement in force covers this, and we did not ask for it.",
        "Take it out and send the rest.",
    ),
    Rule(
        "unknown-indicator",
        CRITICAL,
        "Every row names an indicator of the framework",
        "We do not know which indicator this is.",
        "Use the indicator codes of the form, for example {indicator_example}.",
    ),
    Rule(
        "not-asked",
        WARNING,
        "Only what was asked for is sent",
        "{indicator}: we did not ask you for this, and leave it out.",
        "Nothing to do, unless you meant another row.",
    ),
    Rule(
        "unknown-area",
        CRITICAL,
        "Every row names an area that was asked for",
        "{indicator}: this is not one of the areas that we asked for.",
        "Use the area’s 9-character code, for example {area_example}.",
    ),
    Rule(
        "unknown-category",
        CRITICAL,
        "Every row names a category of its breakdown",
        "{indicator}: this is not one of the categories that we asked for.",
        "Use one of the codes of the form, for example {category_example}.",
    ),
    Rule(
        "total-not-asked",
        INFORMATION,
        "Totals are not asked where the breakdown is",
        "{indicator}: a total is given beside the breakdown. We add up the breakdown ourselves and leave it out.",
        "",
    ),
    Rule(
        "which-period",
        CRITICAL,
        "Every row says for which of the periods asked it counts",
        "{indicator}: we asked for more than one period, and this row names none of them.",
        "Give each row one of the periods of the form: {periods_asked}.",
    ),
    Rule(
        "twice",
        CRITICAL,
        "Every figure is given once",
        "{indicator}: the same figure is given more than once.",
        "Keep the right row and take out the others.",
    ),
    Rule(
        "not-whole",
        CRITICAL,
        "A count is a whole number",
        "{which}: {counted} is not a whole number.",
        "A count of people or events has nothing after the point.",
        safe="{indicator}: this is not a whole number.",
    ),
    Rule(
        "at-least",
        CRITICAL,
        "A figure is not below the least it can be",
        "{which}: {smallest} is below {at_least}, the least that this can be.",
        "Please correct it.",
        safe="{indicator}: this is below the least that it can be.",
    ),
    Rule(
        "at-most",
        CRITICAL,
        "A figure is not above the most it can be",
        "{which}: {value} is above {at_most}, the most that this can be.",
        "Please correct it.",
        safe="{indicator}: this is above the most that it can be.",
    ),
    Rule(
        "out-of",
        CRITICAL,
        "A count out of a known total is not above it",
        "{which}: {value} is more than the {at_most} that there are.",
        "Please correct it.",
        safe="{indicator}: this is more than there are.",
    ),
    Rule(
        "both-parts",
        CRITICAL,
        "A rate or percentage comes as numerator and denominator",
        "{indicator}: numerator and denominator are not both there.",
        "Give both, not the rate alone: we work it out from them, and can then add areas and quarters up rightly.",
    ),
    Rule(
        "numerator-above-denominator",
        CRITICAL,
        "The numerator is no more than the denominator",
        "{which}: the numerator, {numerator}, is more than the denominator, {denominator}.",
        "The numerator counts some of what the denominator counts. Were the two swapped?",
        safe="{indicator}: the numerator is more than the denominator.",
    ),
    Rule(
        "rate-off",
        CRITICAL,
        "A rate is what its numerator and denominator make",
        "{which}: the rate given is not the {value} that its numerator and denominator make.",
        "Correct the one that is wrong, or leave the rate empty: we work it out.",
        safe="{indicator}: the rate given is not what its numerator and denominator make.",
    ),
    Rule(
        "total-off",
        CRITICAL,
        "A breakdown adds up to its total",
        "{indicator}: the total is {total}, and its parts by {breakdown} add up to {sum_of_categories}.",
        "Every case belongs to exactly one part: correct the total or the part that is wrong.",
        safe="{indicator}: the total is not what its parts by {breakdown} add up to.",
    ),
    Rule(
        "more-than-another",
        CRITICAL,
        "A figure is no more than the one it is part of",
        "{which}: {value} is more than “{another}”, {ceiling}, which it is part of.",
        "Correct the one that is wrong.",
        safe="{indicator}: this is more than “{another}”, which it is part of.",
    ),
    Rule(
        "row-of-another-period",
        WARNING,
        "Each row covers the period asked for",
        "{indicator}: this covers {covers}, and we asked for {asked}.",
        "We publish it for the period that it really covers and say so. If you can send {asked}, please do.",
        caveat="Covers {covers}, where {asked} was asked for.",
    ),
    Rule(
        "row-of-no-day-asked",
        CRITICAL,
        "Each row covers some of the period asked for",
        "{indicator}: this covers {covers}, and we asked for {asked}: no day is in both.",
        "Send the figure for {asked}, or for a period that overlaps it if that is all there is.",
    ),
    Rule(
        "change",
        WARNING,
        "A figure is within the control limits of its own history, or comes with a comment",
        "{which}: {value}, where {low} to {high} is usual after your earlier figures. Is it right?",
        "If so, tell us why in the comment; nothing need be corrected.",
        safe="{indicator}: this is outside what is usual after your earlier figures. Is it right?",
        caveat="Outside the control limits of its own history; the supplier was asked why.",
    ),
    Rule(
        "unusual",
        WARNING,
        "A figure is within its usual range, or comes with a comment",
        "{which}: {value}, where {low} to {high} is usual. Is it right?",
        "If so, tell us why in the comment; nothing need be corrected.",
        safe="{indicator}: this is outside the usual range. Is it right?",
        caveat="Outside its usual range; the supplier was asked why.",
    ),
    Rule(
        "change-explained",
        INFORMATION,
        "A change beyond the control limits is explained",
        "{which}: {value}, where {low} to {high} is usual after your earlier figures. Thank you for your comment.",
        "",
        safe="{indicator}: this is outside what is usual after your earlier figures. Thank you for your comment.",
    ),
    Rule(
        "unusual-explained",
        INFORMATION,
        "A figure outside its usual range is explained",
        "{which}: {value}, where {low} to {high} is usual. Thank you for your comment.",
        "",
        safe="{indicator}: this is outside the usual range. Thank you for your comment.",
    ),
    Rule(
        "small-count",
        INFORMATION,
        "Small counts are noted",
        "{indicator}: counts of 1 to {below_threshold}. We hide them before anything is published.",
        "",
        safe="{indicator}: small counts. We hide them before anything is published.",
    ),
    Rule(
        "marked",
        INFORMATION,
        "Markers are noted",
        "{indicator}: marked {marker}. We publish it with that marker.",
        "",
    ),
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
        "personal-name",
        CRITICAL,
        "No names of people",
        "This looks like somebody’s name.",
        "Take it out and say, for example, “one officer”. We keep this file apart and nobody reads it.",
    ),
)

CATALOGUE = {rule.key: rule for rule in _RULES}
