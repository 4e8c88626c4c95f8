"""The search also finds entries of the timeline and old invoices, and words by their sound (SQLite FTS5).

Lists of words know their columns but not their places in them, and beginnings of four letters have lists, too: half the
time in large shops.

The program makes the whole index anew when it has brought a shop here: it knows how words are folded, a step does not.
"""

from __future__ import annotations

_WORDS = tuple(f"search_{kind}_words" for kind in ("customer", "contact_person", "document", "article"))

STATEMENTS: tuple[str, ...] = (
    *(f"DROP TABLE {table}" for table in _WORDS),
    *(
        f"""
        CREATE VIRTUAL TABLE {table} USING fts5(
            name, place, contact, more, content='', contentless_delete=1, tokenize='unicode61', prefix='1 2 3 4',
            detail=column
        )
        """
        for table in _WORDS
    ),
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
