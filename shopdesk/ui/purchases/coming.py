"""How lists of what may leave speak of goods that are still to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.purchase_orders import DeliverTo

if TYPE_CHECKING:
    from shopdesk.domain.purchase_orders import PurchaseOrder
    from shopdesk.i18n import Texts


def words(order: PurchaseOrder, texts: Texts) -> str:
    """When the goods come, as far as the supplier has said."""
    if order.deliver_to == DeliverTo.CUSTOMER:
        return texts.gettext("goes straight from the supplier")
    if order.confirmed is None:
        return texts.gettext("goods ordered, no date yet")
    return texts.gettext("goods come {date}").format(date=texts.date(order.confirmed))
