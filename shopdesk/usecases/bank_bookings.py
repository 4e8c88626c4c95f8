"""A booking of the bank becomes a payment, or is told to be one that was noted before; each within a transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.payments import Allocation, Payment, PaymentKind
from shopdesk.domain.statements import EntryState, StoredEntry
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.payment_matching import Proposal
    from shopdesk.domain.payments import Booked
    from shopdesk.usecases.shop import Shop


class BankFileRefused(ShopError):
    """What is wanted of a bank file or booking does not fit; the words say why."""

    code = "bank-file"


def accept_in(
    connection: Connection, shop: Shop, stored: StoredEntry, proposal: Proposal
) -> tuple[Booked, Undo]:
    """Book what is proposed, or join the booking to the payment of the same money; raises BankFileRefused."""
    from shopdesk.usecases import payments

    if proposal.payment_id is not None:
        return link_in(connection, shop, stored, proposal.payment_id)
    booked = book_in(connection, shop, stored, proposal.allocations, proposal.customer_id)
    return booked, payments.undo_of(booked)


def book_in(
    connection: Connection,
    shop: Shop,
    stored: StoredEntry,
    parts: Sequence[Allocation],
    customer_id: int | None,
) -> Booked:
    """Book a payment for these bills; raises PaymentRefused, ChangedElsewhere or BankFileRefused."""
    from shopdesk.store import bank_files
    from shopdesk.usecases import payments

    _check_open(connection, stored)
    entry = stored.entry
    payment = Payment(
        day=entry.booked,
        amount=entry.amount,
        kind=_kind_of(stored),
        customer_id=customer_id,
        payer=entry.name,
        iban=entry.iban,
        text=entry.text,
        bank_reference=entry.bank_reference or entry.end_to_end,
        source=stored.file_name,
        reason="" if entry.is_incoming else entry.text,
    )
    booked = payments.book_in(connection, shop, payment, parts)
    bank_files.link(connection, stored.id, stored.version, booked.payment.id or 0)
    return booked


def link_in(connection: Connection, shop: Shop, stored: StoredEntry, payment_id: int) -> tuple[Booked, Undo]:
    """The bank tells of a payment that the owner noted himself."""
    from shopdesk.store import bank_files, noted_payments, payments

    _check_open(connection, stored)
    if noted_payments.is_told(connection, payment_id):
        raise _done()
    bank_files.link(connection, stored.id, stored.version, payment_id)
    noted = payments.load(connection, payment_id)
    numbers = [each.number for each in noted.allocations]
    shop.record(connection, "assign", "bank_entry", stored.id, new={"bills": numbers})
    seen = stored.version + 1
    return noted, Undo(lambda s: _unlink(s, stored.id, seen))


def _unlink(shop: Shop, entry_id: int, seen: int) -> None:
    from shopdesk.store import bank_files

    with shop.writing() as connection:
        bank_files.link(connection, entry_id, seen, None)
        shop.record(connection, "restore", "bank_entry", entry_id)


def _kind_of(stored: StoredEntry) -> PaymentKind:
    if not stored.entry.is_incoming:
        return PaymentKind.REFUND
    return PaymentKind.ONLINE if stored.form == "PayPal" else PaymentKind.TRANSFER


def _check_open(connection: Connection, stored: StoredEntry) -> None:
    from shopdesk.store import bank_files

    if bank_files.load(connection, stored.id).state is not EntryState.OPEN:
        raise _done()


def _done() -> BankFileRefused:
    return BankFileRefused(Message(N_("This booking was dealt with already.")), "bank-file-done")
