"""What the owner does with customers."""

from __future__ import annotations

import datetime as dt
from dataclasses import fields, replace
from typing import TYPE_CHECKING

from shopdesk.domain.customers import Customer, CustomerSummary, Glance, Phone
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases import inquiries
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop


class CustomerWithoutName(ShopError):
    """A customer needs something to be found by."""

    code = "customer-name"

    def __init__(self) -> None:
        text = N_("Who is it? A name, a company, a phone number or a mail address is enough.")
        super().__init__(Message(text), field="customer")


class CustomerHasDocuments(ShopError):
    """Issued documents keep their customer."""

    code = "customer-has-documents"

    def __init__(self, name: str) -> None:
        text = N_("{name} has quotes or invoices and stays, because they must be kept.")
        super().__init__(Message(text, {"name": name}))


def get(shop: Shop, customer_id: int) -> Customer:
    """The whole record; raises NotFound."""
    from shopdesk.store import customers

    with shop.reading() as connection:
        return customers.load(connection, customer_id)


def glance(shop: Shop, customer_id: int) -> Glance:
    """What the customer means to the shop (Auf einen Blick)."""
    from shopdesk.store import glances
    from shopdesk.usecases import payments
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        currency = load_profile(connection).currency
        found = glances.glance(connection, customer_id, currency, shop.clock.zone)
        return payments.with_owed(connection, found, customer_id, currency, shop.clock.today())


def page(
    shop: Shop, cursor: Cursor | None = None, limit: int = 100, tag: str = "", *, back: bool = False
) -> tuple[CustomerSummary, ...]:
    """The next rows of the list by name; the cursor is (sort_key, id) of the last row. With a tag: who bears it.

    `back`: the rows before the cursor, without one the last of the list.
    """
    from shopdesk.store import customers

    with shop.reading() as connection:
        return customers.page(connection, cursor, limit, tag, back=back)


def tags(shop: Shop, limit: int = 12) -> tuple[str, ...]:
    """The tags that are in use, the most frequent first."""
    from shopdesk.store import customer_tags

    with shop.reading() as connection:
        return customer_tags.used(connection, limit)


def tidied(customer: Customer, profile: ShopProfile | None = None) -> Customer:
    """Mail addresses in lower case, blanks trimmed, empty entries gone, E.164 for every phone that can be read.

    With the shop's profile numbers without an area code are read as ones of its own town.
    """
    from shopdesk.domain.vat_ids import vat_id_compact

    return replace(
        customer,
        company=customer.company.strip(),
        person=replace(
            customer.person,
            title=customer.person.title.strip(),
            given_name=customer.person.given_name.strip(),
            family_name=customer.person.family_name.strip(),
        ),
        emails=tuple(dict.fromkeys(email.strip().lower() for email in customer.emails if email.strip())),
        phones=_phones(customer, profile),
        facts=tuple(fact.strip() for fact in customer.facts if fact.strip()),
        vat_id=vat_id_compact(customer.vat_id),
        recommended_by=" ".join(customer.recommended_by.split()),
        tags=_tidy_tags(customer.tags),
    )


def _tidy_tags(tags: tuple[str, ...]) -> tuple[str, ...]:
    """Without "#" and blanks, each once however it is spelled."""
    tidy = (" ".join(tag.strip().removeprefix("#").split()) for tag in tags)
    return tuple({tag.casefold(): tag for tag in reversed([*tidy]) if tag}.values())[::-1]


def _linked(connection: Connection, customer: Customer) -> Customer:
    """“Recommended by” leads to the customer whose name or number it is; with doubtful names it stays words."""
    from shopdesk.store import customers

    words = customer.recommended_by
    if not words:
        return replace(customer, recommended_by_id=None)
    number = customers.by_number(connection, words)
    found = [number] if number is not None else customers.by_name(connection, words)
    if customer.recommended_by_id in found:
        return customer
    if len(found) != 1 or found[0] == customer.id:
        return replace(customer, recommended_by_id=None)
    name = customers.load(connection, found[0]).name or words
    return replace(customer, recommended_by=name, recommended_by_id=found[0])


def check(customer: Customer, today: dt.date) -> None:
    """Refuse, at its field, what somebody typed wrong: a mail address, a VAT id or terms that cannot be.

    Customers that come from elsewhere (an import, an order) are taken as they are.
    """
    from shopdesk.domain.customer_terms import check_card
    from shopdesk.domain.mail import checked_address
    from shopdesk.domain.vat_ids import vat_id_compact, vat_id_is_valid

    for email in customer.emails:
        checked_address(email, "customer.email")
    for number, person in enumerate(customer.contact_persons):
        if person.email:
            checked_address(person.email, f"customer.contact_persons[{number}].email")
    vat_id = vat_id_compact(customer.vat_id)
    if vat_id and not vat_id_is_valid(vat_id):
        text = N_("The VAT id {vat_id} is not valid: a figure is wrong or missing.")
        raise ShopError(Message(text, {"vat_id": customer.vat_id}), "vat-id", "customer.vat_id")
    check_card(customer, today)
    _check_electronic_address(customer)


def _check_electronic_address(customer: Customer) -> None:
    from shopdesk.domain.electronic_addresses import LEITWEG, MAIL
    from shopdesk.domain.leitweg_ids import leitweg_id_is_valid
    from shopdesk.domain.mail import checked_address

    address = customer.electronic_address.strip()
    field = "customer.electronic_address"
    if address and customer.electronic_scheme in {"", MAIL}:
        checked_address(address, field)
    elif customer.electronic_scheme == LEITWEG and not leitweg_id_is_valid(address):
        text = N_("{address} is no Leitweg-ID: a figure is wrong or missing.")
        raise ShopError(Message(text, {"address": address}), "leitweg-id", field)


def _phones(customer: Customer, profile: ShopProfile | None) -> tuple[Phone, ...]:
    country = customer.address.country
    area_code = profile.area_code if profile and (profile.country or "DE") == country else ""
    tidy = (
        one for phone in customer.phones if phone.number.strip() for one in _read(phone, country, area_code)
    )
    return tuple(dict.fromkeys(tidy))


def _read(phone: Phone, country: str, area_code: str) -> tuple[Phone, ...]:
    from shopdesk.domain.phones import parse_cell

    if phone.e164:
        return (phone,)
    try:
        parsed = parse_cell(phone.number, country, area_code)
    except ShopError:
        return (phone,)  # kept as typed: better a number nobody can dial than none
    return tuple(Phone(one.international, one.e164, phone.label or one.label) for one in parsed)


def create_in(connection: Connection, shop: Shop, customer: Customer) -> Customer:
    """Store a new customer within an open transaction, with the next customer number and a journal entry."""
    from shopdesk.store import customers, number_ranges
    from shopdesk.usecases.shop_settings import load_profile

    customer = _linked(connection, tidied(customer, load_profile(connection)))
    if customer.is_empty:
        raise CustomerWithoutName
    range_ = number_ranges.load(connection, "customer")
    today = shop.clock.today()
    number = number_ranges.take(connection, range_, today)
    while customers.number_is_taken(connection, number):  # by an import, or by one that was deleted
        number = number_ranges.take(connection, range_, today)
    customer_id = customers.create(connection, replace(customer, number=number), shop.clock.now())
    shop.record(connection, "create", "customer", customer_id, new={"number": number})
    inquiries.adopt(connection, customer_id)
    return customers.load(connection, customer_id)


def create(shop: Shop, customer: Customer) -> Customer:
    """Store a new customer and give it back with id and number."""
    with shop.writing() as connection:
        return create_in(connection, shop, customer)


def save(shop: Shop, customer: Customer) -> tuple[Customer, Undo]:
    """Store a changed customer; raises ChangedElsewhere instead of overwriting a newer one."""
    from shopdesk.store import customers
    from shopdesk.usecases.shop_settings import load_profile

    if tidied(customer).is_empty:
        raise CustomerWithoutName
    assert customer.id is not None
    with shop.writing() as connection:
        before = customers.load(connection, customer.id)
        customer = _linked(connection, tidied(customer, load_profile(connection)))
        assert customer.id is not None
        customers.save(connection, customer, shop.clock.now())
        # the fields' names alone: what a person asks to be forgotten must not stand in a journal for ever
        changed = [f.name for f in fields(before) if getattr(before, f.name) != getattr(customer, f.name)]
        shop.record(connection, "save", "customer", customer.id, new={"changed": changed})
    saved = replace(customer, version=customer.version + 1)
    return saved, Undo(lambda s: _put_back(s, before))


def _put_back(shop: Shop, before: Customer) -> None:
    with shop.rewound.back("customer", before.id, before.version, before.version + 1) as version:
        save(shop, replace(before, version=version))


def delete(shop: Shop, customer_id: int) -> Undo:
    """Take a customer out of all lists; refused while documents name him."""
    from shopdesk.store import customers

    with shop.writing() as connection:
        customer = customers.load(connection, customer_id)
        if customers.has_documents(connection, customer_id):
            raise CustomerHasDocuments(customer.name)
        customers.set_deleted(connection, customer_id, customer.version, shop.clock.now())
        shop.record(connection, "delete", "customer", customer_id)
    return Undo(lambda s: _bring_back(s, customer_id, customer.version + 1))


def _bring_back(shop: Shop, customer_id: int, version: int) -> None:
    from shopdesk.store import customers

    rewinding = shop.rewound.back("customer", customer_id, version - 1, version)
    with rewinding as now, shop.writing() as connection:
        customers.set_deleted(connection, customer_id, now, None)
        shop.record(connection, "restore", "customer", customer_id)


def match(connection: Connection, customer: Customer) -> Customer | None:
    """The existing customer an order means: by mail address, VAT id, or name and postal code (ORDER.md)."""
    from shopdesk.store import customers
    from shopdesk.usecases.shop_settings import load_profile

    tidy = tidied(customer, load_profile(connection))
    found: list[int] = []
    for email in tidy.emails:
        found = found or customers.by_email(connection, email)
    if not found and tidy.vat_id:
        found = customers.by_vat_id(connection, tidy.vat_id)
    found = found or customers.by_name_and_postal_code(connection, tidy)
    return customers.load(connection, found[0]) if found else None
