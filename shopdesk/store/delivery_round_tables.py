"""The table of stops of the delivery round; `tables` names it with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

delivery_stop = Table(
    "delivery_stop",
    metadata,
    Column("shipment_id", Integer, ForeignKey("shipment.id"), primary_key=True, autoincrement=False),
    Column("customer_id", Integer, ForeignKey("customer.id"), nullable=False),
    integer_column("position"),  # within the round of its day
    text_column("from_time"),  # HH:MM or empty
    text_column("to_time"),
    text_column("floor"),
    text_column("lift"),  # yes, no or empty
    text_column("extras"),  # one on each line: "Altmatratze mitnehmen"
    Column("tried_on", Text),  # the day on which nobody was met last
    text_column("reason"),  # why it came back then
    version_column(),
    Index("ix_delivery_stop_customer_id", "customer_id"),
)
