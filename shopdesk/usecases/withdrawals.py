"""Which purchases a customer may still withdraw from, and until when."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.withdrawals import Withdrawal, withdrawal

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

_KINDS = (DocumentKind.INVOICE.value, DocumentKind.FINAL_INVOICE.value)
# without a notice the right ends after twelve months and fourteen days; deliveries may follow their invoice
_LONGEST = dt.timedelta(days=500)


@dataclass(frozen=True, slots=True)
class OpenWithdrawal:
    """A purchase that can still be withdrawn from."""

    document_id: int
    number: str
    withdrawal: Withdrawal


def of_customer(shop: Shop, customer_id: int) -> tuple[OpenWithdrawal, ...]:
    """The purchases with an open right of withdrawal, newest first; cancelled ones are left out."""
    from shopdesk.store import documents, withdrawals
    from shopdesk.usecases.chains import is_cancelled

    today = shop.clock.today()
    found = []
    with shop.reading() as connection:
        for document_id in withdrawals.bills_since(connection, customer_id, today - _LONGEST, _KINDS):
            document = documents.load(connection, document_id)
            right = withdrawal(document, _informed(connection, shop, document_id))
            if right and right.until >= today and not is_cancelled(connection, document_id):
                found.append(OpenWithdrawal(document_id, document.number, right))
    return tuple(found)


def _informed(connection: Connection, shop: Shop, document_id: int) -> dt.date | None:
    """The notice may have gone with the quote or the order confirmation already."""
    from shopdesk.store import references, withdrawals

    at = withdrawals.informed_at(connection, references.connected(connection, document_id))
    return at.astimezone(shop.clock.zone).date() if at else None
