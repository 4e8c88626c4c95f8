"""What the owner wants to know of a caller, beside what the customer's page reads."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, select

from shopdesk.domain.document_kinds import BILLS
from shopdesk.store.tables import customer_phone, document


def some_number(connection: Connection) -> str:
    """A number of any customer, "" where there is none."""
    return str(
        connection.scalar(select(customer_phone.c.e164).where(customer_phone.c.e164 > "+").limit(1)) or ""
    )


def last_purchase(connection: Connection, customer_id: int) -> tuple[dt.date, str, int, str] | None:
    """Day, number, sum and currency of the customer's newest bill."""
    newest = (
        select(document.c.date, document.c.number, document.c.gross, document.c.currency)
        .where(
            document.c.customer_id == customer_id,
            document.c.state == "issued",
            document.c.kind.in_(list(BILLS)),
        )
        .order_by(document.c.date.desc(), document.c.id.desc())
    )
    row = connection.execute(newest.limit(1)).one_or_none()
    return None if row is None else (dt.date.fromisoformat(row.date), row.number, row.gross, row.currency)
