"""What is open of each bill, as SQL: counted as BillAccount (domain/payments) does, which says why."""

from __future__ import annotations

from typing import Any

from sqlalchemy import ColumnElement, Float, Integer, and_, case, cast, func

from shopdesk.store import order_bills


def open_column(bills: Any) -> ColumnElement[Any]:
    """What is left of a bill, counted as BillAccount does: see there."""
    its = bills.c
    left = its.payable - its.credited - its.billed
    is_order = its.kind == order_bills.ORDER
    owed: ColumnElement[Any] = case(
        (and_(is_order, its.given_back > 0, its.amount <= 0), 0),
        (is_order, func.max(left - its.given_back, 0)),
        (its.cancelled, -its.on_the_spot),
        else_=left,
    )
    # each figure is looked up where it is named: most bills are neither corrected nor forgiven anything
    is_plain = and_(~is_order, ~its.cancelled, its.credited == 0)
    plain = its.payable - its.amount - its.cash_discount - its.written_off
    missing = owed - its.amount - _still_discounted(its, owed)
    off = func.max(func.min(its.written_off, missing), 0)
    nothing_forgiven = its.cash_discount + its.written_off == 0
    return case((is_plain, plain), (nothing_forgiven, owed - its.amount), else_=missing - off)


def _still_discounted(its: Any, owed: ColumnElement[Any]) -> ColumnElement[Any]:
    """The cash discount as far as the bill's terms allow it of what is still owed, rounded half up."""
    percent = cast(func.round(cast(its.terms_percent, Float) * 10_000), Integer)
    most = (func.max(owed, 0) * percent + 500_000) // 1_000_000
    return case(
        (its.cancelled, 0),
        (its.terms_percent.is_(None), its.cash_discount),
        else_=func.min(its.cash_discount, most),
    )
