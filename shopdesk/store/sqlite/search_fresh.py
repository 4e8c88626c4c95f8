"""The search index of customers who have just come in: from what was stored, without reading it again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection

from shopdesk.domain.customers import ContactPerson, Customer, Phone
from shopdesk.store.sqlite.search_entries import Entries
from shopdesk.store.sqlite.search_index import enter_customer


class _Row(NamedTuple):
    id: int
    number: str
    company: str
    title: str
    given_name: str
    family_name: str
    vat_id: str
    buyer_reference: str
    note: str


class _Place(NamedTuple):
    lines: str
    postal_code: str
    city: str


class _Email(NamedTuple):
    email: str


class _Text(NamedTuple):
    text: str


class _Tag(NamedTuple):
    tag: str


class _Person(NamedTuple):
    position: int
    title: str
    given_name: str
    family_name: str
    role: str
    phone: str
    email: str


def index_new_customers(connection: Connection, ids: Sequence[int], values: Sequence[Customer]) -> None:
    """Write customers who were never in the index before; the same rows come of it as of `index_customers`."""
    entries = Entries()
    for customer_id, value in zip(ids, values, strict=True):
        person = value.person
        row = _Row(
            customer_id, value.number, value.company, person.title, person.given_name, person.family_name,
            value.vat_id, value.buyer_reference, value.note,
        )  # fmt: skip
        enter_customer(entries, row, _own(value))
    entries.write(connection)


def _own(value: Customer) -> dict[str, Sequence[Any]]:
    addresses = [value.address] if value.delivery_address is None else [value.address, value.delivery_address]
    phones: tuple[Phone, ...] = value.phones
    return {
        "a": [_Place("\n".join(one.lines), one.postal_code, one.city) for one in addresses],
        "p": phones,
        "e": [_Email(one) for one in value.emails],
        "f": [_Text(one) for one in value.facts],
        "t": [_Tag(one) for one in value.tags],
        "c": [_contact(at, one) for at, one in enumerate(value.contact_persons)],
        "former": (),
        "former_p": (),
        "former_e": (),
    }


def _contact(position: int, value: ContactPerson) -> _Person:
    person = value.person
    return _Person(
        position, person.title, person.given_name, person.family_name, value.role, value.phone, value.email
    )
