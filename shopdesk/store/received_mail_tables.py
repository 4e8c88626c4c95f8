"""The tables of received mails; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

# How fetching from an account stands; Heute reads `alarm_at` and `reason` through the plain driver
mail_fetch = Table(
    "mail_fetch",
    metadata,
    Column("account", Text, primary_key=True),
    Column("last_success_at", Text),
    Column("failing_since", Text),
    integer_column("failures"),
    Column("next_try_at", Text),
    text_column("reason"),
    Column("alarm_at", Text),
    text_column("name"),
)

# Up to which mail each folder was read; it moves in the transaction that stores the mail
mail_folder = Table(
    "mail_folder",
    metadata,
    Column("account", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    integer_column("uid_validity"),
    integer_column("last_uid"),
)

# What is still to be done on the server with mails that are stored; it goes in and out with a transaction
mail_tidying = Table(
    "mail_tidying",
    metadata,
    Column("account", Text, primary_key=True),
    Column("folder", Text, primary_key=True),
    Column("uid_validity", Integer, primary_key=True),
    Column("uid", Integer, primary_key=True),
    Column("mail_id", Integer, nullable=False),
)

received_mail = Table(
    "received_mail",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("message_id", Text, nullable=False),
    Column("thread", Text, nullable=False),
    Column("place", Text, nullable=False),  # taken, kept_away, bounce
    text_column("reason"),  # why it is kept away
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("inquiry_id", Integer),
    text_column("sender"),
    text_column("sender_name"),
    text_column("answer_to"),
    text_column("answer_to_name"),
    text_column("recipients"),
    text_column("subject"),
    text_column("text"),
    Column("received_at", Text, nullable=False),
    Column("fetched_at", Text, nullable=False),
    text_column("reference_ids"),
    text_column("attachments"),
    integer_column("automatic"),
    integer_column("is_cut"),
    integer_column("size"),
    Column("sha256", Text, nullable=False),
    Column("data", LargeBinary),  # none: kept away long ago
    version_column(),
    UniqueConstraint("message_id", name="uq_received_mail_message_id"),
    Index("ix_received_mail_place_received_at", "place", "received_at"),
    Index("ix_received_mail_thread", "thread"),
    Index("ix_received_mail_customer_id", "customer_id"),
    Index("ix_received_mail_inquiry_id", "inquiry_id"),
    Index("ix_received_mail_received_at", "received_at"),
)

# What the owner decided about an address: always or never
mail_sender_rule = Table(
    "mail_sender_rule",
    metadata,
    Column("address", Text, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("at", Text, nullable=False),
)
