"""What the third schema adds for the delivery round of the shop's own van: what the driver needs at each stop."""

from __future__ import annotations

STATEMENTS: tuple[str, ...] = (
    """
    CREATE TABLE delivery_stop (
        shipment_id INTEGER NOT NULL,
        customer_id INTEGER NOT NULL,
        position INTEGER DEFAULT '0' NOT NULL,
        from_time TEXT DEFAULT '' NOT NULL,
        to_time TEXT DEFAULT '' NOT NULL,
        floor TEXT DEFAULT '' NOT NULL,
        lift TEXT DEFAULT '' NOT NULL,
        extras TEXT DEFAULT '' NOT NULL,
        tried_on TEXT,
        reason TEXT DEFAULT '' NOT NULL,
        version INTEGER DEFAULT '1' NOT NULL,
        CONSTRAINT pk_delivery_stop PRIMARY KEY (shipment_id),
        CONSTRAINT fk_delivery_stop_shipment_id FOREIGN KEY(shipment_id) REFERENCES shipment (id),
        CONSTRAINT fk_delivery_stop_customer_id FOREIGN KEY(customer_id) REFERENCES customer (id)
    )
    """,
    "CREATE INDEX ix_delivery_stop_customer_id ON delivery_stop (customer_id)",
)
