"""Which bill a transfer pays: a table of cases, each with the proposal that is expected, or none (S6)."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shopdesk.domain.documents import CashDiscount, DocumentKind
from shopdesk.domain.money import Money
from shopdesk.domain.payment_checks import check
from shopdesk.domain.payment_matching import Confidence, OpenBills
from shopdesk.domain.payments import BillAccount, Payment, PaymentRules
from shopdesk.domain.statements import Entry

DAY = dt.date(2026, 11, 23)
CERTAIN, LIKELY, POSSIBLE = Confidence.CERTAIN, Confidence.LIKELY, Confidence.POSSIBLE
NOTHING = Money(0)
IVANOVA, MUELLER, SONNE, OTHER = 1, 2, 3, 4
NAMES = {
    IVANOVA: "Desislava Ivanova",
    MUELLER: "Jürgen Müller",
    SONNE: "Hotel Sonne GmbH",
    OTHER: "Anna Schmidt",
}


def bill(
    at: int, number: str, euros: str, customer: int, days: int = 5, percent: str = "", paid: Money = NOTHING
) -> BillAccount:
    terms = CashDiscount(Decimal(percent), 10) if percent else None
    return BillAccount(
        at, number, DocumentKind.INVOICE, DAY - dt.timedelta(days=days), DAY + dt.timedelta(days=9), customer,
        NAMES[customer], Money.of(euros), NOTHING, paid, NOTHING, NOTHING, cash_discount=terms,
    )  # fmt: skip


BILLS = (
    bill(1, "R-2026-0042", "1299.00", IVANOVA),
    bill(2, "R-2026-0043", "89.90", MUELLER),
    bill(3, "R-2026-0051", "450.00", MUELLER),
    bill(4, "R-2026-0107", "2000.00", SONNE, percent="2"),
    bill(5, "R-2026-0108", "1000.00", SONNE, days=30, percent="3"),
    bill(6, "R-2026-0200", "75.00", OTHER),
    bill(7, "R-2026-0201", "75.00", OTHER),
    bill(8, "R-2026-0300", "640.00", OTHER, paid=Money.of("140.00")),
)
ACCOUNTS = {"DE11": (IVANOVA,), "DE22": (MUELLER,), "DE33": (SONNE,), "DE44": (IVANOVA, MUELLER)}

Expected = tuple[Confidence, tuple[int, ...]] | None
# euros, name, text, IBAN → how sure, which bills
CASES: tuple[tuple[str, str, str, str, Expected], ...] = (
    # the number and the amount
    ("1299.00", "D. Ivanova", "R-2026-0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "R-2026-0042", "", (CERTAIN, (1,))),
    ("1299.00", "Oma Gertrud", "R-2026-0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "Rechnung R-2026-0042 vom 18.11.2026", "", (CERTAIN, (1,))),
    ("1299.00", "", "r-2026-0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "R 2026 0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "R.2026.0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "R/2026/0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "R20260042", "", (CERTAIN, (1,))),
    ("1299.00", "", "2026-0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "20260042", "", (CERTAIN, (1,))),
    ("1299.00", "", "RE 2026-0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "Rechnungsnummer:2026-0042,Danke", "", (CERTAIN, (1,))),
    ("1299.00", "", "RECHNUNGSNR.20260042", "", (CERTAIN, (1,))),
    ("1299.00", "", "R-2026-00 42", "", (CERTAIN, (1,))),
    ("1299.00", "", "R-20 26-0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "R-2026-42", "", (CERTAIN, (1,))),
    ("1299.00", "", "KdNr 10017 R-2026-0042", "", (CERTAIN, (1,))),
    ("89.90", "", "Matratzenbezug R-2026-0043 Müller", "", (CERTAIN, (2,))),
    ("500.00", "", "R-2026-0300 Rest", "", (CERTAIN, (8,))),
    ("75.00", "", "R-2026-0200", "", (CERTAIN, (6,))),
    ("75.00", "", "R-2026-0201", "", (CERTAIN, (7,))),
    ("1299.00", "", "Rechnungs-Nr. 2026-0042", "", (CERTAIN, (1,))),
    ("1299.00", "", "Zahlungserinnerung zu Rechnung 2026-0042", "", (CERTAIN, (1,))),
    # the number of another kind of paper has the same figures: it is no bill's
    ("1299.00", "Petra Schulz", "AB-2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "Auftrag AB-2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "Auftrag 2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "A-2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "Angebot Nr. 2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "A 2026 0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "AB20260042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "M-2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "Kd.-Nr. 2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "PO-2026-0042", "", (POSSIBLE, (1,))),
    ("1299.00", "Petra Schulz", "L-2026-0041", "", (POSSIBLE, (1,))),
    ("75.00", "Petra Schulz", "A-2026-0200", "", None),
    ("75.00", "Petra Schulz", "AB-2026-0200/2026-0201", "", None),
    ("89.90", "Jürgen Müller", "AB-2026-0042", "", (LIKELY, (2,))),
    # days and times of day are no numbers
    ("300.00", "Petra Schulz", "Matratze DATUM 22.11.2026, 00.42 UHR", "", None),
    ("1299.00", "Petra Schulz", "Matratze DATUM 01.12.2026, 00.42 UHR", "", (POSSIBLE, (1,))),
    ("89.90", "Jürgen Müller", "vom 2026-01-07", "", (LIKELY, (2,))),
    ("500.00", "", "R-2026-0300 DATUM 01.08.2026, 10.43 UHR", "", (CERTAIN, (8,))),
    ("500.00", "", "Rechnung 2026-0300 22.11.26 um 02:01:00", "", (CERTAIN, (8,))),
    ("500.00", "", "R-2026-0300 vom 20261122", "", (CERTAIN, (8,))),
    ("500.00", "", "R-2026-0300 22-11-2026 22/11/2026", "", (CERTAIN, (8,))),
    # the number and a cash discount
    ("1960.00", "", "R-2026-0107 abzgl. 2% Skonto", "", (CERTAIN, (4,))),
    ("1960.00", "Hotel Sonne", "R-2026-0107", "DE33", (CERTAIN, (4,))),
    ("970.00", "", "R-2026-0108 3% Skonto", "", (LIKELY, (5,))),
    # several numbers
    ("539.90", "", "R-2026-0043 R-2026-0051", "", (CERTAIN, (2, 3))),
    ("539.90", "", "2026-0043 und 2026-0051", "", (CERTAIN, (2, 3))),
    ("539.90", "", "R-2026-0043/R-2026-0051", "", (CERTAIN, (2, 3))),
    ("150.00", "", "R-2026-0200, R-2026-0201", "", (CERTAIN, (6, 7))),
    ("1838.90", "", "R-2026-0042 R-2026-0043 R-2026-0051", "", (CERTAIN, (1, 2, 3))),
    ("3000.00", "", "R-2026-0107 + R-2026-0108", "", (CERTAIN, (4, 5))),
    ("600.00", "", "R-2026-0043 R-2026-0051", "", (LIKELY, (2, 3))),
    ("500.00", "", "R-2026-0043 R-2026-0051", "", (POSSIBLE, (2, 3))),
    ("80.00", "", "R-2026-0043 R-2026-0051", "", (POSSIBLE, (2,))),
    # the number and another amount
    ("1000.00", "", "R-2026-0042 Anzahlung", "", (LIKELY, (1,))),
    ("1298.99", "", "R-2026-0042", "", (LIKELY, (1,))),
    ("1300.00", "", "R-2026-0042", "", (LIKELY, (1,))),
    ("0.01", "", "R-2026-0042", "", (LIKELY, (1,))),
    ("99.90", "", "R-2026-0043", "", (LIKELY, (2,))),
    # the number of another bill with the amount of one of nearly the same number
    ("1299.00", "Desislava Ivanova", "R-2026-0043", "", (POSSIBLE, (1,))),
    ("1299.00", "Jürgen Müller", "R-2026-0043", "", (LIKELY, (2,))),
    # a mistyped number, checked by the amount
    ("1299.00", "", "R-2026-0024", "", (LIKELY, (1,))),
    ("1299.00", "", "R-2026-0041", "", (LIKELY, (1,))),
    ("1299.00", "", "R-2026-00421", "", (LIKELY, (1,))),
    ("1299.00", "", "R-2026-004", "", (LIKELY, (1,))),
    ("1299.00", "", "R-2062-0042", "", (LIKELY, (1,))),
    ("1299.00", "", "R-2025-0042", "", (LIKELY, (1,))),
    ("1299.00", "", "Rechnung 2026-0142", "", (LIKELY, (1,))),
    ("450.00", "", "R-2026-005I", "", (LIKELY, (3,))),
    ("500.00", "", "R-2026-0003", "", (POSSIBLE, (8,))),
    ("75.00", "", "R-2026-0202", "", None),
    ("75.00", "", "R-2026-020", "", None),
    ("1298.00", "", "R-2026-0024", "", None),
    # the account that paid before
    ("1299.00", "Desislava Ivanova", "Matratze", "DE11", (CERTAIN, (1,))),
    ("1299.00", "Ivanova, Desislava", "", "DE11", (CERTAIN, (1,))),
    ("1299.00", "Georgi Ivanov", "Matratze", "DE11", (LIKELY, (1,))),
    ("1299.00", "Desislava Ivanova", "R-2025-7777", "DE11", (LIKELY, (1,))),
    ("1299.00", "", "", "DE44", (LIKELY, (1,))),
    ("89.90", "", "", "DE44", (LIKELY, (2,))),
    ("89.90", "Jürgen Müller", "", "DE22", (CERTAIN, (2,))),
    ("539.90", "", "alles", "DE22", (LIKELY, (2, 3))),
    ("3000.00", "", "", "DE33", (LIKELY, (5, 4))),
    ("1960.00", "", "", "DE33", (LIKELY, (4,))),
    ("1000.00", "", "", "DE11", (POSSIBLE, (1,))),
    ("1400.00", "", "", "DE11", (POSSIBLE, (1,))),
    ("100.00", "", "", "DE22", None),
    ("100.00", "", "", "DE44", None),
    # the name
    ("1299.00", "Desislava Ivanova", "Matratze", "", (LIKELY, (1,))),
    ("1299.00", "IVANOVA DESISLAVA", "", "", (LIKELY, (1,))),
    ("1299.00", "Frau Desislava Ivanova", "", "", (LIKELY, (1,))),
    ("1299.00", "Desislava u. Georgi Ivanova", "", "", (LIKELY, (1,))),
    ("1299.00", "Desislawa Ivanova", "", "", (LIKELY, (1,))),
    ("89.90", "Juergen Mueller", "", "", (LIKELY, (2,))),
    ("89.90", "MUELLER, JUERGEN", "Bezug", "", (LIKELY, (2,))),
    ("89.90", "JURGEN MULLER", "", "", (LIKELY, (2,))),
    ("539.90", "Jürgen Müller", "beide", "", (LIKELY, (2, 3))),
    ("1960.00", "Hotel Sonne GmbH", "", "", (LIKELY, (4,))),
    ("500.00", "Anna Schmidt", "", "", (LIKELY, (8,))),
    ("1000.00", "Desislava Ivanova", "Anzahlung", "", (POSSIBLE, (1,))),
    ("1350.00", "Desislava Ivanova", "", "", (POSSIBLE, (1,))),
    ("75.00", "Anna Schmidt", "", "", None),
    ("650.00", "Anna Schmidt", "", "", (LIKELY, (6, 7, 8))),
    ("60.00", "Anna Schmidt", "", "", None),
    ("1960.00", "Jürgen Müller", "", "", (POSSIBLE, (4,))),
    # the amount alone
    ("1299.00", "", "Danke", "", (POSSIBLE, (1,))),
    ("450.00", "Unbekannt", "", "DE99", (POSSIBLE, (3,))),
    ("500.00", "Petra Schulz", "", "", (POSSIBLE, (8,))),
    ("75.00", "", "", "", None),
    # nothing fits, or nothing came in
    ("33.33", "Petra Schulz", "Danke", "", None),
    ("12.00", "", "Zinsen 2026", "", None),
    ("-1299.00", "Desislava Ivanova", "R-2026-0042", "DE11", None),
    ("0.00", "", "R-2026-0042", "", None),
)  # fmt: skip


def test_the_table_has_as_many_cases_as_promised() -> None:
    assert len(CASES) >= 80


def entry(euros: str, name: str, text: str, iban: str, currency: str = "EUR") -> Entry:
    return Entry(DAY, DAY, Money.of(euros, currency), name, iban, text)


@pytest.mark.parametrize(("euros", "name", "text", "iban", "expected"), CASES)
def test_a_transfer_is_proposed_for_the_bill_it_pays(
    euros: str, name: str, text: str, iban: str, expected: Expected
) -> None:
    found = OpenBills(BILLS, ACCOUNTS, 3).propose(entry(euros, name, text, iban))
    got = (found.confidence, tuple(part.document_id for part in found.allocations)) if found else None
    assert got == expected
    if found is not None:
        paid = Payment(DAY, Money.of(euros))
        check(paid, found.allocations, {each.document_id: each for each in BILLS}, PaymentRules())
        assert found.reason.id.format(**found.reason.values)


_LED = (
    replace(
        bill(21, "R-2026-0501", "120.00", IVANOVA), orders=("A-2026-0007", "AB-2026-0009", "M-2026-0003")
    ),
    replace(bill(22, "R-2026-0502", "80.00", MUELLER), orders=("AB-2026-0010",)),
    replace(bill(23, "R-2026-0503", "60.00", MUELLER), orders=("AB-2026-0010", "M-2026-0004")),
    replace(bill(24, "R-2026-0504", "40.00", MUELLER), orders=("M-2026-0004",)),
)
# euros, text → how sure, which bills
LED: tuple[tuple[str, str, Expected], ...] = (
    ("120.00", "A-2026-0007", (CERTAIN, (21,))),
    ("120.00", "Auftrag AB-2026-0009", (CERTAIN, (21,))),
    ("120.00", "AB 2026 0009", (CERTAIN, (21,))),
    ("120.00", "M-2026-0003", (CERTAIN, (21,))),
    ("120.00", "R-2026-0501 aus AB-2026-0010", (CERTAIN, (21,))),
    ("50.00", "AB-2026-0009", (LIKELY, (21,))),
    ("120.00", "AB-2026-0008", (POSSIBLE, (21,))),
    ("140.00", "AB-2026-0010", (CERTAIN, (22, 23))),
    ("80.00", "AB-2026-0010", (LIKELY, (22,))),
    ("60.00", "AB-2026-0010", (LIKELY, (23,))),
    ("100.00", "M-2026-0004", (CERTAIN, (23, 24))),
    ("33.00", "AB-2026-0010", None),
    ("33.00", "L-2026-0009", None),
)


@pytest.mark.parametrize(("euros", "text", "expected"), LED)
def test_the_number_of_a_quote_an_order_or_a_reminder_leads_to_its_bill(
    euros: str, text: str, expected: Expected
) -> None:
    found = OpenBills(_LED).propose(entry(euros, "", text, ""))
    got = (found.confidence, tuple(part.document_id for part in found.allocations)) if found else None
    assert got == expected


def test_another_currency_pays_nothing() -> None:
    assert OpenBills(BILLS, ACCOUNTS).propose(entry("1299.00", "", "R-2026-0042", "DE11", "CHF")) is None


def test_the_end_to_end_reference_names_the_bill_too() -> None:
    found = OpenBills(BILLS).propose(Entry(DAY, DAY, Money.of("1299"), end_to_end="R-2026-0042"))
    assert found is not None
    assert found.confidence is CERTAIN


def test_a_discount_within_the_tolerance_counts() -> None:
    late = Entry(DAY + dt.timedelta(days=7), DAY, Money.of("1960"), text="R-2026-0107")
    strict, generous = OpenBills(BILLS).propose(late), OpenBills(BILLS, tolerance_days=3).propose(late)
    assert strict is not None
    assert generous is not None
    assert [strict.confidence, generous.confidence] == [LIKELY, CERTAIN]
    assert [one.allocations[0].cash_discount for one in (strict, generous)] == [0, 4000]


@given(
    st.integers(min_value=1, max_value=400_000),
    st.text(alphabet="R-2026 0013457,./", max_size=40),
    st.sampled_from(["", "Anna Schmidt", "Jürgen Müller", "Hotel Sonne"]),
    st.sampled_from(["", *ACCOUNTS]),
)
def test_whatever_is_proposed_can_be_booked(cents: int, text: str, name: str, iban: str) -> None:
    found = OpenBills(BILLS, ACCOUNTS, 3).propose(Entry(DAY, DAY, Money(cents), name, iban, text))
    if found is not None:
        bills = {each.document_id: each for each in BILLS}
        check(Payment(DAY, Money(cents)), found.allocations, bills, PaymentRules())


def test_many_transfers_of_one_sum_each_find_the_bill_they_name() -> None:
    bills = [
        replace(bill(at, f"R-2026-{at:04}", "100.00", 1 + at % 4), customer_id=at) for at in range(1, 251)
    ]
    propose = OpenBills(bills).propose
    for at in range(1, 251):
        found = propose(entry("100.00", f"Kunde {at}", f"KD 10{at} Rechnung 2026-{at:04} vom 22.11.2026", ""))
        assert found is not None
        assert [part.document_id for part in found.allocations] == [at]
