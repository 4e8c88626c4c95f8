"""What the third schema adds for inquiries: who waits for an answer since when, and what was written."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE inquiry (
        id INTEGER NOT NULL,
        customer_id INTEGER,
        channel TEXT NOT NULL,
        state TEXT NOT NULL,
        subject TEXT DEFAULT '' NOT NULL,
        sender_name TEXT DEFAULT '' NOT NULL,
        sender_address TEXT DEFAULT '' NOT NULL,
        sender_phone TEXT DEFAULT '' NOT NULL,
        thread_key TEXT DEFAULT '' NOT NULL,
        received_at TEXT NOT NULL,
        waiting_since TEXT NOT NULL,
        target INTEGER,
        due_at TEXT,
        first_answer_at TEXT,
        first_answer_channel TEXT DEFAULT '' NOT NULL,
        first_answer_minutes INTEGER,
        answered_at TEXT,
        answer_entry_id INTEGER,
        outcome TEXT DEFAULT '' NOT NULL,
        lost_reason TEXT DEFAULT '' NOT NULL,
        lost_words TEXT DEFAULT '' NOT NULL,
        later TEXT DEFAULT '' NOT NULL,
        last_hours TEXT DEFAULT '' NOT NULL,
        missed_call_id INTEGER,
        is_complaint INTEGER DEFAULT '0' NOT NULL,
        closed_at TEXT,
        first_answer_by TEXT DEFAULT '' NOT NULL,
        sort_key TEXT NOT NULL,
        search TEXT DEFAULT '' NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_inquiry PRIMARY KEY (id),
        CONSTRAINT fk_inquiry_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_inquiry_state_sort_key ON inquiry (state, sort_key)",
    "CREATE INDEX ix_inquiry_received_at ON inquiry (received_at)",
    "CREATE INDEX ix_inquiry_customer_id ON inquiry (customer_id)",
    "CREATE INDEX ix_inquiry_thread_key ON inquiry (thread_key)",
    "CREATE INDEX ix_inquiry_missed_call_id ON inquiry (missed_call_id)",
    """
    CREATE TABLE inquiry_message (
        id INTEGER NOT NULL,
        inquiry_id INTEGER NOT NULL,
        direction TEXT NOT NULL,
        channel TEXT NOT NULL,
        at TEXT,
        text TEXT DEFAULT '' NOT NULL,
        automatic INTEGER DEFAULT '0' NOT NULL,
        reference TEXT DEFAULT '' NOT NULL,
        outbox_id INTEGER,
        CONSTRAINT pk_inquiry_message PRIMARY KEY (id),
        CONSTRAINT fk_inquiry_message_inquiry_id FOREIGN KEY(inquiry_id) REFERENCES inquiry (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_inquiry_message_inquiry_id ON inquiry_message (inquiry_id)",
    "CREATE INDEX ix_inquiry_message_reference ON inquiry_message (reference)",
    "CREATE INDEX ix_inquiry_message_outbox_id ON inquiry_message (outbox_id)",
    """
    CREATE TABLE inquiry_document (
        inquiry_id INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        CONSTRAINT pk_inquiry_document PRIMARY KEY (inquiry_id, document_id),
        CONSTRAINT fk_inquiry_document_inquiry_id FOREIGN KEY(inquiry_id) REFERENCES inquiry (id) ON DELETE CASCADE,
        CONSTRAINT fk_inquiry_document_document_id FOREIGN KEY(document_id) REFERENCES document (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_inquiry_document_document_id ON inquiry_document (document_id)",
    """
    CREATE TABLE begun_reply (
        inquiry_id INTEGER NOT NULL,
        text TEXT NOT NULL,
        CONSTRAINT pk_begun_reply PRIMARY KEY (inquiry_id),
        CONSTRAINT fk_begun_reply_inquiry_id FOREIGN KEY(inquiry_id) REFERENCES inquiry (id) ON DELETE CASCADE
    )
    """,
)
