"""Customers as a table that the import reads back without a loss: each value in a column of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from shopdesk.domain.addresses import Address
from shopdesk.domain.consents import CHANNEL_NAMES, Channel
from shopdesk.domain.customers import ContactPerson, Customer
from shopdesk.domain.messages import N_
from shopdesk.domain.names import Salutation
from shopdesk.i18n import Texts

_SALUTATIONS = {Salutation.MR: N_("Mr"), Salutation.MRS: N_("Mrs"), Salutation.FAMILY: N_("Family")}
_PHONE_KINDS = {
    "": N_("Phone"),
    "mobile": N_("Mobile phone"),
    "home": N_("at home"),
    "work": N_("at work"),
    "fax": N_("Fax"),
}
_LEAST = 3
_CONTACT_HEADS = (
    N_("Contact person {number} salutation"), N_("Contact person {number} title"),
    N_("Contact person {number} first name"), N_("Contact person {number} last name"),
    N_("Contact person {number} role"), N_("Contact person {number} phone"), N_("Contact person {number} mail"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Part:
    """Some columns of the table."""

    heads: Sequence[str]
    cells: Callable[[Customer], Sequence[str]]


def customer_table(customers: Sequence[Customer], texts: Texts) -> tuple[list[str], list[list[str]]]:
    """The header in the shop's language, and a row of each customer.

    As many phones, mail addresses, address lines and contact persons as somebody has, each in columns of its own.
    """
    parts = (_who(texts), _address(customers, texts), _reach(customers, texts), _card(texts),
             _delivery(customers, texts), _contacts(customers, texts))  # fmt: skip
    heads = [head for part in parts for head in part.heads]
    return heads, [[cell for part in parts for cell in part.cells(one)] for one in customers]


def _who(texts: Texts) -> _Part:
    heads = (
        N_("Customer number"),
        N_("Company"),
        N_("Salutation"),
        N_("Title"),
        N_("First name"),
        N_("Last name"),
    )

    def cells(customer: Customer) -> Sequence[str]:
        person = customer.person
        said = _said(person.salutation, texts)
        return customer.number, customer.company, said, person.title, person.given_name, person.family_name

    return _Part([texts.gettext(head) for head in heads], cells)


def _said(salutation: Salutation, texts: Texts) -> str:
    return texts.gettext(_SALUTATIONS[salutation]) if salutation in _SALUTATIONS else ""


def _address(customers: Sequence[Customer], texts: Texts) -> _Part:
    more = max((len(one.address.lines) - 1 for one in customers), default=1)
    heads = _address_heads(
        texts, (N_("Street"), N_("Address addition"), N_("Postal code"), N_("Town"), N_("Country")), more
    )
    return _Part(heads, lambda customer: _address_cells(customer.address, more))


def _delivery(customers: Sequence[Customer], texts: Texts) -> _Part:
    addresses = [one.delivery_address for one in customers if one.delivery_address is not None]
    more = max((len(address.lines) - 1 for address in addresses), default=1)
    names = (N_("Street (delivery)"), N_("Address addition (delivery)"), N_("Postal code (delivery)"),
             N_("Town (delivery)"), N_("Country (delivery)"))  # fmt: skip
    return _Part(
        _address_heads(texts, names, more), lambda customer: _address_cells(customer.delivery_address, more)
    )


def _address_heads(texts: Texts, names: Sequence[str], more: int) -> list[str]:
    street, addition, *rest = (texts.gettext(name) for name in names)
    return [street, *_numbered(addition, max(1, more)), *rest]


def _address_cells(address: Address | None, more: int) -> Sequence[str]:
    if address is None:
        return [""] * (max(1, more) + 4)
    lines = _filled(address.lines, max(1, more) + 1)
    return [*lines, address.postal_code, address.city, address.country]


def _reach(customers: Sequence[Customer], texts: Texts) -> _Part:
    phones = max((len(one.phones) for one in customers), default=0)
    mails = max((len(one.emails) for one in customers), default=0)
    phones, mails = max(_LEAST, phones), max(_LEAST, mails)
    kinds = _numbered(texts.gettext(N_("Kind of phone")), phones)
    numbers = _numbered(texts.gettext(N_("Phone")), phones)

    def cells(customer: Customer) -> Sequence[str]:
        pairs = [
            cell
            for phone in customer.phones
            for cell in (texts.gettext(_PHONE_KINDS.get(phone.label, _PHONE_KINDS[""])), phone.number)
        ]
        return [*_filled(pairs, 2 * phones), *_filled(customer.emails, mails)]

    heads = [head for pair in zip(kinds, numbers, strict=True) for head in pair]
    return _Part([*heads, *_numbered(texts.gettext(N_("Mail")), mails)], cells)


def _card(texts: Texts) -> _Part:
    heads = (
        N_("Language"), N_("VAT id"), N_("Buyer reference"), N_("Agreed"), N_("Internal note"), N_("Birthday"),
        N_("Tags"), N_("Recommended by"), N_("Days until payment"), N_("Cash discount in %"),
        N_("Days for cash discount"), N_("Discount in %"), N_("Electronic address"), N_("Kind of electronic address"),
        N_("Invoices as XRechnung"), N_("Best reached by"), N_("Best reached by (service)"),
        N_("Best reached by (advertising)"),
    )  # fmt: skip

    def cells(customer: Customer) -> Sequence[str]:
        cash, percent, days = customer.cash_discount, customer.discount_percent, customer.payment_days
        return [
            customer.language, customer.vat_id, customer.buyer_reference, "\n".join(customer.facts), customer.note,
            customer.birthday.isoformat() if customer.birthday else "", "; ".join(customer.tags),
            customer.recommended_by, "" if days is None else str(days),
            texts.number(cash.percent) if cash else "", str(cash.days) if cash else "",
            "" if percent is None else texts.number(percent), customer.electronic_address,
            customer.electronic_scheme, texts.gettext(N_("yes")) if customer.xrechnung else "",
            *(_by(channel, texts) for channel in
              (customer.preferred_channel, customer.service_channel, customer.advertising_channel)),
        ]  # fmt: skip

    return _Part([texts.gettext(head) for head in heads], cells)


def _by(channel: Channel | None, texts: Texts) -> str:
    return texts.gettext(CHANNEL_NAMES[channel]) if channel is not None else ""


def _contacts(customers: Sequence[Customer], texts: Texts) -> _Part:
    most = max(_LEAST, max((len(one.contact_persons) for one in customers), default=0))
    heads = [
        texts.gettext(head).format(number=number) for number in range(1, most + 1) for head in _CONTACT_HEADS
    ]

    def cells(customer: Customer) -> Sequence[str]:
        found = [cell for one in customer.contact_persons for cell in _contact(one, texts)]
        return _filled(found, len(heads))

    return _Part(heads, cells)


def _contact(one: ContactPerson, texts: Texts) -> Sequence[str]:
    person = one.person
    said = _said(person.salutation, texts)
    return said, person.title, person.given_name, person.family_name, one.role, one.phone, one.email


def _numbered(head: str, count: int) -> list[str]:
    return [head, *(f"{head} {number}" for number in range(2, count + 1))]


def _filled(cells: Sequence[str], width: int) -> list[str]:
    return [*cells, *[""] * (width - len(cells))]
