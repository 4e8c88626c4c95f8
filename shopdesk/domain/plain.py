"""Frozen values to plain JSON and back: one codec for snapshots, settings, the journal and worker processes."""

from __future__ import annotations

import datetime as dt
import json
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

Value = TypeVar("Value")


def to_plain(value: object) -> Any:
    """Dataclasses to dictionaries, decimals and dates to text, tuples to lists."""
    if is_dataclass(value) and not isinstance(value, type):
        return {entry.name: to_plain(getattr(value, entry.name)) for entry in fields(value)}
    if isinstance(value, StrEnum):
        return value.value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, dt.date):  # datetime, too
        return value.isoformat()
    if isinstance(value, tuple | list):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {str(key): to_plain(item) for key, item in value.items()}
    if isinstance(value, bytes):
        return value.hex()
    return value


def dumps(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks, so that equal values give equal text (and equal hashes)."""
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


@lru_cache(maxsize=64)
def _hints(kind: type) -> dict[str, Any]:
    return get_type_hints(kind)


def from_plain(kind: type[Value], plain: Any) -> Value:
    """Build a value of the dataclass `kind`; entries it does not know are left out, missing ones take defaults."""
    return _read(kind, plain)  # type: ignore[no-any-return]


def loads(kind: type[Value], text: str) -> Value:
    """The value that `dumps` wrote."""
    return from_plain(kind, json.loads(text))


def _read(kind: Any, plain: Any) -> Any:
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        if plain is None:
            return None
        return _read(next(part for part in get_args(kind) if part is not NoneType), plain)
    if origin is tuple:
        parts = get_args(kind)
        if len(parts) == 2 and parts[1] is Ellipsis:
            return tuple(_read(parts[0], item) for item in plain)
        return tuple(_read(part, item) for part, item in zip(parts, plain, strict=True))
    if is_dataclass(kind):
        hints = _hints(kind)  # type: ignore[arg-type]
        return kind(**{name: _read(hints[name], value) for name, value in plain.items() if name in hints})  # type: ignore[operator]
    return _scalar(kind, plain)


def _scalar(kind: Any, plain: Any) -> Any:
    if kind is Decimal:
        return Decimal(plain)
    if kind is dt.datetime:
        return dt.datetime.fromisoformat(plain)
    if kind is dt.date:
        return dt.date.fromisoformat(plain)
    if kind is bytes:
        return bytes.fromhex(plain)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return kind(plain)
    return plain
