"""What the program reckons with when goods are ordered from suppliers."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.purchase_orders import PurchaseRules
from shopdesk.ui.settings.fields import ExplainedField, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.usecases import purchase_orders

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_MOST_DAYS = 60


class PurchasesSection(FormSection[PurchaseRules]):
    """Days from the supplier to the customer, and until a missing confirmation is asked about."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Orders at suppliers"),
            gettext("How a supplier's date becomes your promise."),
            gettext("supplier purchase order delivery confirmation handling days"),
        )
        handling = gettext("Working days from the supplier's delivery to the customer")
        asking = gettext("Ask about a missing confirmation after so many working days")
        self.handling = whole_number_edit(self.texts, handling, 0, _MOST_DAYS)
        self.asking = whole_number_edit(self.texts, asking, 0, _MOST_DAYS)
        words = gettext(
            "When a supplier confirms a day, these working days are added for your own work before the customer is "
            "promised it."
        )
        self.body.addWidget(ExplainedField(handling, self.handling, words))
        self.body.addWidget(ExplainedField(asking, self.asking, gettext("Heute asks then.")))
        self.finish()

    def _stored(self) -> PurchaseRules:
        return purchase_orders.rules(self.shop)

    def _show(self, value: PurchaseRules) -> None:
        self.handling.set_value(value.handling_days)
        self.asking.set_value(value.unconfirmed_days)

    def _typed(self) -> PurchaseRules:
        return PurchaseRules(self.handling.value or 0, self.asking.value or 0)

    def _store(self, value: PurchaseRules) -> None:
        purchase_orders.save_rules(self.shop, value)
