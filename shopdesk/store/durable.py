"""Files that are there after a power cut: written aside, synchronised, then put in place at one stroke."""

from __future__ import annotations

import itertools
import os
import shutil
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

_ON_WINDOWS = os.name == "nt"
_FIRST_PAUSE, _LONGEST_WAIT = 0.05, 5.0


def durable_write(path: Path, content: bytes) -> None:
    """Write `content` so that after any crash `path` holds all of it or what it held before.

    Raises OSError; nothing is left beside the file then.
    """
    with durable_file(path) as file:
        file.write(content)


@contextmanager
def durable_file(path: Path) -> Iterator[BinaryIO]:
    """Like `durable_write` for what is written piece by piece; an error or a cancelling leaves `path` as it was."""
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}.part")
    try:
        with draft.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        replace(draft, path)
    finally:
        draft.unlink(missing_ok=True)


def replace(source: Path, target: Path) -> None:
    """Move a synchronised file over another one and make the move itself durable.

    On Windows virus scanners hold fresh files for a moment: tried again from 50 ms up to 5 s.
    """
    pause, waited = _FIRST_PAUSE, 0.0
    while True:
        try:
            os.replace(source, target)  # noqa: PTH105 - named like the call that the promise rests on
            break
        except PermissionError:
            if not _ON_WINDOWS or waited >= _LONGEST_WAIT:
                raise
            threading.Event().wait(pause)
            waited, pause = waited + pause, pause * 2
    sync_folder(target.parent)


def put_in_place(source: Path, target: Path) -> bool:
    """Give a finished file its name unless that name is taken; says whether it was free."""
    try:
        os.link(source, target)
    except FileExistsError:
        return False
    except OSError:
        # no hard links here (FAT): Windows' rename refuses a taken name by itself
        if target.exists():
            return False
        source.rename(target)
    sync_folder(target.parent)
    return True


def keep_under(path: Path, name: str) -> Path:
    """Give a closed file a second name beside it, so that replacing it leaves no moment without a file.

    A taken name gets a number ("…-2"); returns the name that was free.
    """
    for count in itertools.count(1):
        kept = path.with_name(name if count == 1 else f"{name}-{count}")
        if kept.exists():
            continue
        try:
            kept.hardlink_to(path)
        except FileExistsError:
            continue
        except OSError:
            # no hard links here (FAT)
            shutil.copyfile(path, kept)
            sync_file(kept)
        sync_folder(kept.parent)
        return kept
    raise AssertionError("there is always a free name")


def sync_file(path: Path) -> None:
    """Have the disk hold the file's bytes before we go on. Never call it on a database that is open here."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Have the disk hold the folder's names (a no-op on Windows, which knows no such call)."""
    if _ON_WINDOWS:
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
