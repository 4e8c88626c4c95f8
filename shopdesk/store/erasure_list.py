"""Who was forgotten, kept beside the database: a restored older backup knows nothing of it.

The file names nobody: an id, a moment and a hash by which a record is known again.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from shopdesk.store.durable import durable_write

_FORMAT = 1
_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listed:
    """One record that must not come back; `at` is the moment of the erasure (UTC)."""

    customer_id: int
    digest: str
    at: str


def beside(database: Path) -> Path:
    """Where the list of a shop stands."""
    return database.with_name(f"{database.name}.forgotten.json")


def in_folder(folder: Path) -> Path:
    """Where the list stands beside backups, for a computer that is set up anew."""
    return folder / "shopdesk-forgotten.json"


def read(path: Path) -> frozenset[Listed]:
    """The list; empty where there is none or it cannot be read, as the shop must open all the same."""
    try:
        value = json.loads(path.read_bytes())
        return frozenset(
            Listed(int(each["customer_id"]), str(each["digest"]), str(each["at"]))
            for each in value["forgotten"]
        )
    except FileNotFoundError:
        return frozenset()
    except (OSError, ValueError, TypeError, KeyError) as error:
        _log.warning("the list of forgotten customers cannot be read: %s", type(error).__name__)
        return frozenset()


def write(path: Path, values: Iterable[Listed]) -> None:
    """Replace the list, whole or not at all. Raises OSError."""
    rows = sorted((asdict(each) for each in values), key=lambda row: (row["at"], row["customer_id"]))
    durable_write(path, json.dumps({"format": _FORMAT, "forgotten": rows}, indent=1).encode())
