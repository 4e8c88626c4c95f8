"""The delivery round: orders chosen for a day, ordered, printed, done on return; all of it undoable (S40)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.delivery_rounds import NothingPlanned, RoundStop, Stop, by_time, checked, moved
from shopdesk.domain.documents import Fulfilment, Recipient
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import AlreadyShipped, Shipment, ShipmentKind, ShipmentState
from shopdesk.domain.unshipped import PackingItem
from shopdesk.usecases import hand_overs
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from pathlib import Path

    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

_DELIVERED = N_("Delivered with our own van: {number}")
_NOT_MET = N_("Delivery not possible: {number} · {reason}")
_WAYS = frozenset({Fulfilment.DELIVER})
_MOST = 500
_FORGOTTEN = dt.timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Waiting:
    """An order that no round brings yet; `stop` is what is known of its door, `reason` in it why it came back."""

    item: PackingItem
    shipment: Shipment | None = None
    stop: Stop | None = None


def waiting(shop: Shop, words: str = "", limit: int = 200) -> tuple[Waiting, ...]:
    """What is to be brought and is in no round: what may leave first, the oldest promise first."""
    from shopdesk.store import delivery_rounds, lying_goods, packing
    from shopdesk.usecases.packing import rules_in

    with shop.reading() as connection:
        items = packing.page(connection, rules_in(connection).on_account, None, _MOST, _WAYS)
        named = [item for item in items if _says(item, words)]
        lying = lying_goods.of_papers(connection, [item.document_id for item in named])
        stops = delivery_rounds.by_shipment(
            connection, tuple(each.id or 0 for them in lying.values() for each in them)
        )
        found = []
        for item in named:
            here = lying.get(item.document_id, ())
            if not _is_planned(connection, item.document_id, here):
                shipment = here[0] if here else None
                found.append(Waiting(item, shipment, stops.get(shipment.id or 0) if shipment else None))
    return tuple(found[:limit])


def _is_planned(connection: Connection, document_id: int, lying: Sequence[Shipment]) -> bool:
    """Whether a round brings it; where the order was billed since, whether it brings all that the bill says."""
    from shopdesk.store import lying_goods

    planned = [each for each in lying if each.planned_for is not None]
    if not planned or any(each.document_id == document_id for each in planned):
        return bool(planned)
    wanting = lying_goods.wanting(connection, document_id, planned)
    for each in planned:
        wanting = wanting.without(wanting.fitted(each))
    return not any(each.left for each in wanting.left)


def _says(item: PackingItem, words: str) -> bool:
    from shopdesk.domain.folding import fold

    text = fold(f"{item.number} {item.recipient} {item.city} {item.title}")
    return all(fold(word) in text for word in words.split())


def stops(shop: Shop, day: dt.date) -> tuple[RoundStop, ...]:
    """The round of a day in its order, with everything the driver needs."""
    from shopdesk.store import delivery_rounds, documents, pick_ups

    with shop.reading() as connection:
        found = delivery_rounds.of_day(connection, day)
        lying = delivery_rounds.shipments_of(connection, [each.shipment_id for each in found])
        owed = hand_overs.owed_of(connection, {each.document_id for each in lying.values()})
        phones = pick_ups.phones(connection, {each.customer_id for each in lying.values()})
        recipients = documents.recipients(connection, {each.document_id for each in lying.values()})
        here = _as_wanted(connection, lying)
        return tuple(_shown(each, here[each.shipment_id], owed, phones, recipients) for each in found)


def _as_wanted(connection: Connection, planned: Mapping[int, Shipment]) -> dict[int, Shipment]:
    """The shipments without what was cancelled or credited since they were planned."""
    from shopdesk.store import lying_goods
    from shopdesk.usecases.lying_goods import wanted_of

    doubtful = lying_goods.doubtful(connection, {each.document_id for each in planned.values()})
    return {
        row_id: replace(each, lines=wanted_of(connection, each))
        if each.is_in_the_house and each.document_id in doubtful
        else each
        for row_id, each in planned.items()
    }


def days(shop: Shop) -> tuple[tuple[dt.date, int], ...]:
    """The days that have something planned and not done, with how many stops; forgotten ones of before, too."""
    from shopdesk.store import delivery_rounds

    with shop.reading() as connection:
        return delivery_rounds.days(connection, shop.clock.today() - _FORGOTTEN)


def _shown(
    stop: Stop,
    shipment: Shipment,
    owed: Mapping[int, hand_overs.Owed],
    phones: Mapping[int, tuple[str, ...]],
    recipients: Mapping[int, Recipient],
) -> RoundStop:
    recipient = recipients[shipment.document_id]
    address = recipient.goods_address
    town = f"{address.postal_code} {address.city}".strip()
    open_, bill_ids = owed.get(shipment.document_id, (None, ()))
    return RoundStop(
        stop,
        shipment.document_id,
        shipment.document_number,
        recipient.name,
        tuple(part for part in (*address.lines, town) if part),
        phones.get(shipment.customer_id, ()),
        shipment.lines,
        open_,
        shipment.state,
        shipment.note,
        bill_ids,
    )


def plan(shop: Shop, document_id: int, day: dt.date) -> tuple[Stop, Undo]:
    """Bring what is left of this order on that day, as the last stop; floor and lift are remembered from the last time.

    Raises NothingToShip.
    """
    from shopdesk.store import delivery_rounds

    with shop.writing() as connection:
        change = hand_overs.lay_ready(
            connection, shop, document_id, ShipmentKind.ROUND, ShipmentState.PLANNED, planned_for=day
        )
        shipment_id = change.after.id or 0
        position = delivery_rounds.last_position(connection, day)
        known = delivery_rounds.of_shipment(connection, shipment_id)
        if known is None:
            last = delivery_rounds.last_of_customer(connection, change.after.customer_id)
            floor, lift = (last.floor, last.lift) if last else ("", Stop(0, 0).lift)
            delivery_rounds.create(
                connection, Stop(shipment_id, change.after.customer_id, position, floor=floor, lift=lift)
            )
        else:
            delivery_rounds.place(connection, shipment_id, position)
        stop = delivery_rounds.of_shipment(connection, shipment_id)
    assert stop is not None
    return stop, Undo(lambda s: hand_overs.take_back(s, change))


def take_out(shop: Shop, shipment_id: int) -> Undo:
    """This stop is in no round any more; its order waits again. Raises AlreadyShipped."""
    with shop.writing() as connection:
        change = _unplanned(connection, shop, shipment_id)
    return Undo(lambda s: hand_overs.take_back(s, change))


def _unplanned(connection: Connection, shop: Shop, shipment_id: int) -> hand_overs.Change:
    from shopdesk.store import shipments

    before = shipments.load(connection, shipment_id)
    if not before.is_in_the_house:
        raise AlreadyShipped(before.document_number)
    shipments.save(connection, replace(before, planned_for=None))
    shop.record(connection, "save", "shipment", shipment_id, new={"number": before.document_number})
    return hand_overs.Change(before, shipments.load(connection, shipment_id))


def save(shop: Shop, value: Stop) -> Undo:
    """What the driver needs at this door; raises WrongWindow, ChangedElsewhere."""
    from shopdesk.store import delivery_rounds

    tidy = checked(value)
    with shop.writing() as connection:
        before = delivery_rounds.of_shipment(connection, value.shipment_id)
        delivery_rounds.save(connection, tidy)
        shop.record(connection, "save", "shipment", value.shipment_id)
    assert before is not None
    return Undo(lambda s: _put_back(s, before))


def _put_back(shop: Shop, before: Stop) -> None:
    from shopdesk.store import delivery_rounds

    rewinding = shop.rewound.back("delivery_stop", before.shipment_id, before.version, before.version + 1)
    with rewinding as version, shop.writing() as connection:
        now = delivery_rounds.of_shipment(connection, before.shipment_id)
        position = now.position if now is not None else before.position
        delivery_rounds.save(connection, replace(before, version=version, position=position))


def move(shop: Shop, day: dt.date, shipment_id: int, steps: int) -> Undo:
    """One stop so many places down, up below zero."""
    ids = tuple(each.shipment_id for each in stops(shop, day))
    return reorder(shop, day, moved(ids, shipment_id, steps))


def sort_by_time(shop: Shop, day: dt.date) -> Undo:
    """All stops by their time windows."""
    return reorder(shop, day, by_time(stops(shop, day)))


def reorder(shop: Shop, day: dt.date, shipment_ids: Sequence[int]) -> Undo:
    """The round in this order."""
    from shopdesk.store import delivery_rounds

    with shop.writing() as connection:
        before = tuple(each.shipment_id for each in delivery_rounds.of_day(connection, day))
        for position, shipment_id in enumerate(shipment_ids):
            delivery_rounds.place(connection, shipment_id, position)
    return Undo(lambda s: reorder(s, day, before))


def done(shop: Shop, shipment_id: int, note: str = "") -> Undo:
    """On return: it was handed over; `note` is what the driver wrote. Raises AlreadyShipped."""
    from shopdesk.store import shipments

    with shop.writing() as connection:
        before = shipments.load(connection, shipment_id)
        if not before.is_in_the_house:
            raise AlreadyShipped(before.document_number)
        title = Message(_DELIVERED, {"number": before.document_number})
        lying = hand_overs.Change(before, before)
        change = hand_overs.give(
            connection, shop, lying, ShipmentState.DELIVERED, title, " ".join(note.split())
        )
    return Undo(lambda s: hand_overs.take_back(s, change))


def not_met(shop: Shop, shipment_id: int, reason: str) -> Undo:
    """On return: nobody was there, or it could not be brought in; the order waits again, with the reason."""
    from shopdesk.store import delivery_rounds

    words = " ".join(reason.split())
    with shop.writing() as connection:
        stop = delivery_rounds.of_shipment(connection, shipment_id)
        change = _unplanned(connection, shop, shipment_id)
        title = Message(_NOT_MET, {"number": change.after.document_number, "reason": words})
        entry_id = hand_overs.tell(connection, shop, change.after, title)
        assert stop is not None
        delivery_rounds.save(connection, replace(stop, tried_on=shop.clock.today(), reason=words))

    def back(other: Shop) -> None:
        hand_overs.take_back(other, replace(change, entry_id=entry_id))
        _put_back(other, stop)

    return Undo(back)


def paid_at_the_door(shop: Shop, stop: RoundStop, slip_number: str, amount: Money | None = None) -> Undo:
    """What was paid at the door, noted with the slip number of the external till. Raises PaymentRefused."""
    paid = amount or stop.open or Money(0, "EUR")
    return hand_overs.paid_with_slip(shop, stop.stop.customer_id, stop.bill_ids, slip_number, paid)


def pdf(shop: Shop, day: dt.date) -> bytes:
    """The list of the day with room for signatures, in the shop's language; raises NothingPlanned."""
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf.delivery_round import Round, delivery_round
    from shopdesk.usecases.shop_settings import load_profile

    found = tuple(each for each in stops(shop, day) if each.is_wanted and not each.is_done)
    if not found:
        raise NothingPlanned
    with shop.reading() as connection:
        profile = load_profile(connection)
    value = Round(profile.seller.name, day, found)
    return delivery_round(value, Texts(profile.language), shop.clock.now())


def write_pdf(shop: Shop, day: dt.date, path: Path) -> None:
    """The list as a file, whole or not at all. Raises NothingPlanned, FolderUnusable."""
    from shopdesk.usecases.number_reports import write

    write(path, pdf(shop, day))
