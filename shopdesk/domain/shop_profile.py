"""What the owner has set for the shop: who it is and how it sells."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.documents import Prices, Seller


class PrepayWith(StrEnum):
    """The document that asks for payment in advance; after an order confirmation the invoice comes with the goods."""

    INVOICE = "invoice"
    ORDER_CONFIRMATION = "order_confirmation"


@dataclass(frozen=True, slots=True)
class ShopProfile:
    """The business's settings, stored in the database so that one backup is complete.

    `oss`: "auto", "yes" or "no" (VAT of the buyer's country for private buyers in the EU); `prepay`: invoices are
    paid before the goods leave; `region`: the Bundesland for public holidays ("NI"); `check_vat_ids`: ask the member
    states about the VAT id of a business that is billed without VAT.
    """

    seller: Seller = Seller()
    language: str = "de"
    oss: str = "auto"
    prices: Prices = Prices.GROSS
    default_rate: Decimal = Decimal(19)
    payment_days: int = 14
    quote_valid_days: int = 14
    prepay: bool = False
    prepay_with: PrepayWith = PrepayWith.INVOICE
    area_code: str = ""
    region: str = ""
    currency: str = "EUR"
    check_vat_ids: bool = True

    @property
    def country(self) -> str:
        """Where the shop is."""
        return self.seller.address.country

    @property
    def is_complete(self) -> bool:
        """Whether an invoice can carry all that § 14 (4) UStG wants of the seller."""
        seller = self.seller
        address = seller.address
        return bool(seller.name and address.lines and address.city and (seller.tax_number or seller.vat_id))
