"""Standing orders: made on their day, never twice, draft first; paused, stopped, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from shopdesk.domain.customers import Customer
from shopdesk.domain.documents import Document, DocumentKind, Line, LineKind
from shopdesk.domain.errors import ChangedElsewhere, NotFound
from shopdesk.domain.follow_ups import Repeat, RepeatUnit
from shopdesk.domain.names import PersonName
from shopdesk.domain.order_changes import Changed
from shopdesk.domain.standing_dates import FreeDays, ServicePeriod
from shopdesk.domain.standing_orders import MadeState, Pricing, StandingOrder, StandingOrderRefused
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.store import privacy
from shopdesk.usecases import (
    articles,
    customer_merges,
    customers,
    documents,
    erasure,
    issuing,
    outbox,
    repeated_orders,
    standing_order_dates,
    standing_order_runs,
    standing_orders,
    today,
)
from shopdesk.usecases.shop import Shop

RENT = Line(LineKind.SERVICE, "Einlagerung Reifen {Monat}", unit_price=Decimal("24.90"))


@pytest.fixture
def customer_id(open_shop: Shop) -> int:
    value = Customer(
        person=PersonName(given_name="Desislava", family_name="Ivanova"), emails=("d@example.org",)
    )
    found = customers.create(open_shop, value).id
    assert found is not None
    return found


def monthly(
    shop: Shop, customer_id: int, *lines: Line, starts: str = "2026-11-30", **values: Any
) -> StandingOrder:
    begun = standing_orders.begin(shop, customer_id)
    schedule = replace(
        begun.schedule, repeat=Repeat(1, RepeatUnit.MONTH, 31), starts=dt.date.fromisoformat(starts)
    )
    content = replace(begun.content, lines=lines or (RENT,))
    return replace(begun, schedule=schedule, content=content, **values)


def on(shop: Shop, text: str) -> None:
    """It is that day now."""
    assert isinstance(shop.clock, FixedClock)
    shop.clock.set(dt.datetime.fromisoformat(f"{text}T09:00:00+00:00"))


def drafts_of(shop: Shop, customer_id: int) -> list[Document]:
    return [documents.load(shop, row.id) for row in reversed(documents.of_customer(shop, customer_id))]


def test_each_month_has_one_draft_on_its_last_day(open_shop: Shop, customer_id: int) -> None:
    standing_orders.create(open_shop, monthly(open_shop, customer_id, period=ServicePeriod.CURRENT))
    for day, count in (("2026-11-29", 0), ("2026-11-30", 1), ("2026-12-30", 1), ("2026-12-31", 2),
                       ("2027-01-31", 3), ("2027-02-27", 3), ("2027-02-28", 4), ("2027-03-30", 4),
                       ("2027-03-31", 5)):  # fmt: skip
        on(open_shop, day)
        standing_order_runs.make_due(open_shop)
        standing_order_runs.make_due(open_shop)  # the next look finds nothing more
        assert len(drafts_of(open_shop, customer_id)) == count, day
    texts = sorted(draft.lines[0].text for draft in drafts_of(open_shop, customer_id))
    assert "Einlagerung Reifen Februar 2027" in texts
    periods = sorted(
        draft.service_period for draft in drafts_of(open_shop, customer_id) if draft.service_period
    )
    assert periods[0] == (dt.date(2026, 11, 1), dt.date(2026, 11, 30))
    assert periods[3] == (dt.date(2027, 2, 1), dt.date(2027, 2, 28))


def test_what_was_due_while_the_program_was_closed_is_made_at_the_next_start(
    open_shop: Shop, customer_id: int
) -> None:
    order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id))
    on(open_shop, "2027-03-15")
    assert standing_order_runs.make_due(open_shop).drafts == 4
    made = [each.made.due.isoformat() for each in standing_orders.made(open_shop, order.id or 0)]
    assert made == ["2027-02-28", "2027-01-31", "2026-12-31", "2026-11-30"]


def test_nothing_is_made_up_for_from_before_it_was_noted(open_shop: Shop, customer_id: int) -> None:
    standing_orders.create(open_shop, monthly(open_shop, customer_id, starts="2026-01-31"))
    assert standing_order_runs.make_due(open_shop).drafts == 0
    on(open_shop, "2026-11-30")
    assert standing_order_runs.make_due(open_shop).drafts == 1


def test_a_draft_that_was_thrown_away_does_not_come_back(open_shop: Shop, customer_id: int) -> None:
    standing_orders.create(open_shop, monthly(open_shop, customer_id))
    on(open_shop, "2026-11-30")
    standing_order_runs.make_due(open_shop)
    (draft,) = drafts_of(open_shop, customer_id)
    documents.discard(open_shop, draft.id or 0)
    assert standing_order_runs.make_due(open_shop).drafts == 0
    assert drafts_of(open_shop, customer_id) == []


def test_a_pause_is_not_made_up_for(open_shop: Shop, customer_id: int) -> None:
    order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id))
    standing_orders.pause(open_shop, order.id or 0, dt.date(2027, 1, 1))
    on(open_shop, "2027-01-31")
    standing_order_runs.make_due(open_shop)
    made = [each.made.due.isoformat() for each in standing_orders.made(open_shop, order.id or 0)]
    assert made == ["2027-01-31"]


def test_an_open_pause_ends_when_it_is_continued(open_shop: Shop, customer_id: int) -> None:
    order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id))
    standing_orders.pause(open_shop, order.id or 0, None)
    on(open_shop, "2027-02-10")
    assert standing_order_runs.make_due(open_shop).drafts == 0
    (row,) = standing_order_dates.overview(open_shop).rows
    assert (row.state, row.next) == (standing_order_dates.OrderState.PAUSED, None)
    standing_orders.go_on(open_shop, order.id or 0)
    assert standing_order_runs.make_due(open_shop).drafts == 0
    on(open_shop, "2027-02-28")
    assert standing_order_runs.make_due(open_shop).drafts == 1


def test_stopped_with_a_last_date_it_ends_after_it(open_shop: Shop, customer_id: int) -> None:
    order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id))
    _, undo = standing_orders.stop(open_shop, order.id or 0, dt.date(2026, 12, 31))
    on(open_shop, "2027-04-01")
    assert standing_order_runs.make_due(open_shop).drafts == 2
    (row,) = standing_order_dates.overview(open_shop).rows
    assert row.state == standing_order_dates.OrderState.ENDED
    undo.run(open_shop)
    assert standing_order_runs.make_due(open_shop).drafts == 3


def test_so_many_times_and_no_more_also_after_the_rhythm_was_changed(
    open_shop: Shop, customer_id: int
) -> None:
    value = monthly(open_shop, customer_id)
    order, _ = standing_orders.create(open_shop, replace(value, schedule=replace(value.schedule, times=3)))
    on(open_shop, "2027-01-01")
    assert standing_order_runs.make_due(open_shop).drafts == 2
    order = standing_orders.get(open_shop, order.id or 0)
    changed = replace(order, schedule=replace(order.schedule, repeat=Repeat(1, RepeatUnit.MONTH, 15)))
    standing_orders.save(open_shop, changed)
    assert standing_order_runs.make_due(open_shop).drafts == 0  # the past is not made up for
    on(open_shop, "2027-12-31")
    assert standing_order_runs.make_due(open_shop).drafts == 1


def test_a_date_on_a_holiday_is_made_on_the_working_day(open_shop: Shop, customer_id: int) -> None:
    value = monthly(open_shop, customer_id)
    schedule = replace(
        value.schedule, repeat=Repeat(1, RepeatUnit.MONTH, 25), starts=dt.date(2026, 12, 1),
        on_free_days=FreeDays.EARLIER,
    )  # fmt: skip
    standing_orders.create(open_shop, replace(value, schedule=schedule))
    on(open_shop, "2026-12-23")
    assert standing_order_runs.make_due(open_shop).drafts == 0
    on(open_shop, "2026-12-24")
    assert standing_order_runs.make_due(open_shop).drafts == 1


def test_a_changed_price_is_told_once_and_a_fixed_one_stays(open_shop: Shop, customer_id: int) -> None:
    article = articles.page(open_shop)[0]
    before = articles.get(open_shop, article.id)
    line = Line(
        before.kind, before.name, article_code=before.code, unit_price=before.unit_price, unit=before.unit
    )
    standing_orders.create(open_shop, monthly(open_shop, customer_id, line))
    standing_orders.create(
        open_shop, monthly(open_shop, customer_id, line, pricing=Pricing.FIXED, name="fest")
    )
    assert before.unit_price is not None
    articles.save(open_shop, replace(before, unit_price=before.unit_price + 10))
    on(open_shop, "2026-12-31")
    standing_order_runs.make_due(open_shop)
    prices = [draft.lines[0].unit_price for draft in drafts_of(open_shop, customer_id)]
    assert sorted(p for p in prices if p) == [before.unit_price] * 2 + [before.unit_price + 10] * 2
    told = [
        repeated_orders.changes_of(open_shop, draft.id or 0) for draft in drafts_of(open_shop, customer_id)
    ]
    assert [[each.what for each in one] for one in told if one] == [[Changed.PRICE]]


class TestByItself:
    def test_it_is_issued_and_mailed(self, open_shop: Shop, customer_id: int) -> None:
        order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id, by_itself=True))
        on(open_shop, "2026-11-30")
        assert standing_order_runs.make_due(open_shop).issued == 1
        (each,) = standing_orders.made(open_shop, order.id or 0)
        assert each.made.state == MadeState.ISSUED
        assert each.number
        assert documents.load(open_shop, each.made.document_id or 0).is_issued

    def test_without_an_address_it_is_held_back_with_the_reason(
        self, open_shop: Shop, customer_id: int
    ) -> None:
        stored = customers.get(open_shop, customer_id)
        customers.save(open_shop, replace(stored, emails=()))
        standing_orders.create(open_shop, monthly(open_shop, customer_id, by_itself=True))
        on(open_shop, "2026-11-30")
        assert standing_order_runs.make_due(open_shop).held_back == 1
        (item,) = [each for each in today.items(open_shop) if each.kind == TodayKind.STANDING_ORDER_HELD_BACK]
        assert "Mailadresse" in item.detail or "mail address" in item.detail
        undo = standing_order_runs.held_back_noted(open_shop, item.reference)
        kinds = {each.kind for each in today.items(open_shop)}
        assert TodayKind.STANDING_ORDER_HELD_BACK not in kinds
        assert TodayKind.STANDING_ORDERS in kinds
        undo.run(open_shop)
        assert TodayKind.STANDING_ORDER_HELD_BACK in {each.kind for each in today.items(open_shop)}

    def test_what_is_much_too_late_is_looked_at_first(self, open_shop: Shop, customer_id: int) -> None:
        standing_orders.create(open_shop, monthly(open_shop, customer_id, by_itself=True))
        on(open_shop, "2027-01-02")
        made = standing_order_runs.make_due(open_shop)
        assert (made.drafts, made.issued) == (2, 1)


def test_heute_says_how_many_drafts_are_ready(open_shop: Shop, customer_id: int) -> None:
    standing_orders.create(open_shop, monthly(open_shop, customer_id))
    on(open_shop, "2026-12-31")
    standing_order_runs.make_due(open_shop)
    (item,) = [each for each in today.items(open_shop) if each.kind == TodayKind.STANDING_ORDERS]
    assert item.times == 2
    for draft in drafts_of(open_shop, customer_id):
        documents.discard(open_shop, draft.id or 0)
    assert not [each for each in today.items(open_shop) if each.kind == TodayKind.STANDING_ORDERS]


def test_the_next_twelve_dates_with_their_sums(open_shop: Shop, customer_id: int) -> None:
    value = monthly(open_shop, customer_id, period=ServicePeriod.NEXT)
    found = standing_order_dates.planned(open_shop, value)
    assert [each.date.due.isoformat() for each in found][:4] == [
        "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28",
    ]  # fmt: skip
    assert len(found) == 12
    assert {each.gross.minor for each in found} == {2490}
    assert found[0].period == (dt.date(2026, 12, 1), dt.date(2026, 12, 31))


def test_the_income_of_the_next_months(open_shop: Shop, customer_id: int) -> None:
    standing_orders.create(open_shop, monthly(open_shop, customer_id))
    value = monthly(open_shop, customer_id)
    weekly = replace(value.schedule, repeat=Repeat(2, RepeatUnit.WEEK), starts=dt.date(2026, 12, 7))
    standing_orders.create(open_shop, replace(value, schedule=weekly))
    quote = replace(value, content=replace(value.content, kind=DocumentKind.QUOTE))
    standing_orders.create(open_shop, quote)
    months = dict(standing_order_dates.overview(open_shop).months)
    assert months[dt.date(2026, 11, 1)].minor == 2490
    assert months[dt.date(2026, 12, 1)].minor == 3 * 2490  # the 7th, the 21st and the last


@pytest.mark.parametrize(
    "wrong",
    [
        lambda v: replace(v, content=replace(v.content, lines=())),
        lambda v: replace(v, schedule=replace(v.schedule, ends=dt.date(2026, 1, 1))),
        lambda v: replace(v, schedule=replace(v.schedule, times=-1)),
        lambda v: replace(v, schedule=replace(v.schedule, starts=dt.date(1990, 1, 1))),
        lambda v: replace(
            v, pricing=Pricing.FIXED, content=replace(v.content, lines=(replace(RENT, unit_price=None),))
        ),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field(
    open_shop: Shop, customer_id: int, wrong: Callable[[StandingOrder], StandingOrder]
) -> None:
    with pytest.raises(StandingOrderRefused) as refused:
        standing_orders.create(open_shop, wrong(monthly(open_shop, customer_id)))
    assert refused.value.field


def test_everything_can_be_taken_back(open_shop: Shop, customer_id: int) -> None:
    order, created = standing_orders.create(open_shop, monthly(open_shop, customer_id))
    order_id = order.id or 0
    _, paused = standing_orders.pause(open_shop, order_id, None)
    paused.run(open_shop)
    assert standing_orders.get(open_shop, order_id).schedule.pauses == ()
    deleted = standing_orders.delete(open_shop, order_id)
    with pytest.raises(NotFound):
        standing_orders.get(open_shop, order_id)
    deleted.run(open_shop)
    assert standing_orders.get(open_shop, order_id).name == order.name
    with pytest.raises(ChangedElsewhere):
        standing_orders.save(open_shop, order)
    del created


def test_a_customer_out_of_the_lists_gets_nothing_more(open_shop: Shop, customer_id: int) -> None:
    standing_orders.create(open_shop, monthly(open_shop, customer_id))
    customers.delete(open_shop, customer_id)
    on(open_shop, "2026-12-31")
    assert standing_order_runs.make_due(open_shop).drafts == 0


def test_standing_orders_of_merged_customers_stand_with_the_survivor(
    open_shop: Shop, customer_id: int
) -> None:
    order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id))
    left = customers.create(open_shop, Customer(company="Ivanova GmbH"))
    customer_merges.merge(open_shop, left, customers.get(open_shop, customer_id), {})
    other = left.id or 0
    assert [each.id for each in standing_orders.of_customer(open_shop, other)] == [order.id]
    on(open_shop, "2026-11-30")
    standing_order_runs.make_due(open_shop)
    assert len(drafts_of(open_shop, other)) == 1


def test_who_asks_is_told_and_who_is_forgotten_takes_them_along(open_shop: Shop, customer_id: int) -> None:
    order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id, name="Reifen"))
    on(open_shop, "2026-11-30")
    standing_order_runs.make_due(open_shop)
    with open_shop.reading() as connection:
        told = privacy.about(connection, customer_id)
    assert [row["name"] for row in told["standing_order"]] == ["Reifen"]
    assert len(told["standing_order_date"]) == 1
    erasure.erase(open_shop, customer_id)
    with pytest.raises(NotFound):
        standing_orders.get(open_shop, order.id or 0)
    assert standing_orders.made(open_shop, order.id or 0) == ()
    on(open_shop, "2026-12-31")
    assert standing_order_runs.make_due(open_shop).drafts == 0


def test_killed_after_it_was_issued_it_is_only_noted_at_the_next_start(
    open_shop: Shop, customer_id: int
) -> None:
    order, _ = standing_orders.create(open_shop, monthly(open_shop, customer_id, by_itself=True))
    on(open_shop, "2026-11-30")
    standing_order_runs.make(open_shop, order.id or 0, dt.date(2026, 11, 30))
    (each,) = standing_orders.made(open_shop, order.id or 0)
    assert each.made.state == MadeState.WAITING
    issuing.issue(open_shop, each.made.document_id or 0)  # and killed here
    assert standing_order_runs.send_waiting(open_shop) == (1, 0)
    assert len(outbox.of_document(open_shop, each.made.document_id or 0)) == 1
    assert standing_order_runs.send_waiting(open_shop) == (0, 0)


def test_the_paper_names_the_month_that_is_billed(open_shop: Shop, customer_id: int) -> None:
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf import head

    standing_orders.create(open_shop, monthly(open_shop, customer_id, period=ServicePeriod.CURRENT))
    on(open_shop, "2026-12-31")
    standing_order_runs.make_due(open_shop)
    draft = max(drafts_of(open_shop, customer_id), key=lambda each: each.service_period or ())

    class Pen:
        document, texts = draft, Texts("de")

    assert not draft.prepay  # nothing is delivered “after the payment” then
    assert head._delivery(Pen()) == [("Leistungszeitraum", "Dezember 2026")]  # type: ignore[arg-type]
