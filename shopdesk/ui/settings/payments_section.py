"""How strict the shop is with payments: a late cash discount, missing cents, and from when they are followed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.money import Money
from shopdesk.domain.payments import PaymentRules
from shopdesk.ui.documents.payments_made import read_past_day
from shopdesk.ui.settings.fields import ExplainedField, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.fields import AmountEdit, DateField
from shopdesk.usecases import payments, shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_MOST_DAYS = 30


class PaymentsSection(FormSection[PaymentRules]):
    """What the card of a payment proposes and allows."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Payments"),
            gettext("What counts as paid, and what is still waited for."),
            gettext("payment cash discount tolerance write off cents overdue"),
        )
        late, limit, since = (
            gettext("Days by which a cash discount may be late"),
            gettext("Written off at most"),
            gettext("Payments are followed since"),
        )
        self.tolerance = whole_number_edit(self.texts, late, 0, _MOST_DAYS)
        self.limit = AmountEdit(self.texts, limit)
        self.since = DateField(self.texts, since, lambda text: read_past_day(text, shop.clock.today()))
        self.may_be_empty = (self.since,)
        words = gettext("So long it is proposed all the same; later you decide each time.")
        self.body.addWidget(ExplainedField(late, self.tolerance, words))
        words = gettext(
            "So much may be missing and be settled with a reason; for more a credit note is right."
        )
        self.body.addWidget(ExplainedField(limit, self.limit, words))
        words = gettext("Invoices before that day count as settled. Empty: all are followed.")
        self.body.addWidget(ExplainedField(since, self.since, words))
        self.finish()

    def _stored(self) -> PaymentRules:
        return payments.rules(self.shop)

    def _show(self, value: PaymentRules) -> None:
        self.tolerance.set_value(value.tolerance_days)
        self.limit.set_value(Money(value.write_off_limit, self._currency()).amount)
        self.since.set_value(value.since)

    def _typed(self) -> PaymentRules:
        limit = Money.of(self.limit.value or 0, self._currency())
        return PaymentRules(self.tolerance.value or 0, max(limit.minor, 0), self.since.value)

    def _store(self, value: PaymentRules) -> None:
        payments.save_rules(self.shop, value)

    def _currency(self) -> str:
        return shop_settings.profile(self.shop).currency
