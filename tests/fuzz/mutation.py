"""New inputs out of old ones: bytes are turned, cut, doubled, exchanged; a container is changed inside, too."""

from __future__ import annotations

import io
import random
import re
import zipfile
import zlib
from collections.abc import Sequence

LONGEST = 200_000
_MOST_KEPT = 400
_NUMBERS = (b"0", b"-1", b"9" * 20, b"1e9", b"0.1", b"255", b"65536", b"2147483648")
_DIGITS = re.compile(rb"[0-9]+")
_STREAM = re.compile(rb"stream\r?\n(.*?)\r?\nendstream", re.DOTALL)


class Mutator:
    """Gives inputs for ever; `keep` makes one a beginning of others."""

    def __init__(self, seeds: Sequence[bytes], words: Sequence[bytes], chance: random.Random) -> None:
        self._pool = list(seeds)
        self._seeds = len(seeds)
        self._words, self._chance = words, chance

    def next(self) -> bytes:
        """One input more."""
        data = self._chance.choice(self._pool)
        if data.startswith(b"PK\x03\x04") and self._chance.random() < 0.8:
            return self._in_container(data)
        if data.startswith(b"%PDF") and self._chance.random() < 0.6:
            return self._in_stream(data)
        return self._mutated(data)

    def keep(self, data: bytes) -> None:
        """This one did something new."""
        if len(self._pool) >= _MOST_KEPT:
            self._pool[self._chance.randrange(self._seeds, len(self._pool))] = data
        else:
            self._pool.append(data)

    def _mutated(self, data: bytes) -> bytes:
        ways = (
            self._turned, self._cut, self._doubled, self._with_word, self._with_number, self._spliced, self._otherwise,
        )  # fmt: skip
        for _step in range(self._chance.choice((1, 1, 2, 3, 6))):
            data = self._chance.choice(ways)(data)
        return data[:LONGEST]

    def _place(self, data: bytes) -> int:
        return self._chance.randrange(len(data) + 1)

    def _span(self, data: bytes) -> tuple[int, int]:
        first = self._place(data)
        return first, min(len(data), first + int(self._chance.expovariate(1 / 12)) + 1)

    def _turned(self, data: bytes) -> bytes:
        if not data:
            return bytes([self._chance.randrange(256)])
        at = self._chance.randrange(len(data))
        changed = (
            data[at] ^ (1 << self._chance.randrange(8))
            if self._chance.random() < 0.5
            else self._chance.randrange(256)
        )
        return data[:at] + bytes([changed]) + data[at + 1 :]

    def _cut(self, data: bytes) -> bytes:
        first, last = self._span(data)
        return data[:first] if self._chance.random() < 0.1 else data[:first] + data[last:]

    def _doubled(self, data: bytes) -> bytes:
        first, last = self._span(data)
        return data[:last] + data[first:last] * self._chance.choice((1, 2, 9, 300)) + data[last:]

    def _with_word(self, data: bytes) -> bytes:
        first, last = self._span(data)
        return (
            data[:first]
            + self._chance.choice(self._words)
            + data[last if self._chance.random() < 0.5 else first :]
        )

    def _with_number(self, data: bytes) -> bytes:
        found = list(_DIGITS.finditer(data[:20_000]))
        if not found:
            return self._turned(data)
        one = self._chance.choice(found)
        return data[: one.start()] + self._chance.choice(_NUMBERS) + data[one.end() :]

    def _spliced(self, data: bytes) -> bytes:
        other = self._chance.choice(self._pool)
        return data[: self._place(data)] + other[self._place(other) :]

    def _otherwise(self, data: bytes) -> bytes:
        """The same letters in another encoding."""
        text = data.decode("utf-8", "replace")
        return text.encode(
            self._chance.choice(("utf-16", "utf-16-le", "cp1252", "utf-8-sig", "utf-7")), "replace"
        )

    def _in_container(self, data: bytes) -> bytes:
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as old:
                parts = [(part.filename, old.read(part)) for part in old.infolist()]
        except (
            zipfile.BadZipFile,
            OSError,
            ValueError,
            NotImplementedError,
            zlib.error,
            RuntimeError,
            EOFError,
        ):
            return self._mutated(data)
        if not parts:
            return self._mutated(data)
        chosen, out = self._chance.randrange(len(parts)), io.BytesIO()
        with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
            for at, (name, content) in enumerate(parts):
                if at != chosen:
                    new.writestr(name, content)
                elif self._chance.random() < 0.95:
                    new.writestr(name, self._mutated(content))
        return out.getvalue()

    def _in_stream(self, data: bytes) -> bytes:
        found = list(_STREAM.finditer(data))
        if not found:
            return self._mutated(data)
        one = self._chance.choice(found)
        try:
            inside = zlib.decompress(one[1])
            changed = zlib.compress(self._mutated(inside))
        except zlib.error:
            changed = self._mutated(one[1])
        return data[: one.start(1)] + changed + data[one.end(1) :]
