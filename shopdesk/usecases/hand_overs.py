"""Goods handed to the customer by the shop itself: over the counter or from its own van, with a way back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Fulfilment
from shopdesk.domain.messages import Message
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, Payment, PaymentKind
from shopdesk.domain.promises import Promise
from shopdesk.domain.shipments import NothingToShip, Shipment, ShipmentKind, ShipmentState
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.domain.unshipped import OnAccount, PackingItem
from shopdesk.usecases.shipment_following import keep_promises

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

Owed = tuple[Money | None, tuple[int, ...]]
"""What is still to be paid, and of which bills."""
EVERY_WAY = frozenset({Fulfilment.SHIP, Fulfilment.DELIVER, Fulfilment.PICKUP})


@dataclass(frozen=True, slots=True)
class Change:
    """What an act did to a shipment: `before` is None where it was made by it; what it wrote besides.

    `replaced` lay here before and is in the shipment now.
    """

    before: Shipment | None
    after: Shipment
    entry_id: int = 0
    kept: tuple[Promise, ...] = ()
    replaced: tuple[Shipment, ...] = ()


def item_in(connection: Connection, document_id: int) -> PackingItem | None:
    """What is still here of this paper, whatever way it goes; None: nothing."""
    from shopdesk.store import packing
    from shopdesk.usecases.packing import rules_in

    found = packing.page(connection, rules_in(connection).on_account, None, 1, EVERY_WAY, document_id)
    return found[0] if found else None


def lay_ready(
    connection: Connection,
    shop: Shop,
    document_id: int,
    kind: ShipmentKind,
    state: ShipmentState,
    *,
    planned_for: dt.date | None = None,
) -> Change:
    """All that is left of a paper, in the shipment that lies here already or in a new one. Raises NothingToShip."""
    from shopdesk.usecases.lying_goods import lay

    now = shop.clock.now()

    def lying(value: Shipment) -> Shipment:
        return replace(
            value,
            kind=kind,
            state=ShipmentState.PACKED if value.packed_at else state,
            planned_for=planned_for,
            promised=_promised(connection, document_id),
            packed_at=value.packed_at or (now if state == ShipmentState.PACKED else None),
        )

    laid = lay(connection, shop, document_id, None, lying, keep_noted=True)
    act, number = "save" if laid.before else "create", laid.after.document_number
    shop.record(connection, act, "shipment", laid.after.id or 0, new={"number": number})
    return Change(laid.before, laid.after, replaced=laid.replaced)


def _promised(connection: Connection, document_id: int) -> dt.date | None:
    from shopdesk.store import packing

    found = packing.page(connection, OnAccount.EVERYBODY, None, 1, EVERY_WAY, document_id)
    return found[0].promised if found else None


def give(
    connection: Connection, shop: Shop, change: Change, state: ShipmentState, title: Message, text: str = ""
) -> Change:
    """The goods are the customer's now: noted with who and when, told on the timeline, promises about them are kept.

    What was cancelled or credited since is not among them; raises NothingToShip where that is all.
    """
    from shopdesk.store import packing, shipments
    from shopdesk.usecases.lying_goods import wanted_of

    now = shop.clock.now()
    lying = replace(change.after, lines=wanted_of(connection, change.after))
    if not lying.lines:
        raise NothingToShip(lying.document_number)
    entry_id = tell(connection, shop, lying, title, text)
    given = replace(lying, state=state, delivered_at=now, note=text, entry_id=entry_id)
    shipments.save(connection, given)
    packing.refresh(connection, lying.document_id)
    kept = keep_promises(connection, shop, lying)
    shop.record(
        connection, "hand-out", "shipment", lying.id or 0, new={"number": lying.document_number, "text": text}
    )
    return replace(change, after=shipments.load(connection, lying.id or 0), entry_id=entry_id, kept=kept)


def tell(connection: Connection, shop: Shop, value: Shipment, title: Message, text: str = "") -> int:
    """One line on the customer's timeline, in the shop's language."""
    from shopdesk.i18n import Texts
    from shopdesk.store import timeline
    from shopdesk.usecases.shop_settings import load_profile

    texts = Texts(load_profile(connection).language)
    entry = TimelineEntry(
        value.customer_id,
        EntryKind.SHIPMENT,
        shop.clock.now(),
        texts.say(title),
        text,
        direction=Direction.OUT,
        document_id=value.document_id,
    )
    return timeline.add(connection, entry)


def take_back(shop: Shop, change: Change) -> None:
    """As it was before, the timeline and the promises, too; raises ChangedElsewhere."""
    from shopdesk.store import packing, promises, shipments, timeline
    from shopdesk.usecases.lying_goods import bring_back

    after, before = change.after, change.before
    seen = before.version if before is not None else 0
    rewinding = shop.rewound.back("shipment", after.id, seen, after.version)
    with rewinding as version, shop.writing() as connection:
        if before is None:
            shipments.set_deleted(connection, after.id or 0, version, shop.clock.now())
        else:
            shipments.save(connection, replace(before, version=version))
        if change.entry_id:
            timeline.set_deleted(connection, change.entry_id, 1, shop.clock.now())
        for each in change.kept:
            promises.save(connection, replace(each, version=each.version + 1))
        bring_back(connection, change.replaced)
        packing.refresh(connection, after.document_id)
        shop.record(connection, "open", "shipment", after.id or 0, new={"number": after.document_number})


def owed(connection: Connection, document_id: int) -> Owed:
    """What is still to be paid of this story: of its bills, the oldest first, and of an order what none bills yet."""
    return owed_of(connection, (document_id,)).get(document_id, (None, ()))


def owed_of(connection: Connection, document_ids: Collection[int]) -> dict[int, Owed]:
    """The same for many orders and bills at once."""
    from shopdesk.store import delivery_rounds, order_bills, payments

    stories = delivery_rounds.stories(connection, document_ids)
    accounts = payments.accounts(connection, {each for story in stories.values() for each in story})
    unbilled = order_bills.unbilled(connection, stories)
    found: dict[int, Owed] = {}
    for document_id, story in stories.items():
        bills = [
            accounts[each] for each in sorted(story) if each in accounts and accounts[each].open.minor > 0
        ]
        parts = [each.open for each in bills]
        if (rest := unbilled.get(document_id)) is not None and rest.minor > 0:
            parts.append(rest)
        if parts and len({each.currency for each in parts}) == 1:
            total = Money(sum(each.minor for each in parts), parts[0].currency)
            found[document_id] = total, tuple(each.document_id for each in bills)
    return found


def paid_with_slip(
    shop: Shop, customer_id: int | None, bill_ids: Sequence[int], slip_number: str, paid: Money
) -> Undo:
    """Money that an external till took is noted with the number of its slip (RELIABILITY.md: shopdesk is no till).

    The oldest bill first; what is left over, as with an order not billed yet, is the customer's credit. Raises
    PaymentRefused.
    """
    from shopdesk.usecases import payments

    accounts = payments.accounts(shop, bill_ids)
    left, parts = paid.minor, []
    for bill_id in bill_ids:
        part = min(left, accounts[bill_id].open.minor)
        if part > 0:
            parts.append(Allocation(bill_id, Money(part, paid.currency)))
            left -= part
    payment = Payment(
        shop.clock.today(), paid, kind=PaymentKind.EXTERNAL_TILL, slip_number=slip_number.strip(),
        customer_id=customer_id,
    )  # fmt: skip
    return payments.book(shop, payment, parts)[1]
