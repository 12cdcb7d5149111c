"""The register's tables: one for each kind of fact, one column for each of its fields.

`key` is the primary key: what may be recorded only once is refused by the database and not by care. The tables are
made by the migrations alone; a test holds the two together.
"""

from typing import Any

from sqlalchemy import Column, Index, MetaData, Table, Text

from quarterday.adapters.register.columns import (
    added_number,
    added_word,
    added_words,
    big_number,
    choice,
    dates,
    day,
    day_or_none,
    moment,
    number,
    word,
    word_or_none,
    words,
    words_or_none,
    yes_no,
)
from quarterday.domain import facts
from quarterday.domain.framework.partners import AskKind
from quarterday.domain.framework.risks import BidState, Impact, Likelihood

METADATA = MetaData(naming_convention={"ix": "ix_%(table_name)s_%(column_0_name)s"})
TABLES: dict[type[facts.Fact], Table] = {}
_INDEXED = (("partnership", "at"), ("request",), ("collection", "partnership"), ("outbox_id",))


def _table(kind: type[facts.Fact], name: str, *columns: Column[Any]) -> None:
    """Declare the table of one kind of fact: what every fact has, then its own fields."""
    common = (Column("key", Text, primary_key=True), moment("at"), word("by"), word("reason"), word("partnership"))
    table = Table(name, METADATA, *common, *columns, sqlite_with_rowid=False)
    for columns_of_index in _INDEXED:
        if columns_of_index[0] in table.c:
            Index(None, *(table.c[each] for each in columns_of_index))
    TABLES[kind] = table


_table(facts.CollectionOpened, "collection_opened", word("collection"), day("period_start"), day("period_end"))
_table(facts.FrameworkKept, "framework_kept", word("sha256"), word("content"))
_table(
    facts.CollectionBound,
    "collection_bound",
    word("collection"),
    number("number"),
    word("framework"),
    day("due"),
    day("closes"),
    day("publish_on"),
    dates("request_on"),
    dates("due_on"),
    dates("papers_on"),
    words("adopted"),
    yes_no("called_off"),
    added_words("let_off"),
    added_words("left"),
)
_table(
    facts.RequestMade,
    "request_made",
    word("collection"),
    word("request"),
    word("partner"),
    words("asked"),
    words("withheld"),
    day("due"),
    day("closes"),
    added_words("activities"),
)
_table(
    facts.MessageReserved,
    "message_reserved",
    word("collection"),
    word("request"),
    word("message"),
    word("rung"),
    word("email"),
    word("recipient"),
    word("subject"),
    word("outbox_id"),
    word("tells_of"),
    added_word("reader"),
    day_or_none("diary_day"),
    added_number("diary_number"),
)
_table(
    facts.MessageSettled,
    "message_settled",
    word("message"),
    choice("outcome", facts.Outcome),
    choice("step", facts.Step),
    number("attempt"),
    word("event"),
    word("detail"),
)
_table(
    facts.LinkIssued,
    "link_issued",
    word("request"),
    word("token_hash"),
    word("recipient"),
    word("message"),
    moment("expires"),
)
_table(facts.LinkRevoked, "link_revoked", word("request"), word("token_hash"))
_table(
    facts.UploadKept,
    "upload_kept",
    word("request"),
    word("upload"),
    word("sha256"),
    big_number("size"),
    word("suffix"),
    word("stored_as"),
    word("said_name"),
)
_table(
    facts.ReturnReceived,
    "return_received",
    word("request"),
    word("partner_return"),
    choice("kind", facts.ReturnKind),
    word("upload"),
    word("sha256"),
    word("stored_as"),
    word("suffix"),
    day_or_none("rest_by"),
    day_or_none("period_start"),
    day_or_none("period_end"),
    word("explanations"),
)
_table(
    facts.ReplyReceived,
    "reply_received",
    word("request"),
    word("reply"),
    choice("kind", facts.ReplyKind),
    day_or_none("until"),
    word("reference"),
    word("colleague_name"),
    word("colleague_email"),
    words("indicators"),
)
_table(
    facts.VerdictGiven,
    "verdict_given",
    word("request"),
    word("partner_return"),
    choice("verdict", facts.Verdict),
    number("critical"),
    number("warnings"),
    number("notes"),
    word("findings_stored_as"),
    word("rows_stored_as"),
    words("answered"),
    words("left_open"),
    word("overrides"),
    added_word("to_partner"),
)
_table(
    facts.ExtensionDecided,
    "extension_decided",
    word("request"),
    yes_no("granted"),
    day_or_none("until"),
    word("reply"),
    added_word("to_partner"),
)
_table(facts.RequestWaived, "request_waived", word("request"), added_word("to_partner"))
_table(facts.WaiverLifted, "waiver_lifted", word("request"), word("to_partner"))
_table(
    facts.GapRecorded,
    "gap_recorded",
    word("collection"),
    word("request"),
    word("partner"),
    word("indicator"),
    word("owner"),
    day_or_none("expected"),
    word_or_none("for_readers"),
)
_table(facts.CollectionClosed, "collection_closed", word("collection"))
_table(
    facts.ReleaseMade,
    "release_made",
    word("collection"),
    number("version"),
    choice("kind", facts.ReleaseKind),
    word("folder"),
    word("manifest_sha256"),
    words("returns"),
    words_or_none("changed"),
)
_table(facts.RegisterRestored, "register_restored", word("taken_at"))
_table(facts.GoingOnConfirmed, "going_on_confirmed")
_table(facts.MessageHeld, "message_held", word("message"), yes_no("held"))
_table(facts.FiguresBackfilled, "figures_backfilled", word("stored_as"), word("sha256"), number("rows"))
_table(facts.FileDeleted, "file_deleted", word("stored_as"), word("sha256"))
_table(facts.ReleaseApproved, "release_approved", word("collection"), number("version"), words("returns"))
_table(facts.ReleaseWithdrawn, "release_withdrawn", word("collection"), number("version"), added_word("for_readers"))
_table(facts.WordsRead, "words_read", word("collection"), word("partner_return"), word("indicator"), yes_no("publish"))
_table(facts.FiguresHeld, "figures_held", word("request"), word("indicator"), yes_no("held"), word("for_readers"))
_table(facts.ContactChanged, "contact_changed", word("partner"), word("role"), word("name"), word("email"))
_table(facts.LinkReplaced, "link_replaced", word("request"), word("replacement"))
_table(facts.CollectionsAtRest, "collections_settled", words("collections"), moment("quiet_since"))
_table(facts.SignInAsked, "sign_in_asked", word("officer"), word("asked"), word("code_hash"), moment("expires"))
_table(facts.SignInTried, "sign_in_tried", word("asked"), number("number"))
_table(facts.SignedIn, "signed_in", word("officer"), word("session"), word("let_in_by"), moment("expires"))
_table(facts.SignedOut, "signed_out", word("officer"), word("session"))
_table(facts.FiguresSeen, "figures_seen", word("partner_return"), word("what"))
_table(
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
_table(
    facts.ActivityGap,
    "activity_gap",
    word("collection"),
    word("request"),
    word("partner"),
    word("activity"),
    day_or_none("expected"),
)
_table(
    facts.ActivityRuled,
    "activity_ruled",
    word("collection"),
    word("activity"),
    choice("rag", facts.Rag),
    word("for_readers"),
)
_table(
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
_table(
    facts.BidTold,
    "bid_told",
    word("partner"),
    word("bid"),
    choice("state", BidState),
    number("amount"),
    day_or_none("ends"),
    word("for_readers"),
)
_table(
    facts.SubmissionSent,
    "submission_sent",
    word("submission"),
    day("owed_on"),
    day("sent_on"),
    word("release"),
    word("receipt"),
)
_table(facts.MessageHastened, "message_hastened", word("message"))
_table(facts.OfficerWrote, "officer_wrote", word("request"), word("letter"), word("to_partner"))
_table(facts.MatterPutOff, "matter_put_off", word("matter"), day("until"))
_table(
    facts.IndicatorNoted,
    "indicator_noted",
    word("collection"),
    word("indicator"),
    choice("kind", facts.WordsOn),
    word("words"),
    word("signed"),
)
_table(facts.LimitsSet, "limits_set", word("indicator"), day("from_day"), word("for_readers"), yes_no("holds"))
_table(
    facts.EmailKept,
    "email_kept",
    word("collection"),
    word("request"),
    word("message"),
    number("attempt"),
    word("stored_as"),
    word("sha256"),
)
_table(
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
_table(
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
_table(facts.AnswerTold, "answer_told", word("ask"), word("answer"), word("told_in"))
_table(
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
_table(facts.ActionTold, "action_told", word("action"), choice("state", facts.ActionState), word("said"))
_table(facts.BoardSaid, "board_said", word("board"), day("meeting"), word("words"))
_table(facts.ReleaseHeld, "release_held", word("collection"), number("version"))

_table(
    facts.HeadRecorded,
    "head_recorded",
    number("number"),
    moment("until"),
    number("facts"),
    word("before"),
    word("head"),
    word("broken"),
)
_table(facts.PersonErased, "person_erased", word("table"), word("fact"), yes_no("put_right"))

# For reading what a day needs and no more: day_reading.py.
_settled_messages = TABLES[facts.MessageSettled].c
Index("ix_message_settled_message", _settled_messages.message)
Index("ix_message_settled_outcome", _settled_messages.partnership, _settled_messages.outcome)
_table(facts.CodeAsked, "code_asked", word("link"), word("code_hash"), word("source"), moment("expires"))
_table(facts.CodeTried, "code_tried", word("link"), word("source"), number("number"))
_table(facts.CodeUsed, "code_used", word("link"), word("code_hash"))
_table(facts.KeyMade, "key_made", word("partner"), word("key_hash"))
_table(facts.KeyRevoked, "key_revoked", word("partner"), word("key_hash"))
