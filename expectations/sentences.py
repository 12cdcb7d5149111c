"""The catalogue: one entry a rule. `quarterday rules` prints it, and a test shows that it is whole."""

from expectations.activities import ACTIVITY
from expectations.figure_sentences import ON_FIGURES
from expectations.personal_sentences import PERSONAL
from expectations.risks import RISK
from expectations.rule import CRITICAL, INFORMATION, WARNING, Rule

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
        without_earlier="",  # a guess that is answered with this sentence would be the last figure
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
        "confidential-figure",
        CRITICAL,
        "A figure that may not be shared is not given",
        "{which}: a figure is given and also marked [c], which says that it may not be shared.",
        "Keep one: take out the figure if it may not be shared, or the marker if it may.",
    ),
    Rule(
        "withheld",
        CRITICAL,
        "Nothing is sent that no agreement covers",
        "{indicator}: no information sharing agreement in force covers this, and we did not ask for it.",
        "Take it out and send the rest.",
    ),
    Rule(
        "agreement-over",
        INFORMATION,
        "What comes once its agreement is over is not used",
        "{indicator}: the agreement to share it has ended since we asked, so we do not use it.",
        "There is nothing to put right: the rest counts, and should the agreement be renewed we shall write.",
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
)

CATALOGUE = {rule.key: rule for rule in (*_RULES, *ON_FIGURES, *PERSONAL, *ACTIVITY, *RISK)}
