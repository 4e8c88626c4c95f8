"""The loop: mutate, read, keep what is new, stop at the first finding."""

from __future__ import annotations

import os
import random
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from shopdesk.domain.errors import ShopError
from tests.fuzz.mutation import Mutator
from tests.fuzz.readers import READERS, Reader, words_of

SEEDS = Path(__file__).parent / "seeds"
SLOWEST = 2.0
"""Seconds of the processor for one input; more than that is a finding."""
_HANGS = 60


@dataclass(frozen=True, slots=True)
class Outcome:
    """`finding` is the input that broke the promise and what happened then."""

    tries: int
    kinds: int
    finding: tuple[bytes, str] | None = None


def seeds(name: str) -> list[bytes]:
    """The stored inputs of a reader."""
    return [path.read_bytes() for path in sorted((SEEDS / name).iterdir()) if path.name[0] != "."]


def wrong(reader: Reader, data: bytes) -> tuple[str, str]:
    """(kind of the outcome, what is wrong with it or "")."""
    begin = time.process_time()
    try:
        kind = reader.read(data)
    except ShopError as error:
        kind = f"{type(error).__name__} {error.code} {error.field[:30]} {error.message.id}"
    except (MemoryError, RecursionError) as error:
        if not reader.native:
            return "", repr(error)
        kind = type(error).__name__  # its worker ends, and the file is refused in words
    except BaseException as error:
        # the spreadsheet library's own way of giving up: its worker ends then (intake/tables/door.py)
        if type(error).__name__ != "PanicException" or not reader.native:
            if isinstance(error, KeyboardInterrupt):
                raise
            return "", f"{type(error).__name__}: {error}"
        kind = "panic"
    took = time.process_time() - begin
    return kind, f"{took:.1f} s of the processor" if took > SLOWEST else ""


def run(name: str, seconds: float, seed: int, current: Path | None = None) -> Outcome:
    """Look for an input that breaks the promise; `current` always holds the one being tried."""
    reader, stored = READERS[name], seeds(name)
    chance = random.Random(seed)
    mutator = Mutator(stored, words_of(name), chance)
    known: set[str] = set()
    tries, end = 0, time.monotonic() + seconds
    watched = _Watched()
    while tries < len(stored) or time.monotonic() < end:
        data = stored[tries] if tries < len(stored) else mutator.next()
        if current is not None:
            current.write_bytes(data)
        watched.begun = time.monotonic()
        kind, trouble = wrong(reader, data)
        tries += 1
        if trouble:
            watched.end()
            return Outcome(tries, len(known), (data, trouble))
        if kind not in known:
            known.add(kind)
            mutator.keep(data)
    watched.end()
    return Outcome(tries, len(known))


class _Watched:
    """Ends a process that hangs; whoever started it has the input in its file."""

    def __init__(self) -> None:
        self.begun = time.monotonic()
        self.is_over = False
        threading.Thread(target=self._watch, daemon=True).start()

    def end(self) -> None:
        """Nothing is tried any more."""
        self.begun, self.is_over = float("inf"), True

    def _watch(self) -> None:
        while not self.is_over:
            time.sleep(1)
            if time.monotonic() - self.begun > _HANGS:
                os._exit(3)
