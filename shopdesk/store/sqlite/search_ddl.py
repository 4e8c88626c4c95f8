"""The tables of the search index."""

from __future__ import annotations

# Copied as text into the migration: steps never import today's tables.
# *_words: prefixes of folded words; a beginning of five letters is read from the words themselves, and where a word
# stands in its column nobody asks. *_parts: any three characters of compacted text, for specifications and the middle
# of words. search_number: whole numbers as people say them ("412"). search_word: what typing mistakes are measured by,
# search_sound: those words by how they sound.
DDL: tuple[str, ...] = (
    """
    CREATE TABLE search_number (
        type TEXT NOT NULL, id INTEGER NOT NULL, key TEXT NOT NULL, PRIMARY KEY (type, id, key)
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_search_number_key ON search_number (key, type, id)",
    "CREATE TABLE search_word (id INTEGER PRIMARY KEY AUTOINCREMENT, word TEXT NOT NULL UNIQUE)",
    """
    CREATE VIRTUAL TABLE search_customer_words USING fts5(
        name, place, contact, more, content='', contentless_delete=1, tokenize='unicode61', prefix='1 2 3 4',
        detail=column
    )
    """,
    """
    CREATE VIRTUAL TABLE search_contact_person_words USING fts5(
        name, place, contact, more, content='', contentless_delete=1, tokenize='unicode61', prefix='1 2 3 4',
        detail=column
    )
    """,
    """
    CREATE VIRTUAL TABLE search_document_words USING fts5(
        name, place, contact, more, content='', contentless_delete=1, tokenize='unicode61', prefix='1 2 3 4',
        detail=column
    )
    """,
    """
    CREATE VIRTUAL TABLE search_article_words USING fts5(
        name, place, contact, more, content='', contentless_delete=1, tokenize='unicode61', prefix='1 2 3 4',
        detail=column
    )
    """,
    "CREATE VIRTUAL TABLE search_customer_parts USING fts5(text, tokenize='trigram', detail=none)",
    "CREATE VIRTUAL TABLE search_document_parts USING fts5(text, tokenize='trigram', detail=none)",
    "CREATE VIRTUAL TABLE search_article_parts USING fts5(text, tokenize='trigram', detail=none)",
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
