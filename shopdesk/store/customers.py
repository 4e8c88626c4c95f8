"""Customers in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Select,
    Table,
    delete,
    func,
    insert,
    select,
    update,
)

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer, CustomerSummary, Phone
from shopdesk.domain.errors import NotFound
from shopdesk.domain.folding import fold, sort_key
from shopdesk.domain.names import PersonName, Salutation
from shopdesk.store import card_columns, customer_merges, customer_tags, moments, pages, search
from shopdesk.store.tables import (
    contact_person,
    customer,
    customer_address,
    customer_email,
    customer_merge,
    customer_phone,
    customer_tag,
    document,
    pinned_fact,
)

PARTS: tuple[Table, ...] = (
    customer_phone, customer_email, customer_address, contact_person, pinned_fact, customer_tag,
)  # fmt: skip
"""The tables whose rows belong to one customer and are written with it."""


def load(connection: Connection, customer_id: int) -> Customer:
    """The whole record, of a merged one that of the survivor; raises NotFound for an unknown or deleted one."""
    statement = select(customer).where(customer.c.id == customer_id, customer.c.deleted_at.is_(None))
    row = connection.execute(statement).one_or_none()
    if row is None:
        survivor = customer_merges.survivor(connection, customer_id)
        if survivor is not None:
            return load(connection, survivor)
        raise NotFound(str(customer_id), "customer")
    return of_row(connection, row)


def load_merged(connection: Connection, customer_id: int) -> Customer:
    """The record of a customer as it was merged into another; raises NotFound."""
    row = connection.execute(select(customer).where(customer.c.id == customer_id)).one_or_none()
    if row is None:
        raise NotFound(str(customer_id), "customer")
    return of_row(connection, row)


def of_row(connection: Connection, row: Row[Any]) -> Customer:
    """The record whose row this is."""
    return from_rows(row, {table.name: _rows(connection, table, row.id) for table in PARTS})


def from_rows(row: Row[Any], parts: Mapping[str, Sequence[Row[Any]]]) -> Customer:
    """The record out of its row and, by table, the rows of its parts."""
    addresses = {part.purpose: _address(part) for part in parts["customer_address"]}
    return Customer(
        id=row.id,
        version=row.version,
        number=row.number,
        company=row.company,
        person=_person(row),
        phones=tuple(Phone(p.number, p.e164, p.label) for p in parts["customer_phone"]),
        emails=tuple(p.email for p in parts["customer_email"]),
        address=addresses.get("billing", Address()),
        delivery_address=addresses.get("delivery"),
        contact_persons=tuple(
            ContactPerson(_person(p), p.role, p.phone, p.email) for p in parts["contact_person"]
        ),
        language=row.language,
        vat_id=row.vat_id,
        buyer_reference=row.buyer_reference,
        note=row.note,
        facts=tuple(p.text for p in parts["pinned_fact"]),
        created_at=moments.from_text(row.created_at) if row.created_at else None,
        electronic_address=row.electronic_address,
        electronic_scheme=row.electronic_scheme,
        xrechnung=bool(row.xrechnung),
        tags=tuple(p.tag for p in parts["customer_tag"]),
        **card_columns.values(row),
    )


def _rows(connection: Connection, table: Table, customer_id: int) -> list[Row[Any]]:
    return list(
        connection.execute(select(table).where(table.c.customer_id == customer_id).order_by(table.c.position))
    )


def _person(row: Any) -> PersonName:
    return PersonName(Salutation(row.salutation or "none"), row.title, row.given_name, row.family_name)


def _address(row: Any) -> Address:
    lines = tuple(line for line in row.lines.split("\n") if line)
    return Address(lines, row.postal_code, row.city, row.country)


def list_key(value: Customer) -> str:
    """Where the customer stands in the list: by company or family name, folded, Ä with A."""
    name = value.company or f"{value.person.family_name} {value.person.given_name}".strip()
    return sort_key(name) or sort_key(value.number)


def columns_of(value: Customer, now: dt.datetime) -> dict[str, Any]:
    """What is written into the customer's own row."""
    return {
        "number": value.number,
        "company": value.company,
        "salutation": value.person.salutation.value,
        "title": value.person.title,
        "given_name": value.person.given_name,
        "family_name": value.person.family_name,
        "language": value.language,
        "vat_id": value.vat_id,
        "buyer_reference": value.buyer_reference,
        "note": value.note,
        "electronic_address": value.electronic_address,
        "electronic_scheme": value.electronic_scheme,
        "xrechnung": int(value.xrechnung),
        **card_columns.columns(value),
        "sort_key": list_key(value),
        "updated_at": moments.to_text(now),
    }


def create(connection: Connection, value: Customer, now: dt.datetime) -> int:
    """Store a new customer (its number is taken already) and give its id."""
    columns = columns_of(value, now) | {"created_at": moments.to_text(now)}
    customer_id = connection.execute(insert(customer).values(columns)).inserted_primary_key[0]  # type: ignore[index]
    _write_parts(connection, customer_id, value)
    search.index_customer(connection, customer_id)
    return int(customer_id)


def save(connection: Connection, value: Customer, now: dt.datetime) -> None:
    """Store a changed customer; raises ChangedElsewhere when somebody saved a newer version."""
    statement = (
        update(customer)
        .where(customer.c.id == value.id, customer.c.version == value.version)
        .values(columns_of(value, now) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.name)
    assert value.id is not None
    for table in PARTS:
        connection.execute(delete(table).where(table.c.customer_id == value.id))
    _write_parts(connection, value.id, value)
    search.index_customer(connection, value.id)


def _write_parts(connection: Connection, customer_id: int, value: Customer) -> None:
    for table, rows in part_rows(customer_id, value):
        if rows:
            connection.execute(insert(table), rows)


def part_rows(customer_id: int, value: Customer) -> Iterator[tuple[Table, list[dict[str, Any]]]]:
    """What is written into each of `PARTS`."""
    addresses = [("billing", value.address)]
    if value.delivery_address is not None:
        addresses.append(("delivery", value.delivery_address))
    rows: list[tuple[Table, list[dict[str, Any]]]] = [
        (customer_phone, [{"number": p.number, "e164": p.e164, "label": p.label} for p in value.phones]),
        (customer_email, [{"email": email} for email in value.emails]),
        (customer_address, [_address_columns(purpose, address) for purpose, address in addresses]),
        (contact_person, [_contact_columns(person) for person in value.contact_persons]),
        (pinned_fact, [{"text": fact} for fact in value.facts]),
        (customer_tag, [{"tag": tag} for tag in value.tags]),
    ]
    for table, values in rows:
        yield (
            table,
            [{"customer_id": customer_id, "position": i, **columns} for i, columns in enumerate(values)],
        )


def _address_columns(purpose: str, address: Address) -> dict[str, Any]:
    return {
        "purpose": purpose,
        "lines": "\n".join(address.lines),
        "postal_code": address.postal_code,
        "city": address.city,
        "country": address.country,
    }


def _contact_columns(value: ContactPerson) -> dict[str, Any]:
    person = value.person
    return {
        "salutation": person.salutation.value,
        "title": person.title,
        "given_name": person.given_name,
        "family_name": person.family_name,
        "role": value.role,
        "phone": value.phone,
        "email": value.email,
    }


def set_deleted(connection: Connection, customer_id: int, version: int, at: dt.datetime | None) -> None:
    """Take a customer out of all lists, or bring it back; raises ChangedElsewhere."""
    pages.set_deleted(connection, customer, customer_id, version, at)
    search.index_customer(connection, customer_id)


def has_documents(connection: Connection, customer_id: int) -> bool:
    """Whether any document names the customer."""
    return (
        connection.scalar(
            select(document.c.id)
            .where(document.c.customer_id.in_(customer_merges.everyone(connection, customer_id)))
            .limit(1)
        )
        is not None
    )


def page(
    connection: Connection,
    cursor: pages.Cursor | None,
    limit: int,
    tag: str = "",
    matching: Sequence[ColumnElement[bool]] = (),
    *,
    back: bool = False,
) -> tuple[CustomerSummary, ...]:
    """The next rows of the list in the order of the names; with a tag, of those who bear it.

    `back`: the rows before the cursor instead, without one the last of the list.
    """
    first_phone = _first(customer_phone, customer_phone.c.number)
    first_email = _first(customer_email, customer_email.c.email)
    billing = customer_address.alias("billing")
    statement = (
        select(
            customer,
            first_phone.label("phone"),
            first_email.label("email"),
            billing.c.city,
            billing.c.country,
        )
        .outerjoin(billing, (billing.c.customer_id == customer.c.id) & (billing.c.position == 0))
        .where(customer.c.deleted_at.is_(None), *matching)
        .limit(limit)
    )
    if tag:
        statement = statement.where(customer_tags.borne_by(tag))
    turn = pages.before if back else pages.after
    rows = connection.execute(turn(statement, customer.c.sort_key, customer.c.id, cursor)).all()
    return tuple(_summary(row) for row in (reversed(rows) if back else rows))


def _first(table: Table, column: Any) -> Any:
    return (
        select(column)
        .where(table.c.customer_id == customer.c.id)
        .order_by(table.c.position)
        .limit(1)
        .scalar_subquery()
    )


def _summary(row: Any) -> CustomerSummary:
    name = row.company or _person(row).full
    return CustomerSummary(
        row.id,
        row.number,
        name,
        row.company,
        row.city or "",
        row.country or "",
        row.phone or "",
        row.email or "",
        row.sort_key,
    )


def number_is_taken(connection: Connection, number: str) -> bool:
    """Whether a customer, deleted or not, has this customer number."""
    return connection.scalar(select(customer.c.id).where(customer.c.number == number)) is not None


def _living() -> Select[Any]:
    """The ids of customers, of merged ones that of the survivor; tables joined behind it narrow it down."""
    alive = customer.alias("alive")
    return (
        select(alive.c.id)
        .select_from(customer)
        .outerjoin(customer_merge, customer_merge.c.merged_id == customer.c.id)
        .join(alive, alive.c.id == func.coalesce(customer_merge.c.survivor_id, customer.c.id))
        .where(alive.c.deleted_at.is_(None))
        .distinct()
        .order_by(alive.c.id)
    )


def by_number(connection: Connection, number: str) -> int | None:
    """The id of the customer with this customer number."""
    return next(iter(connection.scalars(_living().where(customer.c.number == number))), None)


def by_email(connection: Connection, email: str) -> list[int]:
    """All customers with this mail address."""
    owners = select(customer_email.c.customer_id).where(customer_email.c.email == email.strip().lower())
    return list(connection.scalars(_living().where(customer.c.id.in_(owners))))


def by_phone(connection: Connection, e164: str) -> list[int]:
    """All customers with exactly this number."""
    owners = select(customer_phone.c.customer_id).where(customer_phone.c.e164 == e164)
    return list(connection.scalars(_living().where(customer.c.id.in_(owners))))


def by_vat_id(connection: Connection, vat_id: str) -> list[int]:
    """All customers with this VAT id."""
    return list(connection.scalars(_living().where(customer.c.vat_id == vat_id)))


def by_name(connection: Connection, name: str) -> list[int]:
    """All customers whose company or whole name is this one, folded."""
    *first, last = name.split() or [""]
    keys = {sort_key(name), sort_key(" ".join((last, *first)))} - {""}
    statement = select(customer).where(customer.c.sort_key.in_(keys), customer.c.deleted_at.is_(None))
    rows = connection.execute(statement.order_by(customer.c.id))
    wanted = fold(name)
    return [
        r.id for r in rows if wanted in {fold(r.company), fold(f"{r.given_name} {r.family_name}".strip())}
    ]


def by_name_and_postal_code(connection: Connection, value: Customer) -> list[int]:
    """Customers with the same folded name at the same postal code."""
    if not value.name or not value.address.postal_code:
        return []
    statement = (
        select(customer)
        .join(customer_address, customer_address.c.customer_id == customer.c.id)
        .where(
            customer.c.sort_key == list_key(value),
            customer_address.c.postal_code == value.address.postal_code,
        )
    )
    wanted = fold(value.name)
    ids = [r.id for r in connection.execute(statement) if fold(r.company or _person(r).full) == wanted]
    return list(connection.scalars(_living().where(customer.c.id.in_(ids)))) if ids else []
