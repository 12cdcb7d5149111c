"""Office files that are the same bytes for the same pack: their zip archives bear the time of writing otherwise."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest that a zip archive can name


def without_times(archive: bytes) -> bytes:
    """The archive again, every member dated alike."""
    written = BytesIO()
    with ZipFile(BytesIO(archive)) as before, ZipFile(written, "w", ZIP_DEFLATED) as after:
        for member in before.infolist():
            info = ZipInfo(member.filename, EPOCH)
            info.compress_type = ZIP_DEFLATED
            info.external_attr = 0o600 << 16
            after.writestr(info, before.read(member.filename))
    return written.getvalue()
