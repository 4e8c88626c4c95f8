"""One way to turn a row into a hash, the same for ever: canonical JSON of named columns, sha256.

Each format lists its columns, because a later schema has more: old rows keep the format they were hashed with,
which stands in front of the hash ("1:ab12…").
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping


def canonical(row: Mapping[str, object], columns: Iterable[str]) -> bytes:
    """Write the columns as JSON with sorted names and no blanks; bytes stand as their sha256.

    A column that the row lacks is a bug (KeyError), for a hash over less would look like one over all.
    """
    picked = {column: _plain(row[column]) for column in columns}
    return json.dumps(picked, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


def chained(number_of_format: int, previous: str, parts: Iterable[bytes]) -> str:
    """Hash the previous hash and each part with its length, so that no byte can move between two parts."""
    digest = hashlib.sha256()
    for part in (previous.encode(), *parts):
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return f"{number_of_format}:{digest.hexdigest()}"


def format_of(text: str) -> int:
    """Read which format a stored hash was made with; 0 when it is none of ours."""
    number, colon, rest = text.partition(":")
    return int(number) if colon and rest and number.isascii() and number.isdigit() else 0


def _plain(value: object) -> object:
    return hashlib.sha256(value).hexdigest() if isinstance(value, bytes) else value
