"""Shipments: packed with a delivery note, shipped with tracking numbers and a mail, corrected, taken back (S6, S7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.mail import MailState
from shopdesk.domain.shipments import (
    AlreadyShipped,
    Parcel,
    Shipment,
    ShipmentKind,
    ShipmentState,
)
from shopdesk.usecases import shipment_following as following
from shopdesk.usecases.lying_goods import Laid, Quantities, bring_back, by_position, lay
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.documents import Document
    from shopdesk.domain.messages import Message
    from shopdesk.domain.promises import Promise
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Sent:
    """What shipping gives back: the shipment and the mail that waits in the outbox; why there is none, in words."""

    shipment: Shipment
    mail_id: int | None
    no_mail: Message | None
    undo: Undo


def pack(shop: Shop, document_id: int, quantities: Quantities | None = None) -> tuple[Shipment, Undo]:
    """Put these goods of a paper into a shipment that lies packed; without quantities all that is left.

    What lies here of its story already, as of the order that was billed since, is that shipment. Raises NothingToShip,
    TooMuchShipped, NotFound.
    """
    with shop.writing() as connection:
        laid = _packed(connection, shop, document_id, quantities)
        packed = laid.after
        shop.record(connection, "pack", "shipment", packed.id or 0, new={"number": packed.document_number})
    return packed, Undo(lambda s: _unpack(s, laid))


def _packed(connection: Connection, shop: Shop, document_id: int, quantities: Quantities | None) -> Laid:
    """The shipment that lay here before, and the packed one."""
    from shopdesk.store import documents
    from shopdesk.usecases.packing import rules_in

    document = documents.load(connection, document_id)
    now = shop.clock.now()

    def packed(value: Shipment) -> Shipment:
        packed = replace(value, state=ShipmentState.PACKED, packed_at=value.packed_at or now)
        if value.id is not None:
            return packed
        carrier = rules_in(connection).carrier
        return replace(
            packed, kind=_kind(document), carrier=carrier, promised=_promised(connection, document_id)
        )

    return lay(connection, shop, document_id, quantities, packed)


def _unpack(shop: Shop, laid: Laid) -> None:
    with shop.writing() as connection:
        if laid.before is None:
            _take_away(connection, shop, laid.after.id or 0)
        else:
            _set_back(connection, shop, laid.before, laid.after)
        bring_back(connection, laid.replaced)


def _promised(connection: Connection, document_id: int) -> dt.date | None:
    from shopdesk.domain.unshipped import LEAVES, OnAccount
    from shopdesk.store import packing

    rows = packing.page(connection, OnAccount.EVERYBODY, None, 1, LEAVES, document_id)
    return rows[0].promised if rows else None


def _left_as(packed: Shipment, parcels: Sequence[Parcel]) -> ShipmentKind:
    """What was planned for the own van, and leaves with a carrier's number, is no stop of a round any more."""
    by_carrier = any(each.tracking_number for each in parcels)
    return ShipmentKind.PARCEL if by_carrier and packed.kind == ShipmentKind.ROUND else packed.kind


def _kind(document: Document) -> ShipmentKind:
    return ShipmentKind.ROUND if document.fulfilment == Fulfilment.DELIVER else ShipmentKind.PARCEL


def ship(
    shop: Shop,
    document_id: int,
    parcels: Sequence[Parcel],
    quantities: Quantities | None = None,
    *,
    tell: bool = True,
) -> Sent:
    """These goods leave with these parcels; the mail with the numbers waits in the outbox and can be taken back.

    What lies packed is taken as it is packed, unless other quantities are named. A customer who allowed it is asked
    some weeks later whether all is well. Raises NothingToShip, TooMuchShipped.
    """
    from shopdesk.store import documents, packing, shipments

    if tell:
        from shopdesk.usecases import mail_texts

        mail_texts.warm()
    with shop.writing() as connection:
        laid = _ready(connection, shop, document_id, quantities)
        packed = laid.after
        document = documents.load(connection, document_id)
        now = shop.clock.now()
        left = replace(
            packed, state=ShipmentState.SHIPPED, shipped_at=now, parcels=tuple(parcels),
            carrier=parcels[0].carrier if parcels else packed.carrier, kind=_left_as(packed, parcels),
        )  # fmt: skip
        entry_id = following.tell_timeline(connection, shop, left)
        shipments.save(connection, replace(left, entry_id=entry_id))
        packing.refresh(connection, document_id)
        left = shipments.load(connection, packed.id or 0)
        mail_id, no_mail = following.queue(connection, shop, document, left) if tell else (None, None)
        if mail_id is not None:
            shipments.save(connection, replace(left, told_at=now))
            left = shipments.load(connection, packed.id or 0)
        numbers = ", ".join(left.tracking_numbers)
        shop.record(
            connection,
            "ship",
            "shipment",
            left.id or 0,
            new={"number": left.document_number, "tracking_numbers": numbers},
        )
        follow_up_id = following.ask_later(connection, shop, left)
        kept = following.keep_promises(connection, shop, left)
    gone = _Gone(laid, left, mail_id, follow_up_id, kept)
    return Sent(left, mail_id, no_mail, Undo(lambda s: _unship(s, gone)))


def _ready(connection: Connection, shop: Shop, document_id: int, quantities: Quantities | None) -> Laid:
    """What lies packed, as much of it as is still wanted; else what is named, or all that is left."""
    from shopdesk.store import lying_goods

    if quantities is None:
        lying = lying_goods.of_paper(connection, document_id)
        wanting = lying_goods.wanting(connection, document_id, lying)
        for each in lying:
            wanted = wanting.fitted(each)
            if each.state == ShipmentState.PACKED and wanted:
                quantities = by_position(wanted)
                break
    return _packed(connection, shop, document_id, quantities)


@dataclass(frozen=True, slots=True)
class _Gone:
    """What shipping did, to be taken back."""

    laid: Laid
    left: Shipment
    mail_id: int | None
    follow_up_id: int | None
    kept: Sequence[Promise]


def _unship(shop: Shop, gone: _Gone) -> None:
    """As it was: no mail, nothing on the timeline. Raises what `outbox.cancel` does when the mail has gone."""
    from shopdesk.store import follow_ups, packing, promises, shipments

    _call_back(shop, gone.mail_id)
    with shop.writing() as connection:
        if gone.follow_up_id is not None:
            follow_ups.set_deleted(connection, gone.follow_up_id, 1, shop.clock.now())
        for each in gone.kept:
            promise = promises.load(connection, each.id or 0)
            promises.save(connection, replace(promise, state=each.state, settled_at=each.settled_at))
        laid = gone.laid
        _set_back(connection, shop, laid.before or laid.after, gone.left)
        if laid.before is None:
            version = shipments.load(connection, laid.after.id or 0).version
            shipments.set_deleted(connection, laid.after.id or 0, version, shop.clock.now())
        bring_back(connection, laid.replaced)
        packing.refresh(connection, laid.after.document_id)


def _call_back(shop: Shop, mail_id: int | None) -> None:
    from shopdesk.usecases import outbox

    if mail_id is not None and outbox.entry(shop, mail_id).state != MailState.CANCELLED:
        outbox.cancel(shop, mail_id)


def _set_back(connection: Connection, shop: Shop, before: Shipment, after: Shipment) -> None:
    from shopdesk.store import packing, shipments, timeline

    rewinding = shop.rewound.back("shipment", before.id, before.version, after.version)
    with rewinding as version:
        shipments.save(connection, replace(before, version=version))
        if after.entry_id and after.entry_id != before.entry_id:
            timeline.set_deleted(connection, after.entry_id, 1, shop.clock.now())
        packing.refresh(connection, before.document_id)
        shop.record(connection, "open", "shipment", before.id or 0, new={"number": before.document_number})


def take_away(shop: Shop, shipment_id: int) -> Undo:
    """It was packed by mistake: the goods are on the list as before. Raises AlreadyShipped."""
    with shop.writing() as connection:
        found = _take_away(connection, shop, shipment_id)
    return Undo(lambda s: _bring_back(s, shipment_id, found.version + 1))


def _take_away(connection: Connection, shop: Shop, shipment_id: int) -> Shipment:
    from shopdesk.store import packing, shipments

    found = shipments.load(connection, shipment_id)
    if not found.is_in_the_house:
        raise AlreadyShipped(found.document_number)
    shipments.set_deleted(connection, shipment_id, found.version, shop.clock.now())
    packing.refresh(connection, found.document_id)
    shop.record(connection, "delete", "shipment", shipment_id, new={"number": found.document_number})
    return found


def _bring_back(shop: Shop, shipment_id: int, version: int) -> None:
    from shopdesk.store import packing, shipments

    with shop.writing() as connection:
        shipments.set_deleted(connection, shipment_id, version, None)
        packing.refresh(connection, shipments.load(connection, shipment_id).document_id)
        shop.record(connection, "restore", "shipment", shipment_id)


def correct(shop: Shop, shipment_id: int, parcels: Sequence[Parcel], *, tell: bool = True) -> Sent:
    """A number was wrong or one is missing: the right ones, and a mail that says so where the customer knew others.

    A mail with the wrong number that still waits does not go; the one with the right number goes instead.
    """
    from shopdesk.store import documents, shipments, timeline
    from shopdesk.usecases import outbox

    called_back, knew = following.call_back_waiting(shop, shipment_id)
    with shop.writing() as connection:
        before = shipments.load(connection, shipment_id)
        after = replace(
            before, parcels=tuple(parcels), carrier=parcels[0].carrier if parcels else before.carrier
        )
        entry_id = following.tell_timeline(connection, shop, after)
        shipments.save(connection, replace(after, entry_id=entry_id))
        if before.entry_id:
            timeline.set_deleted(connection, before.entry_id, 1, shop.clock.now())
        after = shipments.load(connection, shipment_id)
        document = documents.load(connection, before.document_id)
        mail_id, no_mail = (None, None)
        if tell or called_back:
            mail_id, no_mail = following.queue(connection, shop, document, after, corrects=knew)
        shop.record(
            connection, "save", "shipment", shipment_id, old={"tracking_numbers": ", ".join(before.tracking_numbers)},
            new={"tracking_numbers": ", ".join(after.tracking_numbers)},
        )  # fmt: skip

    def back(s: Shop) -> None:
        _uncorrect(s, before, after, mail_id)
        for each in called_back:
            outbox.retry(s, each)

    return Sent(after, mail_id, no_mail, Undo(back))


def _uncorrect(shop: Shop, before: Shipment, after: Shipment, mail_id: int | None) -> None:
    from shopdesk.store import timeline

    _call_back(shop, mail_id)
    with shop.writing() as connection:
        _set_back(connection, shop, before, after)
        if before.entry_id:
            timeline.set_deleted(connection, before.entry_id, 2, None)


def of_customer(shop: Shop, customer_id: int) -> tuple[Shipment, ...]:
    """The last shipments of a customer, the newest first."""
    from shopdesk.store import shipments

    with shop.reading() as connection:
        return shipments.of_customer(connection, customer_id)


def get(shop: Shop, shipment_id: int) -> Shipment:
    """One shipment; raises NotFound."""
    from shopdesk.store import shipments

    with shop.reading() as connection:
        return shipments.load(connection, shipment_id)


def with_number(shop: Shop, tracking_number: str) -> tuple[Shipment, ...]:
    """The shipments one of whose parcels has this number."""
    from shopdesk.store import shipments

    with shop.reading() as connection:
        return shipments.with_number(connection, tracking_number)


def shipped(shop: Shop, words: str = "", after: int | None = None, limit: int = 100) -> tuple[Shipment, ...]:
    """What has left, the newest first; `after` is the id of the last row shown."""
    from shopdesk.store import shipments

    with shop.reading() as connection:
        return shipments.shipped(connection, words, None if after is None else ("", after), limit)
