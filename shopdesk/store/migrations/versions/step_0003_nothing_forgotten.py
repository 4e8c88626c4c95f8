"""Customers to the end: erasure, letters to a selection; inquiries with a clock, promises and appointments."""

from __future__ import annotations

from alembic import op

from shopdesk.store.migrations.third_schema import STATEMENTS

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add what the third schema has and the second had not."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
