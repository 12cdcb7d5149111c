"""The outbox: each email a `.eml` file, written whole or not at all, and never twice."""

import os
from datetime import UTC
from pathlib import Path

from quarterday.adapters.disk import sync_folder, write_durably
from quarterday.adapters.mail.message import Email, to_mime
from quarterday.adapters.mail.one_by_one import OneByOne
from quarterday.adapters.mail.sent import Sent
from quarterday.domain.facts import Outcome


class Outbox(OneByOne):
    """A folder of `.eml` files whose names begin with the time and end with the outbox id, so that they sort."""

    repeatable = True

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def send(self, email: Email) -> Sent:
        """Write the file. One that stands there already is left as it is: its link is the one that was mailed.

        Raises `OSError` where the folder cannot be written, which leaves the message booked and to be tried again.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        path = self.folder / _file_name(email)
        if path.exists():
            return Sent(Outcome.SENT, "it stood in the outbox already", already=True)
        unfinished = self.folder / f".{path.name}.{os.getpid()}-{os.urandom(4).hex()}"
        try:
            write_durably(unfinished, to_mime(email).as_bytes())
            try:
                # A hard link, unlike a rename, fails where the name is taken: of two writers one wins.
                os.link(unfinished, path)
            except FileExistsError:
                return Sent(Outcome.SENT, "it stood in the outbox already", already=True)
            sync_folder(self.folder)
        finally:
            unfinished.unlink(missing_ok=True)
        return Sent(Outcome.SENT, path.name)

    def outcome_of(self, outbox_id: str) -> Outcome | None:
        """Sent where its file stands there; None where not, and then it certainly did not go."""
        return Outcome.SENT if any(self.folder.glob(f"*-{outbox_id}.eml")) else None


def _file_name(email: Email) -> str:
    return f"{email.booked_at.astimezone(UTC):%Y%m%dT%H%M%SZ}-{email.template}-{email.outbox_id}.eml"
