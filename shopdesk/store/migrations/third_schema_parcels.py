"""What the third schema adds for parcels: how articles are packed, the shop's own rows of the table of services."""

from __future__ import annotations

_ARTICLE = (
    "ALTER TABLE article ADD COLUMN packed_shape TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE article ADD COLUMN packed_length_mm INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE article ADD COLUMN packed_width_mm INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE article ADD COLUMN packed_height_mm INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE article ADD COLUMN packs_together INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE article ADD COLUMN packaging_code TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE article ADD COLUMN hs_code TEXT DEFAULT '' NOT NULL",
    "ALTER TABLE article ADD COLUMN origin TEXT DEFAULT '' NOT NULL",
)

# A row with the code of a published one stands in its place.
_SERVICES = (
    """
    CREATE TABLE shipping_service (
        id INTEGER NOT NULL,
        code TEXT NOT NULL,
        content TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_shipping_service PRIMARY KEY (id),
        CONSTRAINT uq_shipping_service_code UNIQUE (code)
    )
    """,
)

# What is no article: how the thing of that name was packed the last time.
_REMEMBERED = (
    """
    CREATE TABLE packed_text (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        content TEXT NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_packed_text PRIMARY KEY (id),
        CONSTRAINT uq_packed_text_name UNIQUE (name)
    )
    """,
)

STATEMENTS = (*_ARTICLE, *_SERVICES, *_REMEMBERED)
