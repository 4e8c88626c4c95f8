"""The search also finds entries of the timeline and old invoices, and words by their sound (SQLite FTS5).

The program makes the whole index anew when it has brought a shop here: it knows how words are folded, a step does not.
"""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    "CREATE VIRTUAL TABLE search_old_invoice_parts USING fts5(text, tokenize='trigram', detail=none)",
    """
    CREATE VIRTUAL TABLE search_timeline_parts USING fts5(
        text, content='', contentless_delete=1, tokenize='trigram', detail=none
    )
    """,
    """
    CREATE TABLE search_sound (code TEXT NOT NULL, word TEXT NOT NULL, PRIMARY KEY (code, word)) WITHOUT ROWID
    """,
)
