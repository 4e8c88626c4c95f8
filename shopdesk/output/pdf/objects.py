"""A PDF file as numbered objects (ISO 32000-1, 7.5): no dates or counters of its own, the same bytes each time."""

from __future__ import annotations

import hashlib
import zlib

_ESCAPES = {ord("\\"): "\\\\", ord("("): "\\(", ord(")"): "\\)", 13: "\\r", 10: "\\n"}
_BYTE_ESCAPES = [bytes([code]) for code in range(256)]
for _code in b"\\()":
    _BYTE_ESCAPES[_code] = b"\\" + bytes([_code])
_BYTE_ESCAPES[13] = b"\\r"
_BYTE_ESCAPES[10] = b"\\n"


def literal(data: bytes) -> bytes:
    """Bytes as a PDF string."""
    return b"(" + b"".join([_BYTE_ESCAPES[code] for code in data]) + b")"


def text_string(text: str) -> bytes:
    """Words for titles and descriptions: ASCII as it is, else UTF-16 (7.9.2.2)."""
    if text.isascii():
        return b"(" + text.translate(_ESCAPES).encode("ascii") + b")"
    return b"<FEFF" + text.encode("utf-16-be", "replace").hex().upper().encode("ascii") + b">"


def reference(number: int) -> bytes:
    """A pointer to an object."""
    return b"%d 0 R" % number


def number_text(value: float) -> str:
    """A coordinate to a hundredth of a point (4 µm), without trailing zeros."""
    return f"{value:.2f}".rstrip("0").rstrip(".") if value % 1 else str(int(value))


class PdfObjects:
    """Collects objects by number and writes the file."""

    def __init__(self) -> None:
        self._bodies: list[bytes] = [b""]  # object 0 is the head of the free list

    def reserve(self) -> int:
        """A number whose object comes later."""
        self._bodies.append(b"")
        return len(self._bodies) - 1

    def put(self, number: int, body: bytes) -> int:
        """Fill a reserved number."""
        self._bodies[number] = body
        return number

    def add(self, body: bytes) -> int:
        """A new object; its number."""
        self._bodies.append(body)
        return len(self._bodies) - 1

    def stream(self, entries: bytes, data: bytes, *, compress: bool = True, level: int = 6) -> int:
        """A new stream. `data` that is already encoded carries its /Filter in `entries` and is not compressed.

        ISO 19005-3, 6.1.7.1: an end of line stands before `endstream`, and /Length does not count it.
        """
        if compress:
            entries, data = entries + b"/Filter/FlateDecode", zlib.compress(data, level)
        return self.add(b"<<%s/Length %d>>\nstream\n%s\nendstream" % (entries, len(data), data))

    def file(self, root: int, info: int) -> bytes:
        """The whole file; its identifier (14.4) is a digest of the content."""
        parts = [b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"]
        offset, offsets = len(parts[0]), []
        for number, body in enumerate(self._bodies[1:], 1):
            part = b"%d 0 obj\n%s\nendobj\n" % (number, body)
            offsets.append(offset)
            offset += len(part)
            parts.append(part)
        content = b"".join(parts)
        identifier = hashlib.sha256(content).hexdigest()[:32].upper().encode("ascii")
        rows = b"".join([b"%010d 00000 n \n" % position for position in offsets])
        return content + b"".join(
            (
                b"xref\n0 %d\n0000000000 65535 f \n" % len(self._bodies),
                rows,
                b"trailer\n<</Size %d/Root %d 0 R/Info %d 0 R" % (len(self._bodies), root, info),
                b"/ID[<%s><%s>]>>\nstartxref\n%d\n%%%%EOF\n" % (identifier, identifier, offset),
            )
        )
