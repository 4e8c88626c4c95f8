"""Around the sale: no distance contract, made to order, work at a house, an order to sign (RULES.md 7)."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.document_kinds import BILLS
from shopdesk.domain.documents import DocumentKind, Fulfilment
from shopdesk.i18n import Texts
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.showing import show_if

_CONTRACTS = BILLS | {DocumentKind.QUOTE, DocumentKind.ORDER_CONFIRMATION}


class SaleFields(QWidget):
    """Shows what matters for this kind of document and customer, and nothing where nothing does."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session = session
        gettext = texts.gettext
        self.to_sign = QCheckBox(gettext("The customer signs this order at the counter"))
        self.custom_made = QCheckBox(gettext("Made to order: no right of withdrawal"))
        self.custom_made.setToolTip(
            gettext(
                "Only what is truly made for this customer; a size out of the maker's list is no exception."
            )
        )
        self.building_work = QCheckBox(gettext("House, flat, garden: labour share (§ 35a)"))
        self.reason = QLineEdit()
        self.reason.setPlaceholderText(gettext("e.g. chosen and ordered in the shop"))
        self.no_distance = Field(gettext("No distance contract, because"), self.reason)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        for widget in (self.to_sign, self.custom_made, self.building_work, self.no_distance):
            layout.addWidget(widget)
        self.to_sign.clicked.connect(lambda on: self._edit(to_sign=on))
        self.custom_made.clicked.connect(lambda on: self._edit(custom_made=on))
        self.building_work.clicked.connect(lambda on: self._edit(building_work=on))
        self.reason.textEdited.connect(lambda text: self._edit(no_distance_reason=text))
        self.refresh()

    def _edit(self, **changes: object) -> None:
        document = self.session.document
        sale = replace(document.sale, **changes)  # type: ignore[arg-type]
        self.session.edit(replace(document, sale=sale), "sale" if "no_distance_reason" in changes else "")

    def refresh(self) -> None:
        """Show the session's document."""
        document = self.session.document
        sale, private = document.sale, not document.recipient.is_business
        at_a_distance = private and document.fulfilment != Fulfilment.PICKUP
        self.to_sign.setChecked(sale.to_sign)
        self.custom_made.setChecked(sale.custom_made)
        self.building_work.setChecked(sale.building_work)
        if self.reason.text() != sale.no_distance_reason:
            self.reason.setText(sale.no_distance_reason)
        contract = document.kind in _CONTRACTS
        show_if(self.to_sign, document.kind == DocumentKind.ORDER_CONFIRMATION)
        show_if(self.custom_made, contract and (private or sale.custom_made))
        show_if(self.building_work, contract)
        show_if(self.no_distance, contract and at_a_distance)
        show_if(self, contract)
        self.setEnabled(not self.session.locked)
