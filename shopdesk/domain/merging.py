"""Two people changed the same record: what each of them changed."""

from __future__ import annotations

from dataclasses import fields
from typing import Any, TypeVar

Record = TypeVar("Record")


def merged(before: Record, typed: Record, now: Record) -> Record:
    """The record as it stands now, with what was typed since `before`. All three are frozen dataclasses of one type.

    A field that both changed keeps what was typed: it stands on the screen and is looked at before it is saved.
    """
    values: dict[str, Any] = {}
    for field in fields(typed):  # type: ignore[arg-type]
        mine = getattr(typed, field.name)
        is_mine = mine != getattr(before, field.name)
        values[field.name] = mine if is_mine else getattr(now, field.name)
    return type(typed)(**values)
