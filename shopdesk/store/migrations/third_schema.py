"""What the third schema adds to the second, each capability with statements of its own."""

from __future__ import annotations

from shopdesk.store.migrations import third_schema_card, third_schema_privacy, third_schema_search

STATEMENTS: tuple[str, ...] = (
    *third_schema_privacy.STATEMENTS,
    *third_schema_card.STATEMENTS,
    *third_schema_search.STATEMENTS,
)
