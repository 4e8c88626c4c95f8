"""Bytes of a text file to text: which encoding was it?"""

from __future__ import annotations

import codecs

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 4096
_END_OF_FILE = "\x1a"  # DOS programs close a text with it
_ENOUGH_KANA = 10  # percent of what is not ASCII: Japanese has so many, German misread as Shift-JIS has none
ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp932", "cp1252", "cp850")


def decode(data: bytes) -> tuple[str, str]:
    """The text and the name of its encoding; what cannot be read in any becomes U+FFFD."""
    text, name = _decode(data)
    return text.removesuffix(_END_OF_FILE), name


def _decode(data: bytes) -> tuple[str, str]:
    for mark, name in _MARKS:
        if data.startswith(mark):
            return data.decode(name, "replace"), name
    wide = _without_mark(data)
    if wide:
        return data.decode(wide, "replace"), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        pass
    japanese = _as_japanese(data)
    if japanese:
        return japanese, "cp932"
    # 0x81 and four more bytes mean nothing in cp1252; in DOS files 0x81 is ü
    for name in ("cp1252", "cp850"):
        try:
            return data.decode(name), name
        except UnicodeDecodeError:
            continue
    return data.decode("cp1252", "replace"), "cp1252"


def _without_mark(data: bytes) -> str:
    """UTF-16 without a mark: Latin text has a zero in every second byte."""
    sample = data[:_SAMPLE]
    pairs = len(sample) // 2
    if pairs < 4:
        return ""
    if sample[1::2].count(0) > pairs * 0.4 and sample[0::2].count(0) < pairs * 0.1:
        return "utf-16-le"
    if sample[0::2].count(0) > pairs * 0.4 and sample[1::2].count(0) < pairs * 0.1:
        return "utf-16-be"
    return ""


def _as_japanese(data: bytes) -> str:
    try:
        text = data.decode("cp932")
    except UnicodeDecodeError:
        return ""
    foreign = [letter for letter in text if letter > "\x7f"]
    kana = sum("\u3040" <= letter <= "\u30ff" for letter in foreign)
    return text if foreign and kana * 100 >= len(foreign) * _ENOUGH_KANA else ""
