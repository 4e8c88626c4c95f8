"""What the owner wants to know of a caller, beside what the customer's page reads."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from sqlalchemy import Connection, Select, bindparam, select

from shopdesk.domain.document_kinds import BILLS
from shopdesk.store.tables import customer_phone, document


def some_number(connection: Connection) -> str:
    """A number of any customer, "" where there is none."""
    return str(
        connection.scalar(select(customer_phone.c.e164).where(customer_phone.c.e164 > "+").limit(1)) or ""
    )


def last_purchase(connection: Connection, customer_id: int) -> tuple[dt.date, str, int, str] | None:
    """Day, number, sum and currency of the customer's newest bill."""
    row = connection.execute(_newest_bill(), {"customer": customer_id}).one_or_none()
    return None if row is None else (dt.date.fromisoformat(row.date), row.number, row.gross, row.currency)


@lru_cache(maxsize=1)
def _newest_bill() -> Select[str, str, int, str]:
    return (
        select(document.c.date, document.c.number, document.c.gross, document.c.currency)
        .where(
            document.c.customer_id == bindparam("customer"),
            document.c.state == "issued",
            document.c.kind.in_(list(BILLS)),
        )
        .order_by(document.c.date.desc(), document.c.id.desc())
        .limit(1)
    )
