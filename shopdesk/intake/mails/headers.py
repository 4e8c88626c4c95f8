"""Headers of mails as they really come: encoded words cut in the middle, raw bytes, broken addresses and dates."""

from __future__ import annotations

import binascii
import codecs
import datetime as dt
import re
from email.message import Message
from email.utils import getaddresses, parsedate_to_datetime

from shopdesk.domain.mail import Mailbox, one_line

_LONGEST = 20_000  # characters of one header that are looked at
_LONGEST_LINE = 500  # characters of a subject or name that are kept
_WORD = re.compile(r"=\?([A-Za-z0-9_.:+-]+)(?:\*[^?]*)?\?([bBqQ])\?([^?]*)\?=")
_BETWEEN_WORDS = re.compile(r"(\?=)[ \t\r\n]+(?==\?)")
_ADDRESS = re.compile(r"(?<![^\s<\"'(,:;])[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9.-]{1,190}\.[A-Za-z]{2,24}\b")
_ID = re.compile(r"<[^<>\s]{1,500}>")
_NAMES_OF_CHARSETS = re.compile(
    rb"(?:charset\s*=\s*[\"']?|=\?|\*=\s*[\"']?)([A-Za-z0-9_.:+-]{1,40})", re.IGNORECASE
)
# codecs that are no alphabets of mails, or need time that grows with the square
_NOT_FOR_MAIL = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
_FALLBACKS = ("utf-8", "cp1252")
# what a mail inside a mail may be written in, and what the standard library asks for by itself
_USUAL = (
    "ascii", "latin-1", "iso8859-15", "iso8859-2", "iso8859-9", "cp1250", "cp1251", "cp1254", "koi8-r", "utf-16",
    "utf-7", "raw_unicode_escape", "unicode_escape", "gb18030", "big5", "shift_jis", "iso2022_jp", "euc_kr",
)  # fmt: skip


def load_charsets(data: bytes) -> None:
    """Load every alphabet the mails name: later no file can be opened any more."""
    named = {name.decode("ascii") for name in _NAMES_OF_CHARSETS.findall(data)}
    for name in {*named, *_FALLBACKS, *_USUAL}:
        _codec(name)


def _codec(name: str) -> codecs.CodecInfo | None:
    try:
        found = codecs.lookup(name.strip("\"' "))
    except (LookupError, ValueError, OSError):  # OSError: not loaded in time, and no file opens any more
        return None
    is_text = getattr(found, "_is_text_encoding", True)
    return found if is_text and found.name.replace("-", "_") not in _NOT_FOR_MAIL else None


def decoded(data: bytes, charset: str = "") -> str:
    """The text in the named alphabet; where that is unknown or wrong, as UTF-8, else as Windows writes it."""
    found = _codec(charset) if charset else None
    for name in (found.name if found else "", *_FALLBACKS):
        if name and not (name == "ascii" and not data.isascii()):
            try:
                return data.decode(name)
            except (UnicodeError, ValueError):
                continue
    return data.decode("cp1252", "replace")


def values(message: Message, name: str) -> list[str]:
    """All headers of a name as they stand, unfolded; raw bytes are surrogates still."""
    wanted = name.lower()
    return [str(value)[:_LONGEST] for key, value in message.raw_items() if key.lower() == wanted]


def first(message: Message, name: str) -> str:
    """The first header of a name, unfolded, else nothing."""
    found = values(message, name)
    return " ".join(found[0].split()) if found else ""


def text(raw: str) -> str:
    """A header in letters, on one line."""
    plain = _without_surrogates(raw)
    joined = _BETWEEN_WORDS.sub(r"\1", " ".join(plain.split()))
    return one_line(_decode_words(joined))[:_LONGEST_LINE]


def _without_surrogates(raw: str) -> str:
    if raw.isascii():
        return raw
    return decoded(raw.encode("utf-8", "surrogateescape"))


def _decode_words(line: str) -> str:
    """Neighbours of one alphabet are joined before they are read: some programs cut letters in two."""
    parts: list[str] = []
    waiting: tuple[str, bytes] | None = None
    end = 0
    for word in _WORD.finditer(line):
        between = line[end : word.start()]
        charset, piece = word[1].lower(), _bytes_of(word[2].lower(), word[3])
        if waiting and not between and waiting[0] == charset:
            waiting = (charset, waiting[1] + piece)
        else:
            parts.append(decoded(waiting[1], waiting[0]) if waiting else "")
            parts.append(between)
            waiting = (charset, piece)
        end = word.end()
    parts.append(decoded(waiting[1], waiting[0]) if waiting else "")
    return "".join(parts) + line[end:]


def _bytes_of(kind: str, payload: str) -> bytes:
    ascii_bytes = payload.encode("utf-8", "surrogateescape")
    if kind == "q":
        return binascii.a2b_qp(ascii_bytes, header=True)
    try:
        return binascii.a2b_base64(ascii_bytes + b"=" * (-len(ascii_bytes) % 4)) or ascii_bytes
    except binascii.Error:
        return ascii_bytes


def mailboxes(raws: list[str]) -> tuple[Mailbox, ...]:
    """The addresses of headers such as To; what is no address is left out."""
    found: list[Mailbox] = []
    for raw in raws:
        for name, address in getaddresses([_without_surrogates(" ".join(raw.split()))]):
            local, at, domain = address.strip().rpartition("@")
            if at and local and domain and not any(char.isspace() for char in address):
                found.append(Mailbox(one_line(f"{local}@{domain.lower()}")[:254], text(name)))
    if not found:
        found = [Mailbox(address) for raw in raws for address in _ADDRESS.findall(_without_surrogates(raw))]
    return tuple(found[:200])


def message_ids(raw: str) -> tuple[str, ...]:
    """The ids in a header such as References, in their order; those too long to be one are left out."""
    return tuple(dict.fromkeys(_ID.findall(_without_surrogates(raw))))[-100:]


def moment(raw: str) -> dt.datetime | None:
    """The moment of a Date header, aware; None where none can be read."""
    try:
        found = parsedate_to_datetime(raw)
        aware = found if found.tzinfo else found.replace(tzinfo=dt.UTC)
        utc = aware.astimezone(dt.UTC)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return utc if 1980 <= utc.year <= 2100 else None
