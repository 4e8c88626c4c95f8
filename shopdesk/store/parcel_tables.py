"""The tables of shipping services and of what was packed without being an article; `tables` names them."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from shopdesk.store.table_parts import metadata, version_column

shipping_service = Table(
    "shipping_service",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),  # of a published row, or the shop's own
    Column("content", Text, nullable=False),  # JSON of the service
    Column("deleted_at", Text),  # a published row that the shop does not want, or an own one taken away
    version_column(),
)

packed_text = Table(
    "packed_text",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False, unique=True),  # the line's text, folded
    Column("content", Text, nullable=False),  # JSON: weight, packed size, customs
    version_column(),
)
