"""The lists (CSV) that German banks and PayPal give their customers, known by the names of their columns."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from shopdesk.domain.imports.values import ReadRow
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import CURRENCIES
from shopdesk.domain.statements import Entry, Statement, StatementProblem
from shopdesk.intake.statements.values import (
    MOST_ENTRIES,
    account,
    damaged,
    day,
    local_amount,
    tidy,
    too_many,
)
from shopdesk.intake.tables import separated

_PREAMBLE = 25
"""Rows above the header: name of the account, period, balance."""
_IBAN = re.compile(r"[A-Z]{2}\d{2}[A-Z0-9]{11,30}")


@dataclass(frozen=True, slots=True)
class Layout:
    """One bank's list: which column holds what. `marks` are columns that only this list has."""

    bank: str
    marks: tuple[str, ...]
    columns: Mapping[str, tuple[str, ...]]
    currency: str = ""
    foreseen: tuple[str, ...] = field(default=("vorgemerkt", "umsatz vorgemerkt", "ausstehend", "pending"))


LAYOUTS = (
    Layout(
        "Sparkasse",
        ("auftragskonto", "buchungstag", "valutadatum", "beguenstigter/zahlungspflichtiger", "betrag"),
        {
            "account": ("auftragskonto",),
            "booked": ("buchungstag",),
            "value": ("valutadatum",),
            "name": ("beguenstigter/zahlungspflichtiger",),
            "iban": ("kontonummer/iban", "kontonummer"),
            "text": ("verwendungszweck",),
            "end_to_end": ("kundenreferenz (end-to-end)",),
            "amount": ("betrag",),
            "currency": ("waehrung",),
            "state": ("info",),
            "kind": ("buchungstext",),
        },
    ),
    Layout(
        "Volksbank",
        ("iban auftragskonto", "name zahlungsbeteiligter", "buchungstag", "betrag"),
        {
            "account": ("iban auftragskonto",),
            "booked": ("buchungstag",),
            "value": ("valutadatum",),
            "name": ("name zahlungsbeteiligter",),
            "iban": ("iban zahlungsbeteiligter",),
            "text": ("verwendungszweck",),
            "amount": ("betrag",),
            "currency": ("waehrung",),
            "kind": ("buchungstext",),
        },
    ),
    Layout(
        "DKB",
        ("buchungsdatum", "wertstellung", "zahlungspflichtige*r", "zahlungsempfänger*in"),
        {
            "booked": ("buchungsdatum",),
            "value": ("wertstellung",),
            "payer": ("zahlungspflichtige*r",),
            "payee": ("zahlungsempfänger*in",),
            "iban": ("iban",),
            "text": ("verwendungszweck",),
            "end_to_end": ("kundenreferenz",),
            "amount": ("betrag (€)", "betrag"),
            "state": ("status",),
            "kind": ("umsatztyp",),
        },
        "EUR",
    ),
    Layout(
        "DKB",
        ("buchungstag", "wertstellung", "auftraggeber / begünstigter", "betrag (eur)"),
        {
            "booked": ("buchungstag",),
            "value": ("wertstellung",),
            "name": ("auftraggeber / begünstigter",),
            "iban": ("kontonummer",),
            "text": ("verwendungszweck",),
            "end_to_end": ("kundenreferenz",),
            "amount": ("betrag (eur)",),
            "kind": ("buchungstext",),
        },
        "EUR",
    ),
    Layout(
        "ING",
        ("buchung", "auftraggeber/empfänger", "verwendungszweck", "betrag"),
        {
            "booked": ("buchung",),
            "value": ("wertstellungsdatum", "valuta"),
            "name": ("auftraggeber/empfänger",),
            "text": ("verwendungszweck",),
            "amount": ("betrag",),
            "currency": ("währung",),
            "kind": ("buchungstext",),
        },
    ),
    Layout(
        "Commerzbank",
        ("buchungstag", "wertstellung", "umsatzart", "buchungstext", "betrag"),
        {
            "account": ("iban kontoinhaber", "iban auftraggeberkonto"),
            "booked": ("buchungstag",),
            "value": ("wertstellung",),
            "text": ("buchungstext",),
            "amount": ("betrag",),
            "currency": ("währung", "waehrung"),
            "kind": ("umsatzart",),
        },
    ),
    Layout(
        "N26",
        ("datum", "empfänger", "transaktionstyp", "betrag (eur)"),
        {
            "booked": ("datum",),
            "name": ("empfänger",),
            "iban": ("kontonummer",),
            "text": ("verwendungszweck",),
            "amount": ("betrag (eur)",),
            "kind": ("transaktionstyp",),
        },
        "EUR",
    ),
    Layout(
        "N26",
        ("booking date", "partner name", "payment reference", "amount (eur)"),
        {
            "booked": ("booking date",),
            "value": ("value date",),
            "name": ("partner name",),
            "iban": ("partner iban",),
            "text": ("payment reference",),
            "amount": ("amount (eur)",),
            "kind": ("type",),
        },
        "EUR",
    ),
    Layout(
        "PayPal",
        ("datum", "währung", "brutto", "netto", "transaktionscode"),
        {
            "booked": ("datum",),
            "name": ("name",),
            "text": ("rechnungsnummer",),
            "more": ("betreff", "hinweis", "artikelbezeichnung"),
            "reference": ("transaktionscode",),
            "amount": ("brutto",),
            "fee": ("entgelt", "gebühr"),
            "currency": ("währung",),
            "state": ("status",),
            "kind": ("beschreibung", "typ"),
        },
    ),
)


def read(text: str) -> tuple[Statement, ...]:
    """The one statement of a list. Raises StatementProblem, also for a list of no known bank."""
    rows, refused, _separator = separated.read(text)
    for at, row in enumerate(rows[:_PREAMBLE]):
        names = [_name(cell) for cell in row.cells]
        for layout in LAYOUTS:
            if all(mark in names for mark in layout.marks):
                if refused:
                    raise damaged(str(refused[0].number))
                return (_statement(layout, names, rows[:at], rows[at + 1 :]),)
    text_ = N_(
        "This list is of no bank that shopdesk knows. Please fetch the statement as CAMT (camt.053) or MT940: "
        "every bank offers one of them in its online banking, under export or download."
    )
    raise StatementProblem(Message(text_), "statement-unknown-list")


def is_bank_list(text: str) -> bool:
    """Whether the first rows hold the header of a known list; cheap enough to ask of any list."""
    rows, _refused, _separator = separated.read("".join(text.splitlines(keepends=True)[: _PREAMBLE + 5]))
    for row in rows[:_PREAMBLE]:
        names = [_name(cell) for cell in row.cells]
        if any(all(mark in names for mark in layout.marks) for layout in LAYOUTS):
            return True
    return False


def _name(cell: str) -> str:
    return " ".join(cell.replace("\ufeff", "").lower().split())


class _Row:
    """A row by what its columns mean."""

    def __init__(self, layout: Layout, names: Sequence[str], row: ReadRow) -> None:
        self._layout, self._names, self._cells = layout, names, row.cells
        self.number = row.number

    def __call__(self, meaning: str) -> str:
        for name in self._layout.columns.get(meaning, ()):
            if name in self._names:
                at = self._names.index(name)
                return tidy(self._cells[at]) if at < len(self._cells) else ""
        return ""


def _statement(
    layout: Layout, names: Sequence[str], above: Sequence[ReadRow], below: Sequence[ReadRow]
) -> Statement:
    entries: list[Entry] = []
    own = _account_above(above)
    currency = layout.currency
    for each in below:
        row = _Row(layout, names, each)
        if not row("booked") or row("state").lower() in layout.foreseen:
            continue
        if not row("amount"):
            raise damaged(" ".join(each.cells))
        own = own or account(row("account"))
        currency = currency or _currency(row)
        entries += _entries(row, layout.currency or _currency(row))
        if len(entries) > MOST_ENTRIES:
            raise too_many()
    if not entries:
        text = N_("The list of {bank} holds no bookings. Please fetch a longer period.")
        raise StatementProblem(Message(text, {"bank": layout.bank}), "statement-empty")
    days = [entry.booked for entry in entries]
    name = own or layout.bank.upper()
    return Statement(layout.bank, name, currency, min(days), max(days), tuple(entries))


def _currency(row: _Row) -> str:
    told = row("currency").upper() or "EUR"
    return told if told in CURRENCIES else "EUR"


def _account_above(rows: Sequence[ReadRow]) -> str:
    """The account stands somewhere above the header."""
    for row in rows:
        for cell in row.cells:
            found = account(cell.partition("/")[0])
            if _IBAN.fullmatch(found):
                return found
    return ""


def _entries(row: _Row, currency: str) -> list[Entry]:
    amount = local_amount(row("amount"), currency)
    booked = day(row("booked"))
    is_incoming = amount.minor > 0
    text = " ".join(filter(None, (row("text"), row("more")))) or row("kind")
    found = Entry(
        booked=booked,
        value=day(row("value")) if row("value") else booked,
        amount=amount,
        name=row("name") or (row("payer") if is_incoming else row("payee")),
        iban=account(row("iban")),
        text=text,
        end_to_end="" if row("end_to_end").upper() in {"NOTPROVIDED", "NONREF"} else row("end_to_end"),
        bank_reference=row("reference"),
    )
    fee = local_amount(row("fee"), currency) if row("fee") else None
    if not fee:
        return [found]
    cost = Entry(booked, booked, fee, text=row("kind"), bank_reference=f"{row('reference')} fee")
    return [found, cost]
