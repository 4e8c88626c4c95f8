"""The business's settings: one JSON value per name."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, bindparam, insert, select, update

from shopdesk.store import plain
from shopdesk.store.tables import setting

Value = TypeVar("Value")
_NAMED = select(setting.c.value).where(setting.c.name == bindparam("its_name"))


def load(connection: Connection, name: str, kind: type[Value], default: Value) -> Value:
    """The stored value, or the default where nothing is stored."""
    text = connection.scalar(_NAMED, {"its_name": name})
    return default if text is None else plain.loads(kind, text)


def save(connection: Connection, name: str, value: object) -> None:
    """Store the value under its name."""
    text = plain.dumps(value)
    stored = update(setting).where(setting.c.name == name)
    if connection.execute(stored.values(value=text, version=setting.c.version + 1)).rowcount == 0:
        connection.execute(insert(setting).values(name=name, value=text))
