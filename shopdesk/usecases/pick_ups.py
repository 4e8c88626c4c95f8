"""The pick-up list: found by any hint, told that it is ready, handed out; all of it undoable (PRODUCT.md, S35)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.errors import NotFound
from shopdesk.domain.mail import MailState
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.pick_ups import NotPaidYet, PickUp, PickUpDetail, found
from shopdesk.domain.shipments import Shipment, ShipmentKind, ShipmentState
from shopdesk.usecases import hand_overs
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.unshipped import PackingItem
    from shopdesk.usecases.shop import Shop

_PICKED_UP = N_("Picked up: {number}")
_BY = N_("Picked up by {who}: {number}")
_MOST = 1_000  # that many orders lying in one shop were never seen; the hint finds among them
_WAYS = frozenset({Fulfilment.PICKUP})


def page(shop: Shop, hint: str = "", limit: int = 200) -> tuple[PickUp, ...]:
    """What is to be fetched: what may be handed out first, the oldest promise first; with a hint the best first."""
    from shopdesk.store import packing
    from shopdesk.usecases.packing import rules_in

    with shop.reading() as connection:
        items = packing.page(connection, rules_in(connection).on_account, None, _MOST, _WAYS)
        return found(_with_customers(connection, items), hint)[:limit]


def _with_customers(connection: Connection, items: tuple[PackingItem, ...]) -> list[PickUp]:
    from shopdesk.store import pick_ups

    customers = {item.customer_id for item in items if item.customer_id is not None}
    phones, names = pick_ups.phones(connection, customers), pick_ups.names(connection, customers)
    lying = pick_ups.lying(connection, [item.document_id for item in items])
    return [
        PickUp(
            item,
            phones.get(item.customer_id or 0, ()),
            names.get(item.customer_id or 0, ""),
            lying.get(item.document_id),
        )
        for item in items
    ]


def detail(shop: Shop, document_id: int) -> PickUpDetail:
    """One order with the goods that are here; raises NotFound where nothing is left of it."""
    from shopdesk.store import packing

    with shop.reading() as connection:
        item = hand_overs.item_in(connection, document_id)
        if item is None:
            raise NotFound(str(document_id))
        lines, _ = packing.story_of(connection, document_id)
        (pick_up,) = _with_customers(connection, (item,))
        owed, bill_ids = hand_overs.owed(connection, document_id)
        return PickUpDetail(pick_up, tuple(line for line in lines if line.left), owed, bill_ids)


def ready(shop: Shop, document_id: int) -> tuple[int, Undo]:
    """It lies ready: the customer's mail waits in the outbox (its id). Taken back while the mail still waits.

    Raises NothingToShip, NoEmailAddress, WrongAddress.
    """
    from shopdesk.store import documents, shipments
    from shopdesk.usecases import mail_texts, outbox, pick_up_mails

    mail_texts.warm()
    with shop.writing() as connection:
        change = hand_overs.lay_ready(
            connection, shop, document_id, ShipmentKind.PICK_UP, ShipmentState.PACKED
        )
        document = documents.load(connection, document_id)
        composed = pick_up_mails.ready(connection, document, change.after)
        mail_id = outbox.queue(connection, shop, composed, can_be_taken_back=True)
        shipments.save(connection, replace(change.after, told_at=shop.clock.now()))
        change = replace(change, after=shipments.load(connection, change.after.id or 0))

    def back(other: Shop) -> None:
        if outbox.entry(other, mail_id).state != MailState.CANCELLED:
            outbox.cancel(other, mail_id)
        hand_overs.take_back(other, change)

    return mail_id, Undo(back)


def hand_out(
    shop: Shop, document_id: int, who: str = "", *, on_account: bool = False
) -> tuple[Shipment, Undo]:
    """All that is left of the order goes over the counter, now; `who` fetched it, empty: the customer.

    Raises NothingToShip, and NotPaidYet unless it is handed out on account.
    """
    with shop.writing() as connection:
        item = hand_overs.item_in(connection, document_id)
        if item is not None and not on_account and PickUp(item).waits:
            raise NotPaidYet(item.number, item.open)
        laid = hand_overs.lay_ready(connection, shop, document_id, ShipmentKind.PICK_UP, ShipmentState.PACKED)
        name = " ".join(who.split())
        title = Message(_BY if name else _PICKED_UP, {"who": name, "number": laid.after.document_number})
        change = hand_overs.give(connection, shop, laid, ShipmentState.HANDED_OUT, title, name)
    return change.after, Undo(lambda s: hand_overs.take_back(s, change))


def paid_at_the_counter(shop: Shop, value: PickUpDetail, slip_number: str) -> Undo:
    """What is open was paid now, noted with the slip number of the external till. Raises PaymentRefused."""
    paid = value.owed or Money(0, "EUR")
    return hand_overs.paid_with_slip(shop, value.pick_up.item.customer_id, value.bill_ids, slip_number, paid)


def handed_out(
    shop: Shop, words: str = "", after: int | None = None, limit: int = 100
) -> tuple[Shipment, ...]:
    """What was fetched, the newest first; `after` is the id of the last row shown."""
    from shopdesk.store import pick_ups

    with shop.reading() as connection:
        return pick_ups.handed_out(connection, words, after, limit)


def put_back(shop: Shop, shipment_id: int) -> Undo:
    """It was handed out by mistake: the goods lie ready as before. Raises NotFound, ChangedElsewhere."""
    from shopdesk.usecases import put_backs

    return put_backs.put_back(shop, shipment_id).undo
