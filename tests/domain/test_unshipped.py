"""What may leave, what is late, and what of several papers about the same goods is still to go."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import Document, DocumentKind, DocumentState, Line, LineKind, Reference
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import Shipment, ShipmentLine, ShipmentState
from shopdesk.domain.unshipped import Clearance, OnAccount, clearance, late_before, open_lines, too_long

BILL, ORDER, NOTE = DocumentKind.INVOICE, DocumentKind.ORDER_CONFIRMATION, DocumentKind.DELIVERY_NOTE
EVERYBODY, BUSINESSES, NOBODY = OnAccount.EVERYBODY, OnAccount.BUSINESSES, OnAccount.NOBODY


@pytest.mark.parametrize(
    ("kind", "cents", "rule", "prepay", "business", "terms", "deposit", "wanted"),
    [
        (BILL, 0, NOBODY, False, False, False, False, Clearance.PAID),
        (BILL, -5, NOBODY, True, False, False, False, Clearance.PAID),
        (BILL, 100, NOBODY, False, True, False, False, Clearance.WAITS),
        (BILL, 100, NOBODY, False, False, True, False, Clearance.ON_ACCOUNT),
        (BILL, 100, BUSINESSES, False, True, False, False, Clearance.ON_ACCOUNT),
        (BILL, 100, BUSINESSES, False, False, False, False, Clearance.WAITS),
        (BILL, 100, EVERYBODY, False, False, False, False, Clearance.ON_ACCOUNT),
        (BILL, 100, EVERYBODY, True, True, True, False, Clearance.WAITS),
        (ORDER, 100, NOBODY, False, False, False, False, Clearance.ON_ACCOUNT),
        (ORDER, 100, EVERYBODY, True, False, False, False, Clearance.WAITS),
        (ORDER, 100, EVERYBODY, False, False, False, True, Clearance.WAITS),
    ],
)
def test_whether_goods_may_leave(
    kind: DocumentKind,
    cents: int,
    rule: OnAccount,
    prepay: bool,
    business: bool,
    terms: bool,
    deposit: bool,
    wanted: Clearance,
) -> None:
    found = clearance(
        kind,
        Money(cents, "EUR"),
        rule,
        prepay=prepay,
        is_business=business,
        has_terms=terms,
        deposit_open=deposit,
    )
    assert found == wanted


@pytest.mark.parametrize(
    ("paid", "today", "late"),
    [
        ("2026-11-20", "2026-11-23", False),  # Friday, Monday: one working day
        ("2026-11-20", "2026-11-24", True),
        ("2026-11-23", "2026-11-23", False),
        ("2026-12-23", "2026-12-28", False),  # Christmas between
        ("2026-12-23", "2026-12-29", True),
    ],
)
def test_more_than_one_working_day_is_too_long(paid: str, today: str, late: bool) -> None:
    holidays = {dt.date(2026, 12, 24), dt.date(2026, 12, 25)}
    day = dt.date.fromisoformat(today)
    assert too_long(dt.date.fromisoformat(paid), day, holidays) is late
    assert (dt.date.fromisoformat(paid) < late_before(day, holidays)) is late


def paper(row: int, kind: DocumentKind, *quantities: int, refers: int = 0) -> Document:
    lines = tuple(
        Line(text=f"Ware {n}", quantity=Decimal(q), unit_price=Decimal(1)) for n, q in enumerate(quantities)
    )
    named = (Reference("", None, None, refers),) if refers else ()
    return Document(
        kind=kind, id=row, state=DocumentState.ISSUED, number=str(row), lines=lines, refers_to=named
    )


def left(papers: list[Document], shipments: tuple[Shipment, ...] = ()) -> dict[int, list[int]]:
    return {row: [int(each.left) for each in lines] for row, lines in open_lines(papers, shipments).items()}


def shipped(document: int, quantity: int, state: ShipmentState = ShipmentState.SHIPPED) -> Shipment:
    return Shipment(1, document, state=state, lines=(ShipmentLine(0, "Ware 0", Decimal(quantity)),))


@pytest.mark.parametrize(
    ("papers", "shipments", "wanted"),
    [
        ([paper(1, BILL, 3)], (), {1: [3]}),
        ([paper(1, BILL, 3)], (shipped(1, 2),), {1: [1]}),
        ([paper(1, BILL, 3)], (shipped(1, 2, ShipmentState.PACKED),), {1: [3]}),
        ([paper(1, ORDER, 3), paper(2, BILL, 3)], (shipped(1, 1),), {2: [2]}),
        ([paper(1, ORDER, 3), paper(2, BILL, 1)], (), {1: [3]}),
        ([paper(1, BILL, 3), paper(2, NOTE, 3)], (), {1: [0]}),
        ([paper(1, BILL, 3), paper(2, DocumentKind.CANCELLATION, 3, refers=1)], (), {}),
        ([paper(1, BILL, 3), paper(2, DocumentKind.CREDIT_NOTE, 1, refers=1)], (), {1: [2]}),
        ([paper(1, BILL, 2), paper(2, BILL, 2)], (shipped(1, 3),), {1: [0], 2: [1]}),
    ],
)
def test_papers_of_one_story_ask_for_the_same_goods_once(
    papers: list[Document], shipments: tuple[Shipment, ...], wanted: dict[int, list[int]]
) -> None:
    assert left(papers, shipments) == wanted


def test_services_do_not_ship() -> None:
    bill = Document(
        id=1,
        state=DocumentState.ISSUED,
        lines=(Line(LineKind.SERVICE, "Montage"), Line(LineKind.POSTAGE, "Porto")),
    )
    assert left([bill]) == {1: []}


@given(st.lists(st.integers(1, 5), min_size=1, max_size=4), st.lists(st.integers(1, 6), max_size=5))
def test_what_left_and_what_is_left_make_what_was_ordered(ordered: list[int], gone: list[int]) -> None:
    papers = [paper(1, BILL, *ordered)]
    shipments = tuple(shipped(1, each) for each in gone)
    found = left(papers, shipments)[1]
    assert found[0] == max(ordered[0] - sum(gone), 0)
    assert found[1:] == ordered[1:]


def goods(text: str, quantity: int = 1, price: int = 500, code: str = "", description: str = "") -> Line:
    return Line(LineKind.GOODS, text, description, code, Decimal(quantity), unit_price=Decimal(price))


def of(row: int, kind: DocumentKind, *lines: Line) -> Document:
    return Document(kind=kind, id=row, state=DocumentState.ISSUED, number=str(row), lines=lines)


def packed_from(paper: Document, position: int, quantity: int = 1) -> Shipment:
    line = paper.lines[position]
    packed = ShipmentLine(position, line.text, Decimal(quantity), line.unit, line.article_code)
    return Shipment(1, paper.id or 0, state=ShipmentState.SHIPPED, lines=(packed,))


SMALL, LARGE = goods("Matratze 90x200", code="M1"), goods("Matratze 140x200", price=900, code="M1")
BLUE, RED = goods("Kissen", description="blau"), goods("Kissen", 2, description="rot")


@pytest.mark.parametrize("lines", [(SMALL, LARGE), (BLUE, RED)])
def test_lines_that_share_a_number_or_words_are_counted_each_by_itself(lines: tuple[Line, Line]) -> None:
    bill, order = of(2, BILL, *lines), of(1, ORDER, *lines)
    second = int(lines[1].quantity)
    assert left([bill], (packed_from(bill, 1, second),)) == {2: [1, 0]}
    assert left([order, bill], (packed_from(order, 1, second),)) == {2: [1, 0]}
    assert left([bill, of(3, NOTE, lines[1])]) == {2: [1, 0]}
    assert left([bill, of(3, DocumentKind.CREDIT_NOTE, lines[1])]) == {2: [1, 0]}


@pytest.mark.parametrize(
    ("ordered", "billed", "wanted"),
    [
        # the rest of the order beside a bill that says other goods
        ((goods("Matratze", 2),), (goods("Matratze"), goods("Kissen", price=50)), {1: [1], 2: [1, 1]}),
        (
            (goods("Matratze"), goods("Kissen", 2, 40)), (goods("Topper", price=50),),
            {1: [1, 2], 2: [1]},
        ),
        # exchanged or reworded, nothing is missing
        ((goods("Matratze 90x200"),), (goods("Matratze 100x200", price=550),), {2: [1]}),
        ((goods("Matratze"),), (goods("Matratze"), goods("Kissen", price=50)), {2: [1, 1]}),
        # a part is billed: the order says it all
        ((goods("Matratze", 2), goods("Kissen")), (goods("Matratze"),), {1: [2, 1]}),
    ],
)  # fmt: skip
def test_a_bill_with_other_goods_than_the_order_hides_nothing(
    ordered: tuple[Line, ...], billed: tuple[Line, ...], wanted: dict[int, list[int]]
) -> None:
    assert left([of(1, ORDER, *ordered), of(2, BILL, *billed)]) == wanted


def test_what_left_under_the_order_counts_for_the_bill_with_one_thing_more() -> None:
    order = of(1, ORDER, goods("Matratze", 2))
    bill = of(2, BILL, goods("Matratze"), goods("Kissen", price=50))
    assert left([order, bill], (packed_from(order, 0, 2),)) == {1: [0], 2: [0, 1]}
