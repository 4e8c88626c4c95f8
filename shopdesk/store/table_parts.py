"""What all tables are made of: the naming of constraints, and columns that are never NULL."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, Text

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def text_column(name: str) -> Column[str]:
    """Text that is never NULL; empty where nothing is known."""
    return Column(name, Text, nullable=False, server_default="")


def integer_column(name: str, default: int = 0) -> Column[int]:
    """A whole number that is never NULL."""
    return Column(name, Integer, nullable=False, server_default=str(default))


def version_column() -> Column[int]:
    """Counts the changes of a row, so that nobody overwrites another's."""
    return integer_column("version", 1)
