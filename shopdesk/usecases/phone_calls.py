"""Who is calling, and what becomes of a call that nobody answered."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.callers import Caller, KnownCaller, LastPurchase, MaybeCaller, spoken_greeting
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.missed_calls import MissedCall
from shopdesk.domain.money import Money
from shopdesk.domain.names import PersonName
from shopdesk.domain.phone_calls import CallState, PhoneCall
from shopdesk.domain.promises import REMEMBERED
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.usecases import missed_inquiries
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.customers import Customer
    from shopdesk.domain.later import Later
    from shopdesk.domain.phones import PhoneNumber
    from shopdesk.domain.search import Found
    from shopdesk.domain.shop_profile import ShopProfile
    from shopdesk.usecases.shop import Shop

_MOST_FOLLOW_UPS = 2
_SHORTEST = 6
"""Digits of a number that cannot be read, but may be one that somebody has."""


def recognise(shop: Shop, number: str) -> Caller:
    """Who calls from this number: one customer with what must be known of him, several who may be, or nobody."""
    from shopdesk.usecases.shop_settings import load_profile

    if not number:
        return Caller("")
    with shop.reading() as connection:
        profile = load_profile(connection)
        parsed = _read(number, profile)
        found, is_certain = _found(connection, number, parsed)
        known = _known(connection, shop, found[0], profile, parsed, number) if is_certain else None
        return Caller(
            parsed.international if parsed is not None else number,
            parsed.region if parsed is not None else "",
            known,
            () if is_certain else _maybe(connection, found),
            profile.country,
            number,
        )


def warm_up(shop: Shop) -> Caller:
    """Load what the first call needs, so that it is shown as fast as the others."""
    from shopdesk.store import callers

    with shop.reading() as connection:
        number = callers.some_number(connection)
    return recognise(shop, number or "+493012345678")


def note(shop: Shop, call: PhoneCall) -> None:
    """Keep what must be kept of a call: a missed one waits to be called back, one that got through ends that."""
    if call.is_withheld or call.is_internal:
        return
    if call.state == CallState.MISSED:
        _missed(shop, call.number)
    elif call.state == CallState.TALKING:
        _reached(shop, call.number)


def missed_done(shop: Shop, call_id: int) -> Undo:
    """Nothing is left to call back; raises NotFound."""
    return _change(shop, call_id, done_at=shop.clock.now())


def missed_later(shop: Shop, call_id: int, until: Later) -> Undo:
    """Call back on that day, at that time."""
    return _change(shop, call_id, until=until)


def _change(shop: Shop, call_id: int, done_at: dt.datetime | None = None, until: Later | None = None) -> Undo:
    from shopdesk.store import missed_calls

    with shop.writing() as connection:
        before = missed_calls.load(connection, call_id)
        later = replace(before, due=until.day, due_time=until.time) if until is not None else before
        missed_calls.save(connection, replace(later, done_at=done_at))
        missed_inquiries.missed_call_changed(shop, connection, replace(later, done_at=done_at))
    return Undo(lambda s: _put_back(s, before))


def _put_back(shop: Shop, before: MissedCall) -> None:
    from shopdesk.store import missed_calls

    rewinding = shop.rewound.back("missed_call", before.id, before.version, before.version + 1)
    with rewinding as version, shop.writing() as connection:
        missed_calls.save(connection, replace(before, version=version))
        missed_inquiries.missed_call_changed(shop, connection, before)


def _read(number: str, profile: ShopProfile) -> PhoneNumber | None:
    from shopdesk.domain.phones import parse_phone

    try:
        return parse_phone(number, profile.country or "DE", profile.area_code)
    except ShopError:
        return None  # a short number of the provider's, a number of another kind


def _found(connection: Connection, number: str, parsed: PhoneNumber | None) -> tuple[tuple[Found, ...], bool]:
    """The hits, each customer once, and whether it is the one and only."""
    from shopdesk.store import search

    if parsed is None and sum(letter.isdigit() for letter in number) < _SHORTEST:
        return (), False  # an area code alone, the provider's own: everybody in town would have it
    hits = search.callers(connection, parsed.e164 if parsed is not None else number)
    once: dict[int | None, Found] = {}
    for hit in hits:  # a customer is found by the numbers of his people, too: then the person says more
        before = once.get(hit.customer_id)
        if before is None or (before.type == "customer" and hit.type == "contact_person"):
            once[hit.customer_id] = hit
    found = tuple(one for one in once.values() if one.customer_id is not None)
    return found, len(found) == 1 and found[0].score > search.SAME_EXCHANGE


def _maybe(connection: Connection, found: tuple[Found, ...]) -> tuple[MaybeCaller, ...]:
    """Each with the reason: who shares number and address with all the others lives with them."""
    from shopdesk.store import customers, search

    reason = Message(N_("the same number"))
    if any(one.score <= search.SAME_EXCHANGE for one in found):
        reason = Message(N_("another extension of the same number"))
    elif len({customers.load(connection, one.customer_id or 0).address for one in found}) == 1:
        reason = Message(N_("the same household"))
    return tuple(MaybeCaller(one.customer_id or 0, one.title, one.subtitle, reason) for one in found)


def _known(
    connection: Connection,
    shop: Shop,
    found: Found,
    profile: ShopProfile,
    parsed: PhoneNumber | None,
    number: str,
) -> KnownCaller:
    from shopdesk.store import (
        callers,
        customer_photos,
        customers,
        follow_ups,
        glances,
        missed_calls,
        promises,
    )

    assert found.customer_id is not None
    customer = customers.load(connection, found.customer_id)
    glance = glances.glance(connection, found.customer_id, profile.currency, shop.clock.zone)
    bill = callers.last_purchase(connection, found.customer_id)
    today = shop.clock.today()
    due = [one.text for one in follow_ups.of_customer(connection, found.customer_id) if one.due <= today]
    broken = promises.not_spoken_about(connection, found.customer_id, shop.clock.now() - REMEMBERED)
    person = _person(customer, found, parsed)
    photo = customer_photos.of_customer(connection, found.customer_id)
    return KnownCaller(
        customer_id=found.customer_id,
        name=person.full or customer.name or customer.number,
        greeting=spoken_greeting(person),
        company=customer.company,
        town=customer.address.city,
        country=customer.address.country,
        last_purchase=LastPurchase(bill[0], bill[1], Money(bill[2], bill[3])) if bill else None,
        open_quotes=glance.open_quotes,
        follow_ups=tuple(due[:_MOST_FOLLOW_UPS]),
        broken=tuple(one.text for one in broken[:_MOST_FOLLOW_UPS]),
        missed=missed_calls.unanswered(connection, _key(parsed, number), found.customer_id),
        facts=customer.facts,
        photo=photo.data if photo is not None else b"",
    )


def _person(customer: Customer, found: Found, parsed: PhoneNumber | None) -> PersonName:
    """Who greets: the contact person whose number it is, unless it is the customer's own, too."""
    own = {phone.e164 for phone in customer.phones}
    if found.type == "contact_person" and (parsed is None or parsed.e164 not in own):
        for contact in customer.contact_persons:
            if contact.person.full == found.title:
                return contact.person
    return customer.person


def _key(parsed: PhoneNumber | None, number: str) -> str:
    return parsed.e164 if parsed is not None else number


def _missed(shop: Shop, number: str) -> None:
    from shopdesk.i18n import Texts
    from shopdesk.store import missed_calls, timeline
    from shopdesk.usecases.shop_settings import load_profile

    now = shop.clock.now()
    local = now.astimezone(shop.clock.zone)
    with shop.writing() as connection:
        profile = load_profile(connection)
        parsed = _read(number, profile)
        found, is_certain = _found(connection, number, parsed)
        customer_id = found[0].customer_id if is_certain else None
        shown = parsed.international if parsed is not None else number
        missed = MissedCall(
            _key(parsed, number), shown, now, local.date(), f"{local:%H:%M}", customer_id=customer_id
        )
        noted = replace(missed, id=missed_calls.note(connection, missed))
        missed_inquiries.missed_call(shop, connection, noted)
        if customer_id is None:
            return
        title = Texts(profile.language).gettext("Missed call")
        timeline.add(connection, TimelineEntry(customer_id, EntryKind.CALL, now, title, shown, Direction.IN))


def _reached(shop: Shop, number: str) -> None:
    from shopdesk.store import missed_calls
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        parsed = _read(number, load_profile(connection))
        found, is_certain = _found(connection, number, parsed)
        customer_id = found[0].customer_id if is_certain else None
        if not missed_calls.unanswered(connection, _key(parsed, number), customer_id):
            return
    with shop.writing() as connection:
        missed_inquiries.reached(shop, connection, _key(parsed, number), customer_id)
        missed_calls.settle(connection, _key(parsed, number), customer_id, shop.clock.now())
