"""The tables of suppliers and what is ordered there; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

supplier = Table(
    "supplier",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    text_column("lines"),  # separated by line ends
    text_column("postal_code"),
    text_column("city"),
    text_column("country"),
    text_column("email"),
    text_column("phone"),
    text_column("our_number"),  # the shop's customer number there
    text_column("language"),
    integer_column("delivery_days"),  # usual working days; 0: not known
    text_column("note"),
    Column("sort_key", Text, nullable=False),
    Column("deleted_at", Text),
    version_column(),
    Index("ix_supplier_sort_key", "sort_key"),
)

# Apart from the article itself: what a purchase costs is never near a paper for customers
article_supply = Table(
    "article_supply",
    metadata,
    Column("article_id", Integer, ForeignKey("article.id"), primary_key=True, autoincrement=False),
    Column("supplier_id", Integer, ForeignKey("supplier.id")),
    text_column("supplier_code"),
    text_column("purchase_price"),  # decimal text, net
    text_column("stock"),  # empty: not counted; none, there, pieces
    integer_column("pieces"),
    text_column("counted_on"),  # a day
    version_column(),
    Index("ix_article_supply_supplier_id", "supplier_id"),
)

purchase_order = Table(
    "purchase_order",
    metadata,
    Column("id", Integer, primary_key=True),
    text_column("number"),  # taken when it goes out; empty: a draft
    Column("supplier_id", Integer, ForeignKey("supplier.id")),
    Column("document_id", Integer),  # the customer's order; none: for the shop
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("promise_id", Integer),
    text_column("commission"),
    text_column("deliver_to"),  # shop, customer
    text_column("delivery_address"),  # as printed, where it is the customer's
    text_column("wished"),  # a day
    text_column("words"),  # to the supplier
    Column("created_at", Text, nullable=False),
    Column("ordered_at", Text),
    text_column("confirmed"),  # the day the supplier delivers on
    text_column("ready_on"),  # the day the customer can have it then
    Column("confirmed_at", Text),
    Column("arrived_at", Text),  # the last piece
    Column("told_at", Text),  # the customer knows that it is there
    Column("cancelled_at", Text),
    text_column("later"),  # a day, and perhaps a time
    integer_column("outbox_id"),  # 0: ordered without a mail
    Column("deleted_at", Text),
    version_column(),
    Index("ix_purchase_order_supplier_id", "supplier_id"),
    Index("ix_purchase_order_document_id", "document_id"),
    Index("ix_purchase_order_customer_id", "customer_id"),
    Index("ix_purchase_order_number", "number"),
    Index("ix_purchase_order_arrived_at", "arrived_at"),
)

purchase_order_line = Table(
    "purchase_order_line",
    metadata,
    Column(
        "purchase_order_id", Integer, ForeignKey("purchase_order.id", ondelete="CASCADE"), primary_key=True
    ),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("source_position", Integer),  # of the customer's line
    text_column("article_code"),
    text_column("supplier_code"),
    text_column("text"),
    text_column("description"),
    text_column("quantity"),
    text_column("unit"),
    text_column("price"),  # decimal text, net; empty: as agreed
    text_column("arrived"),  # decimal text
    text_column("trouble"),  # what is damaged or missing, in the owner's words
)

# The bytes as sent: a business letter, kept as such
purchase_order_file = Table(
    "purchase_order_file",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("purchase_order_id", Integer, ForeignKey("purchase_order.id"), nullable=False),
    Column("name", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("data", LargeBinary, nullable=False),
    Index("ix_purchase_order_file_purchase_order_id", "purchase_order_id"),
)
