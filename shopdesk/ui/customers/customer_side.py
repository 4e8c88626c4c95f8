"""The cards beside the timeline, what is asked for most often first.

The short ones come first, so that what was agreed, what the customer means to the shop and how to reach him are seen
together on a small screen (1280 × 800).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QWidget

from shopdesk.domain.customers import Customer
from shopdesk.ui.customers.appointments_card import AppointmentsCard
from shopdesk.ui.customers.consents_card import ConsentsCard
from shopdesk.ui.customers.documents_card import DocumentsCard
from shopdesk.ui.customers.files_card import FilesCard
from shopdesk.ui.customers.follow_ups_card import FollowUpsCard
from shopdesk.ui.customers.form_card import CustomerFormCard
from shopdesk.ui.customers.photo import CustomerPhotoView, is_picture
from shopdesk.ui.customers.promises_card import PromisesCard
from shopdesk.ui.customers.purchases_card import PurchasesCard
from shopdesk.ui.customers.shipments_card import ShipmentsCard
from shopdesk.ui.customers.side_cards import ContactCard, FactsCard, GlanceCard
from shopdesk.ui.customers.statement_button import StatementButton
from shopdesk.ui.customers.withdrawals_card import WithdrawalsCard
from shopdesk.ui.payment_reminders.stop_line import StopLine
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.standing_orders.card import StandingOrdersCard
from shopdesk.ui.widgets.cards import ScrollPage
from shopdesk.usecases import customers, withdrawals

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop


class CustomerSide(ScrollPage):
    """Shows a customer who is stored."""

    def __init__(
        self,
        shop: Shop,
        shell: Shell,
        *,
        on_edit: Callable[[], None],
        on_delete: Callable[[], None],
        on_facts: Callable[[tuple[str, ...]], bool],
    ) -> None:
        super().__init__()
        self._shop, texts = shop, shell.texts
        self._customer = Customer()
        self.form_card = CustomerFormCard(shop, shell, on_delete)
        self.photo = CustomerPhotoView(shop, shell)
        self.contact = ContactCard(texts, on_edit, shell.open_customer, self.photo.button)
        self.glance = GlanceCard(texts)
        self.statement = StatementButton(shop, shell)
        self.glance.body.addWidget(self.statement, 0, Qt.AlignmentFlag.AlignLeft)
        self.stops = StopLine(shop, shell)
        self.glance.body.addWidget(self.stops)
        self.facts = FactsCard(texts, on_facts)
        self.promises = PromisesCard(shop, shell)
        self.appointments = AppointmentsCard(shop, shell)
        self.shipments = ShipmentsCard(shop, shell)
        self.purchases = PurchasesCard(shop, shell)
        self.due = FollowUpsCard(shop, shell)
        self.documents = DocumentsCard(shop, shell)
        self.standing_orders = StandingOrdersCard(shop, shell)
        self.consents = ConsentsCard(shop, shell)
        self.withdrawals = WithdrawalsCard(texts, shell.open_document)
        self.files = FilesCard(shop, shell)
        cards: tuple[QWidget, ...] = (
            self.form_card, self.promises, self.appointments, self.purchases, self.shipments, self.facts,
            self.glance, self.contact, self.due, self.documents, self.standing_orders, self.consents,
            self.withdrawals, self.files,
        )  # fmt: skip
        for card in cards:
            self.body.addWidget(card)
        self.body.addStretch(1)

    def show_customer(self, customer: Customer) -> None:
        """Read everything about the customer again."""
        self._customer = customer
        assert customer.id is not None
        self.contact.show_customer(customer)
        self.facts.show_facts(customer.facts)
        glance = customers.glance(self._shop, customer.id)
        self.glance.show_glance(glance)
        self.statement.show_customer(customer, is_known=bool(glance.purchases))
        self.stops.show_customer(customer, is_known=bool(glance.open_minor))
        self.withdrawals.show_withdrawals(withdrawals.of_customer(self._shop, customer.id))
        self.promises.show_customer(customer.id)
        self.appointments.show_customer(customer.id)
        self.shipments.show_customer(customer.id)
        self.purchases.show_customer(customer.id)
        self.due.show_customer(customer.id)
        self.consents.show_customer(customer.id)
        self.files.show_customer(customer.id)
        self.photo.show_customer(customer.id)
        self.documents.show_customer(customer.id)
        self.standing_orders.show_customer(customer.id)

    def take_files(self, paths: list[str]) -> bool:
        """Dropped on the contact card one picture is the photo; everything else is kept as files."""
        place = self.contact.mapFromGlobal(QCursor.pos())
        is_photo = len(paths) == 1 and is_picture(paths[0]) and self.contact.isVisible()
        if is_photo and self.contact.rect().contains(place) and self._customer.id is not None:
            self.photo.take(paths[0])
            return True
        return self.files.take(paths)
