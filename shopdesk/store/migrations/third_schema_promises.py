"""What the third schema adds for promises: what the shop promised a customer by when, and what became of it."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE promise (
        id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        document_id INTEGER,
        inquiry_id INTEGER,
        kind TEXT NOT NULL,
        text TEXT NOT NULL,
        due TEXT NOT NULL,
        due_time TEXT DEFAULT '' NOT NULL,
        first_due TEXT NOT NULL,
        first_time TEXT DEFAULT '' NOT NULL,
        state TEXT NOT NULL,
        at_risk INTEGER DEFAULT '0' NOT NULL,
        told_at TEXT,
        made_at TEXT NOT NULL,
        settled_at TEXT,
        later TEXT DEFAULT '' NOT NULL,
        risk_from TEXT,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_promise PRIMARY KEY (id),
        CONSTRAINT fk_promise_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
        CONSTRAINT fk_promise_document_id FOREIGN KEY(document_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_promise_customer_id ON promise (customer_id)",
    "CREATE INDEX ix_promise_settled_at_due ON promise (settled_at, due)",
)
