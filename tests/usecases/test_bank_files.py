"""Bank files: each booking once, all or nothing, and everything can be taken back (S6)."""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from shopdesk.domain.documents import Document, Line
from shopdesk.domain.journal import JournalFilter
from shopdesk.domain.long_work import LongWork, Stopped
from shopdesk.domain.money import Money
from shopdesk.domain.payment_matching import Confidence
from shopdesk.domain.payments import PaymentState
from shopdesk.domain.statements import EntryState, StatementProblem
from shopdesk.domain.today import TodayKind
from shopdesk.usecases import (
    bank_files,
    chains,
    customers,
    documents,
    issuing,
    journal,
    payments,
    sample_shop,
    timeline,
    today,
)
from shopdesk.usecases.bank_files import BankFileRefused, Taken
from shopdesk.usecases.shop import Shop
from tests.statement_files import DAY, Booking, camt, mt940

Bill = Callable[[str], tuple[int, str]]


@pytest.fixture
def customer(open_shop: Shop) -> int:
    return customers.create(open_shop, sample_shop.sample().caller).id or 0


@pytest.fixture
def bill(open_shop: Shop, customer: int) -> Bill:
    """Issues an invoice of so many euros and gives its id and number."""

    def made(euros: str) -> tuple[int, str]:
        draft = documents.start(open_shop, "invoice", customer)
        line = Line(text="Matratze", unit_price=Decimal(euros))
        draft = replace(draft, lines=(line,), due=DAY + dt.timedelta(days=14))
        saved = documents.save_draft(open_shop, draft)
        document = issuing.issue(open_shop, saved.id or 0, send=False).document
        return document.id or 0, document.number

    return made


def taken(shop: Shop, folder: Path, data: bytes, name: str = "auszug.xml") -> Taken:
    place = folder / name
    place.write_bytes(data)
    return bank_files.take(shop, bank_files.open_file(place))


def state(shop: Shop, document_id: int) -> PaymentState:
    return payments.accounts(shop, [document_id])[document_id].standing(DAY).state


def test_a_file_is_taken_in_once_and_an_overlapping_period_adds_only_what_is_new(
    open_shop: Shop, tmp_path: Path
) -> None:
    first = [Booking(1000, text="A"), Booking(1000, text="A"), Booking(-500, text="B")]
    assert (taken(open_shop, tmp_path, camt(first)).added, len(bank_files.waiting(open_shop))) == (3, 2)
    again = taken(open_shop, tmp_path, camt(first), "noch einmal.xml")
    assert (again.added, again.known) == (0, 3)
    longer = taken(open_shop, tmp_path, camt([*first, Booking(1000, text="A"), Booking(700, text="C")]))
    assert (longer.added, longer.known) == (2, 3)
    assert len(bank_files.waiting(open_shop)) == 4
    assert len(bank_files.page(open_shop)) == 5


def test_reports_within_the_day_and_the_statement_after_it_tell_a_booking_once(
    open_shop: Shop, tmp_path: Path
) -> None:
    one, two = [Booking(500, text="A")], [Booking(500, text="A"), Booking(500, text="A")]
    day = camt(two)
    reports = [
        camt(rows)
        .replace(b"<Stmt>", b"<Rpt>")
        .replace(b"</Stmt>", b"</Rpt>")
        .replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt")
        for rows in (one, two)
    ]
    packed = tmp_path / "tag.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        for at, data in enumerate([*reports, day]):
            archive.writestr(f"{at}.xml", data)
    assert bank_files.is_bank_file(packed)
    taken_in = bank_files.take(open_shop, bank_files.open_file(packed))
    assert (taken_in.added, taken_in.known) == (2, 3)


def test_a_transfer_with_the_number_is_booked_told_and_taken_back(
    open_shop: Shop, tmp_path: Path, bill: Bill, customer: int
) -> None:
    document_id, number = bill("1299")
    taken(open_shop, tmp_path, mt940([Booking(129_900, text=f"SVWZ+Rechnung {number} danke")]), "auszug.sta")
    (waiting,) = bank_files.waiting(open_shop)
    assert waiting.proposal is not None
    assert waiting.proposal.confidence is Confidence.CERTAIN
    booked, undo = bank_files.accept(open_shop, waiting)
    assert booked.payment.customer_id == customer
    assert booked.payment.source == "auszug.sta"
    assert state(open_shop, document_id) is PaymentState.PAID
    assert bank_files.waiting(open_shop) == ()
    assert any(number in each.title for each in timeline.page(open_shop, customer))
    with pytest.raises(BankFileRefused):
        bank_files.accept(open_shop, waiting)
    undo.run(open_shop)
    assert state(open_shop, document_id) is PaymentState.OPEN
    assert [each.id for each in bank_files.waiting(open_shop)] == [waiting.id]


def test_all_certain_ones_are_booked_together_and_no_bill_twice(
    open_shop: Shop, tmp_path: Path, bill: Bill
) -> None:
    first, second = bill("100"), bill("200")
    rows = [
        Booking(10_000, text=first[1]),
        Booking(10_000, text=f"{first[1]} noch einmal"),
        Booking(20_000, text=second[1]),
        Booking(4_711, name="Unbekannt", iban="", text="?"),
    ]
    taken(open_shop, tmp_path, camt(rows))
    count, undo = bank_files.accept_certain(open_shop)
    assert count == 2
    assert [state(open_shop, each[0]) for each in (first, second)] == [PaymentState.PAID] * 2
    assert len(bank_files.waiting(open_shop)) == 2
    undo.run(open_shop)
    assert [state(open_shop, each[0]) for each in (first, second)] == [PaymentState.OPEN] * 2
    assert len(bank_files.waiting(open_shop)) == 4


def test_a_booking_is_left_aside_and_brought_back(open_shop: Shop, tmp_path: Path) -> None:
    taken(open_shop, tmp_path, camt([Booking(500, text="Erstattung")]))
    (waiting,) = bank_files.waiting(open_shop)
    undo = bank_files.ignore(open_shop, waiting.stored)
    assert bank_files.waiting(open_shop) == ()
    assert bank_files.page(open_shop)[0].state is EntryState.IGNORED
    undo.run(open_shop)
    assert len(bank_files.waiting(open_shop)) == 1


def test_the_owner_chooses_the_bill_where_nothing_tells_it(
    open_shop: Shop, tmp_path: Path, bill: Bill
) -> None:
    first, _second = bill("100"), bill("100")
    taken(open_shop, tmp_path, camt([Booking(4_000, name="Oma", text="Matratze")]))
    (waiting,) = bank_files.waiting(open_shop)
    assert waiting.proposal is None
    with pytest.raises(BankFileRefused):
        bank_files.accept(open_shop, waiting)
    account = payments.accounts(open_shop, [first[0]])[first[0]]
    booked, _undo = bank_files.assign(open_shop, waiting.stored, account)
    assert booked.allocations[0].amount == Money(4_000)
    assert state(open_shop, first[0]) is PaymentState.PART_PAID


def test_a_file_is_taken_out_again_unless_payments_were_booked_from_it(
    open_shop: Shop, tmp_path: Path, bill: Bill
) -> None:
    _id, number = bill("100")
    file = taken(open_shop, tmp_path, camt([Booking(10_000, text=number), Booking(300)]))
    _count, undo = bank_files.accept_certain(open_shop)
    with pytest.raises(BankFileRefused):
        file.undo.run(open_shop)
    undo.run(open_shop)
    file.undo.run(open_shop)
    assert bank_files.page(open_shop) == ()
    assert taken(open_shop, tmp_path, camt([Booking(10_000, text=number)])).added == 1


def test_stopped_halfway_nothing_is_stored(open_shop: Shop, tmp_path: Path) -> None:
    place = tmp_path / "auszug.xml"
    place.write_bytes(camt([Booking(100 + at) for at in range(1200)]))
    opened = bank_files.open_file(place)
    seen: list[int] = []
    work = LongWork(lambda done, _all: seen.append(done), lambda: len(seen) > 1)
    with pytest.raises(Stopped):
        bank_files.take(open_shop, opened, work)
    assert bank_files.page(open_shop) == ()
    assert bank_files.take(open_shop, opened).added == 1200


def test_a_statement_that_does_not_add_up_is_told(open_shop: Shop, tmp_path: Path) -> None:
    (doubt,) = taken(open_shop, tmp_path, camt([Booking(1000)], closing=90_000)).doubts
    assert doubt.values["difference"] == Money(11_000)
    assert taken(open_shop, tmp_path, camt([Booking(2000)])).doubts == ()


def test_a_file_that_is_none_is_refused_and_the_journal_knows_the_others(
    open_shop: Shop, tmp_path: Path
) -> None:
    with pytest.raises(StatementProblem):
        taken(open_shop, tmp_path, b"%PDF-1.7 Kontoauszug")
    taken(open_shop, tmp_path, camt([Booking(1000)]))
    subjects = [each.subject for each in journal.page(open_shop, JournalFilter()).entries]
    assert subjects.count("bank_file") == 1


def test_an_account_that_paid_before_is_known(open_shop: Shop, tmp_path: Path, bill: Bill) -> None:
    _first, number = bill("100")
    taken(open_shop, tmp_path, camt([Booking(10_000, name="Firma Sonnenschein", text=number)]))
    bank_files.accept(open_shop, bank_files.waiting(open_shop)[0])
    second, _number = bill("250")
    taken(open_shop, tmp_path, camt([Booking(25_000, name="Firma Sonnenschein", text="wie besprochen")]))
    (waiting,) = bank_files.waiting(open_shop)
    assert waiting.proposal is not None
    assert [part.document_id for part in waiting.proposal.allocations] == [second]
    assert waiting.proposal.confidence is Confidence.LIKELY


def test_heute_says_how_much_waits_to_be_booked(open_shop: Shop, tmp_path: Path, bill: Bill) -> None:
    def rows() -> list[tuple[int, Money | None]]:
        found = today.items(open_shop)
        return [(each.times, each.amount) for each in found if each.kind == TodayKind.BANK_ENTRIES]

    assert rows() == []
    _id, number = bill("10.00")
    taken(open_shop, tmp_path, camt([Booking(1000, text=number), Booking(500), Booking(-700)]))
    assert rows() == [(2, Money(1500))]
    for each in bank_files.waiting(open_shop):
        if each.proposal is not None and each.proposal.confidence is Confidence.CERTAIN:
            _booked, undo = bank_files.accept(open_shop, each)
        else:
            bank_files.ignore(open_shop, each.stored)
    assert rows() == []
    undo.run(open_shop)
    assert rows() == [(1, Money(1000))]


def test_the_number_of_its_order_or_reminder_leads_surely_to_the_bill(
    open_shop: Shop, tmp_path: Path, customer: int
) -> None:
    def issued(draft: Document) -> int:
        draft = replace(draft, lines=(Line(text="Matratze", unit_price=Decimal(199)),))
        saved = documents.save_draft(open_shop, draft)
        return issuing.issue(open_shop, saved.id or 0, send=False).document.id or 0

    quote = issued(documents.start(open_shop, "quote", customer))
    order = issued(chains.follow_up(open_shop, quote, "order_confirmation"))
    bill_id = issued(chains.follow_up(open_shop, order, "invoice"))
    reminder = chains.follow_up(open_shop, bill_id, "payment_reminder")
    reminder_id = issuing.issue(open_shop, reminder.id or 0, send=False).document.id or 0
    other = issued(documents.start(open_shop, "order_confirmation", customer))
    numbers = [documents.load(open_shop, each).number for each in (quote, order, reminder_id, other)]
    taken(open_shop, tmp_path, camt([Booking(19900, text=each, name="Unbekannt") for each in numbers]))
    found = {each.stored.entry.text: each.proposal for each in bank_files.waiting(open_shop)}
    for number in numbers[:3]:
        proposal = found[number]
        assert proposal is not None
        assert proposal.confidence is Confidence.CERTAIN, number
        assert [part.document_id for part in proposal.allocations] == [bill_id]
    of_other = found[numbers[3]]
    assert of_other is None or of_other.confidence is Confidence.POSSIBLE


def test_money_that_the_owner_noted_before_is_joined_to_that_payment(
    open_shop: Shop, tmp_path: Path, bill: Bill
) -> None:
    first, number = bill("100.00")
    bill("100.00")
    booked, _undo = payments.book_in_full(open_shop, [first], DAY)
    taken(open_shop, tmp_path, camt([Booking(10000, text=number)]))
    (waiting,) = bank_files.waiting(open_shop)
    assert waiting.proposal is not None
    assert (waiting.proposal.numbers, waiting.proposal.confidence) == (number, Confidence.CERTAIN)
    assert waiting.proposal.payment_id == booked.payment.id
    count, undo = bank_files.accept_certain(open_shop)
    assert (count, bank_files.waiting(open_shop)) == (1, ())
    assert len(payments.of_document(open_shop, first)) == 1
    undo.run(open_shop)
    (again,) = bank_files.waiting(open_shop)
    joined, _undo = bank_files.accept(open_shop, again)
    assert joined.payment.id == booked.payment.id
    assert bank_files.waiting(open_shop) == ()
    payments.take_back(open_shop, joined.payment.id or 0)
    (open_again,) = bank_files.waiting(open_shop)
    assert open_again.proposal is not None
    assert [part.document_id for part in open_again.proposal.allocations] == [first]


def test_a_bill_that_is_paid_twice_leads_to_no_other_bill_but_to_a_credit(
    open_shop: Shop, tmp_path: Path, bill: Bill, customer: int
) -> None:
    first, number = bill("100.00")
    bill("100.00")
    taken(open_shop, tmp_path, camt([Booking(10000, text=number)]))
    bank_files.accept(open_shop, bank_files.waiting(open_shop)[0])
    again = Booking(10000, text=f"{number} nochmal", name="Oma Gertrud", iban="DE02120300000000202051")
    taken(open_shop, tmp_path, camt([again]), "2.xml")
    (waiting,) = bank_files.waiting(open_shop)
    assert waiting.proposal is not None
    assert (waiting.proposal.numbers, waiting.proposal.confidence) == (number, Confidence.POSSIBLE)
    booked, _undo = bank_files.accept(open_shop, waiting)
    assert (booked.unallocated, booked.payment.customer_id) == (Money.of("100"), customer)
    assert state(open_shop, first) is PaymentState.PAID


def test_a_file_that_is_taken_out_leaves_what_a_later_one_told_too(open_shop: Shop, tmp_path: Path) -> None:
    early, both = Booking(1000, text="A", day=DAY - dt.timedelta(days=3)), Booking(2000, text="B")
    first = taken(open_shop, tmp_path, camt([early, both]), "1.xml")
    second = taken(open_shop, tmp_path, camt([both, Booking(3000, text="C")]), "2.xml")
    assert (second.added, second.known) == (1, 1)
    bank_files.take_out(open_shop, first.id)
    assert [each.stored.entry.text for each in bank_files.waiting(open_shop)] == ["B", "C"]
    bank_files.take_out(open_shop, second.id)
    assert bank_files.waiting(open_shop) == ()
