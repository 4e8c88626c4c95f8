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

# How a customer likes to be reached, who recommended the shop, what was agreed on payment, tags.
_CARD = (
    "ALTER TABLE customer ADD COLUMN preferred_channel TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE customer ADD COLUMN birthday TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE customer ADD COLUMN recommended_by TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE customer ADD COLUMN recommended_by_id INTEGER",
    "ALTER TABLE customer ADD COLUMN payment_days INTEGER",
    "ALTER TABLE customer ADD COLUMN cash_discount_percent TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE customer ADD COLUMN cash_discount_days INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE customer ADD COLUMN discount_percent TEXT DEFAULT '' NOT NULL",
    """
    CREATE TABLE customer_tag (
        id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        position INTEGER DEFAULT '0' NOT NULL,
        tag TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_customer_tag PRIMARY KEY (id),
        CONSTRAINT fk_customer_tag_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id) ON DELETE CASCADE
    )
    """,
    "CREATE INDEX ix_customer_tag_customer_id ON customer_tag (customer_id)",
    "CREATE INDEX ix_customer_tag_tag ON customer_tag (tag)",
)

# Files of a customer: taken away or forgotten, but never changed.
_FILES = (
    """
    CREATE TABLE customer_file (
        id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        size INTEGER DEFAULT '0' NOT NULL,
        data BLOB NOT NULL,
        added_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_customer_file PRIMARY KEY (id),
        CONSTRAINT fk_customer_file_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_customer_file_customer_id ON customer_file (customer_id)",
    (
        "CREATE TRIGGER customer_file_frozen BEFORE UPDATE OF id, name, media_type, sha256, size, data, added_at "
        "ON customer_file FOR EACH ROW BEGIN SELECT RAISE(ABORT, 'frozen: a stored file is frozen'); END"
    ),
)

STATEMENTS: tuple[str, ...] = (*_CONSENTS, *_CARD, *_FILES)
