"""Customers as vCard 4.0 (RFC 6350), which every address book reads."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.names import PersonName, Salutation

_FOLD = 75  # octets of a line (RFC 6350, 3.2)
_GENDERS = {Salutation.MR: "M", Salutation.MRS: "F"}
_TYPES = {"mobile": "cell", "home": "home", "work": "work", "fax": "fax"}
_E164 = re.compile(r"\+[0-9]{4,20}")


def vcards(customers: Iterable[Customer], *, notes: bool = True) -> bytes:
    """One card for each customer and one for each contact person, UTF-8.

    Without `notes` for telephones: internal words stay in the shop.
    """
    return "".join(
        line for customer in customers for card in _cards(customer, notes=notes) for line in card
    ).encode()


def _cards(customer: Customer, *, notes: bool) -> Iterator[Iterator[str]]:
    yield _card(_customer(customer, notes=notes))
    for person in customer.contact_persons:
        yield _card(_contact(customer, person.person, person.role, person.phone, person.email))


def _card(properties: Iterable[tuple[str, str]]) -> Iterator[str]:
    yield "BEGIN:VCARD\r\nVERSION:4.0\r\n"
    for name, value in properties:
        yield _folded(f"{name}:{value}")
    yield "END:VCARD\r\n"


def _customer(customer: Customer, *, notes: bool) -> Iterator[tuple[str, str]]:
    yield "KIND", "org" if customer.company and not customer.person.full else "individual"
    yield "UID", _text(f"shopdesk:{customer.number}")
    yield "FN", _text(customer.name or customer.number)
    yield from _name(customer.person)
    if customer.company:
        yield "ORG", _text(customer.company)
    for phone in customer.phones:
        yield from _phone(phone)
    for email in customer.emails:
        yield "EMAIL", _text(email)
    yield from _address(customer.address, "work" if customer.company else "home")
    if customer.delivery_address is not None:
        yield from _address(customer.delivery_address, "delivery")
    if customer.language:
        yield "LANG", _text(customer.language)
    if customer.birthday is not None:
        yield "BDAY", f"{customer.birthday:%Y%m%d}"
    if customer.tags:
        yield "CATEGORIES", ",".join(map(_text, customer.tags))
    if notes and customer.note:
        yield "NOTE", _text(customer.note)


def _contact(
    customer: Customer, person: PersonName, role: str, phone: str, email: str
) -> Iterator[tuple[str, str]]:
    yield "KIND", "individual"
    yield "FN", _text(person.full or role or customer.name)
    yield from _name(person)
    yield "ORG", _text(customer.name)
    if role:
        yield "ROLE", _text(role)
    if phone:
        yield from _phone(Phone(phone))
    if email:
        yield "EMAIL", _text(email)


def _name(person: PersonName) -> Iterator[tuple[str, str]]:
    if person.full:
        parts = (person.family_name, person.given_name, "", person.title, "")
        yield "N", ";".join(map(_text, parts))
    if person.salutation in _GENDERS:
        yield "GENDER", _GENDERS[person.salutation]


def _phone(phone: Phone) -> Iterator[tuple[str, str]]:
    kind = f";TYPE={_TYPES[phone.label]}" if phone.label in _TYPES else ""
    if _E164.fullmatch(phone.e164):
        yield f"TEL{kind};VALUE=uri", f"tel:{phone.e164}"
    elif phone.number:
        yield f"TEL{kind}", _text(phone.number)


def _address(address: Address, kind: str) -> Iterator[tuple[str, str]]:
    if not address.is_empty:
        street = ",".join(map(_text, address.lines))
        parts = ("", "", street, _text(address.city), "", _text(address.postal_code), _text(address.country))
        yield f"ADR;TYPE={kind}", ";".join(parts)


def _text(value: str) -> str:
    """A value with everything that means something in a vCard taken its meaning."""
    plain = value.replace("\\", "\\\\").replace(",", "\\,").replace(";", "\\;")
    return plain.replace("\r\n", "\n").replace("\r", "\n").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Lines of at most 75 octets, never cut within a character."""
    pieces, piece, size = [], "", 0
    for sign in line:
        width = len(sign.encode("utf-8", "replace"))
        if size + width > _FOLD:
            pieces.append(piece)
            piece, size = " ", 1
        piece, size = piece + sign, size + width
    return "\r\n".join([*pieces, piece]) + "\r\n"
