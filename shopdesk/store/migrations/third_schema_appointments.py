"""What the third schema adds for appointments."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE appointment (
        id INTEGER NOT NULL,
        customer_id INTEGER,
        document_id INTEGER,
        uid TEXT NOT NULL,
        sequence INTEGER DEFAULT '0' NOT NULL,
        starts TEXT NOT NULL,
        ends TEXT NOT NULL,
        subject TEXT NOT NULL,
        place TEXT DEFAULT '' NOT NULL,
        job TEXT DEFAULT '' NOT NULL,
        state TEXT NOT NULL,
        invited TEXT DEFAULT '' NOT NULL,
        told_sequence INTEGER DEFAULT '0' NOT NULL,
        created_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_appointment PRIMARY KEY (id),
        CONSTRAINT fk_appointment_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
        CONSTRAINT fk_appointment_document_id FOREIGN KEY(document_id) REFERENCES document (id),
        CONSTRAINT uq_appointment_uid UNIQUE (uid)
    )
    """,
    "CREATE INDEX ix_appointment_starts ON appointment (starts)",
    "CREATE INDEX ix_appointment_state_ends ON appointment (state, ends)",
    "CREATE INDEX ix_appointment_customer_id ON appointment (customer_id)",
)
