"""What the third schema adds to a customer's card."""

from __future__ import annotations

# How a customer wants to hear about service and about offers; how about his orders is `preferred_channel`.
_CHANNELS = (
    "ALTER TABLE customer ADD COLUMN service_channel TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE customer ADD COLUMN advertising_channel TEXT DEFAULT '' NOT NULL",
)

# The small picture on the card; of several the newest that was not taken away is shown.
_PHOTOS = (
    """
    CREATE TABLE customer_photo (
        id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        data BLOB NOT NULL,
        added_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_customer_photo PRIMARY KEY (id),
        CONSTRAINT fk_customer_photo_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_customer_photo_customer_id ON customer_photo (customer_id)",
)

STATEMENTS = (*_CHANNELS, *_PHOTOS)
