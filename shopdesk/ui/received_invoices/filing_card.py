"""Filing a received invoice: whom it is from, and how long it is kept."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit

from shopdesk.domain.errors import NotFound
from shopdesk.domain.received_invoices import KeptInvoice
from shopdesk.i18n import Texts
from shopdesk.ui.documents.customer_field import CustomerEdit
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption, Heading, Muted
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import customers

if TYPE_CHECKING:
    from shopdesk.usecases.received_invoices import OpenedInvoice
    from shopdesk.usecases.shop import Shop


class FilingCard(Card):
    """A customer, or a supplier's name in free text, or neither."""

    new_customer_wanted = Signal(str)

    def __init__(
        self, shop: Shop, texts: Texts, save: Callable[[], None], remove: Callable[[], None]
    ) -> None:
        super().__init__()
        self._shop, self._texts = shop, texts
        gettext = texts.gettext
        self.customer_id: int | None = None
        self.heading = Heading(gettext("File it"))
        self.state = Muted("", wrap=True)
        self.customer = CustomerEdit(shop, texts)
        self.customer.chosen.connect(self.choose)
        self.customer.new_wanted.connect(self.new_customer_wanted)
        self.nobody = GhostButton(gettext("No customer"), lambda: self.choose(None), icon_name="x")
        self.supplier = QLineEdit()
        self.supplier.setMaxLength(200)
        self.save = Button(gettext("Save"), save)
        self.remove = GhostButton(gettext("Remove"), remove, icon_name="trash-2")
        self.hash = Caption("", wrap=True)
        buttons = QHBoxLayout()
        buttons.addWidget(self.remove)
        buttons.addStretch(1)
        buttons.addWidget(self.save)
        self.body.addWidget(self.heading)
        self.body.addWidget(self.state)
        self.body.addWidget(Field(gettext("Belongs to the customer"), self.customer))
        self.body.addWidget(self.nobody)
        self.body.addWidget(Field(gettext("or supplier, in your words"), self.supplier))
        self.body.addLayout(buttons)
        self.body.addWidget(self.hash)

    def show_invoice(self, opened: OpenedInvoice) -> None:
        """Not filed yet: a proposal. Filed: as it was filed."""
        kept, gettext = opened.kept, self._texts.gettext
        invoice = opened.invoice
        self.heading.setText(gettext("Filed") if kept else gettext("File it"))
        self.state.setText(self._state(kept))
        supplier = kept.supplier if kept else "" if opened.customer_id else invoice.seller.name
        self.supplier.setText(supplier)
        self.choose(opened.customer_id)
        show_if(self.save, kept is not None)
        show_if(self.remove, kept is not None and self._shop.clock.today() > kept.kept_until)
        # in groups, or the hash would widen the window
        groups = " ".join(opened.sha256[at : at + 8] for at in range(0, len(opened.sha256), 8))
        self.hash.setText(gettext("{file}, SHA-256 {hash}").format(file=opened.file_name, hash=groups))

    def _state(self, kept: KeptInvoice | None) -> str:
        gettext, date = self._texts.gettext, self._texts.date
        if kept is None:
            return gettext("The file is kept as it came, unchanged, for eight years.")
        day = kept.received_at.astimezone(self._shop.clock.zone).date()
        words = gettext("Received on {day}, kept unchanged until {until}.")
        return words.format(day=date(day), until=date(kept.kept_until))

    def choose(self, customer_id: int | None) -> None:
        """This customer, or nobody."""
        name = ""
        if customer_id is not None:
            try:
                name = customers.get(self._shop, customer_id).name
            except NotFound:
                customer_id = None
        self.customer_id = customer_id
        self.customer.setModified(False)
        self.customer.say(name)
        self.customer.setText(name)
        show_if(self.nobody, customer_id is not None)
