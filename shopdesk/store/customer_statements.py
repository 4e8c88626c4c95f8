"""What corrected the bills of a customer, for the statement."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from sqlalchemy import Connection, select

from shopdesk.domain.customer_statements import Correction
from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payments import BillAccount
from shopdesk.store.tables import document, document_reference

_CREDIT, _CANCELLATION = DocumentKind.CREDIT_NOTE, DocumentKind.CANCELLATION


def corrections(connection: Connection, bills: Sequence[BillAccount]) -> tuple[Correction, ...]:
    """The corrections and cancellations of these bills; one that names several counts for the first of them."""
    by_id = {bill.document_id: bill for bill in bills}
    columns = (document.c.id, document.c.kind, document.c.number, document.c.date, document.c.gross)
    statement = (
        select(*columns, document_reference.c.referred_id)
        .join(document_reference, document_reference.c.document_id == document.c.id)
        .where(
            document_reference.c.referred_id.in_(by_id),
            document.c.kind.in_((_CREDIT.value, _CANCELLATION.value)),
            document.c.state == "issued",
        )
        .order_by(document.c.id, document_reference.c.referred_id)
    )
    found: dict[int, Correction] = {}
    for row in connection.execute(statement):
        bill, kind = by_id[row.referred_id], DocumentKind(row.kind)
        # of a cancelled bill nothing is owed any more, and what was paid on the spot goes back
        gone = bill.payable - bill.credited + Money(bill.on_the_spot, bill.owed.currency)
        less = gone if kind == _CANCELLATION else Money(row.gross, bill.owed.currency)
        if row.id not in found:
            day = dt.date.fromisoformat(row.date)
            found[row.id] = Correction(row.id, row.number, kind, day, less, row.referred_id)
    return tuple(found.values())
