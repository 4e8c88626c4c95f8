"""Text out of the RTF that Outlook keeps: unpacked (MS-OXRTFCP), then its words or the HTML inside (MS-OXRTFEX)."""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field

_DICTIONARY = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript \\fdecor "
    b"MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
_WINDOW = 4096
LARGEST = 4 << 20
"""In bytes; the rest of a longer text is left out."""
_TOKEN = re.compile(
    rb"\\([a-zA-Z]{1,32})(-?\d{1,10})?[ ]?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|([^\\{}\r\n]+)|[\r\n]"
)
_LEFT_OUT = frozenset(
    b"fonttbl colortbl stylesheet info pict object header footer themedata listtable generator".split()
)
_SIGNS = {
    b"par": "\n", b"line": "\n", b"tab": "\t", b"lquote": "‘", b"rquote": "’", b"ldblquote": "“", b"rdblquote": "”",
    b"bullet": "•", b"endash": "–", b"emdash": "—", b"cell": "\t", b"row": "\n",
}  # fmt: skip
_DEEPEST = 200


def unpacked(data: bytes) -> bytes:
    """RTF as it was before it was packed. Raises ValueError for what is none."""
    if len(data) < 16:
        raise ValueError("too short")
    _size, raw_size, kind = struct.unpack_from("<II4s", data)
    if kind == b"MELA":
        return data[16 : 16 + raw_size]
    if kind != b"LZFu":
        raise ValueError("no packed RTF")
    return _unpacked(data[16:], min(raw_size, LARGEST))


def _unpacked(data: bytes, wanted: int) -> bytes:
    window = bytearray(_DICTIONARY.ljust(_WINDOW, b"\0"))
    place, at, found = len(_DICTIONARY), 0, bytearray()

    def put(value: int) -> None:
        nonlocal place
        found.append(value)
        window[place] = value
        place = (place + 1) % _WINDOW

    while at < len(data) and len(found) < wanted:
        control = data[at]
        at += 1
        for bit in range(8):
            if not control >> bit & 1:
                if at >= len(data):
                    return bytes(found)
                put(data[at])
                at += 1
                continue
            if at + 1 >= len(data):
                return bytes(found)
            token = data[at] << 8 | data[at + 1]
            at += 2
            begin = token >> 4
            if begin == place:  # the end is said so
                return bytes(found)
            for step in range((token & 15) + 2):
                put(window[(begin + step) % _WINDOW])
    return bytes(found)


@dataclass
class _Group:
    """What holds inside a pair of braces."""

    left_out: bool = False
    is_html: bool = False  # an htmltag: what stands here is HTML as it was
    is_rtf_only: bool = False  # what stands here has no place in the HTML
    skip_after_unicode: int = 1


@dataclass
class _State:
    """Where one is while reading."""

    charset: str
    from_html: bool = False
    groups: list[_Group] = field(default_factory=lambda: [_Group()])
    starred: bool = False
    to_skip: int = 0
    pieces: list[str] = field(default_factory=list)
    waiting: bytearray = field(default_factory=bytearray)

    def say(self, text: str) -> None:
        self.settle()
        group = self.groups[-1]
        if not group.left_out and not (self.from_html and group.is_rtf_only and not group.is_html):
            self.pieces.append(text)

    def settle(self) -> None:
        """Bytes of one alphabet may belong together in twos."""
        if self.waiting:
            data, self.waiting = bytes(self.waiting), bytearray()
            self.say(data.decode(self.charset, "replace"))


def words(data: bytes) -> tuple[str, bool]:
    """The text of RTF, and whether that text is HTML."""
    named = re.search(rb"\\ansicpg(\d{1,5})", data[:2000])
    state = _State(charset_of(int(named[1]) if named else 1252), b"\\fromhtml" in data[:2000])
    for token in _TOKEN.finditer(data[:LARGEST]):
        word, number, code, sign, brace, text = token.groups()
        if brace:
            _brace(state, brace)
        elif word:
            _word(state, word, int(number) if number else None)
        elif code:
            _bytes(state, bytes([int(code, 16)]))
        elif sign:
            _sign(state, sign)
        elif text:
            _bytes(state, text)
    state.settle()
    return "".join(state.pieces), state.from_html


def charset_of(code_page: int) -> str:
    """Python's name of a Windows code page; an unknown one is read as western."""
    special = {
        65001: "utf-8",
        20127: "ascii",
        28591: "latin-1",
        28605: "iso8859-15",
        932: "cp932",
        10000: "mac-roman",
    }
    name = special.get(code_page, f"cp{code_page}")
    try:
        "".encode(name)
    except (LookupError, OSError):
        return "cp1252"
    return name


def _brace(state: _State, brace: bytes) -> None:
    state.settle()
    if brace == b"{":
        if len(state.groups) > _DEEPEST:
            raise ValueError("too deep")
        last = state.groups[-1]
        state.groups.append(_Group(last.left_out, last.is_html, last.is_rtf_only, last.skip_after_unicode))
    elif len(state.groups) > 1:
        state.groups.pop()
    state.starred = False


def _word(state: _State, word: bytes, number: int | None) -> None:
    state.settle()
    group, starred = state.groups[-1], state.starred
    state.starred = False
    if word == b"htmltag" and starred:
        group.is_html, group.left_out = True, not state.from_html
    elif starred or word in _LEFT_OUT:
        group.left_out = True
    elif word == b"htmlrtf":
        group.is_rtf_only = number != 0
    elif word == b"uc" and number is not None:
        group.skip_after_unicode = max(0, min(number, 8))
    elif word == b"u" and number is not None:
        state.say(_letter(number))
        state.to_skip = group.skip_after_unicode
    elif word == b"bin" and number:
        group.left_out = True  # bytes follow that are no text
    elif word in _SIGNS:
        state.say(_SIGNS[word])


def _letter(number: int) -> str:
    value = number % 65536
    return "" if 0xD800 <= value < 0xE000 else chr(value)


def _sign(state: _State, sign: bytes) -> None:
    if sign == b"*":
        state.starred = True
    elif sign == b"~":
        state.say("\u00a0")
    elif sign in {b"\n", b"\r"}:
        state.say("\n")
    elif sign == b"_":
        state.say("-")
    elif sign in {b"{", b"}", b"\\"}:
        _bytes(state, sign)


def _bytes(state: _State, data: bytes) -> None:
    skipped = min(state.to_skip, len(data))
    state.to_skip -= skipped
    state.waiting += data[skipped:]
