"""How the shop sells: prices, VAT, terms, and where it stands."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit

from shopdesk.domain.documents import Prices
from shopdesk.domain.shop_profile import PrepayWith, ShopProfile
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.settings.fields import LANGUAGE_NAMES, ExplainedField, form_grid, whole_number_edit
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import PercentEdit
from shopdesk.usecases import shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

# proper names, the same in every language
REGIONS = (
    ("Baden-Württemberg", "BW"), ("Bayern", "BY"), ("Berlin", "BE"), ("Brandenburg", "BB"), ("Bremen", "HB"),
    ("Hamburg", "HH"), ("Hessen", "HE"), ("Mecklenburg-Vorpommern", "MV"), ("Niedersachsen", "NI"),
    ("Nordrhein-Westfalen", "NW"), ("Rheinland-Pfalz", "RP"), ("Saarland", "SL"), ("Sachsen", "SN"),
    ("Sachsen-Anhalt", "ST"), ("Schleswig-Holstein", "SH"), ("Thüringen", "TH"),
)  # fmt: skip
_LONGEST_TERM = 365


class SellingSection(FormSection[ShopProfile]):
    """What new quotes and invoices begin with; each field says in one sentence what it does."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Selling"),
            gettext("What new quotes and invoices begin with. Each of them can still be changed."),
            gettext("tax one-stop-shop EU holidays prepayment due validity"),
        )
        self._make_choices()
        self.rate = PercentEdit(self.texts, gettext("VAT rate"))
        self.rate.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
        self.payment_days = whole_number_edit(self.texts, gettext("Days to pay"), 0, _LONGEST_TERM)
        self.quote_days = whole_number_edit(self.texts, gettext("Days a quote is valid"), 1, _LONGEST_TERM)
        self.area_code = QLineEdit()
        self.prepay = Choice(
            [
                (gettext("no, goods first"), ""),
                (gettext("yes, the invoice asks for it"), PrepayWith.INVOICE.value),
                (gettext("yes, the order confirmation asks for it"), PrepayWith.ORDER_CONFIRMATION.value),
            ]
        )
        self._place()
        self.finish()

    def _make_choices(self) -> None:
        gettext = self.texts.gettext
        self.prices = Choice(
            [(gettext("incl. VAT"), Prices.GROSS.value), (gettext("plus VAT"), Prices.NET.value)]
        )
        self.oss = Choice(
            [
                (gettext("by itself"), "auto"),
                (gettext("yes, always the buyer's country"), "yes"),
                (gettext("no, always Germany"), "no"),
            ]
        )
        self.region = Choice([(gettext("not said"), ""), *REGIONS])
        self.language = Choice([(LANGUAGE_NAMES[code], code) for code in PAPER_LANGUAGES])

    def _place(self) -> None:
        gettext = self.texts.gettext
        self._fields = {
            "prices": ExplainedField(
                gettext("Prices"), self.prices,
                gettext("How you name prices: private customers must see them with VAT."),
            ),
            "default_rate": ExplainedField(
                gettext("VAT rate"), self.rate, gettext("For everything whose article says no other rate.")
            ),
            "payment_days": ExplainedField(
                gettext("Days to pay"), self.payment_days,
                gettext("Counted from the date of the invoice; they make its due date."),
            ),
            "quote_valid_days": ExplainedField(
                gettext("Days a quote is valid"), self.quote_days,
                gettext("So long you are bound to the price; the last day stands on the quote."),
            ),
            "oss": ExplainedField(
                gettext("VAT of the buyer's country (OSS)"), self.oss,
                gettext(
                    "Sales to private customers in other EU countries above 10,000 € a year are taxed where the "
                    "customer lives; the program counts for you."
                ),
            ),
            "language": ExplainedField(
                gettext("Language of the shop"), self.language,
                gettext("For customers whose language is not known, and for notes to your tax adviser."),
            ),
            "area_code": ExplainedField(
                gettext("Area code"), self.area_code,
                gettext("Completes local numbers: 12 34 56 becomes 0551 12 34 56."),
            ),
            "region": ExplainedField(
                gettext("Federal state"), self.region,
                gettext("Its public holidays are skipped when working days are counted."),
            ),
        }  # fmt: skip
        pairs = list(self._fields.values())
        rows = [[(pairs[at], 3), (pairs[at + 1], 3)] for at in range(0, len(pairs), 2)]
        self.body.addLayout(form_grid([list(row) for row in rows]))
        self._fields["prepay"] = ExplainedField(
            gettext("Payment in advance"), self.prepay,
            gettext("The goods leave when the money has come; after an order confirmation the invoice goes with them."),
        )  # fmt: skip
        self.body.addLayout(form_grid([[(self._fields["prepay"], 6)]]))

    def _stored(self) -> ShopProfile:
        return shop_settings.profile(self.shop)

    def _show(self, value: ShopProfile) -> None:
        self.prices.set_value(value.prices.value)
        self.rate.set_value(value.default_rate)
        self.payment_days.set_value(value.payment_days)
        self.quote_days.set_value(value.quote_valid_days)
        self.oss.set_value(value.oss)
        self.language.set_value(value.language)
        self.area_code.setText(value.area_code)
        self.region.set_value(value.region)
        self.prepay.set_value(value.prepay_with.value if value.prepay else "")

    def _typed(self) -> ShopProfile:
        profile = ShopProfile()  # who the shop is belongs to another card and is put in on storing
        days, valid, rate = self.payment_days.value, self.quote_days.value, self.rate.value
        return replace(
            profile,
            prices=Prices(self.prices.value),
            default_rate=Decimal(0) if rate is None else rate,
            payment_days=profile.payment_days if days is None else days,
            quote_valid_days=profile.quote_valid_days if valid is None else valid,
            oss=self.oss.value,
            language=self.language.value,
            area_code="".join(sign for sign in self.area_code.text() if sign.isdecimal()),
            region=self.region.value,
            prepay=bool(self.prepay.value),
            prepay_with=PrepayWith(self.prepay.value or PrepayWith.INVOICE),
        )

    def _store(self, value: ShopProfile) -> None:
        stored = shop_settings.profile(self.shop)
        wanted = replace(
            value, seller=stored.seller, currency=stored.currency, check_vat_ids=stored.check_vat_ids
        )
        shop_settings.save_profile(self.shop, wanted)

    def _say(self, field: str, problem: str) -> bool:
        for name, frame in self._fields.items():
            frame.say(problem if name == field else "")
        return field in self._fields
