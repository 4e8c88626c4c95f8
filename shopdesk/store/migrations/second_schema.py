"""What the second schema adds to the first, each capability with statements of its own. Released: never changed again."""

from __future__ import annotations

_OPTIONAL_LINES = ("ALTER TABLE document_line ADD COLUMN option TEXT DEFAULT '' NOT NULL",)

# Which documents a document refers to (deposits of a final invoice, the invoice of a cancellation). The truth stands
# in the document's content and is covered by its hash; this table is how the other direction is found.
_REFERENCES = (
    """
    CREATE TABLE document_reference (
        document_id INTEGER NOT NULL,
        referred_id INTEGER NOT NULL,
        CONSTRAINT pk_document_reference PRIMARY KEY (document_id, referred_id),
        CONSTRAINT fk_document_reference_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE,
        CONSTRAINT fk_document_reference_referred_id FOREIGN KEY(referred_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_document_reference_referred_id ON document_reference (referred_id)",
    *(
        f"""
        CREATE TRIGGER document_reference_{name} BEFORE {moment} ON document_reference FOR EACH ROW
        WHEN EXISTS (SELECT 1 FROM document WHERE id = {row}.document_id AND state = 'issued')
        BEGIN SELECT RAISE(ABORT, 'frozen: an issued document is frozen'); END
        """
        for name, moment, row in (
            ("not_added", "INSERT", "NEW"),
            ("frozen", "UPDATE", "OLD"),
            ("kept", "DELETE", "OLD"),
        )
    ),
)

STATEMENTS: tuple[str, ...] = (*_OPTIONAL_LINES, *_REFERENCES)
