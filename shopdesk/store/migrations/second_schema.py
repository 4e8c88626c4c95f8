"""What the second schema adds to the first, each capability with statements of its own."""

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
        CONSTRAINT fk_document_reference_document_id FOREIGN KEY(document_id)
            REFERENCES document (id) ON DELETE CASCADE,
        CONSTRAINT fk_document_reference_referred_id FOREIGN KEY(referred_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_document_reference_referred_id ON document_reference (referred_id)",
    *(
        f"""
        CREATE TRIGGER document_reference_{name} BEFORE {moment} ON document_reference FOR EACH ROW
        WHEN EXISTS (SELECT 1 FROM document WHERE id IN ({ids}) AND state = 'issued')
        BEGIN SELECT RAISE(ABORT, 'frozen: an issued document is frozen'); END
        """  # noqa: S608 - our own names
        for name, moment, ids in (
            ("not_added", "INSERT", "NEW.document_id"),
            ("frozen", "UPDATE", "OLD.document_id, NEW.document_id"),
            ("kept", "DELETE", "OLD.document_id"),
        )
    ),
)

# A shop that moves in with number 500 begins the next year with 1 (start_year 0: the start holds in each year).
# The kinds share ranges now, so a number is given once over all of them; no index says so, because shops of the first
# schema may hold an equal quote and invoice. The journal is read by subject and by day.
_NUMBERS_AND_JOURNAL = (
    "ALTER TABLE number_range ADD COLUMN start_year INTEGER DEFAULT '0' NOT NULL",
    """
    CREATE TRIGGER document_number_given_once BEFORE UPDATE OF state, number ON document FOR EACH ROW
    WHEN NEW.number IS NOT NULL AND OLD.state = 'draft' AND EXISTS (
        SELECT 1 FROM document AS issued WHERE issued.number = NEW.number AND issued.id <> OLD.id AND issued.kind IN (
            'quote', 'order_confirmation', 'delivery_note', 'invoice', 'deposit_invoice', 'final_invoice',
            'cancellation', 'credit_note', 'payment_reminder'
        )
    )
    BEGIN SELECT RAISE(ABORT, 'frozen: a number is given once'); END
    """,
    "CREATE INDEX ix_journal_subject_subject_id ON journal (subject, subject_id)",
    "CREATE INDEX ix_journal_at ON journal (at)",
)

STATEMENTS: tuple[str, ...] = (*_OPTIONAL_LINES, *_REFERENCES, *_NUMBERS_AND_JOURNAL)
