"""The card's own columns of a customer: how to reach him, who recommended the shop, what was agreed on payment."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from shopdesk.domain.consents import Channel
from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import CashDiscount

_CHANNELS = ("preferred_channel", "service_channel", "advertising_channel")


def columns(value: Customer) -> dict[str, Any]:
    """What is stored."""
    cash = value.cash_discount
    return {
        **{name: channel.value if (channel := getattr(value, name)) else "" for name in _CHANNELS},
        "birthday": value.birthday.isoformat() if value.birthday else "",
        "recommended_by": value.recommended_by,
        "recommended_by_id": value.recommended_by_id,
        "payment_days": value.payment_days,
        "cash_discount_percent": format(cash.percent, "f") if cash else "",
        "cash_discount_days": cash.days if cash else 0,
        "discount_percent": format(value.discount_percent, "f") if value.discount_percent else "",
    }


def values(row: Any) -> dict[str, Any]:
    """The fields of `Customer` that a row holds."""
    cash = row.cash_discount_percent
    return {
        **{name: Channel(code) if (code := getattr(row, name)) else None for name in _CHANNELS},
        "birthday": dt.date.fromisoformat(row.birthday) if row.birthday else None,
        "recommended_by": row.recommended_by,
        "recommended_by_id": row.recommended_by_id,
        "payment_days": row.payment_days,
        "cash_discount": CashDiscount(Decimal(cash), row.cash_discount_days) if cash else None,
        "discount_percent": Decimal(row.discount_percent) if row.discount_percent else None,
    }
