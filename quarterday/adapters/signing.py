"""Signatures of the installation's own: what it gave out in a form, a cookie or an address, it knows again."""

import hashlib
import hmac
import os
import secrets
from pathlib import Path

from quarterday.adapters.settings import Settings

_KEY_FILE = "portal-secret"


class Signer:
    """Signs and recognises. Every process of an installation shares one key."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def sign(self, *parts: str) -> str:
        """The signature of some parts, in their order."""
        said = "\n".join(parts).encode("utf-8", "surrogatepass")
        return hmac.new(self._key, said, hashlib.sha256).hexdigest()

    def knows(self, signature: str, *parts: str) -> bool:
        """Whether the signature is ours, told in a time that gives nothing away."""
        return hmac.compare_digest(self.sign(*parts).encode(), signature.encode("utf-8", "surrogatepass"))


def open_signer(settings: Settings) -> Signer:
    """The signer with the settings' secret, or with one made once and kept in the installation's home."""
    said = settings.secret.get_secret_value()
    return Signer(said.encode() if said else _kept_key(settings.home / _KEY_FILE))


def _kept_key(path: Path) -> bytes:
    path.parent.mkdir(parents=True, exist_ok=True)
    made = path.with_name(f"{path.name}.{secrets.token_hex(8)}")
    if not path.exists():
        with os.fdopen(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(secrets.token_bytes(32))
        try:
            os.link(made, path)  # whoever links first has made the key for all
        except FileExistsError:
            pass
        finally:
            made.unlink()
    return path.read_bytes()
