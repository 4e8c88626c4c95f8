"""The statement of a customer: their own bills with what was paid of them, whoever paid and however it was split."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from dataclasses import replace
from decimal import Decimal

import pypdf

from shopdesk.domain.documents import Line
from shopdesk.domain.money import Money
from shopdesk.domain.payments import Allocation, Payment, PaymentRules
from shopdesk.domain.timeline import EntryKind
from shopdesk.i18n import Texts
from shopdesk.outside.clock import FixedClock
from shopdesk.usecases import (
    customer_merges,
    customer_statements,
    customers,
    documents,
    issuing,
    payments,
    sample_shop,
    timeline,
    today,
)
from shopdesk.usecases.shop import Shop

TODAY = dt.date(2026, 11, 23)


def new_customer(shop: Shop, company: str = "") -> int:
    return customers.create(shop, replace(sample_shop.sample().caller, company=company)).id or 0


def bill(shop: Shop, customer: int, euros: str, currency: str = "EUR") -> int:
    draft = documents.start(shop, "invoice", customer)
    line = Line(text="Matratze", unit_price=Decimal(euros))
    stored = documents.save_draft(shop, replace(draft, lines=(line,), currency=currency))
    return issuing.issue(shop, stored.id or 0, send=False).document.id or 0


def split(shop: Shop, *parts: tuple[int, str], over: int = 0) -> int:
    found = [Allocation(key, Money.of(amount)) for key, amount in parts]
    amount = Money(sum(each.amount.minor for each in found) + over)
    return payments.book(shop, Payment(TODAY, amount), found)[0].payment.id or 0


def closing(shop: Shop, customer: int) -> int:
    """The same on the statement and on the card."""
    card = customers.glance(shop, customer)
    balance = customer_statements.of_customer(shop, customer).closing.minor
    assert balance == card.open_minor - card.credit_minor
    return balance


def told(shop: Shop, customer: int) -> list[str]:
    return [each.title for each in timeline.page(shop, customer, kind=EntryKind.PAYMENT)]


def test_one_transfer_for_two_customers_stands_with_each_of_them(open_shop: Shop) -> None:
    first, second = new_customer(open_shop, "Hotel Anker"), new_customer(open_shop, "Hotel Berg")
    one, two, other = (
        bill(open_shop, first, "100"),
        bill(open_shop, second, "50"),
        bill(open_shop, first, "7"),
    )
    before = split(open_shop, (other, "7"))
    payment = split(open_shop, (one, "100"), (two, "50"), over=3_00)
    assert (closing(open_shop, first), closing(open_shop, second)) == (-3_00, 0)
    numbers = [documents.load(open_shop, each).number for each in (one, two)]
    assert told(open_shop, second) == [f"Zahlung eingegangen: 50,00\u00a0€ · {numbers[1]}"]
    assert told(open_shop, first)[0] == f"Zahlung eingegangen: 103,00\u00a0€ · {numbers[0]}"
    undo = payments.take_back(open_shop, payment)
    assert (len(told(open_shop, first)), told(open_shop, second)) == (1, [])
    undo.run(open_shop)
    assert (len(told(open_shop, first)), len(told(open_shop, second))) == (2, 1)
    payments.take_back(open_shop, before)
    assert (len(told(open_shop, first)), len(told(open_shop, second))) == (1, 1)


def test_credit_used_while_two_customers_were_one_stands_with_each_after_they_are_two_again(
    open_shop: Shop,
) -> None:
    first, second = new_customer(open_shop, "Hotel Anker"), new_customer(open_shop, "Hotel Berg")
    one, two = bill(open_shop, first, "100"), bill(open_shop, second, "50")
    payment = split(open_shop, (one, "100"), over=50_00)
    kept, _undo = customer_merges.merge(
        open_shop, customers.get(open_shop, first), customers.get(open_shop, second), {}
    )
    payments.use_credit(open_shop, payment, [Allocation(two, Money.of("50"))])
    assert closing(open_shop, kept.id or 0) == 0
    customer_merges.separate(open_shop, second if kept.id == first else first)
    assert (closing(open_shop, first), closing(open_shop, second)) == (0, 0)


def test_what_was_settled_elsewhere_is_neither_billed_nor_paid_on_the_statement(open_shop: Shop) -> None:
    customer = new_customer(open_shop)
    split(open_shop, (bill(open_shop, customer, "300"), "300"))
    open_shop.clock = FixedClock(open_shop.clock.now() + dt.timedelta(days=30))
    bill(open_shop, customer, "100")
    payments.save_rules(open_shop, PaymentRules(since=TODAY + dt.timedelta(days=1)))
    value = customer_statements.of_customer(open_shop, customer)
    assert closing(open_shop, customer) == 100_00
    assert len(value.lines) == 1


def test_a_bill_in_another_currency_stands_on_a_page_and_sheet_of_its_own(open_shop: Shop) -> None:
    customer = new_customer(open_shop)
    bill(open_shop, customer, "70", "CHF")
    owner = customers.get(open_shop, customer)
    value = customer_statements.of_customer(open_shop, customer)
    assert [each.closing for each in value.all] == [Money(70_00, "CHF")]
    (only,) = pages_of(customer_statements.as_pdf(open_shop, owner, value))
    assert "70,00" in only
    assert "Alles ist bezahlt" not in only
    split(open_shop, (bill(open_shop, customer, "100"), "40"))
    value = customer_statements.of_customer(open_shop, customer)
    assert [each.closing for each in value.all] == [Money(60_00), Money(70_00, "CHF")]
    assert len(pages_of(customer_statements.as_pdf(open_shop, owner, value))) == 2
    with zipfile.ZipFile(
        io.BytesIO(customer_statements.as_xlsx(open_shop, owner, value, Texts("de")))
    ) as book:
        assert "Kontoauszug CHF" in book.read("xl/workbook.xml").decode()


def pages_of(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(pdf)).pages]


def test_heute_counts_invoices_without_orders_in_advance(open_shop: Shop) -> None:
    customer = new_customer(open_shop)
    split(open_shop, (bill(open_shop, customer, "100"), "40"))
    draft = documents.start(open_shop, "order_confirmation", customer)
    order = replace(draft, lines=(Line(text="Matratze", unit_price=Decimal(5000)),), prepay=True)
    issuing.issue(open_shop, documents.save_draft(open_shop, order).id or 0, send=False)
    money = today.at_a_glance(open_shop).money
    assert money is not None
    assert money.open == Money.of("60")
