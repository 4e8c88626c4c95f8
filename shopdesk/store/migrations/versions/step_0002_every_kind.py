"""Every kind of document: optional positions, references between documents, and what belongs around them."""

from __future__ import annotations

from alembic import op

from shopdesk.store.migrations.second_schema import STATEMENTS

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add what the second schema has and the first had not."""
    for statement in STATEMENTS:
        op.get_bind().exec_driver_sql(statement)
