"""What the third schema adds for payment reminders; those of before are counted in with their level, free of charge."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE payment_reminder_bill (
        id INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        bill_id INTEGER NOT NULL,
        currency TEXT NOT NULL,
        level INTEGER NOT NULL,
        day TEXT NOT NULL,
        until TEXT,
        fee INTEGER DEFAULT '0' NOT NULL,
        flat_fee INTEGER DEFAULT '0' NOT NULL,
        interest INTEGER DEFAULT '0' NOT NULL,
        taken_back_at TEXT,
        CONSTRAINT pk_payment_reminder_bill PRIMARY KEY (id),
        CONSTRAINT fk_payment_reminder_bill_document_id FOREIGN KEY(document_id) REFERENCES document (id),
        CONSTRAINT fk_payment_reminder_bill_bill_id FOREIGN KEY(bill_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_payment_reminder_bill_bill_id ON payment_reminder_bill (bill_id)",
    "CREATE INDEX ix_payment_reminder_bill_document_id ON payment_reminder_bill (document_id)",
    """
    CREATE TABLE payment_reminder_stop (
        id INTEGER NOT NULL,
        customer_id INTEGER,
        document_id INTEGER,
        reason TEXT DEFAULT '' NOT NULL,
        until TEXT,
        created_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_payment_reminder_stop PRIMARY KEY (id),
        CONSTRAINT fk_payment_reminder_stop_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
        CONSTRAINT fk_payment_reminder_stop_document_id FOREIGN KEY(document_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_payment_reminder_stop_customer_id ON payment_reminder_stop (customer_id)",
    "CREATE INDEX ix_payment_reminder_stop_document_id ON payment_reminder_stop (document_id)",
    """
    INSERT INTO payment_reminder_bill (document_id, bill_id, currency, level, day, until)
    SELECT d.id, r.referred_id, d.currency, coalesce(json_extract(d.content, '$.reminder.level'), 1), d.date, d.due
    FROM document d JOIN document_reference r ON r.document_id = d.id
    WHERE d.kind = 'payment_reminder' AND d.state = 'issued' AND d.date IS NOT NULL
    """,
)
