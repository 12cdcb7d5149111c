"""A sign of life to somebody outside: what hears nothing for a day tells the officers, whatever has stopped here."""

import logging

import httpx

from quarterday.adapters.settings import Settings

SECONDS = 10.0
_LOG = logging.getLogger(__name__)


def beat(settings: Settings) -> bool:
    """Call the address that the settings name; whether it answered well, False where none is named.

    Never raises: the day's work is done, and silence is what the other side watches for. Nothing is told but that we
    are alive, and the address is in no log, since it is all that a stranger would need to feign it.
    """
    address = settings.heartbeat_url.get_secret_value()
    if not address:
        return False
    try:
        httpx.get(address, timeout=SECONDS).raise_for_status()  # nor anywhere that it leads on to
    except (httpx.HTTPError, httpx.InvalidURL) as problem:
        _LOG.warning("The heartbeat's address did not answer as it should (%s).", type(problem).__name__)
        return False
    return True
