"""What the third schema adds for payments. They never change: what was wrong is taken back and booked anew (GoBD)."""

from __future__ import annotations

_FROZEN = "BEGIN SELECT RAISE(ABORT, 'frozen: a payment is taken back, never changed'); END"

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE payment (
        id INTEGER NOT NULL,
        customer_id INTEGER,
        day TEXT NOT NULL,
        amount INTEGER NOT NULL,
        currency TEXT NOT NULL,
        kind TEXT NOT NULL,
        slip_number TEXT DEFAULT '' NOT NULL,
        payer TEXT DEFAULT '' NOT NULL,
        iban TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        reason TEXT DEFAULT '' NOT NULL,
        bank_reference TEXT DEFAULT '' NOT NULL,
        source TEXT DEFAULT '' NOT NULL,
        noted_at TEXT NOT NULL,
        entry_id INTEGER DEFAULT '0' NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_payment PRIMARY KEY (id),
        CONSTRAINT fk_payment_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_payment_day ON payment (day)",
    "CREATE INDEX ix_payment_customer_id ON payment (customer_id)",
    "CREATE INDEX ix_payment_bank_reference ON payment (bank_reference)",
    """
    CREATE TABLE payment_allocation (
        id INTEGER NOT NULL,
        payment_id INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        amount INTEGER NOT NULL,
        cash_discount INTEGER DEFAULT '0' NOT NULL,
        written_off INTEGER DEFAULT '0' NOT NULL,
        charges INTEGER DEFAULT '0' NOT NULL,
        order_id INTEGER,
        deleted_at TEXT,
        CONSTRAINT pk_payment_allocation PRIMARY KEY (id),
        CONSTRAINT fk_payment_allocation_payment_id FOREIGN KEY(payment_id) REFERENCES payment (id),
        CONSTRAINT fk_payment_allocation_document_id FOREIGN KEY(document_id) REFERENCES document (id),
        CONSTRAINT fk_payment_allocation_order_id FOREIGN KEY(order_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_payment_allocation_payment_id ON payment_allocation (payment_id)",
    "CREATE INDEX ix_payment_allocation_document_id ON payment_allocation (document_id)",
    (
        "CREATE TRIGGER payment_frozen BEFORE UPDATE OF id, day, amount, currency, kind, slip_number, payer, iban, "
        f"text, reason, bank_reference, source, noted_at ON payment FOR EACH ROW {_FROZEN}"
    ),
    f"CREATE TRIGGER payment_kept BEFORE DELETE ON payment FOR EACH ROW {_FROZEN}",
    (
        "CREATE TRIGGER payment_not_replaced BEFORE INSERT ON payment FOR EACH ROW "  # noqa: S608 - our own words
        f"WHEN EXISTS (SELECT 1 FROM payment AS kept WHERE kept.id = NEW.id) {_FROZEN}"
    ),
    (
        "CREATE TRIGGER payment_allocation_frozen BEFORE UPDATE OF id, payment_id, document_id, amount, cash_discount, "
        f"written_off, charges, order_id ON payment_allocation FOR EACH ROW {_FROZEN}"
    ),
    f"CREATE TRIGGER payment_allocation_kept BEFORE DELETE ON payment_allocation FOR EACH ROW {_FROZEN}",
    (
        "CREATE TRIGGER payment_allocation_not_replaced BEFORE INSERT ON payment_allocation FOR EACH ROW "  # noqa: S608 - our own words
        f"WHEN EXISTS (SELECT 1 FROM payment_allocation AS kept WHERE kept.id = NEW.id) {_FROZEN}"
    ),
)
