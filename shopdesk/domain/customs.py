"""The customs note of the post for goods that leave the customs territory: forms CN 22 and CN 23 of the UPU.

CN 22 goes up to 2 kg and 300 special drawing rights, beyond it is CN 23.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.addresses import EU, Address
from shopdesk.domain.countries import COUNTRIES
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money

_TERRITORY = EU | {"MC"}
"""Monaco belongs to the customs territory of the Union (Art. 4 (2) of Regulation 952/2013)."""

LARGEST_CN22_GRAMS = 2000
LARGEST_CN22_EUROS = Decimal(300)
"""300 special drawing rights are more than 300 €; below that figure no rate has to be known."""

_HS = re.compile(r"[0-9]{6}(?:[0-9]{2}){0,2}")


class WrongHsCode(ShopError):
    """A tariff number that is none."""

    code = "hs-code"


class WrongOrigin(ShopError):
    """A country that nobody knows."""

    code = "origin"


class NoCustoms(ShopError):
    """The goods stay in the customs territory."""

    code = "no-customs"

    def __init__(self, country: object) -> None:
        text = N_("Goods to {country} need no customs note: it is in the customs territory of the EU.")
        super().__init__(Message(text, {"country": country}))


class CustomsNoteIncomplete(ShopError):
    """Something is missing without which no customs office takes the note."""

    code = "customs-incomplete"

    def __init__(self, missing: tuple[Message, ...]) -> None:
        self.missing = missing
        super().__init__(Message(N_("The customs note still needs: {what}"), {"what": missing}))


class CustomsForm(StrEnum):
    """Which form it is."""

    CN22 = "CN 22"
    CN23 = "CN 23"


@dataclass(frozen=True, slots=True)
class CustomsItem:
    """One kind of goods. Net grams of all pieces together; the value is what the customer pays for them, net of VAT."""

    text: str
    quantity: Decimal
    weight_grams: int
    value: Money
    hs_code: str = ""
    origin: str = ""


@dataclass(frozen=True, slots=True)
class CustomsNote:
    """What stands on the form. Addresses are printed lines without the country, which is named in capitals.

    `gross_grams` is the weight with packaging, `postage` what the customer pays for it. Each parcel has a note of its
    own: `parcel` is its place among `parcels`.
    """

    sender: tuple[str, ...]
    sender_country: str
    sender_phone: str
    sender_vat_id: str
    receiver: tuple[str, ...]
    receiver_country: str
    receiver_contact: str
    items: tuple[CustomsItem, ...]
    gross_grams: int
    postage: Money
    document_number: str
    day: dt.date
    parcel: int = 1
    parcels: int = 1

    @property
    def net_grams(self) -> int:
        """What the goods weigh."""
        return sum(item.weight_grams for item in self.items)

    @property
    def value(self) -> Money:
        """What the goods are worth together."""
        return sum((item.value for item in self.items), Money(0, self.postage.currency))

    @property
    def form(self) -> CustomsForm:
        """The form for this weight and value."""
        small = self.gross_grams <= LARGEST_CN22_GRAMS and self.value.currency == "EUR"
        return CustomsForm.CN22 if small and self.value.amount <= LARGEST_CN22_EUROS else CustomsForm.CN23


def needs_customs(address: Address, home: str) -> bool:
    """Whether goods from `home` to the address leave the customs territory.

    Helgoland and Büsingen, Livigno, Ceuta and Melilla lie outside it (Art. 4 of Regulation 952/2013); the Canary
    Islands, Åland, Athos and the French overseas regions only outside the VAT area, but parcels carry a note, too.
    """
    from shopdesk.domain.vat_territories import is_outside_vat_area

    if not address.country or address.country == home:
        return address.country == home and home in _TERRITORY and is_outside_vat_area(address)
    return home not in _TERRITORY or address.country not in _TERRITORY or is_outside_vat_area(address)


def parse_hs_code(text: str) -> str:
    """`9404.29.90`, `9404 29` → figures alone; six of the Harmonised System, eight or ten with the EU's own."""
    digits = re.sub(r"[\s.\-]", "", text)
    if not _HS.fullmatch(digits):
        wrong = N_("“{text}” is not a tariff number: 6, 8 or 10 figures, such as 9404 29 for mattresses.")
        raise WrongHsCode(Message(wrong, {"text": text[:40]}), field="hs_code")
    return digits


def checked_origin(code: str, typed: str) -> str:
    """The ISO code of a country of origin; raises WrongOrigin with what was typed."""
    if code not in COUNTRIES:
        wrong = N_("“{text}” is no country. Try DE or China.")
        raise WrongOrigin(Message(wrong, {"text": typed[:40]}), field="origin")
    return code


def missing(note: CustomsNote) -> tuple[Message, ...]:
    """What the note lacks, in words, line by line."""
    found: list[Message] = []
    if not note.items:
        found.append(Message(N_("goods on the document")))
    for item in note.items:
        name = {"name": item.text[:40]}
        if not item.weight_grams:
            found.append(Message(N_("the weight of “{name}”"), name))
        if not item.value.minor:
            found.append(Message(N_("the value of “{name}”"), name))
        if not item.hs_code:
            found.append(Message(N_("the tariff number of “{name}”"), name))
        if not item.origin:
            found.append(Message(N_("the country of origin of “{name}”"), name))
    if len(note.receiver) < 3:
        found.append(Message(N_("the receiver's whole address")))
    return tuple(found)
