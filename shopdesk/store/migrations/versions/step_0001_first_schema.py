"""The first schema."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_STATEMENTS: tuple[str, ...] = ()


def upgrade() -> None:
    """Make every table, index and trigger of the first schema."""
    for statement in _STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
