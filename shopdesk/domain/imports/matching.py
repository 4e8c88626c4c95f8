"""Who a row could be, and what it adds to somebody who is known."""

from __future__ import annotations

from dataclasses import replace
from typing import NamedTuple

from shopdesk.domain.addresses import Address
from shopdesk.domain.customers import ContactPerson, Customer
from shopdesk.domain.folding import fold, words
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.names import PersonName, Salutation

_SIMILAR = 90

REASONS: dict[str, str] = {
    "number": N_("{name} has the same customer number, but another name."),
    "email": N_("{name} has the same mail address, but another name."),
    "vat_id": N_("{name} has the same VAT id, but another name."),
    "phone": N_("{name} has the same phone number, but another name."),
    "company": N_("{name} may be somebody else: the row names another company and another address."),
    "name": N_("{name} has a similar name at the same postal code."),
}
SEVERAL = N_("It could be {name} or {other}.")


class Key(NamedTuple):
    """What two records of one customer have in common. `kind` is one of REASONS."""

    kind: str
    text: str


def recognised(value: Customer) -> tuple[tuple[Key, ...], tuple[Key, ...]]:
    """By what a customer is recognised, and by what one who is known is found: also by the names alone."""
    found = [Key("number", value.number)] if value.number else []
    found += [Key("email", email) for email in value.emails]
    if value.vat_id:
        found.append(Key("vat_id", value.vat_id))
    found += [Key("phone", phone.e164) for phone in value.phones if phone.e164]
    name, code = value.name, value.address.postal_code
    if not name:
        return tuple(found), tuple(found)
    alone, *at_place = name_keys(name, code)
    person = name_keys(value.person.full, code) if value.company and not value.person.is_empty else ()
    if at_place:
        found += at_place
    elif is_weak(value):
        return (*found, alone), (*found, alone, *person)
    return tuple(found), (*found, alone, *person)


def name_keys(name: str, postal_code: str) -> tuple[Key, ...]:
    """The name alone, and with the postal code where that is known."""
    folded = fold(name)
    alone = Key("name", folded)
    return (alone, Key("name", f"{folded}\n{postal_code}")) if postal_code else (alone,)


def is_weak(value: Customer) -> bool:
    """Nothing but a name: such a row is recognised by the name alone."""
    return not (
        value.emails or value.vat_id or value.address.postal_code or any(phone.e164 for phone in value.phones)
    )


def same_name(one: Customer, other: Customer) -> bool:
    """Whether both could be called so: one has no name, or the names differ in spelling or completeness only."""
    if not (one.name and other.name):
        return True
    if not (one.person.is_empty or other.person.is_empty):
        return _alike(one.person.full, other.person.full)
    if one.company and other.company:
        return _alike(one.company, other.company)
    return _alike(one.name, other.name)


def _alike(one: str, other: str) -> bool:
    first, second = set(words(one)), set(words(other))
    if first == second or first < second or second < first:
        return bool(first and second)
    from rapidfuzz.fuzz import ratio

    return ratio(" ".join(sorted(first)), " ".join(sorted(second))) >= _SIMILAR


def other_company(known: Customer, row: Customer) -> bool:
    """Whether the row is about a company at another address, though the person may be the same one."""
    if not row.company or (known.company and _alike(known.company, row.company)):
        return False
    return not (row.address.is_empty or known.address.is_empty or _same_place(known.address, row.address))


def _same_place(one: Address, other: Address) -> bool:
    """Whether what both say of a place is the same; a missing postal code or street says nothing against it."""
    pairs = (
        (one.postal_code, other.postal_code),
        (" ".join(one.lines), " ".join(other.lines)),
        (one.city, other.city),
    )
    return all(not (left and right) or _alike(left, right) for left, right in pairs)


def completed(known: Customer, row: Customer) -> Customer:
    """The known customer with what the row adds. What stands there is never overwritten."""
    phones = {phone.e164 or phone.number: phone for phone in row.phones}
    for phone in known.phones:
        phones.pop(phone.e164 or phone.number, None)
    address = row.address if known.address.is_empty and not row.address.is_empty else known.address
    return replace(
        known,
        company=known.company or row.company,
        person=_person(known.person, row.person),
        phones=(*known.phones, *phones.values()),
        emails=tuple(dict.fromkeys((*known.emails, *row.emails))),
        address=address,
        vat_id=known.vat_id or row.vat_id,
        buyer_reference=known.buyer_reference or row.buyer_reference,
        note=known.note or row.note,
        delivery_address=known.delivery_address
        or (None if row.delivery_address == address else row.delivery_address),
        contact_persons=_contact_persons(known, row),
        facts=tuple(dict.fromkeys((*known.facts, *row.facts))),
        electronic_address=known.electronic_address or row.electronic_address,
        electronic_scheme=known.electronic_scheme if known.electronic_address else row.electronic_scheme,
        xrechnung=known.xrechnung or row.xrechnung,
        preferred_channel=known.preferred_channel or row.preferred_channel,
        service_channel=known.service_channel or row.service_channel,
        advertising_channel=known.advertising_channel or row.advertising_channel,
        birthday=known.birthday or row.birthday,
        recommended_by=known.recommended_by or row.recommended_by,
        payment_days=row.payment_days if known.payment_days is None else known.payment_days,
        cash_discount=known.cash_discount or row.cash_discount,
        discount_percent=row.discount_percent if known.discount_percent is None else known.discount_percent,
        tags=_tags(known.tags, row.tags),
    )


def _contact_persons(known: Customer, row: Customer) -> tuple[ContactPerson, ...]:
    """Those of the row who are nobody known, by name or, without one, by all that is said of them."""
    if not row.contact_persons:
        return known.contact_persons
    names = {_called(one) for one in known.contact_persons}
    return (*known.contact_persons, *(one for one in row.contact_persons if _called(one) not in names))


def _called(person: ContactPerson) -> str:
    name = " ".join(part for part in (person.person.given_name, person.person.family_name) if part)
    return fold(name) or f"{person.role}\n{person.phone}\n{person.email}"


def _tags(known: tuple[str, ...], row: tuple[str, ...]) -> tuple[str, ...]:
    spelled = {tag.casefold() for tag in known}
    return (*known, *(tag for tag in row if tag.casefold() not in spelled)) if row else known


def _person(known: PersonName, row: PersonName) -> PersonName:
    if row.is_empty:
        return known
    if known.is_empty:
        return row
    salutation = row.salutation if known.salutation is Salutation.NONE else known.salutation
    return PersonName(
        salutation,
        known.title or row.title,
        known.given_name or row.given_name,
        known.family_name or row.family_name,
    )


def doubt(kind: str, name: str) -> Message:
    """Why a row with somebody else's number, mail or phone is not taken by itself."""
    return Message(REASONS[kind], {"name": name})


def one_of_several(names: list[str]) -> Message:
    """Why a row that fits several is not taken by itself."""
    return Message(SEVERAL, {"name": names[0], "other": names[1]})
