"""The tables of inquiries; `tables` names them with the others."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Integer, Table, Text

from shopdesk.store.table_parts import integer_column, metadata, text_column, version_column

# Somebody waits for an answer; target and due moment stay as they were when the message came
inquiry = Table(
    "inquiry",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("customer_id", Integer, ForeignKey("customer.id")),
    Column("channel", Text, nullable=False),
    Column("state", Text, nullable=False),
    text_column("subject"),
    text_column("sender_name"),
    text_column("sender_address"),
    text_column("sender_phone"),
    text_column("thread_key"),
    Column("received_at", Text, nullable=False),
    Column("waiting_since", Text, nullable=False),
    Column("target", Integer),  # minutes of opening time; none: no clock
    Column("due_at", Text),
    Column("first_answer_at", Text),
    text_column("first_answer_channel"),
    Column("first_answer_minutes", Integer),
    Column("answered_at", Text),
    Column("answer_entry_id", Integer),  # the entry of the timeline that stopped the clock
    text_column("outcome"),  # won or lost, while it is open again
    text_column("lost_reason"),
    text_column("lost_words"),
    text_column("later"),  # a day, and perhaps a time; empty: now
    text_column("last_hours"),  # the open hours before the due moment
    Column("missed_call_id", Integer),
    integer_column("is_complaint"),
    Column("closed_at", Text),  # when it was over
    text_column("first_answer_by"),
    Column("sort_key", Text, nullable=False),
    text_column("search"),  # what it is found by, folded
    version_column(),
    Index("ix_inquiry_state_sort_key", "state", "sort_key"),
    Index("ix_inquiry_received_at", "received_at"),
    Index("ix_inquiry_customer_id", "customer_id"),
    Index("ix_inquiry_thread_key", "thread_key"),
    Index("ix_inquiry_missed_call_id", "missed_call_id"),
)

# What was written in an inquiry, in both directions, word for word
inquiry_message = Table(
    "inquiry_message",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("inquiry_id", Integer, ForeignKey("inquiry.id", ondelete="CASCADE"), nullable=False),
    Column("direction", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("at", Text),  # none: still in the outbox
    text_column("text"),
    integer_column("automatic"),
    text_column("reference"),
    Column("outbox_id", Integer),
    Index("ix_inquiry_message_inquiry_id", "inquiry_id"),
    Index("ix_inquiry_message_reference", "reference"),
    Index("ix_inquiry_message_outbox_id", "outbox_id"),
)

# Which documents an inquiry led to
inquiry_document = Table(
    "inquiry_document",
    metadata,
    Column("inquiry_id", Integer, ForeignKey("inquiry.id", ondelete="CASCADE"), primary_key=True),
    Column("document_id", Integer, ForeignKey("document.id", ondelete="CASCADE"), primary_key=True),
    Index("ix_inquiry_document_document_id", "document_id"),
)

# An answer that is being written; it goes with its inquiry
begun_reply = Table(
    "begun_reply",
    metadata,
    Column("inquiry_id", Integer, ForeignKey("inquiry.id", ondelete="CASCADE"), primary_key=True),
    Column("text", Text, nullable=False),
)
