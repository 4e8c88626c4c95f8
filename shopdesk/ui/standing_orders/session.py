"""The lines of a standing order: edited like a document's, stored only with the standing order."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import DocumentKind, Recipient
from shopdesk.domain.standing_orders import StandingOrder
from shopdesk.ui.documents.session import EditingSession

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from shopdesk.usecases.shop import Shop


class TemplateSession(EditingSession):
    """An editing session without a row of its own: nothing of it is stored by itself."""

    def __init__(self, shop: Shop, order: StandingOrder, customer: Customer | None, parent: QObject) -> None:
        recipient = customer.as_recipient() if customer is not None else Recipient()
        super().__init__(shop, replace(order.content, recipient=recipient), parent)

    @property
    def is_dirty(self) -> bool:
        """The form asks whether something has changed; the session itself stores nothing."""
        return False

    def save(self) -> bool:
        """Nothing to do."""
        self._timer.stop()
        return True

    def choose(self, kind: DocumentKind) -> None:
        """Another kind of document is made each time."""
        self.edit(replace(self.document, kind=kind), "kind")

    def give_to(self, customer: Customer) -> None:
        """For whom it is: the kind of sums that are shown depends on it."""
        self.edit(replace(self.document, recipient=customer.as_recipient()), "customer")
