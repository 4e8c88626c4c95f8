"""Figures counted out of the rows."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import ColumnElement, Connection, case, func, select

from shopdesk.domain.document_kinds import BILLS, E_INVOICES
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.store.tables import document


def of_the_day(connection: Connection, day: dt.date, currency: str) -> tuple[int, Money, int, int, Money]:
    """Bills issued on the day and their sum less corrections, drafts, open quotes that are still valid, their sum.

    The sums leave other currencies out.
    """
    total = sum_in(currency)
    invoices = connection.execute(
        select(bills(), turnover_in(currency)).where(
            document.c.kind.in_(TURNOVER), document.c.state == "issued", document.c.date == day.isoformat()
        )
    ).one()
    # every kind by name: else the index over kind and state is not used
    is_draft = document.c.kind.in_(list(DocumentKind)) & (document.c.state == "draft")
    drafts = connection.scalar(select(func.count()).where(is_draft)) or 0
    successor = document.alias("successor")
    answered = (
        select(successor.c.id)
        .where(successor.c.follows_id == document.c.id, successor.c.state == "issued")
        .exists()
    )
    quotes = connection.execute(
        select(func.count(), total).where(
            document.c.kind == "quote",
            document.c.state == "issued",
            document.c.due >= day.isoformat(),
            ~answered,
        )
    ).one()
    return invoices[0], Money(invoices[1], currency), drafts, quotes[0], Money(quotes[1], currency)


TURNOVER = tuple(sorted(E_INVOICES))
"""The kinds that make the turnover: a cancellation's sums are negative, a credit note counts against it."""


def bills() -> ColumnElement[int]:
    """How many of the rows are bills."""
    return func.count(case((document.c.kind.in_(tuple(sorted(BILLS))), 1)))


def purchases() -> ColumnElement[int]:
    """How many of the rows are purchases."""
    return func.count(case((is_purchase(), 1)))


def last_purchase() -> ColumnElement[str]:
    """The day of the newest one among the rows."""
    return func.max(case((is_purchase(), document.c.date)))


def is_purchase() -> ColumnElement[bool]:
    """A deposit is a part of a purchase, and what was cancelled is none."""
    later = document.alias("later")
    cancelled = (
        select(later.c.id)
        .where(later.c.follows_id == document.c.id, later.c.kind == "cancellation", later.c.state == "issued")
        .correlate(document)
        .exists()
    )
    return document.c.kind.in_(("invoice", "final_invoice")) & ~cancelled


def turnover_in(currency: str) -> ColumnElement[int]:
    """The gross turnover of the rows in this currency, corrections and cancellations deducted."""
    signed = case((document.c.kind == "credit_note", -document.c.gross), else_=document.c.gross)
    return func.coalesce(func.sum(case((document.c.currency == currency, signed), else_=0)), 0)


def sum_in(currency: str) -> ColumnElement[int]:
    """The gross sum of the documents in this currency; cents and yen do not add up."""
    in_currency = case((document.c.currency == currency, document.c.gross), else_=0)
    return func.coalesce(func.sum(in_currency), 0)
