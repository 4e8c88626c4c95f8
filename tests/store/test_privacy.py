"""A new column that nobody classified fails here (RELIABILITY.md, P19)."""

from __future__ import annotations

from shopdesk.domain.privacy import CLASSES, is_about_somebody
from shopdesk.store import privacy
from shopdesk.store.tables import metadata


def test_every_column_is_classified() -> None:
    ours = {table: sorted(columns) for table, columns in CLASSES.items()}
    assert ours == {
        name: sorted(column.name for column in table.columns) for name, table in metadata.tables.items()
    }


def test_whatever_is_about_somebody_is_told_to_who_asks() -> None:
    assert {table for table in CLASSES if is_about_somebody(table)} == set(privacy.TABLES)
