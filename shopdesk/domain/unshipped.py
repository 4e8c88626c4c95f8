"""What of an order or bill is still to leave the house, and whether it may: the rule of the packing list (S6, S38).

The papers of one story say the same goods several times: an order confirmation, its bill, a delivery note. What is
wanted is what the bills say, or the order confirmation as long as it says more than they do. What delivery notes and
shipments took out of the house counts against it, goods for goods; so does what a credit note takes back at its price.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum

from shopdesk.domain.documents import Document, DocumentKind, Fulfilment, Line, LineKind, LineOption
from shopdesk.domain.goods_matching import Portion, left_of, not_billed, same_goods, shipped_portion
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import Shipment
from shopdesk.domain.typing.dates import add_working_days

ORDERS = frozenset({DocumentKind.ORDER_CONFIRMATION})
GOODS_BILLS = frozenset({DocumentKind.INVOICE, DocumentKind.FINAL_INVOICE})
SOURCES = ORDERS | GOODS_BILLS
"""The papers whose goods leave the house. A deposit bills money, not goods."""

LEAVES = frozenset({Fulfilment.SHIP, Fulfilment.DELIVER})
"""What goes on the packing list; what is picked up has a list of its own."""

_ONE = dt.timedelta(days=1)
_SATURDAY = 5


class OnAccount(StrEnum):
    """Whose goods leave before the money is there, where the paper does not say "payment in advance"."""

    EVERYBODY = "everybody"
    BUSINESSES = "businesses"
    NOBODY = "nobody"


class Clearance(StrEnum):
    """Whether goods may leave."""

    PAID = "paid"
    ON_ACCOUNT = "on_account"
    WAITS = "waits"


@dataclass(frozen=True, slots=True)
class MailText:
    """The owner's own mail about a shipment in one language, with gaps; empty: the program's."""

    language: str = ""
    subject: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class ShippingRules:
    """What the owner set about shipping.

    After `ask_after_days` a customer who allowed it is asked whether all is well; 0: nobody is asked.
    `label` is the name of the label's format (`parcel_labels`), `texts` the owner's own mails, one for a language.
    """

    on_account: OnAccount = OnAccount.BUSINESSES
    ask_after_days: int = 21
    label: str = "a6"
    carrier: str = "dhl"
    tell: bool = True
    texts: tuple[MailText, ...] = ()

    def text_in(self, language: str) -> MailText:
        """The owner's own text in a language, an empty one where he has none."""
        return next((each for each in self.texts if each.language == language), MailText(language))


@dataclass(frozen=True, slots=True)
class OpenLine:
    """One line with what it wants and what is still to leave; `position` is its place in the paper, from 0."""

    position: int
    line: Line
    left: Decimal

    @property
    def is_part(self) -> bool:
        """Whether some of it has left already."""
        return self.left < self.line.quantity


@dataclass(frozen=True, slots=True)
class PackingItem:
    """One row of the packing list. `waited_since` is the day of the last payment, or of the paper on account.

    `planned` is the day of its delivery round; `announced`: it lies ready, and the customer knows that he can fetch it.
    """

    document_id: int
    number: str
    kind: DocumentKind
    recipient: str
    city: str
    title: str
    customer_id: int | None
    day: dt.date
    clearance: Clearance
    open: Money
    fulfilment: Fulfilment = Fulfilment.SHIP
    paid_on: dt.date | None = None
    promised: dt.date | None = None
    packed: bool = False
    rank: str = ""
    planned: dt.date | None = None
    announced: bool = False

    @property
    def waited_since(self) -> dt.date:
        """Since when it could have left."""
        return self.paid_on if self.clearance == Clearance.PAID and self.paid_on else self.day

    def is_late(self, today: dt.date, holidays: Container[dt.date]) -> bool:
        """Past its promise, or paid, promised for no later day and for more than one working day in the house (S38)."""
        if self.clearance == Clearance.WAITS:
            return False
        if self.promised is not None and self.promised != today:
            return self.promised < today
        return self.waits_too_long(today, holidays)

    def waits_too_long(self, today: dt.date, holidays: Container[dt.date]) -> bool:
        """Paid and in the house for more than one working day, and on no delivery round of today or later."""
        is_planned = self.planned is not None and self.planned >= today
        is_paid = self.clearance == Clearance.PAID
        return is_paid and not is_planned and too_long(self.waited_since, today, holidays)


def too_long(since: dt.date, today: dt.date, holidays: Container[dt.date]) -> bool:
    """Whether more than one working day has passed since it was paid."""
    return today > add_working_days(since, 1, holidays)


def working_days_late(
    paid: Collection[dt.date], today: dt.date, holidays: Container[dt.date]
) -> dict[dt.date, int]:
    """By how many working days goods are late that were paid on these days, counted once for all of them.

    At least 1: whoever asks knows that they are late.
    """
    found, day, count = {}, today, 0
    while day >= min(paid, default=today):
        found[day] = max(1, count - 1)  # one working day is there to ship them
        count += day.weekday() < _SATURDAY and day not in holidays
        day -= _ONE
    return found


def late_before(today: dt.date, holidays: Container[dt.date]) -> dt.date:
    """What was paid before this day, and is still here, is late."""
    day = today
    while not too_long(day, today, holidays):
        day -= _ONE
    return day + _ONE


def clearance(
    kind: DocumentKind,
    open_: Money,
    on_account: OnAccount,
    *,
    prepay: bool = False,
    is_business: bool = False,
    has_terms: bool = False,
    deposit_open: bool = False,
) -> Clearance:
    """Whether the goods may leave.

    `open_` is what is still to be paid of the paper. An order confirmation asks for money only in advance or by a
    deposit: its bill comes with the goods or after them. `has_terms`: the customer has days of payment of his own.
    """
    if deposit_open or (prepay and open_.minor > 0):
        return Clearance.WAITS
    if open_.minor <= 0:
        return Clearance.PAID
    if kind in ORDERS or has_terms or on_account == OnAccount.EVERYBODY:
        return Clearance.ON_ACCOUNT
    return Clearance.ON_ACCOUNT if is_business and on_account == OnAccount.BUSINESSES else Clearance.WAITS


def goods_lines(document: Document) -> tuple[tuple[int, Line], ...]:
    """The lines that are goods, with their positions; what a quote only offered and what is nothing is left out."""
    return tuple(
        (position, line)
        for position, line in enumerate(document.lines)
        if line.kind == LineKind.GOODS and line.option == LineOption.NONE and line.quantity > 0
    )


def open_lines(
    papers: Sequence[Document], shipments: Iterable[Shipment], notes: Container[int | None] = ()
) -> dict[int, tuple[OpenLine, ...]]:
    """Paper → its goods lines with what is still to leave, for the issued papers of one story.

    Only the papers that count are named; one of which everything left has lines with nothing left. `notes` are the
    delivery notes that belong to a shipment, also to one that was taken back.
    """
    issued = {paper.id: paper for paper in papers if paper.is_issued and paper.id is not None}
    live = _not_cancelled(tuple(issued.values()))
    papers_wanted, wanted = _wanting(live)
    left = left_of(wanted, [*_gone(issued, shipments, notes), *_taken_back(live, papers_wanted)])
    return {
        paper.id or 0: tuple(
            OpenLine(position, line, left.get((paper.id or 0, position), Decimal(0)))
            for position, line in goods_lines(paper)
        )
        for paper in sorted(papers_wanted, key=lambda each: each.id or 0)
    }


def _not_cancelled(issued: Sequence[Document]) -> list[Document]:
    ended = {
        reference.id
        for paper in issued
        if paper.kind == DocumentKind.CANCELLATION
        for reference in paper.refers_to
    }
    return [paper for paper in issued if paper.id not in ended]


def _wanting(live: Sequence[Document]) -> tuple[list[Document], list[Portion]]:
    """The bills; where an order says more, the order alone, or its rest beside bills that say other goods."""
    bills = [paper for paper in live if paper.kind in GOODS_BILLS]
    orders = [paper for paper in live if paper.kind in ORDERS]
    billed, ordered = _portions(bills), _portions(orders)
    if not bills:
        return orders, ordered
    rest, is_more = not_billed(ordered, billed)
    if not any(rest.values()):
        return bills, billed
    if not is_more:
        return orders, ordered
    kept = [replace(each, quantity=rest[each.place]) for each in ordered if each.place and rest[each.place]]
    named = {each.place[0] for each in kept if each.place}
    return [*bills, *(order for order in orders if order.id in named)], [*billed, *kept]


def _portions(papers: Iterable[Document]) -> list[Portion]:
    return [
        Portion(line, line.quantity, (paper.id or 0, position))
        for paper in papers
        for position, line in goods_lines(paper)
    ]


def _gone(
    issued: Mapping[int, Document], shipments: Iterable[Shipment], notes: Container[int | None]
) -> Iterator[Portion]:
    """What has left the house; a delivery note that belongs to a shipment counts by the shipment."""
    for shipment in shipments:
        if not shipment.is_in_the_house:
            for each in shipment.lines:
                yield shipped_portion(issued, shipment.document_id, each)
    for paper in issued.values():
        if paper.kind == DocumentKind.DELIVERY_NOTE and paper.id not in notes:
            for _, line in goods_lines(paper):
                yield Portion(line, line.quantity)


def _taken_back(live: Sequence[Document], wanted: Sequence[Document]) -> Iterator[Portion]:
    """Goods that a credit note takes back at the price they were billed at; a lower amount is only a lower price."""
    prices = {(same_goods(line), line.unit_price) for paper in wanted for _, line in goods_lines(paper)}
    for paper in live:
        if paper.kind == DocumentKind.CREDIT_NOTE:
            for _, line in goods_lines(paper):
                if (same_goods(line), line.unit_price) in prices:
                    yield Portion(line, line.quantity)
