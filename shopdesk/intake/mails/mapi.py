"""The properties of an Outlook file: storages and streams of a compound file (MS-OXMSG), read by olefile."""

from __future__ import annotations

import datetime as dt
import struct
from dataclasses import dataclass

from olefile import OleFileIO

from shopdesk.intake.mails.rtf import charset_of

_HEADERS = {"": 32, "embedded": 24, "part": 8}
_EPOCH = dt.datetime(1601, 1, 1, tzinfo=dt.UTC)
UNICODE, BYTES_TEXT, BINARY, STORAGE = 0x001F, 0x001E, 0x0102, 0x000D
_FIXED = {0x0003: "<i", 0x000B: "<H", 0x0002: "<h"}
_TIME = 0x0040


class TooMuch(ValueError):
    """More bytes than any mail has: streams of a broken file may share the same sectors."""


@dataclass
class Budget:
    """How many bytes may still be read from the file."""

    left: int

    def take(self, size: int) -> None:
        """Raises TooMuch."""
        self.left -= size
        if self.left < 0:
            raise TooMuch(str(size))


class Properties:
    """The properties of a message, a recipient or an attachment."""

    def __init__(self, file: OleFileIO, place: tuple[str, ...], kind: str, budget: Budget) -> None:
        self._file, self.place, self._budget = file, place, budget
        self._fixed = _fixed(self._stream("__properties_version1.0"), _HEADERS[kind])
        self.charset = charset_of(self.number(0x3FFD) or self.number(0x3FDE) or 1252)
        self.html_charset = charset_of(self.number(0x3FDE) or self.number(0x3FFD) or 1252)

    def _stream(self, name: str) -> bytes:
        path = [*self.place, name]
        if not self._file.exists(path) or self._file.get_type(path) != 2:
            return b""
        self._budget.take(self._file.get_size(path))
        with self._file.openstream(path) as stream:
            return bytes(stream.read())

    def text(self, *tags: int) -> str:
        """The first of these properties that has words."""
        for tag in tags:
            found = self._stream(f"__substg1.0_{tag:04X}{UNICODE:04X}").decode("utf-16-le", "replace")
            found = found or self._stream(f"__substg1.0_{tag:04X}{BYTES_TEXT:04X}").decode(
                self.charset, "replace"
            )
            if found.strip("\0 "):
                return found.replace("\0", "")
        return ""

    def data(self, tag: int) -> bytes:
        """The bytes of a property."""
        return self._stream(f"__substg1.0_{tag:04X}{BINARY:04X}")

    def number(self, tag: int) -> int:
        """A whole number or a yes; 0 where it is missing."""
        for kind, form in _FIXED.items():
            raw = self._fixed.get((tag, kind))
            if raw is not None:
                return int(struct.unpack_from(form, raw)[0])
        return 0

    def moment(self, tag: int) -> dt.datetime | None:
        """A moment: tenths of microseconds since 1601."""
        raw = self._fixed.get((tag, _TIME))
        ticks = int.from_bytes(raw, "little") if raw else 0
        try:
            return _EPOCH + dt.timedelta(microseconds=ticks // 10) if ticks else None
        except OverflowError:
            return None

    def inner(self, tag: int) -> tuple[str, ...] | None:
        """Where a message inside stands."""
        path = (*self.place, f"__substg1.0_{tag:04X}{STORAGE:04X}")
        return path if self._file.exists(list(path)) and self._file.get_type(list(path)) == 1 else None


def _fixed(data: bytes, header: int) -> dict[tuple[int, int], bytes]:
    found = {}
    for at in range(header, len(data) - 15, 16):
        kind, tag = struct.unpack_from("<HH", data, at)
        found[tag, kind] = data[at + 8 : at + 16]
    return found


def children(file: OleFileIO, place: tuple[str, ...], begin: str) -> list[tuple[str, ...]]:
    """The storages of this place whose names begin so, in the order of their numbers."""
    depth = len(place) + 1
    found = {
        tuple(path[:depth])
        for path in file.listdir(streams=True, storages=True)
        if tuple(path[: depth - 1]) == place and len(path) >= depth and path[depth - 1].startswith(begin)
    }
    return sorted(found)
