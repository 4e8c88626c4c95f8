"""ZIP files whose bytes depend on their content alone."""

from __future__ import annotations

import datetime as dt
import zipfile
from types import TracebackType
from typing import BinaryIO, Self

from shopdesk.domain.file_names import safe_file_name

_EARLIEST, _LATEST = dt.date(1980, 1, 1), dt.date(2107, 12, 31)  # what the format can say
_PACKED_ALREADY = frozenset({"pdf", "xlsx", "png", "jpg", "zip"})
_UNIX, _READABLE = 3, 0o100644 << 16


class Archive:
    """A ZIP that is written file by file into an open stream. The same files in the same order give the same bytes."""

    def __init__(self, stream: BinaryIO) -> None:
        self._zip = zipfile.ZipFile(stream, "w", allowZip64=True)
        self._names: set[str] = set()

    def add(self, name: str, data: bytes, day: dt.date) -> str:
        """Add a file with the day as its time, and give the name it got: safe everywhere, and only once."""
        name = self._free(safe_file_name(name))
        held = min(max(day, _EARLIEST), _LATEST)
        entry = zipfile.ZipInfo(name, (held.year, held.month, held.day, 0, 0, 0))
        entry.create_system, entry.external_attr = _UNIX, _READABLE
        packed = name.rpartition(".")[2].lower() in _PACKED_ALREADY
        entry.compress_type = zipfile.ZIP_STORED if packed else zipfile.ZIP_DEFLATED
        self._zip.writestr(entry, data, compresslevel=None if packed else 6)
        return name

    def _free(self, name: str) -> str:
        stem, dot, ending = name.rpartition(".")
        free, count = name, 2
        while free.casefold() in self._names:
            free = f"{stem or ending}-{count}{dot}{ending if stem else ''}"
            count += 1
        self._names.add(free.casefold())
        return free

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        # an archive that was given up needs no directory: nobody keeps its bytes
        if kind is None:
            self._zip.close()
        else:
            self._zip.fp = None
