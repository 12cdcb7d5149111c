"""From bytes to text, where there is one way to read them: a wrong guess would turn £ and names into nonsense."""

import re

from quarterday.adapters.parsing.refusals import Refused

_MARKS = (
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\x00\x00\xfe\xff", "utf-32"),
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ufffd]")
_C1 = re.compile("[\x80-\x9f]")
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")
_USUAL_HERE = set("£€§©®°±²³·¹º»¼½¾«´µ¶×÷‘’“”‚„–—…•™\xa0\xad¬ÀÁÂÄÇÈÉÊËÌÍÎÏÑÒÓÔÖÙÚÛÜàáâäæçèéêëìíîïñòóôöøùúûüÿßåÅŠšŽžŒœ")
_SIGN_IN_A_WORD = re.compile(r"[A-Za-z][£§²³¹º»¼½¾«µ¶×÷±©®¬„][A-Za-z]")
_NOTE_WINDOWS = "The text is in the Windows encoding (1252)."
_NOTE_MENDED = "Some quotation marks or dashes had been stored wrongly and were put right."


def decode(data: bytes) -> tuple[str, tuple[str, ...]]:
    """The text of a file and what should be known of its encoding.

    UTF-8, UTF-16 and UTF-32 with their marks; UTF-16 without; else Windows-1252 where every character is one that
    people here type. Raises `Refused` for anything else, and for characters that no text holds.
    """
    text, notes = _decoded(data)
    text = text.removesuffix("\x1a")  # how DOS ended its files
    if _NO_TEXT.search(text):
        raise Refused("binary-text")
    if _C1.search(text):
        mended = _C1.sub(_as_windows, text)
        if _C1.search(mended):
            raise Refused("encoding")
        return mended, (*notes, _NOTE_MENDED)
    return text, notes


def _decoded(data: bytes) -> tuple[str, tuple[str, ...]]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data, encoding), ()
    if b"\x00" in data[:4096]:
        return _strictly(data, _utf16_without_mark(data[:4096])), ()
    try:
        return data.decode("utf-8"), ()
    except UnicodeDecodeError:
        return _as_windows_text(data), (_NOTE_WINDOWS,)


def _strictly(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        raise Refused("encoding") from None


def _utf16_without_mark(sample: bytes) -> str:
    """Text in Latin letters has a zero in every other byte, in one of the two places only."""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > 0.7 * half and even == 0:
        return "utf-16-le"
    if even > 0.7 * half and odd == 0:
        return "utf-16-be"
    raise Refused("binary-text")


def _as_windows_text(data: bytes) -> str:
    if _SEVERAL_BYTES.search(data):  # part of it is UTF-8, part of it is not
        raise Refused("encoding")
    text = _strictly(data, "cp1252")
    strange = {character for character in text if not character.isascii()} - _USUAL_HERE
    if strange or _SIGN_IN_A_WORD.search(text):
        raise Refused("encoding")
    return text


def _as_windows(character: re.Match[str]) -> str:
    return character[0].encode("latin-1").decode("cp1252", "ignore") or character[0]
