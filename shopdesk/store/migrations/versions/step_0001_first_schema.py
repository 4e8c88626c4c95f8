"""The first schema."""

from __future__ import annotations

from alembic import op

from shopdesk.store.migrations.first_schema_search import SEARCH
from shopdesk.store.migrations.first_schema_tables import TABLES
from shopdesk.store.migrations.first_schema_triggers import TRIGGERS

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Make every table, index and trigger of the first schema."""
    for statement in (*TABLES, *SEARCH, *TRIGGERS):
        op.get_bind().exec_driver_sql(statement)
