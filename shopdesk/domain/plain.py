"""Frozen values to plain JSON and back: one codec for snapshots, settings, the journal and worker processes."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

Value = TypeVar("Value")
_Reader = Callable[[Any], Any]
_AS_THEY_ARE = frozenset({str, int, bool, NoneType})


def to_plain(value: object) -> Any:
    """Dataclasses to dictionaries, decimals and dates to text, tuples to lists."""
    kind: Any = type(value)
    if kind in _AS_THEY_ARE:
        return value
    names = _fields(kind)
    if names is not None:
        return {name: to_plain(getattr(value, name)) for name in names}
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


@lru_cache(maxsize=256)
def _fields(kind: type) -> tuple[str, ...] | None:
    """The names of a dataclass's fields; None for any other type."""
    return tuple(entry.name for entry in fields(kind)) if is_dataclass(kind) else None


def dumps(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks, so that equal values give equal text (and equal hashes)."""
    return json.dumps(to_plain(value), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def from_plain(kind: type[Value], plain: Any) -> Value:
    """Build a value of the dataclass `kind`; entries it does not know are left out, missing ones take defaults."""
    reader: _Reader = _reader(cast(Any, kind))
    return reader(plain)  # type: ignore[no-any-return]


def loads(kind: type[Value], text: str) -> Value:
    """The value that `dumps` wrote."""
    return from_plain(kind, json.loads(text))


@lru_cache(maxsize=512)
def _reader(kind: Any) -> _Reader:
    """How values of this kind are read, worked out once: documents are read all the time."""
    origin = get_origin(kind)
    if origin in {Union, UnionType}:
        some = _reader(next(part for part in get_args(kind) if part is not NoneType))
        return lambda plain: None if plain is None else some(plain)
    if origin is tuple:
        return _tuple_reader(get_args(kind))
    return _fields_reader(kind) if is_dataclass(kind) else _scalar_reader(kind)


def _tuple_reader(parts: tuple[Any, ...]) -> _Reader:
    if len(parts) == 2 and parts[1] is Ellipsis:
        each = _reader(parts[0])
        return lambda plain: tuple([each(item) for item in plain])
    readers = tuple(map(_reader, parts))
    return lambda plain: tuple([read(item) for read, item in zip(readers, plain, strict=True)])


def _fields_reader(kind: Any) -> _Reader:
    readers: dict[str, _Reader] = {}

    def read(plain: Any) -> Any:
        if not readers:  # only now: a kind may hold itself
            readers.update({name: _reader(hint) for name, hint in get_type_hints(kind).items()})
        return kind(**{name: readers[name](value) for name, value in plain.items() if name in readers})

    return read


def _scalar_reader(kind: Any) -> _Reader:
    if kind is dt.datetime or kind is dt.date:
        return kind.fromisoformat
    if kind is bytes:
        return bytes.fromhex
    if kind is Decimal or (isinstance(kind, type) and issubclass(kind, StrEnum)):
        return kind
    return lambda plain: plain
