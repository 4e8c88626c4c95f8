"""The lists of banks that the owner explained: rows in, a statement or one sentence out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import CURRENCIES, Money
from shopdesk.domain.own_bank_lists import (
    IN_WORDS,
    OUT_WORDS,
    Meaning,
    OwnList,
    day_of,
    header_at,
    is_month_first,
)
from shopdesk.domain.statements import Entry, Statement, StatementProblem
from shopdesk.intake.statements.values import MOST_ENTRIES, account, local_amount, tidy, too_many

_MOST_SKIPPED = 5
"""Rows below the bookings (sums, a closing balance) that hold no day."""


def statement(rows: Sequence[Sequence[str]], own: OwnList) -> Statement:
    """The bookings of the list. Raises StatementProblem with the row that cannot be read."""
    at = header_at(rows, own)
    if at is None:
        text = N_("The columns of this list are not those of {bank}.")
        raise StatementProblem(Message(text, {"bank": own.bank}), "statement-other-list")
    names = own.header
    below = [_named(names, cells) for cells in rows[at + 1 :]]
    days = own.column(Meaning.BOOKED)
    month_first = is_month_first([row.get(days, "") for row in below])
    entries: list[Entry] = []
    skipped = 0
    for row in below:
        if not row.get(days, ""):
            skipped += any(row.values())
            continue
        entries.append(_entry(row, own, month_first=month_first))
        if len(entries) > MOST_ENTRIES:
            raise too_many()
    if not entries or skipped > max(_MOST_SKIPPED, len(entries) // 10):
        text = N_("In the column “{column}” stands no day. Please choose another column.")
        raise StatementProblem(Message(text, {"column": days}), "statement-empty")
    booked = [entry.booked for entry in entries]
    its_account = next(
        (row[own.column(Meaning.ACCOUNT)] for row in below if row.get(own.column(Meaning.ACCOUNT))), ""
    )
    name = account(its_account) or own.bank.upper()
    currency = entries[0].amount.currency
    return Statement(own.bank, name, currency, min(booked), max(booked), tuple(entries))


def _named(names: Sequence[str], cells: Sequence[str]) -> Mapping[str, str]:
    found: dict[str, str] = {}
    for name, cell in zip(names, cells, strict=False):
        if name:
            found.setdefault(name, tidy(cell))
    return found


def _entry(row: Mapping[str, str], own: OwnList, *, month_first: bool) -> Entry:
    def cell(meaning: Meaning) -> str:
        return row.get(own.column(meaning), "")

    booked = day_of(cell(Meaning.BOOKED), month_first=month_first)
    if booked is None:
        raise _wrong(own.column(Meaning.BOOKED), cell(Meaning.BOOKED))
    told = cell(Meaning.CURRENCY).upper() or "EUR"
    return Entry(
        booked=booked,
        value=day_of(cell(Meaning.VALUE), month_first=month_first) or booked,
        amount=_amount(row, own, told if told in CURRENCIES else "EUR"),
        name=cell(Meaning.NAME),
        iban=account(cell(Meaning.IBAN)),
        text=cell(Meaning.TEXT),
    )


def _amount(row: Mapping[str, str], own: OwnList, currency: str) -> Money:
    credit, debit = (row.get(own.column(each), "") for each in (Meaning.CREDIT, Meaning.DEBIT))
    amount = row.get(own.column(Meaning.AMOUNT), "")
    if own.column(Meaning.CREDIT):
        came = _money(credit, currency, own.column(Meaning.CREDIT)) if credit else Money(0, currency)
        went = _money(debit, currency, own.column(Meaning.DEBIT)) if debit else Money(0, currency)
        return came - abs(went)
    found = _money(amount, currency, own.column(Meaning.AMOUNT))
    if not own.column(Meaning.SIGN):
        return found
    sign = row.get(own.column(Meaning.SIGN), "").lower()
    if sign not in OUT_WORDS | IN_WORDS:
        raise _wrong(own.column(Meaning.SIGN), sign)
    return -abs(found) if sign in OUT_WORDS else abs(found)


def _money(text: str, currency: str, column: str) -> Money:
    try:
        return local_amount(text.lstrip("+"), currency)
    except StatementProblem:
        raise _wrong(column, text) from None


def _wrong(column: str, cell: str) -> StatementProblem:
    text = N_("“{cell}” in the column “{column}” cannot be read. Please choose another column.")
    return StatementProblem(Message(text, {"cell": cell[:40], "column": column}), "statement-row")
