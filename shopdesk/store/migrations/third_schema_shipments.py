"""What the third schema adds for shipping: shipments with lines and parcels, and what is still to be shipped."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE shipment (
        id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        document_id INTEGER NOT NULL,
        delivery_note_id INTEGER,
        kind TEXT NOT NULL,
        state TEXT NOT NULL,
        carrier TEXT DEFAULT '' NOT NULL,
        planned_for TEXT,
        promised TEXT,
        packed_at TEXT,
        shipped_at TEXT,
        delivered_at TEXT,
        told_at TEXT,
        note TEXT DEFAULT '' NOT NULL,
        entry_id INTEGER DEFAULT '0' NOT NULL,
        created_at TEXT NOT NULL,
        deleted_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_shipment PRIMARY KEY (id),
        CONSTRAINT fk_shipment_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id),
        CONSTRAINT fk_shipment_document_id FOREIGN KEY(document_id) REFERENCES document (id),
        CONSTRAINT fk_shipment_delivery_note_id FOREIGN KEY(delivery_note_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_shipment_customer_id ON shipment (customer_id)",
    "CREATE INDEX ix_shipment_document_id ON shipment (document_id)",
    "CREATE INDEX ix_shipment_delivery_note_id ON shipment (delivery_note_id)",
    "CREATE INDEX ix_shipment_state_planned_for ON shipment (state, planned_for)",
    "CREATE INDEX ix_shipment_shipped_at ON shipment (shipped_at)",
    """
    CREATE TABLE shipment_line (
        shipment_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        source_position INTEGER DEFAULT '0' NOT NULL,
        text TEXT DEFAULT '' NOT NULL,
        article_code TEXT DEFAULT '' NOT NULL,
        quantity TEXT NOT NULL,
        unit TEXT DEFAULT '' NOT NULL,
        weight_grams INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_shipment_line PRIMARY KEY (shipment_id, position),
        CONSTRAINT fk_shipment_line_shipment_id FOREIGN KEY(shipment_id) REFERENCES shipment (id)
    )
    """,
    """
    CREATE TABLE shipment_parcel (
        shipment_id INTEGER NOT NULL,
        position INTEGER NOT NULL,
        tracking_number TEXT DEFAULT '' NOT NULL,
        carrier TEXT DEFAULT '' NOT NULL,
        weight_grams INTEGER DEFAULT '0' NOT NULL,
        CONSTRAINT pk_shipment_parcel PRIMARY KEY (shipment_id, position),
        CONSTRAINT fk_shipment_parcel_shipment_id FOREIGN KEY(shipment_id) REFERENCES shipment (id)
    )
    """,
    "CREATE INDEX ix_shipment_parcel_tracking_number ON shipment_parcel (tracking_number)",
    """
    CREATE TABLE shipment_demand (
        document_id INTEGER NOT NULL,
        root_id INTEGER NOT NULL,
        fulfilment TEXT NOT NULL,
        prepay INTEGER DEFAULT '0' NOT NULL,
        business INTEGER DEFAULT '0' NOT NULL,
        delivery_date TEXT,
        is_open INTEGER DEFAULT '0' NOT NULL,
        settled_at TEXT,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_shipment_demand PRIMARY KEY (document_id),
        CONSTRAINT fk_shipment_demand_document_id FOREIGN KEY(document_id) REFERENCES document (id)
    )
    """,
    "CREATE INDEX ix_shipment_demand_root_id ON shipment_demand (root_id)",
    "CREATE INDEX ix_shipment_demand_is_open_fulfilment ON shipment_demand (is_open, fulfilment)",
)
