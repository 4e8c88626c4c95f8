"""What the third schema adds for suppliers: who delivers what, what was ordered there, and what is counted by hand."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE supplier (
        id INTEGER NOT NULL,
        name TEXT NOT NULL,
        lines TEXT DEFAULT '' NOT NULL,
        postal_code TEXT DEFAULT '' NOT NULL,
        city TEXT DEFAULT '' NOT NULL,
        country TEXT DEFAULT '' NOT NULL,
        email TEXT DEFAULT '' NOT NULL,
        phone TEXT DEFAULT '' NOT NULL,
        our_number TEXT DEFAULT '' NOT NULL,
        language TEXT DEFAULT '' NOT NULL,
        delivery_days INTEGER DEFAULT '0' NOT NULL,
        note TEXT DEFAULT '' NOT NULL,
        sort_key TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_supplier PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_supplier_sort_key ON supplier (sort_key)",
    """
    CREATE TABLE article_supply (
        article_id INTEGER NOT NULL,
        supplier_id INTEGER,
        supplier_code TEXT DEFAULT '' NOT NULL,
        purchase_price TEXT DEFAULT '' NOT NULL,
        stock TEXT DEFAULT '' NOT NULL,
        pieces INTEGER DEFAULT '0' NOT NULL,
        counted_on TEXT DEFAULT '' NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_article_supply PRIMARY KEY (article_id),
        CONSTRAINT fk_article_supply_article_id FOREIGN KEY(article_id) REFERENCES article (id),
        CONSTRAINT fk_article_supply_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id)
    )
    """,
    "CREATE INDEX ix_article_supply_supplier_id ON article_supply (supplier_id)",
    """
    CREATE TABLE purchase_order (
        id INTEGER NOT NULL,
        number TEXT DEFAULT '' NOT NULL,
        supplier_id INTEGER,
        document_id INTEGER,
        customer_id INTEGER,
        promise_id INTEGER,
        commission TEXT DEFAULT '' NOT NULL,
        deliver_to TEXT DEFAULT '' NOT NULL,
        delivery_address TEXT DEFAULT '' NOT NULL,
        wished TEXT DEFAULT '' NOT NULL,
        words TEXT DEFAULT '' NOT NULL,
        created_at TEXT NOT NULL,
        ordered_at TEXT,
        confirmed TEXT DEFAULT '' NOT NULL,
        ready_on TEXT DEFAULT '' NOT NULL,
        confirmed_at TEXT,
        arrived_at TEXT,
        told_at TEXT,
        cancelled_at TEXT,
        later TEXT DEFAULT '' NOT NULL,
        outbox_id INTEGER DEFAULT '0' NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_purchase_order PRIMARY KEY (id),
        CONSTRAINT fk_purchase_order_supplier_id FOREIGN KEY(supplier_id) REFERENCES supplier (id),
        CONSTRAINT fk_purchase_order_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_purchase_order_supplier_id ON purchase_order (supplier_id)",
    "CREATE INDEX ix_purchase_order_document_id ON purchase_order (document_id)",
    "CREATE INDEX ix_purchase_order_customer_id ON purchase_order (customer_id)",
    "CREATE INDEX ix_purchase_order_number ON purchase_order (number)",
    "CREATE INDEX ix_purchase_order_arrived_at ON purchase_order (arrived_at)",
    """
    CREATE TABLE purchase_order_line (
        purchase_order_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        source_position INTEGER,
        article_code TEXT DEFAULT '' NOT NULL,
        supplier_code TEXT DEFAULT '' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        description TEXT DEFAULT '' NOT NULL,
        quantity TEXT DEFAULT '' NOT NULL,
        unit TEXT DEFAULT '' NOT NULL,
        price TEXT DEFAULT '' NOT NULL,
        arrived TEXT DEFAULT '' NOT NULL,
        trouble TEXT DEFAULT '' NOT NULL,
        CONSTRAINT pk_purchase_order_line PRIMARY KEY (purchase_order_id, position),
        CONSTRAINT fk_purchase_order_line_purchase_order_id FOREIGN KEY(purchase_order_id)
            REFERENCES purchase_order (id) ON DELETE CASCADE
    )
    """,
    """
    CREATE TABLE purchase_order_file (
        id INTEGER NOT NULL,
        purchase_order_id INTEGER NOT NULL,
        name TEXT NOT NULL,
        media_type TEXT NOT NULL,
        sha256 TEXT NOT NULL,
        data BLOB NOT NULL,
        CONSTRAINT pk_purchase_order_file PRIMARY KEY (id),
        CONSTRAINT fk_purchase_order_file_purchase_order_id FOREIGN KEY(purchase_order_id)
            REFERENCES purchase_order (id)
    )
    """,
    "CREATE INDEX ix_purchase_order_file_purchase_order_id ON purchase_order_file (purchase_order_id)",
)
