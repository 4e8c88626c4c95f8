"""Suppliers: who makes or delivers what the shop sells. They are no customers and get nothing but purchase orders."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from shopdesk.domain.addresses import Address
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import checked_address
from shopdesk.domain.messages import N_, Message

PAPER_LANGUAGES = ("de", "en", "fr", "bg")
"""In these languages a purchase order is written."""
_LONGEST_DELIVERY = 365


class SupplierRefused(ShopError):
    """Something of a supplier is missing or cannot be."""

    code = "supplier"


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier. `our_number` is the shop's customer number there, `delivery_days` are working days, 0: not known.

    `note` is the shop's own (order minimum, telephone hours) and printed nowhere.
    """

    name: str = ""
    address: Address = Address()
    email: str = ""
    phone: str = ""
    our_number: str = ""
    language: str = "de"
    delivery_days: int = 0
    note: str = ""
    id: int | None = None
    version: int = 0


@dataclass(frozen=True, slots=True)
class Supply:
    """Where an article comes from. `price` is what it costs the shop, without VAT; customers never see it."""

    supplier_id: int | None = None
    supplier_code: str = ""
    price: Decimal | None = None
    supplier_name: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is known."""
        return self.supplier_id is None and not self.supplier_code and self.price is None


def checked(value: Supplier) -> Supplier:
    """The supplier with its texts trimmed; raises SupplierRefused or WrongAddress at the field."""
    name = " ".join(value.name.split())
    if not name:
        raise SupplierRefused(Message(N_("The supplier's name is missing.")), field="name")
    if not 0 <= value.delivery_days <= _LONGEST_DELIVERY:
        raise SupplierRefused(
            Message(N_("Usual delivery time: a number of working days from 0 to 365.")), field="delivery_days"
        )
    email = value.email.strip()
    return replace(
        value,
        name=name,
        email=checked_address(email, "email") if email else "",
        phone=value.phone.strip(),
        our_number=value.our_number.strip(),
        language=value.language if value.language in PAPER_LANGUAGES else "en",
        note=value.note.strip(),
    )
