"""What the second schema adds to a customer's card."""

from __future__ import annotations

# What a customer allowed. Proof for five years after its end (§ 7a UWG): its words never change.
_CONSENTS = (
    """
    CREATE TABLE consent (
        id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        channel TEXT NOT NULL,
        purpose TEXT NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        given_on TEXT,
        source TEXT DEFAULT '' NOT NULL,
        who TEXT DEFAULT '' NOT NULL,
        noted_at TEXT NOT NULL,
        withdrawn_on TEXT,
        withdrawn_source TEXT DEFAULT '' NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_consent PRIMARY KEY (id),
        CONSTRAINT fk_consent_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_consent_customer_id ON consent (customer_id)",
    (
        "CREATE TRIGGER consent_frozen BEFORE UPDATE OF id, channel, purpose, text, given_on, source, who, noted_at "
        "ON consent FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'frozen: a consent is proof'); END"
    ),
    (
        "CREATE TRIGGER consent_kept BEFORE DELETE ON consent FOR EACH ROW "
        "WHEN OLD.withdrawn_on IS NULL OR date(OLD.withdrawn_on, '+5 years') >= date('now') "
        "BEGIN SELECT RAISE(ABORT, 'frozen: a consent is proof for five years after its end'); END"
    ),
    (
        "CREATE TRIGGER consent_not_replaced BEFORE INSERT ON consent FOR EACH ROW "
        "WHEN EXISTS (SELECT 1 FROM consent AS kept WHERE kept.id = NEW.id) "
        "BEGIN SELECT RAISE(ABORT, 'frozen: a consent is proof'); END"
    ),
)

STATEMENTS: tuple[str, ...] = (*_CONSENTS,)
