"""The colours of a purchase order's state."""

from __future__ import annotations

from shopdesk.domain.purchase_orders import PurchaseState
from shopdesk.ui.widgets.chips import ChipKind

TONES: dict[PurchaseState, ChipKind] = {
    PurchaseState.DRAFT: "warn",
    PurchaseState.ORDERED: "info",
    PurchaseState.CONFIRMED: "info",
    PurchaseState.PARTLY: "warn",
    PurchaseState.ARRIVED: "ok",
    PurchaseState.CANCELLED: "bad",
}
