"""The business's settings: one JSON value per name."""

from __future__ import annotations

from typing import TypeVar

from sqlalchemy import Connection, select
from sqlalchemy.dialects.sqlite import insert

from shopdesk.store import plain
from shopdesk.store.tables import setting

Value = TypeVar("Value")


def load(connection: Connection, name: str, kind: type[Value], default: Value) -> Value:
    """The stored value, or the default where nothing is stored."""
    text = connection.scalar(select(setting.c.value).where(setting.c.name == name))
    return default if text is None else plain.loads(kind, text)


def save(connection: Connection, name: str, value: object) -> None:
    """Store the value under its name."""
    text = plain.dumps(value)
    statement = insert(setting).values(name=name, value=text)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[setting.c.name], set_={"value": text, "version": setting.c.version + 1}
        )
    )
