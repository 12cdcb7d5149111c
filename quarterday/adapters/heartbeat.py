"""A sign of life to somebody outside: what hears nothing for a day tells the officers, whatever has stopped here."""

import logging
from contextlib import suppress
from pathlib import Path
from threading import Thread

import httpx

from quarterday.adapters import clock
from quarterday.adapters.settings import Settings
from quarterday.domain.collection.standing import say_moment

SECONDS = 10.0  # for the whole of it: an answer that comes byte by byte holds no run either
UNANSWERED = "heartbeat-unanswered"
_LOG = logging.getLogger(__name__)


def beat(settings: Settings) -> bool:
    """Call the address that the settings name; whether it answered well, False where none is named.

    Never raises: the day's work is done, and silence is what the other side watches for. Nothing is told but that we
    are alive, and the address is in no log, since it is all that a stranger would need to feign it.
    """
    address = settings.heartbeat_url.get_secret_value()
    if not address:
        return False
    answers: list[str] = []
    call = Thread(target=lambda: answers.append(_answer_of(address)), daemon=True)
    call.start()
    call.join(SECONDS)
    went_wrong = answers[0] if answers else "no whole answer in time"
    with suppress(OSError):  # a home that may not be written is told as that
        _remember(settings, went_wrong)
    if went_wrong:
        _LOG.warning("The heartbeat's address did not answer as it should (%s).", went_wrong)
    return not went_wrong


def why_unanswered(settings: Settings) -> str:
    """When the address that the settings name last did not answer, and how; empty where it did, and where none is."""
    place = _place(settings)
    if not settings.heartbeat_url.get_secret_value() or not place.is_file():
        return ""
    return place.read_text(encoding="utf-8").strip()


def _answer_of(address: str) -> str:
    """What went wrong with a call; empty where nothing did."""
    try:
        answer = httpx.get(address, timeout=SECONDS)  # nor anywhere that it leads on to
    except Exception as problem:
        return type(problem).__name__
    return "" if answer.is_success else f"it answered {answer.status_code}"


def _remember(settings: Settings, went_wrong: str) -> None:
    """Keep the last that went wrong for the doctor, who cannot call: that would itself be a sign of life."""
    if went_wrong:
        _place(settings).write_text(f"{say_moment(clock.now(settings))}: {went_wrong}\n", encoding="utf-8")
    else:
        _place(settings).unlink(missing_ok=True)


def _place(settings: Settings) -> Path:
    return settings.home / UNANSWERED
