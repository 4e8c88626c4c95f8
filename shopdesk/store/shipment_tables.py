"""The tables of shipments and of what is still to be shipped; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

shipment = Table(
    "shipment",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    Column(
        "document_id", Integer, ForeignKey("document.id"), nullable=False
    ),  # the order or bill whose goods leave
    Column("delivery_note_id", Integer, ForeignKey("document.id")),
    Column("kind", Text, nullable=False),  # parcel, spedition, round, pick_up
    Column("state", Text, nullable=False),  # planned, packed, shipped, delivered, handed_out
    text_column("carrier"),
    Column("planned_for", Text),  # a day: of the round, of the pick-up
    Column("promised", Text),  # a day: what the customer was told
    Column("packed_at", Text),
    Column("shipped_at", Text),
    Column("delivered_at", Text),  # delivered or handed out
    Column("told_at", Text),  # when the mail with the numbers was queued
    text_column("note"),
    integer_column("entry_id"),  # on the timeline; 0: none
    Column("created_at", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_shipment_customer_id", "customer_id"),
    Index("ix_shipment_document_id", "document_id"),
    Index("ix_shipment_delivery_note_id", "delivery_note_id"),
    Index("ix_shipment_state_planned_for", "state", "planned_for"),
    Index("ix_shipment_shipped_at", "shipped_at"),
)

shipment_line = Table(
    "shipment_line",
    metadata,
    Column("shipment_id", Integer, ForeignKey("shipment.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    integer_column("source_position"),  # of the line in the order or bill, from 0
    text_column("text"),
    text_column("article_code"),
    Column("quantity", Text, nullable=False),
    text_column("unit"),
    integer_column("weight_grams"),  # of one
)

shipment_parcel = Table(
    "shipment_parcel",
    metadata,
    Column("shipment_id", Integer, ForeignKey("shipment.id"), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    text_column("tracking_number"),
    text_column("carrier"),
    integer_column("weight_grams"),
    Index("ix_shipment_parcel_tracking_number", "tracking_number"),
)

# One row for each issued order or bill with goods; `is_open` holds what the papers and shipments of its chain say
shipment_demand = Table(
    "shipment_demand",
    metadata,
    Column("document_id", Integer, ForeignKey("document.id"), primary_key=True),
    Column("root_id", Integer, nullable=False),  # the first document of the chain
    Column("fulfilment", Text, nullable=False),  # ship, deliver, pickup
    integer_column("prepay"),
    integer_column("business"),
    Column("delivery_date", Text),  # a day, where the paper names one
    integer_column("is_open"),  # goods are still to leave
    Column("settled_at", Text),  # the owner said that nothing is to be shipped
    version_column(),
    Index("ix_shipment_demand_root_id", "root_id"),
    Index("ix_shipment_demand_is_open_fulfilment", "is_open", "fulfilment"),
)
