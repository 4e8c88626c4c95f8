"""`shopdesk setup SHOP.json`: the shop's data from a file (contracts/ORDER.md)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from shopdesk.domain.addresses import Address
from shopdesk.domain.countries import COUNTRIES
from shopdesk.domain.documents import Seller
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import MailAccount, Security, checked_account
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.shop_profile import ShopProfile
from shopdesk.domain.vat_ids import vat_id_compact
from shopdesk.usecases import mail_settings, shop_settings
from shopdesk.usecases.order_file import address_of
from shopdesk.usecases.strict_json import Fields, parse_json

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

_TEXTS = (
    "name owner tax_number account_holder bic bank email phone website legal_form managing_directors register_court "
    "register_number"
).split()


def set_up(shop: Shop, data: bytes) -> dict[str, Any]:
    """Store what the file names and keep the rest; raises Unreadable (exit 2) or a ShopError (exit 3)."""
    raw = parse_json(data)
    # once without the shop: a file that is refused makes no database
    shop_settings.check_profile(_read(raw, ShopProfile())[0])
    profile, account = _read(raw, shop_settings.profile(shop))
    shop_settings.save_profile(shop, profile)
    if account is not None:
        mail_settings.save_account(shop, account)
    return {
        "ok": True,
        "name": profile.seller.name,
        "complete": profile.is_complete,
        "mail": account is not None or mail_settings.account(shop) is not None,
    }


def _read(raw: Mapping[str, Any], before: ShopProfile) -> tuple[ShopProfile, MailAccount | None]:
    fields = Fields(raw, "")
    profile, account = _profile(fields, before), _account(fields)
    fields.finish()
    return profile, account


def _profile(fields: Fields, before: ShopProfile) -> ShopProfile:
    seller = before.seller
    changed: dict[str, Any] = {name: fields.text(name) for name in _TEXTS if fields.has(name)}
    if fields.has("iban"):
        changed["iban"] = fields.text("iban").replace(" ", "").upper()
    if fields.has("vat_id"):
        changed["vat_id"] = vat_id_compact(fields.text("vat_id"))
    if fields.has("small_business"):
        changed["small_business"] = fields.boolean("small_business")
    if fields.has("vat_accounting"):
        changed["vat_accounting"] = _one_of(fields, "vat_accounting", ("agreed", "received"))
    changed["address"] = _address(fields, seller.address)
    seller = replace(seller, **changed)
    values: dict[str, Any] = {"seller": seller}
    if fields.has("language"):
        values["language"] = fields.text("language")
    if fields.has("oss"):
        values["oss"] = _oss(fields)
    if seller.small_business:
        values["default_rate"] = before.default_rate
    elif seller.address.country != before.country:
        values["default_rate"] = _home_rate(seller, before.default_rate)
    return replace(before, **values)


def _home_rate(seller: Seller, fallback: Decimal) -> Decimal:
    import datetime as dt

    from shopdesk.usecases.tax import vat_rates

    newest = dt.date.max
    return vat_rates().standard_on(seller.address.country, newest) or fallback


def _address(fields: Fields, before: Address) -> Address:
    address = address_of(fields, "address", before.country) or before
    country = fields.text("country") if fields.has("country") else address.country
    if country not in COUNTRIES:
        text = N_("“{country}” is not a country code. Germany is DE, Bulgaria is BG.")
        raise ShopError(Message(text, {"country": country}), "BR-CL-14", "country")
    return replace(address, country=country)


def _one_of(fields: Fields, name: str, choices: tuple[str, ...]) -> str:
    value = fields.text(name)
    if value not in choices:
        text = N_("“{field}” is “{value}”; it must be one of: {expected}.")
        raise fields.wrong(name, text, value=value, expected=", ".join(choices))
    return value


def _oss(fields: Fields) -> str:
    value = fields.raw("oss")
    if value is True:
        return "yes"
    if value is False:
        return "no"
    return _one_of(fields, "oss", ("auto",))


def _account(fields: Fields) -> MailAccount | None:
    inner = fields.object("mail")
    if inner is None:
        return None
    port = inner.whole("port", 1, 65535)
    security = inner.choice("security", Security, Security.STARTTLS)
    account = MailAccount(
        host=inner.text("host"),
        port=port or {Security.TLS: 465, Security.STARTTLS: 587}.get(security, 25),
        security=security,
        user=inner.text("user"),
        sender_address=inner.text("from"),
        sender_name=inner.text("from_name"),
        ca_file=inner.text("ca_file"),
    )
    inner.finish()
    # here, so that nothing is stored when the account cannot work
    return checked_account(account)
