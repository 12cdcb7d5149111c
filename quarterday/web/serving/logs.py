"""An access log that never holds a token: what stands after `/r/` or `/sign-in/` is left out before it is written."""

import json
import logging
import re
from datetime import UTC, datetime

from starlette.types import Scope

from quarterday.web.serving.answering import AfterEachAnswer

_TOKEN = re.compile(r"(/r/|/sign-in/|/keys/|/with/)[^/?#\s\"']+")
_log = logging.getLogger("quarterday.web.access")


def without_tokens(text: str) -> str:
    """Text with every token left out."""
    return _TOKEN.sub(r"\1…", text)


class TokenFilter(logging.Filter):
    """Takes tokens out of any record, whoever wrote it."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Always lets the record through, without tokens."""
        message = record.getMessage()
        if _TOKEN.search(message):
            record.msg, record.args = without_tokens(message), ()
        return True


class AccessLog(AfterEachAnswer):
    """One line a request: method, path without its token, answer, milliseconds."""

    def note(self, scope: Scope, status: int, seconds: float) -> None:
        """Write the line."""
        if _log.isEnabledFor(logging.INFO):
            path, took = without_tokens(scope["path"]), round(seconds * 1000)
            fields = {"method": scope["method"], "path": path, "status": status, "milliseconds": took}
            _log.info("%s %r %d %d ms", *fields.values(), extra={"fields": fields})


class JsonLines(logging.Formatter):
    """One JSON object a line, for programs that collect logs."""

    def format(self, record: logging.LogRecord) -> str:
        """Time in UTC, level, logger and message; the fields of a request; the error where there was one."""
        said = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            said["error"] = without_tokens(self.formatException(record.exc_info))
        return json.dumps(said, ensure_ascii=False)


def write_logs(form: str = "text") -> None:
    """Log to standard error, as `text` or `json`, tokens left out at every handler."""
    handler = logging.StreamHandler()
    text = logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s")
    handler.setFormatter(JsonLines() if form == "json" else text)
    handler.addFilter(TokenFilter())
    logging.basicConfig(level=logging.INFO, handlers=[handler], force=True)
    logging.getLogger("httpx").setLevel(logging.WARNING)
