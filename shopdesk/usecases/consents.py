"""Noting what a customer allows, and what no longer (PRODUCT.md, S27)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.consents import Channel, Consent, ConsentRefused, Purpose, check, may_contact
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop


def of_customer(shop: Shop, customer_id: int) -> tuple[Consent, ...]:
    """All answers of a customer, oldest first."""
    from shopdesk.store import consents

    with shop.reading() as connection:
        return consents.of_customer(connection, customer_id)


def may(shop: Shop, customer_id: int, channel: Channel, purpose: Purpose) -> bool:
    """Whether the customer may be contacted that way today."""
    return may_contact(of_customer(shop, customer_id), channel, purpose, shop.clock.today())


def note_use(
    shop: Shop,
    connection: Connection,
    customer_ids: Sequence[int],
    channel: Channel,
    what: str,
    purpose: Purpose = Purpose.ADVERTISING,
) -> int:
    """Note, in the transaction of the letter or mail itself, each consent it makes use of; gives how many.

    The proof is kept for five years from each use (§ 7a (2) UWG). Who needed no consent, as for a letter, has none to
    be noted. `what` names the letter, mail or call in the shop's words.
    """
    from shopdesk.store import consents

    today = shop.clock.today()
    used = [
        each
        for each in consents.of_customers(connection, tuple(dict.fromkeys(customer_ids)))
        if each.channel == channel and each.purpose == purpose and each.is_in_force(today)
    ]
    consents.add_uses(connection, used, shop.clock.now(), what, shop.who)
    return len(used)


def last_used(shop: Shop, customer_id: int) -> Mapping[int, dt.date]:
    """The shop's day on which each consent was made use of last, by the consent's id."""
    from shopdesk.store import consents

    with shop.reading() as connection:
        found = consents.last_uses(connection, customer_id)
    return {key: at.astimezone(shop.clock.zone).date() for key, at in found.items()}


def note(shop: Shop, value: Consent) -> tuple[Consent, Undo]:
    """Store what a customer said. A no ends the consent that stands; raises ConsentRefused, NotFound."""
    from shopdesk.store import consents, customers

    today = shop.clock.today()
    check(value, today)
    with shop.writing() as connection:
        customers.load(connection, value.customer_id)
        standing = _standing(consents.of_customer(connection, value.customer_id), value, today)
        if standing is None:
            noted = consents.add(connection, replace(value, who=shop.who), shop.clock.now())
            _record(connection, shop, "consent" if value.given_on else "objection", noted)
            return noted, Undo(lambda s: _mistaken(s, noted))
    if value.given_on is not None:
        raise ConsentRefused(Message(N_("This was allowed already. Nothing has to be noted again.")))
    assert value.withdrawn_on is not None
    return withdraw(shop, standing, value.withdrawn_source, value.withdrawn_on)


def _standing(values: tuple[Consent, ...], wanted: Consent, today: dt.date) -> Consent | None:
    same = (each for each in values if (each.channel, each.purpose) == (wanted.channel, wanted.purpose))
    return next((each for each in same if each.is_in_force(today)), None)


def withdraw(shop: Shop, value: Consent, source: str, day: dt.date | None = None) -> tuple[Consent, Undo]:
    """The customer takes it back, today unless another day is named; raises ConsentRefused, ChangedElsewhere."""
    from shopdesk.store import consents

    day = day or shop.clock.today()
    if value.given_on is not None and day < value.given_on:
        text = N_("It was allowed only later than this day. Please check the day.")
        raise ConsentRefused(Message(text), field="day")
    with shop.writing() as connection:
        withdrawn = consents.set_withdrawn(connection, value, day, source)
        _record(connection, shop, "consent-withdrawn", withdrawn)
    return withdrawn, Undo(lambda s: _stands_again(s, withdrawn))


def _stands_again(shop: Shop, value: Consent) -> None:
    from shopdesk.store import consents

    rewinding = shop.rewound.back("consent", value.id, value.version - 1, value.version)
    with rewinding as version, shop.writing() as connection:
        standing = consents.set_withdrawn(connection, replace(value, version=version), None, "")
        _record(connection, shop, "consent-restored", standing)


def _mistaken(shop: Shop, value: Consent) -> None:
    """Taken back at once: it is no longer counted, and the row and the journal still tell."""
    from shopdesk.store import consents

    rewinding = shop.rewound.back("consent", value.id, value.version - 1, value.version)
    with rewinding as version, shop.writing() as connection:
        consents.set_deleted(connection, replace(value, version=version), shop.clock.now())
        _record(connection, shop, "consent-mistaken", value)


def _record(connection: Connection, shop: Shop, action: str, value: Consent) -> None:
    """Under the customer, so that it is found and told with him."""
    told = {"channel": value.channel.value, "purpose": value.purpose.value}
    shop.record(connection, action, "customer", value.customer_id, new=told)
