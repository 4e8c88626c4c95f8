"""What the owner sets for the shop: its profile and its letterhead."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain import letterheads
from shopdesk.domain.errors import ShopError
from shopdesk.domain.letterheads import Letterhead
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.shop_profile import ShopProfile

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

PROFILE = "profile"
LETTERHEAD = "letterhead"
LARGEST_LOGO = 2_000_000
"""Bytes: more makes every mail heavy and no print sharper."""


class ProfileIncomplete(ShopError):
    """No invoice without the seller's own data; the first-start page asks for it."""

    code = "missing-seller"

    def __init__(self) -> None:
        text = N_(
            "Please enter your shop's name, address and tax number first; every invoice must carry them."
        )
        super().__init__(Message(text), field="seller")


def load_profile(connection: Connection) -> ShopProfile:
    """The profile within a transaction that is open already."""
    from shopdesk.store import settings

    return settings.load(connection, PROFILE, ShopProfile, ShopProfile())


def profile(shop: Shop) -> ShopProfile:
    """The shop's profile; an empty one before the first start was filled in."""
    with shop.reading() as connection:
        return load_profile(connection)


def check_profile(value: ShopProfile) -> None:
    """Raise a ShopError for a wrong mail address, VAT id or IBAN, tied to its field."""
    from shopdesk.domain.mail import WrongAddress, checked_address
    from shopdesk.domain.vat_ids import iban_is_valid, vat_id_is_valid

    seller = value.seller
    if seller.email and "." not in checked_address(seller.email).rpartition("@")[2]:
        text = N_("“{address}” lacks its ending, such as .de.")
        raise WrongAddress(Message(text, {"address": seller.email}), field="email")
    if seller.iban and not iban_is_valid(seller.iban):
        text = N_("The IBAN {iban} is not valid: a figure is wrong or missing.")
        raise ShopError(Message(text, {"iban": seller.iban}), "iban", "iban")
    if seller.vat_id and not vat_id_is_valid(seller.vat_id):
        text = N_("The VAT id {vat_id} is not valid: a figure is wrong or missing.")
        raise ShopError(Message(text, {"vat_id": seller.vat_id}), "vat-id", "vat_id")


def save_profile(shop: Shop, value: ShopProfile) -> ShopProfile:
    """Store the profile, journalled; raises what `check_profile` finds."""
    from shopdesk.store import plain, settings

    check_profile(value)
    with shop.writing() as connection:
        old = load_profile(connection)
        settings.save(connection, PROFILE, value)
        shop.record(connection, "save", "setting", PROFILE, plain.to_plain(old), plain.to_plain(value))
    return value


def letterhead(shop: Shop) -> Letterhead:
    """The shop's letterhead."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        return settings.load(connection, LETTERHEAD, Letterhead, Letterhead())


def save_letterhead(shop: Shop, value: Letterhead) -> None:
    """Store the letterhead; issued documents keep the one they were printed with, as bytes.

    Raises what `letterheads.check` finds.
    """
    from shopdesk.store import settings

    letterheads.check(value)
    with shop.writing() as connection:
        old = settings.load(connection, LETTERHEAD, Letterhead, Letterhead())
        settings.save(connection, LETTERHEAD, value)
        shop.record(connection, "save", "setting", LETTERHEAD, _journalled(old), _journalled(value))


def _journalled(value: Letterhead) -> dict[str, object]:
    from shopdesk.store import plain

    fields: dict[str, object] = plain.to_plain(replace(value, logo=b""))
    return fields | {"logo": hashlib.sha256(value.logo).hexdigest() if value.logo else ""}


def checked_logo(data: bytes) -> bytes:
    """The bytes of a PNG or JPEG that letters can carry. Raises ShopError at letterhead.logo."""
    from shopdesk.output.pdf.pictures import UnreadablePicture, picture

    if len(data) > LARGEST_LOGO:
        text = N_("The picture is larger than 2 MB. Please save it smaller, about 1000 pixels wide.")
        raise ShopError(Message(text), "logo-large", "letterhead.logo")
    try:
        picture(data)
    except UnreadablePicture as error:
        text = N_("The logo must be a picture in PNG or JPEG format. Please choose another file.")
        raise ShopError(Message(text), "logo-format", "letterhead.logo") from error
    return data
