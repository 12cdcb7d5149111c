"""Tables of what stands beside the figures: activities, risks, bids, submissions, words on indicators, boards' asks."""

from quarterday.adapters.register.columns import choice, day, day_or_none, number, word, words, yes_no
from quarterday.adapters.register.declaring_tables import declare
from quarterday.domain import facts
from quarterday.domain.framework.partners import AskKind
from quarterday.domain.framework.risks import BidState, Impact, Likelihood

declare(
    facts.ActivityTold,
    "activity_told",
    word("collection"),
    word("request"),
    word("partner"),
    word("told"),
    word("activity"),
    choice("state", facts.ActivityState),
    word("done"),
    word("next_milestone"),
    day_or_none("next_on"),
    word("in_the_way"),
    word("asks"),
    word("asks_board"),
    word("partner_return"),
)
declare(
    facts.ActivityGap,
    "activity_gap",
    word("collection"),
    word("request"),
    word("partner"),
    word("activity"),
    day_or_none("expected"),
)
declare(
    facts.ActivityRuled,
    "activity_ruled",
    word("collection"),
    word("activity"),
    choice("rag", facts.Rag),
    word("for_readers"),
)
declare(
    facts.RiskReviewed,
    "risk_reviewed",
    word("partner"),
    word("reviewed"),
    word("risk"),
    choice("likelihood", Likelihood),
    choice("impact", Impact),
    choice("trend", facts.Trend),
    word("mitigation"),
    day("next_review"),
    yes_no("by_an_officer"),
)
declare(
    facts.BidTold,
    "bid_told",
    word("partner"),
    word("bid"),
    choice("state", BidState),
    number("amount"),
    day_or_none("ends"),
    word("for_readers"),
)
declare(
    facts.SubmissionSent,
    "submission_sent",
    word("submission"),
    day("owed_on"),
    day("sent_on"),
    word("release"),
    word("receipt"),
)
declare(
    facts.YearlyReviewMade,
    "yearly_review_made",
    word("submission"),
    day("owed_on"),
    day("year_start"),
    number("version"),
    word("folder"),
    word("manifest_sha256"),
    words("releases"),
)
declare(
    facts.IndicatorNoted,
    "indicator_noted",
    word("collection"),
    word("indicator"),
    choice("kind", facts.WordsOn),
    word("words"),
    word("signed"),
)
declare(facts.LimitsSet, "limits_set", word("indicator"), day("from_day"), word("for_readers"), yes_no("holds"))
declare(
    facts.AskRaised,
    "ask_raised",
    word("ask"),
    word("asker"),
    word("board"),
    choice("kind", AskKind),
    word("what"),
    day_or_none("by_when"),
    word("consequence"),
    word("options"),
)
declare(
    facts.AskAnswered,
    "ask_answered",
    word("ask"),
    word("board"),
    choice("answer", facts.BoardAnswer),
    day("meeting"),
    word("for_readers"),
    word("passed_to"),
    day_or_none("until"),
)
declare(facts.AskWithdrawn, "ask_withdrawn", word("ask"), word("for_readers"))
declare(facts.AnswerTold, "answer_told", word("ask"), word("answer"), word("told_in"))
declare(
    facts.ActionSet,
    "action_set",
    word("action"),
    word("board"),
    day("meeting"),
    word("ask"),
    word("what"),
    word("owner"),
    day("due"),
)
declare(facts.ActionTold, "action_told", word("action"), choice("state", facts.ActionState), word("said"))
declare(facts.MeetingRecorded, "meeting_recorded", word("board"), day("meeting"))
declare(facts.BoardSaid, "board_said", word("board"), day("meeting"), word("words"))
