"""Purchase orders (Lieferantenbestellungen): what the shop orders, for a customer or for itself (PRODUCT.md, S39)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.documents import Document, DocumentKind, LineKind, LineOption
from shopdesk.domain.errors import ShopError
from shopdesk.domain.later import Later
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.suppliers import Supply

ORDERED_FROM = frozenset(
    {
        DocumentKind.ORDER_CONFIRMATION,
        DocumentKind.DEPOSIT_INVOICE,
        DocumentKind.INVOICE,
        DocumentKind.FINAL_INVOICE,
    }
)
"""Out of these papers goods are ordered from a supplier."""


_SATURDAY = 5


class PurchaseRefused(ShopError):
    """Something of a purchase order is missing, or it is too late for it."""

    code = "purchase-order"


class DeliverTo(StrEnum):
    """Where the supplier sends the goods."""

    SHOP = "shop"
    CUSTOMER = "customer"


class PurchaseState(StrEnum):
    """Derived from what happened, never typed."""

    DRAFT = "draft"
    ORDERED = "ordered"
    CONFIRMED = "confirmed"
    PARTLY = "partly"
    ARRIVED = "arrived"
    CANCELLED = "cancelled"


STATE_NAMES: Mapping[PurchaseState, str] = {
    PurchaseState.DRAFT: N_("Draft"),
    PurchaseState.ORDERED: N_("ordered"),
    PurchaseState.CONFIRMED: N_("confirmed"),
    PurchaseState.PARTLY: N_("partly there"),
    PurchaseState.ARRIVED: N_("all there"),
    PurchaseState.CANCELLED: N_("order cancelled"),
}


@dataclass(frozen=True, slots=True)
class PurchaseRules:
    """Working days: from the supplier's day to the customer's, and until a missing confirmation is asked about."""

    handling_days: int = 1
    unconfirmed_days: int = 3


@dataclass(frozen=True, slots=True)
class PurchaseLine:
    """One line. `source_position` is the customer's line (from 0); a price of None means: as agreed.

    `trouble` says in the owner's words what is damaged or missing.
    """

    text: str = ""
    quantity: Decimal = Decimal(1)
    unit: str = "C62"
    description: str = ""
    article_code: str = ""
    supplier_code: str = ""
    price: Decimal | None = None
    arrived: Decimal = Decimal(0)
    trouble: str = ""
    source_position: int | None = None

    @property
    def missing(self) -> Decimal:
        """What has still to come."""
        return max(Decimal(0), self.quantity - self.arrived)


@dataclass(frozen=True, slots=True)
class PurchaseOrder:
    """One order to one supplier; without a supplier the owner has still to choose one. Days are the shop's.

    `number` is taken when it goes out and stays. `document_id` and `customer_id` say whom it is for; without them it
    is for the shop. `confirmed` is the day the supplier named, `ready_on` when the customer can have it then, `told_at`
    since when the customer knows that it is there. `is_settled`, as read: he needs no word about it, as he was told
    otherwise, has the goods, or cancelled them.
    """

    supplier_id: int | None = None
    lines: tuple[PurchaseLine, ...] = ()
    number: str = ""
    document_id: int | None = None
    customer_id: int | None = None
    promise_id: int | None = None
    commission: str = ""
    deliver_to: DeliverTo = DeliverTo.SHOP
    delivery_address: str = ""
    wished: dt.date | None = None
    words: str = ""
    created_at: dt.datetime | None = None
    ordered_at: dt.datetime | None = None
    confirmed: dt.date | None = None
    ready_on: dt.date | None = None
    confirmed_at: dt.datetime | None = None
    arrived_at: dt.datetime | None = None
    told_at: dt.datetime | None = None
    cancelled_at: dt.datetime | None = None
    later: Later | None = None
    outbox_id: int = 0
    id: int | None = None
    version: int = 0
    supplier_name: str = ""
    customer_name: str = ""
    document_number: str = ""
    is_settled: bool = False

    @property
    def state(self) -> PurchaseState:
        """What became of it so far."""
        if self.cancelled_at is not None:
            return PurchaseState.CANCELLED
        if self.ordered_at is None:
            return PurchaseState.DRAFT
        if self.arrived_at is not None:
            return PurchaseState.ARRIVED
        if any(line.arrived for line in self.lines):
            return PurchaseState.PARTLY
        return PurchaseState.CONFIRMED if self.confirmed is not None else PurchaseState.ORDERED

    @property
    def is_open(self) -> bool:
        """Whether goods are still to come."""
        return self.state in {PurchaseState.ORDERED, PurchaseState.CONFIRMED, PurchaseState.PARTLY}

    @property
    def waits(self) -> bool:
        """Whether somebody has still to do something: order, receive, or tell the customer."""
        is_known = self.told_at is not None or self.is_settled
        untold = self.customer_id is not None and not is_known and self.deliver_to == DeliverTo.SHOP
        is_there = self.state == PurchaseState.ARRIVED
        return self.state == PurchaseState.DRAFT or self.is_open or (is_there and untold)

    @property
    def title(self) -> str:
        """The first goods, for lists."""
        return self.lines[0].text if self.lines else ""

    @property
    def goods(self) -> str:
        """Everything that is ordered, on one line, for the customer's eyes."""
        counted = (
            line.text if line.quantity == 1 else f"{line.quantity.normalize():f} × {line.text}"
            for line in self.lines
        )
        return ", ".join(counted)


class Readiness(StrEnum):
    """How far the goods of a customer's document are, as far as they were ordered for it."""

    NOTHING_ORDERED = "nothing_ordered"
    WAITING = "waiting"
    PARTLY = "partly"
    READY = "ready"


def readiness(orders: Iterable[PurchaseOrder]) -> Readiness:
    """The worst of a document's orders; called off ones and drafts do not count."""
    counted = [one for one in orders if one.state not in {PurchaseState.DRAFT, PurchaseState.CANCELLED}]
    if not counted:
        return Readiness.NOTHING_ORDERED
    if all(one.state == PurchaseState.ARRIVED for one in counted):
        return Readiness.READY
    some = any(one.state in {PurchaseState.ARRIVED, PurchaseState.PARTLY} for one in counted)
    return Readiness.PARTLY if some else Readiness.WAITING


def drafts_of(
    document: Document,
    supplies: Mapping[str, Supply],
    ordered: Collection[int],
    delivery_days: Mapping[int, int] | None = None,
) -> tuple[PurchaseOrder, ...]:
    """One draft per supplier for the goods of a customer's document; `supplies` are by article code.

    Lines at the positions `ordered` are ordered already. Goods without a supplier come together last, in a draft
    whose supplier the owner chooses. `delivery_days` is only read to put quick suppliers last.
    """
    groups: dict[int | None, list[PurchaseLine]] = {}
    for position, line in enumerate(document.lines):
        wanted = line.kind == LineKind.GOODS and line.option == LineOption.NONE and line.quantity > 0
        if not wanted or position in ordered:
            continue
        supply = supplies.get(line.article_code, Supply()) if line.article_code else Supply()
        groups.setdefault(supply.supplier_id, []).append(
            PurchaseLine(
                line.text,
                line.quantity,
                line.unit,
                line.description,
                line.article_code,
                supply.supplier_code,
                supply.price,
                source_position=position,
            )
        )
    slow = delivery_days or {}
    order = sorted(groups, key=lambda one: (one is None, -slow.get(one or 0, 0), one or 0))
    name = document.recipient.name
    return tuple(
        PurchaseOrder(
            supplier_id,
            tuple(groups[supplier_id]),
            document_id=document.id,
            customer_id=document.customer_id,
            commission=name,
        )
        for supplier_id in order
    )


def checked_for_order(value: PurchaseOrder) -> PurchaseOrder:
    """The order without empty lines; raises PurchaseRefused at what is missing."""
    if value.state != PurchaseState.DRAFT:
        raise PurchaseRefused(Message(N_("{number} is ordered already."), {"number": value.number}))
    if value.supplier_id is None:
        raise PurchaseRefused(
            Message(N_("From whom? Please choose the supplier, or type the name of a new one.")),
            field="supplier",
        )
    lines = tuple(line for line in value.lines if line.text.strip())
    if not lines:
        raise PurchaseRefused(Message(N_("What is to be ordered? Please write a line.")), field="lines")
    for number, line in enumerate(lines):
        if line.quantity <= 0:
            raise PurchaseRefused(
                Message(N_("How many of “{text}”? The quantity is missing."), {"text": line.text}),
                field=f"lines[{number}].quantity",
            )
    if value.deliver_to == DeliverTo.CUSTOMER and not value.delivery_address.strip():
        raise PurchaseRefused(
            Message(N_("Where to? The delivery address of the customer is missing.")),
            field="delivery_address",
        )
    return replace(value, lines=lines)


def promised_day(
    confirmed: dt.date, rules: PurchaseRules, holidays: Container[dt.date] = frozenset()
) -> dt.date:
    """When the customer can have it: the supplier's day and the days for handling, working days only."""
    from shopdesk.domain.typing.dates import add_working_days

    return add_working_days(confirmed, rules.handling_days, holidays)


def wished_day(
    due: dt.date, today: dt.date, rules: PurchaseRules, holidays: Container[dt.date] = frozenset()
) -> dt.date | None:
    """The day the supplier must deliver on so that `due` holds; None where it is too near to ask for."""
    day = due
    for _ in range(rules.handling_days):
        day -= dt.timedelta(1)
        while day.weekday() >= _SATURDAY or day in holidays:
            day -= dt.timedelta(1)
    return day if day > today else None


def parse_confirmed(text: str, today: dt.date, holidays: Container[dt.date] = frozenset()) -> dt.date:
    """The day in a supplier's words: `KW 49` is its Friday, `bis 4.12.`, `Mitte KW 50`, `in 3 Wochen`.

    Of `KW 50/51` and `8-10 Wochen` the end is meant.
    Raises TypedWrong, or PurchaseRefused for a day that is over.
    """
    from shopdesk.domain.typing.dates import parse_date
    from shopdesk.domain.typing.promise_days import promised_day as day_in
    from shopdesk.domain.typing.supplier_days import said_simply

    said = said_simply(text)
    day, _ = day_in(said, today, holidays)
    if day is None:
        day = parse_date(said, today, holidays)
    if day < today:
        raise PurchaseRefused(
            Message(N_("That day is over already. When does the supplier deliver?")), field="confirmed"
        )
    return day


def came_in(
    value: PurchaseOrder, position: int | None, now: dt.datetime, quantity: Decimal | None = None
) -> PurchaseOrder:
    """Goods in: one line, or all of them without a `position`; `quantity` is what there is of the line in all.

    Raises PurchaseRefused where the order is not out, or the quantity is negative.
    """
    if value.state in {PurchaseState.DRAFT, PurchaseState.CANCELLED}:
        raise PurchaseRefused(Message(N_("This is not ordered, so nothing can come in.")))
    if quantity is not None and quantity < 0:
        raise PurchaseRefused(Message(N_("Less than nothing cannot come in.")), field="arrived")
    lines = tuple(
        replace(line, arrived=line.quantity if quantity is None else quantity)
        if position is None or number == position
        else line
        for number, line in enumerate(value.lines)
    )
    if position is None:
        lines = tuple(
            replace(line, arrived=max(line.arrived, old.arrived))
            for line, old in zip(lines, value.lines, strict=True)
        )
    is_all = all(not line.missing for line in lines)
    return replace(value, lines=lines, arrived_at=(value.arrived_at or now) if is_all else None)
