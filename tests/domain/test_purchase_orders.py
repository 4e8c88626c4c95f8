"""What a supplier's words mean, when the customer can have it, and how goods come in."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import Document, DocumentKind, Line, LineKind, LineOption, Recipient
from shopdesk.domain.purchase_orders import (
    PurchaseLine,
    PurchaseOrder,
    PurchaseRefused,
    PurchaseRules,
    PurchaseState,
    Readiness,
    came_in,
    drafts_of,
    parse_confirmed,
    promised_day,
    readiness,
    wished_day,
)
from shopdesk.domain.suppliers import Supplier, SupplierRefused, Supply, checked
from shopdesk.domain.typing import TypedWrong

MONDAY = dt.date(2026, 11, 23)
NOW = dt.datetime(2026, 11, 23, 9, 50, tzinfo=dt.UTC)


@pytest.mark.parametrize(
    ("said", "day"),
    [
        ("KW 49", dt.date(2026, 12, 4)),
        ("49. KW", dt.date(2026, 12, 4)),
        ("Mitte KW 50", dt.date(2026, 12, 9)),
        ("bis 4.12.", dt.date(2026, 12, 4)),
        ("4.12.2026", dt.date(2026, 12, 4)),
        ("Lieferung voraussichtlich KW 49/2026", dt.date(2026, 12, 4)),
        ("in 3 Wochen", dt.date(2026, 12, 14)),
        ("Fr", dt.date(2026, 11, 27)),
        ("+14", dt.date(2026, 12, 7)),
        ("heute", MONDAY),
        ("Anfang Dezember", dt.date(2026, 12, 10)),
        ("Woche 50", dt.date(2026, 12, 11)),
        ("50. Woche", dt.date(2026, 12, 11)),
        ("Kalenderwoche 50", dt.date(2026, 12, 11)),
        ("week 50", dt.date(2026, 12, 11)),
        ("KW 50/51", dt.date(2026, 12, 18)),
        ("KW 50 oder 51", dt.date(2026, 12, 18)),
        ("50./51. KW", dt.date(2026, 12, 18)),
        ("KW 53/1", dt.date(2027, 1, 8)),
        ("KW 50/26", dt.date(2026, 12, 11)),
        ("8-10 Wochen", dt.date(2027, 2, 1)),
        ("Lieferzeit ca. 3 bis 4 Wochen", dt.date(2026, 12, 21)),
        ("5-7 Werktage", dt.date(2026, 12, 2)),
        ("7.-11.12.", dt.date(2026, 12, 11)),
    ],
)
def test_a_suppliers_words_are_a_day(said: str, day: dt.date) -> None:
    assert parse_confirmed(said, MONDAY) == day


@pytest.mark.parametrize("said", ["bald", "", "KW 99", "31.2."])
def test_what_names_no_day_is_said(said: str) -> None:
    with pytest.raises(TypedWrong):
        parse_confirmed(said, MONDAY)


def test_a_day_that_is_over_is_asked_about() -> None:
    with pytest.raises(PurchaseRefused):
        parse_confirmed("20.11.2026", MONDAY)


@pytest.mark.parametrize(
    ("confirmed", "handling", "ready"),
    [
        (dt.date(2026, 12, 4), 1, dt.date(2026, 12, 7)),  # Friday, then Monday
        (dt.date(2026, 12, 4), 0, dt.date(2026, 12, 4)),
        (dt.date(2026, 12, 24), 1, dt.date(2026, 12, 28)),  # the holidays are no working days
        (dt.date(2026, 11, 30), 3, dt.date(2026, 12, 3)),
    ],
)
def test_the_days_for_handling_are_working_days(confirmed: dt.date, handling: int, ready: dt.date) -> None:
    holidays = {dt.date(2026, 12, 25), dt.date(2026, 12, 26)}
    assert promised_day(confirmed, PurchaseRules(handling), holidays) == ready


@given(st.dates(MONDAY, dt.date(2027, 12, 31)), st.integers(0, 10))
def test_what_is_wished_in_time_can_be_promised(due: dt.date, handling: int) -> None:
    rules = PurchaseRules(handling)
    wished = wished_day(due, MONDAY, rules)
    if wished is not None:
        assert promised_day(wished, rules) <= due or due.weekday() >= 5


ORDER = PurchaseOrder(
    1, (PurchaseLine("Matratze", Decimal(2)), PurchaseLine("Kissen", Decimal(4))), "B-1", ordered_at=NOW
)


@given(st.lists(st.tuples(st.sampled_from([0, 1]), st.integers(0, 5)), max_size=8))
def test_an_order_is_there_exactly_when_nothing_is_missing(steps: list[tuple[int, int]]) -> None:
    value = ORDER
    for position, quantity in steps:
        value = came_in(value, position, NOW, Decimal(quantity))
    assert (value.state == PurchaseState.ARRIVED) == all(not line.missing for line in value.lines)
    assert (came_in(value, None, NOW)).state == PurchaseState.ARRIVED


def test_more_than_ordered_stays_when_all_is_said_to_be_there() -> None:
    value = came_in(came_in(ORDER, 0, NOW, Decimal(3)), None, NOW)
    assert [line.arrived for line in value.lines] == [Decimal(3), Decimal(4)]


def test_less_than_nothing_and_drafts_do_not_come_in() -> None:
    with pytest.raises(PurchaseRefused):
        came_in(ORDER, 0, NOW, Decimal(-1))
    with pytest.raises(PurchaseRefused):
        came_in(PurchaseOrder(1), None, NOW)


def test_a_documents_goods_are_ready_when_the_last_order_is() -> None:
    there = came_in(ORDER, None, NOW)
    assert readiness([]) == Readiness.NOTHING_ORDERED
    assert readiness([PurchaseOrder()]) == Readiness.NOTHING_ORDERED
    assert readiness([ORDER]) == Readiness.WAITING
    assert readiness([ORDER, there]) == Readiness.PARTLY
    assert readiness([there, PurchaseOrder()]) == Readiness.READY


def test_only_goods_that_count_are_ordered_each_at_its_supplier() -> None:
    lines = (
        Line(text="Matratze", article_code="M", quantity=Decimal(2)),
        Line(LineKind.POSTAGE, "Versand"),
        Line(LineKind.SERVICE, "Aufbau"),
        Line(text="Topper", article_code="T", option=LineOption.OPTIONAL),
        Line(text="Sonderbett"),
        Line(text="Kissen", article_code="K"),
        Line(text="schon bestellt", article_code="M"),
    )
    document = Document(
        DocumentKind.ORDER_CONFIRMATION, 7, customer_id=3, lines=lines, recipient=Recipient("Weber")
    )
    supplies = {"M": Supply(1, "M-1"), "K": Supply(2)}
    found = drafts_of(document, supplies, {6}, {2: 20})
    assert [(one.supplier_id, [line.text for line in one.lines]) for one in found] == [
        (2, ["Kissen"]), (1, ["Matratze"]), (None, ["Sonderbett"]),
    ]  # fmt: skip
    assert {one.commission for one in found} == {"Weber"}


def test_a_supplier_needs_a_name_and_true_values() -> None:
    assert checked(Supplier("  Traumwerk   GmbH ", language="it")).name == "Traumwerk GmbH"
    assert checked(Supplier("Traumwerk", language="it")).language == "en"
    for wrong in (Supplier(" "), Supplier("x", delivery_days=-1), Supplier("x", delivery_days=1000)):
        with pytest.raises(SupplierRefused):
            checked(wrong)
