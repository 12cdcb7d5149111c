"""The register's tables: one for each kind of fact, one column for each of its fields.

`key` is the primary key: what may be recorded only once is refused by the database and not by care. The tables are
made by the migrations alone; a test holds the two together.
"""

from sqlalchemy import Index

from quarterday.adapters.register import plan_tables
from quarterday.adapters.register.columns import (
    added_choice,
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
from quarterday.adapters.register.declaring_tables import METADATA, TABLES, declare
from quarterday.domain import facts

__all__ = ["METADATA", "TABLES", "plan_tables"]

declare(facts.CollectionOpened, "collection_opened", word("collection"), day("period_start"), day("period_end"))
declare(facts.FrameworkKept, "framework_kept", word("sha256"), word("content"))
declare(
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
declare(
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
declare(
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
declare(
    facts.MessageSettled,
    "message_settled",
    word("message"),
    choice("outcome", facts.Outcome),
    choice("step", facts.Step),
    number("attempt"),
    word("event"),
    word("detail"),
)
declare(
    facts.LinkIssued,
    "link_issued",
    word("request"),
    word("token_hash"),
    word("recipient"),
    word("message"),
    moment("expires"),
)
declare(facts.LinkRevoked, "link_revoked", word("request"), word("token_hash"))
declare(
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
declare(
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
declare(
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
declare(
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
declare(
    facts.ExtensionDecided,
    "extension_decided",
    word("request"),
    yes_no("granted"),
    day_or_none("until"),
    word("reply"),
    added_word("to_partner"),
)
declare(facts.RequestWaived, "request_waived", word("request"), added_word("to_partner"))
declare(facts.WaiverLifted, "waiver_lifted", word("request"), word("to_partner"))
declare(
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
declare(facts.CollectionClosed, "collection_closed", word("collection"))
declare(
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
declare(facts.RegisterRestored, "register_restored", word("taken_at"))
declare(facts.GoingOnConfirmed, "going_on_confirmed")
declare(facts.MessageHeld, "message_held", word("message"), yes_no("held"))
declare(facts.FiguresBackfilled, "figures_backfilled", word("stored_as"), word("sha256"), number("rows"))
declare(
    facts.ReferenceFiguresBroughtIn,
    "reference_figures",
    word("comparison"),
    day("published"),
    word("stored_as"),
    word("sha256"),
    number("rows"),
)
declare(facts.FileKept, "file_kept", word("request"), word("partner_return"))
declare(facts.FileDeleted, "file_deleted", word("stored_as"), word("sha256"), added_choice("cause", facts.DeletedFor))
declare(facts.ReleaseApproved, "release_approved", word("collection"), number("version"), words("returns"))
declare(facts.ReleaseWithdrawn, "release_withdrawn", word("collection"), number("version"), added_word("for_readers"))
declare(facts.WordsRead, "words_read", word("collection"), word("partner_return"), word("indicator"), yes_no("publish"))
declare(facts.FiguresHeld, "figures_held", word("request"), word("indicator"), yes_no("held"), word("for_readers"))
declare(facts.ContactChanged, "contact_changed", word("partner"), word("role"), word("name"), word("email"))
declare(facts.LinkReplaced, "link_replaced", word("request"), word("replacement"))
declare(facts.CollectionsAtRest, "collections_settled", words("collections"), moment("quiet_since"))
declare(facts.SignInAsked, "sign_in_asked", word("officer"), word("asked"), word("code_hash"), moment("expires"))
declare(facts.SignInTried, "sign_in_tried", word("asked"), number("number"))
declare(facts.SignedIn, "signed_in", word("officer"), word("session"), word("let_in_by"), moment("expires"))
declare(facts.SignedOut, "signed_out", word("officer"), word("session"))
declare(facts.FiguresSeen, "figures_seen", word("partner_return"), word("what"))
declare(facts.MessageHastened, "message_hastened", word("message"))
declare(facts.OfficerWrote, "officer_wrote", word("request"), word("letter"), word("to_partner"))
declare(facts.MatterPutOff, "matter_put_off", word("matter"), day("until"))
declare(
    facts.EmailKept,
    "email_kept",
    word("collection"),
    word("request"),
    word("message"),
    number("attempt"),
    word("stored_as"),
    word("sha256"),
)
declare(facts.ReleaseHeld, "release_held", word("collection"), number("version"))
declare(
    facts.PreReleaseGiven,
    "pre_release_given",
    word("collection"),
    number("version"),
    word("reader"),
    word("name"),
    word("post"),
)

declare(
    facts.HeadRecorded,
    "head_recorded",
    number("number"),
    moment("until"),
    number("facts"),
    word("before"),
    word("head"),
    word("broken"),
)
declare(facts.PersonErased, "person_erased", word("table"), word("fact"), yes_no("put_right"), added_word("ask"))

# For reading what a day needs and no more: day_reading.py.
_settled_messages = TABLES[facts.MessageSettled].c
Index("ix_message_settled_message", _settled_messages.message)
Index("ix_message_settled_outcome", _settled_messages.partnership, _settled_messages.outcome)
declare(facts.CodeAsked, "code_asked", word("link"), word("code_hash"), word("source"), moment("expires"))
declare(facts.CodeTried, "code_tried", word("link"), word("source"), number("number"))
declare(facts.CodeUsed, "code_used", word("link"), word("code_hash"))
declare(facts.KeyMade, "key_made", word("partner"), word("key_hash"))
declare(facts.KeyRevoked, "key_revoked", word("partner"), word("key_hash"))
declare(
    facts.UndoOffered,
    "undo_offered",
    word("decision"),
    word("matter"),
    words("decided"),
    words("touches"),
    moment("until"),
)
declare(
    facts.UndoClosed,
    "undo_closed",
    word("offer"),
    word("matter"),
    words("decided"),
    yes_no("taken_back"),
)
