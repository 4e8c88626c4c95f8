"""What the third schema adds for standing orders, and for orders that are placed once more."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE standing_order (
        id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        name TEXT DEFAULT '' NOT NULL,
        content TEXT NOT NULL,
        schedule TEXT NOT NULL,
        pricing TEXT NOT NULL,
        period TEXT NOT NULL,
        by_itself INTEGER DEFAULT '0' NOT NULL,
        created_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_standing_order PRIMARY KEY (id),
        CONSTRAINT fk_standing_order_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_standing_order_customer_id ON standing_order (customer_id)",
    """
    CREATE TABLE standing_order_date (
        id INTEGER NOT NULL,
        standing_order_id INTEGER NOT NULL,
        due TEXT NOT NULL,
        document_id INTEGER,
        state TEXT NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        made_at TEXT NOT NULL,
        CONSTRAINT pk_standing_order_date PRIMARY KEY (id),
        CONSTRAINT fk_standing_order_date_standing_order_id FOREIGN KEY(standing_order_id)
            REFERENCES standing_order (id) ON DELETE CASCADE,
        CONSTRAINT fk_standing_order_date_document_id FOREIGN KEY(document_id)
            REFERENCES document (id) ON DELETE SET NULL,
        CONSTRAINT uq_standing_order_date_standing_order_id_due UNIQUE (standing_order_id, due)
    )
    """,
    "CREATE INDEX ix_standing_order_date_document_id ON standing_order_date (document_id)",
    "CREATE INDEX ix_standing_order_date_state ON standing_order_date (state)",
    """
    CREATE TABLE repeated_order (
        document_id INTEGER NOT NULL,
        origin_id INTEGER,
        changes TEXT NOT NULL,
        CONSTRAINT pk_repeated_order PRIMARY KEY (document_id),
        CONSTRAINT fk_repeated_order_document_id FOREIGN KEY(document_id)
            REFERENCES document (id) ON DELETE CASCADE,
        CONSTRAINT fk_repeated_order_origin_id FOREIGN KEY(origin_id)
            REFERENCES document (id) ON DELETE SET NULL
    )
    """,
    "CREATE INDEX ix_repeated_order_origin_id ON repeated_order (origin_id)",
)
