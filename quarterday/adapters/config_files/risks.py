"""Whether risks, bids and submissions name what there is: a board, an owner, indicators, activities."""

from quarterday.adapters.config_files.configuration import Configuration
from quarterday.adapters.config_files.names_used import refers
from quarterday.domain.framework.framework import Framework


def check_risks(read: Configuration) -> None:
    """Note every risk, bid and submission that names what there is not."""
    partners, boards = read.codes("partners"), read.codes("boards")
    indicators, activities = read.codes("indicators"), read.codes("activities")
    for risk in read.risks:
        refers(risk, "partner", risk.value.owner, partners, "owner")
        refers(risk, "board", risk.value.board, boards, "board")
        for number, code in enumerate(risk.value.indicators):
            refers(risk, "indicator", code, indicators, "indicators", number)
    for bid in read.bids:
        refers(bid, "partner", bid.value.owner, partners, "owner")
        refers(bid, "board", bid.value.board, boards, "board")
        for number, code in enumerate(bid.value.activities):
            refers(bid, "activity", code, activities, "activities", number)

    for submission in read.submissions:
        refers(submission, "board", submission.value.board, boards, "board")


def note_odd_risks(read: Configuration, framework: Framework) -> None:
    """Note risks whose owner is asked for nothing, so that the review comes to it by an email of its own."""
    asked = {each.supplier for each in framework.indicators} | {each.lead for each in framework.activities}
    for risk in read.risks:
        if risk.value.owner not in asked:
            read.notice(
                risk,
                f"{framework.partner[risk.value.owner].name} owns “{risk.value.title}” and gets no request: it "
                "supplies no figure and leads no activity.",
                "It is written to apart, with a page to review on; or name another owner.",
                "owner",
            )
