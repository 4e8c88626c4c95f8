"""Every kind of the order file, and what it takes over from the document it refers to (contracts/ORDER.md)."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from shopdesk.app import open_shop
from shopdesk.domain.errors import ShopError
from shopdesk.i18n import Texts
from shopdesk.usecases import orders, setting_up
from tests.cli.conftest import SHOP

Issue = Callable[..., dict[str, Any]]

BOOK = {"text": "Schlafbuch", "quantity": "3", "unit_price": "9.99", "vat_rate": "7"}
DEPOSIT = {"text": "Anzahlung", "quantity": "1", "unit_price": "100.00", "vat_rate": "19"}
GUEST_HOUSE = {
    "company": "Pension Talblick", "email": "pension@example.org", "language": "de",
    "address": {"lines": ["Talweg 3"], "postal_code": "37083", "city": "Göttingen", "country": "DE"},
}  # fmt: skip


@pytest.fixture
def issue(tmp_path: Path, order: dict[str, Any]) -> Iterator[Issue]:
    """`issue("quote", refers_to=…)` issues the mattress order with these fields; None takes a field away."""
    shop = open_shop(str(tmp_path / "shop.sqlite"))
    setting_up.set_up(shop, json.dumps(SHOP).encode())

    def call(kind: str, **fields: Any) -> dict[str, Any]:
        wanted = copy.deepcopy(order) | {"kind": kind, "customer": GUEST_HOUSE} | fields
        data = json.dumps({name: value for name, value in wanted.items() if value is not None}).encode()
        return orders.issue_order(shop, data, orders.Wanted(tmp_path / "out"), Texts("de"))

    yield call
    shop.close()


def refused(issue: Issue, kind: str, **fields: Any) -> tuple[str, str]:
    with pytest.raises(ShopError) as error:
        issue(kind, **fields)
    return error.value.code, error.value.field


def sums(answer: dict[str, Any]) -> tuple[Decimal, Decimal, Decimal]:
    told = answer["totals"]
    return (
        Decimal(told["net"]),
        sum((Decimal(row["amount"]) for row in told["vat"]), Decimal(0)),
        Decimal(told["gross"]),
    )


@pytest.mark.parametrize(
    ("kind", "number", "has_xml"),
    [
        ("quote", "A-", False),
        ("order_confirmation", "AB-", False),
        ("delivery_note", "L-", False),
        ("invoice", "R-", True),
        ("deposit_invoice", "R-", True),
        ("final_invoice", "R-", True),
    ],
)
def test_a_kind_that_stands_on_its_own(issue: Issue, kind: str, number: str, has_xml: bool) -> None:
    answer = issue(kind)
    assert (answer["kind"], answer["number"].startswith(number)) == (kind, True)
    assert bool(answer["xml"]) == has_xml
    assert Path(answer["pdf"]).read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("prices", ["gross", "net"])
def test_deposits_and_final_invoice_come_to_the_job_to_the_cent(
    issue: Issue, order: dict[str, Any], prices: str
) -> None:
    job = {"prices": prices, "lines": [*order["lines"], BOOK], "delivery_date": "2026-11-20"}
    whole = issue("order_confirmation", **job)
    first = issue("deposit_invoice", prices=prices, lines=[DEPOSIT], refers_to=whole["number"])
    odd = DEPOSIT | {"unit_price": "33.33"}
    second = issue(
        "deposit_invoice", prices=prices, lines=[odd, odd | {"vat_rate": "7"}], refers_to=whole["number"]
    )
    final = issue("final_invoice", **job, refers_to=[whole["number"], first["number"], second["number"]])
    parts = [sums(answer) for answer in (first, second, final)]
    assert tuple(sum(column) for column in zip(*parts, strict=True)) == sums(whole)
    assert final["totals"]["payable"] == final["totals"]["gross"]


def test_a_cancelled_deposit_is_not_deducted(issue: Issue) -> None:
    whole = issue("order_confirmation")
    deposit = issue("deposit_invoice", lines=[DEPOSIT], refers_to=whole["number"])
    issue("cancellation", customer=None, lines=None, refers_to=deposit["number"])
    final = issue("final_invoice", refers_to=[whole["number"], deposit["number"]])
    assert sums(final) == sums(whole)
    assert "final-without-deposit" in {warning["code"] for warning in final["warnings"]}


def test_a_deposit_is_deducted_once_and_then_stays(issue: Issue) -> None:
    deposit = issue("deposit_invoice", lines=[DEPOSIT])
    issue("final_invoice", refers_to=deposit["number"])
    assert refused(issue, "final_invoice", refers_to=deposit["number"]) == ("deposit-deducted", "refers_to")
    assert refused(issue, "cancellation", lines=None, refers_to=deposit["number"]) == (
        "deposit-deducted",
        "refers_to",
    )


def test_a_final_invoice_that_is_cancelled_gives_its_deposits_back(issue: Issue) -> None:
    deposit = issue("deposit_invoice", lines=[DEPOSIT])
    final = issue("final_invoice", refers_to=deposit["number"])
    cancelled = issue("cancellation", customer=None, lines=None, refers_to=final["number"])
    assert sums(cancelled) == tuple(-each for each in sums(final))
    assert sums(issue("final_invoice", refers_to=deposit["number"])) == sums(final)


def test_deposits_above_the_job_are_refused(issue: Issue) -> None:
    deposit = issue("deposit_invoice", lines=[DEPOSIT | {"unit_price": "900.00"}])
    assert refused(issue, "final_invoice", refers_to=deposit["number"]) == ("deposits", "lines")


def test_a_cancellation_needs_nothing_but_its_invoice(issue: Issue, order: dict[str, Any]) -> None:
    paid = [{"amount": "100.00", "means": "48"}]
    bill = issue(
        "invoice", lines=[*order["lines"], BOOK], discount={"percent": "3", "reason": "Treue"}, prepaid=paid
    )
    cancelled = issue("cancellation", customer=None, lines=None, refers_to=bill["number"])
    assert sums(cancelled) == tuple(-each for each in sums(bill))
    assert cancelled["totals"]["prepaid"] == "0.00"  # what was paid is given back, not paid again
    assert cancelled["customer"] == {"number": bill["customer"]["number"], "created": False}
    assert Path(bill["pdf"]).exists()
    assert refused(issue, "cancellation", lines=None, refers_to=bill["number"]) == (
        "already-cancelled",
        "refers_to",
    )


def test_a_cancellation_takes_back_all_or_nothing(issue: Issue) -> None:
    bill = issue("invoice")
    assert refused(issue, "cancellation", lines=[DEPOSIT], refers_to=bill["number"]) == (
        "cancellation-lines",
        "lines",
    )
    assert issue("cancellation", refers_to=bill["number"])["totals"]["gross"] == "-" + bill["totals"]["gross"]


def test_a_credit_note_is_positive_and_never_above_its_invoice(issue: Issue) -> None:
    bill = issue("invoice")
    credit = issue("credit_note", lines=[DEPOSIT], refers_to=bill["number"])
    assert credit["totals"]["gross"] == "100.00"
    more = [DEPOSIT | {"unit_price": "200.00"}]
    assert refused(issue, "credit_note", lines=more, refers_to=bill["number"]) == (
        "credit-exceeds",
        "refers_to",
    )
    rest = [DEPOSIT | {"unit_price": str(Decimal(bill["totals"]["gross"]) - 100)}]
    issue("credit_note", lines=rest, refers_to=bill["number"])
    assert refused(issue, "cancellation", lines=None, refers_to=bill["number"]) == (
        "already-corrected",
        "refers_to",
    )


def test_a_correction_keeps_the_rate_of_its_invoice(issue: Issue) -> None:
    """The supply decides, not the day of the correction."""
    address = {"lines": ["Ring 1"], "postal_code": "1010", "city": "Wien", "country": "AT"}
    vienna = GUEST_HOUSE | {"vat_id": "ATU13585627", "address": address}
    lines = [{"text": "Matratze", "quantity": "1", "unit_price": "100.00"}]
    bill = issue("invoice", customer=vienna, lines=lines, prices="net", delivery_date="2026-11-20")
    assert bill["tax_case"] == "intra_community"
    credit = issue(
        "credit_note", customer=None, prices="net", refers_to=bill["number"],
        lines=[{"text": "Kratzer", "quantity": "1", "unit_price": "10.00"}],
    )  # fmt: skip
    assert (credit["tax_case"], credit["totals"]["gross"]) == ("intra_community", "10.00")


@pytest.mark.parametrize("level", [1, 2, 3])
def test_a_reminder_asks_for_what_is_open(issue: Issue, level: int) -> None:
    bill = issue("invoice", due="+0")
    issue("credit_note", lines=[DEPOSIT], refers_to=bill["number"])
    reminder = issue(
        "payment_reminder", customer=None, lines=None, due=None, refers_to=bill["number"], level=level
    )
    assert Decimal(reminder["totals"]["payable"]) == Decimal(bill["totals"]["payable"]) - 100
    assert reminder["totals"]["vat"] == []
    assert reminder["number"].startswith("M-")


def test_a_reminder_of_a_cancelled_or_paid_invoice_is_refused(issue: Issue) -> None:
    bill = issue("invoice")
    issue("cancellation", lines=None, refers_to=bill["number"])
    assert refused(issue, "payment_reminder", lines=None, refers_to=bill["number"])[0] == "already-cancelled"
    paid = issue("invoice", prepaid=[{"amount": "295.55", "means": "48"}])
    assert refused(issue, "payment_reminder", lines=None, refers_to=paid["number"])[0] == "nothing-open"


def test_a_delivery_note_takes_goods_and_no_postage(issue: Issue) -> None:
    whole = issue("order_confirmation")
    note = issue("delivery_note", customer=None, lines=None, refers_to=whole["number"])
    assert note["totals"]["gross"] == "246.06"
    own = issue(
        "delivery_note",
        customer=None,
        lines=[{"text": "Matratze", "quantity": "1"}],
        refers_to=whole["number"],
    )
    assert own["totals"]["gross"] == "0.00"


@pytest.mark.parametrize(
    ("kind", "code"),
    [("cancellation", "BR-55"), ("credit_note", "BR-55"), ("payment_reminder", "refers-to-missing")],
)
def test_what_must_refer_to_something_says_so(issue: Issue, kind: str, code: str) -> None:
    assert refused(issue, kind) == (code, "refers_to")


@pytest.mark.parametrize("kind", ["cancellation", "credit_note", "payment_reminder"])
def test_a_quote_can_be_neither_cancelled_nor_corrected_nor_dunned(issue: Issue, kind: str) -> None:
    quote = issue("quote")
    assert refused(issue, kind, refers_to=quote["number"]) == ("refers-to-kind", "refers_to")


def test_an_invoice_of_somebody_else_is_refused(issue: Issue, order: dict[str, Any]) -> None:
    bill = issue("invoice")
    other = order["customer"]
    assert refused(issue, "credit_note", customer=other, lines=[DEPOSIT], refers_to=bill["number"]) == (
        "refers-to-customer", "refers_to",
    )  # fmt: skip


def test_only_a_reminder_has_a_level(issue: Issue) -> None:
    assert refused(issue, "invoice", level=2) == ("level", "level")


SEVEN = {"text": "Buch", "quantity": "1", "unit_price": "100.00", "vat_rate": "7"}


def test_a_correction_gives_back_at_the_rates_that_were_billed(issue: Issue) -> None:
    bill = issue("invoice", lines=[SEVEN])
    asked = {"refers_to": bill["number"]}
    assert refused(issue, "credit_note", lines=[SEVEN | {"vat_rate": "19"}], **asked) == (
        "credit-rate",
        "lines",
    )
    other = issue("credit_note", lines=[{name: SEVEN[name] for name in SEVEN if name != "vat_rate"}], **asked)
    assert [row["rate"] for row in other["totals"]["vat"]] == ["7"]
    assert other["tax_reason"] == f"Versteuert wie {bill['number']}"


def test_no_rate_gives_back_more_than_was_billed_at_it(issue: Issue) -> None:
    bill = issue("invoice", lines=[SEVEN, DEPOSIT | {"unit_price": "1.00"}])
    too_much = [DEPOSIT | {"unit_price": "50.00"}]
    assert refused(issue, "credit_note", lines=too_much, refers_to=bill["number"]) == (
        "credit-exceeds",
        "refers_to",
    )


def warned(answer: dict[str, Any]) -> set[str]:
    return {warning["code"] for warning in answer["warnings"]}


def test_a_job_with_deposits_or_billed_before_is_warned_of(issue: Issue) -> None:
    job = issue("order_confirmation")
    deposit = issue("deposit_invoice", lines=[DEPOSIT], refers_to=job["number"])
    first = issue("invoice", refers_to=job["number"])
    assert "deposits-open" in warned(first)
    assert {"deposits-open", "billed-already"} <= warned(issue("invoice", refers_to=job["number"]))
    assert "deposits-open" in warned(issue("invoice", refers_to=deposit["number"]))
    final = issue("final_invoice", refers_to=[job["number"], deposit["number"]])
    assert "deposits-open" not in warned(final)


def test_a_late_reminder_without_an_earlier_one_is_warned_of(issue: Issue) -> None:
    bill = issue("invoice", due="+60")
    asked = {"customer": None, "lines": None, "due": None, "refers_to": bill["number"]}
    assert "level" in warned(issue("payment_reminder", level=3, **asked))
    issue("payment_reminder", level=1, **asked)
    assert "level" not in warned(issue("payment_reminder", level=2, **asked))


def test_vouchers_of_a_cancelled_invoice_count_again(issue: Issue) -> None:
    bill = issue("invoice", prepaid=[{"amount": "30.00", "means": "voucher"}])
    assert "voucher-back" in warned(issue("cancellation", lines=None, refers_to=bill["number"]))


def test_a_voucher_is_no_deposit(issue: Issue) -> None:
    voucher = [{"kind": "voucher", "text": "Gutschein", "quantity": "1", "unit_price": "50.00"}]
    assert refused(issue, "deposit_invoice", lines=voucher) == ("BR-O-11", "lines[0].kind")


def test_a_cancellation_of_nothing_asks_for_the_invoice_first(issue: Issue) -> None:
    assert refused(issue, "cancellation", customer=None, lines=None) == ("BR-55", "refers_to")
