"""Month end (S42): the bills of a period with their sums per tax case and rate, and whether a number is missing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice

from shopdesk.domain.document_kinds import E_INVOICES
from shopdesk.domain.documents import Document, DocumentKind, TaxCase
from shopdesk.domain.money import Money
from shopdesk.domain.periods import Period
from shopdesk.domain.supply_dates import month_days, supply_day
from shopdesk.domain.totals import totals

LISTED = E_INVOICES
"""The kinds that stand in the list: what counts for VAT."""

LARGEST_MAIL = 20_000_000
"""Bytes over the line: more is refused by many mail servers."""

MOST_GAPS = 100


@dataclass(frozen=True, slots=True)
class VatPart:
    """What of a bill falls under one category and rate; negative where it is taken back."""

    category: str  # BT-118
    rate: Decimal
    net: Money
    vat: Money


@dataclass(frozen=True, slots=True)
class ListedBill:
    """One row of the list, its amounts with the sign with which they count."""

    id: int
    number: str
    kind: DocumentKind
    date: dt.date
    supply: tuple[dt.date, dt.date] | None
    customer: str
    customer_number: str
    vat_id: str
    country: str
    goods_country: str
    tax_case: TaxCase
    parts: tuple[VatPart, ...]
    net: Money
    gross: Money
    payable: Money
    due: dt.date | None
    refers_to: tuple[str, ...]

    @property
    def vat(self) -> Money:
        """The VAT of all rates."""
        return self.gross - self.net


@dataclass(frozen=True, slots=True, order=True)
class SumKey:
    """What is summed up apart. `country` is where the goods went, for cases that are declared per country."""

    currency: str
    tax_case: TaxCase
    country: str
    category: str
    rate: Decimal


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum over one key; `count` bills have a share in it."""

    key: SumKey
    count: int
    net: Money
    vat: Money

    @property
    def gross(self) -> Money:
        """Net and VAT together."""
        return self.net + self.vat


@dataclass(frozen=True, slots=True)
class KindSum:
    """How many bills of a kind there are, and what they come to."""

    kind: DocumentKind
    currency: str
    count: int
    net: Money
    gross: Money


@dataclass(frozen=True, slots=True)
class NumberReport:
    """Whether the numbers of a range are complete within a period.

    `gaps` are running numbers that no document carries; `unread` numbers are in the spelling of an earlier pattern.
    """

    range_name: str
    year: int  # 0 for a range that never restarts
    first: str
    last: str
    count: int
    gaps: tuple[int, ...] = ()
    unread: int = 0


@dataclass(frozen=True, slots=True)
class MonthEnd:
    """Everything about a period."""

    period: Period
    bills: tuple[ListedBill, ...]
    sums: tuple[Sum, ...]
    kinds: tuple[KindSum, ...]
    numbers: tuple[NumberReport, ...]

    @property
    def currencies(self) -> tuple[str, ...]:
        """The currencies billed in, the most usual first."""
        counts: dict[str, int] = {}
        for bill in self.bills:
            counts[bill.net.currency] = counts.get(bill.net.currency, 0) + 1
        return tuple(sorted(counts, key=lambda currency: (-counts[currency], currency)))

    def total(self, currency: str) -> tuple[Money, Money, Money]:
        """Net, VAT and gross of all bills in the currency."""
        zero = Money(0, currency)
        own = [one for one in self.sums if one.key.currency == currency]
        net, vat = sum((one.net for one in own), zero), sum((one.vat for one in own), zero)
        return net, vat, net + vat


def sign_of(kind: DocumentKind) -> int:
    """With which sign stored amounts count: a credit note is stored positive, a cancellation negative."""
    return -1 if kind == DocumentKind.CREDIT_NOTE else 1


def listed(document: Document) -> ListedBill:
    """The row of an issued bill."""
    assert document.id is not None
    assert document.date is not None
    sums, sign, recipient = totals(document), sign_of(document.kind), document.recipient
    return ListedBill(
        id=document.id,
        number=document.number,
        kind=document.kind,
        date=document.date,
        supply=_supply(document),
        customer=recipient.name,
        customer_number=recipient.customer_number,
        vat_id=recipient.vat_id,
        country=recipient.address.country,
        goods_country=recipient.goods_address.country,
        tax_case=document.tax_case,
        parts=tuple(
            VatPart(row.category, row.rate, _signed(row.base, sign), _signed(row.amount, sign))
            for row in sums.vat
        ),
        net=_signed(sums.net, sign),
        gross=_signed(sums.gross, sign),
        payable=_signed(sums.payable, sign),
        due=document.due,
        refers_to=document.numbers,
    )


def _signed(amount: Money, sign: int) -> Money:
    return amount if sign > 0 else -amount


def _supply(document: Document) -> tuple[dt.date, dt.date] | None:
    if document.delivery_date:
        return document.delivery_date, document.delivery_date
    known = document.service_period or month_days(document.delivery_month)
    if known is None and document.kind in {DocumentKind.CREDIT_NOTE, DocumentKind.CANCELLATION}:
        day = supply_day(document)
        known = (day, day) if day else None
    return known


def summed(bills: Sequence[ListedBill]) -> tuple[Sum, ...]:
    """The bills per currency, tax case, country and rate."""
    found: dict[SumKey, list[VatPart]] = {}
    for bill in bills:
        for part in bill.parts:
            found.setdefault(_key(bill, part), []).append(part)
    return tuple(
        Sum(
            key,
            len(parts),
            sum((part.net for part in parts), Money(0, key.currency)),
            sum((part.vat for part in parts), Money(0, key.currency)),
        )
        for key, parts in sorted(found.items(), key=_in_order)
    )


_PER_COUNTRY = frozenset({TaxCase.OSS, TaxCase.INTRA_COMMUNITY, TaxCase.REVERSE_CHARGE, TaxCase.EXPORT})


def _key(bill: ListedBill, part: VatPart) -> SumKey:
    country = bill.goods_country if bill.tax_case in _PER_COUNTRY else ""
    return SumKey(bill.net.currency, bill.tax_case, country, part.category, part.rate)


def _in_order(entry: tuple[SumKey, object]) -> tuple[str, int, str, Decimal, str]:
    key = entry[0]
    return key.currency, list(TaxCase).index(key.tax_case), key.country, -key.rate, key.category


def per_kind(bills: Iterable[ListedBill]) -> tuple[KindSum, ...]:
    """How many of each kind, and their sums."""
    found: dict[tuple[str, DocumentKind], list[ListedBill]] = {}
    for bill in bills:
        found.setdefault((bill.net.currency, bill.kind), []).append(bill)
    order = list(DocumentKind)
    return tuple(
        KindSum(
            kind,
            currency,
            len(some),
            sum((bill.net for bill in some), Money(0, currency)),
            sum((bill.gross for bill in some), Money(0, currency)),
        )
        for (currency, kind), some in sorted(
            found.items(), key=lambda entry: (entry[0][0], order.index(entry[0][1]))
        )
    )


MOST_MISSING = 1000
"""Missing numbers that are told one by one."""


def numbers_of(
    range_name: str,
    year: int,
    taken: Mapping[int, str],
    last_before: int,
    all_taken: frozenset[int],
    unread: int,
    left_out: Sequence[tuple[int, int]] = (),
) -> NumberReport:
    """Whether numbers are missing up to the last one of the period.

    `taken` are the running numbers of the period with their spelling, `last_before` the last running number before it,
    `all_taken` those of the whole range, whenever their documents are dated, `left_out` runs (from, to) that a higher
    start left out. At most MOST_MISSING of the gaps are given: a start may leave out millions.
    """
    if not taken:
        return NumberReport(range_name, year, "", "", unread, unread=unread)
    first, last = min(taken), max(taken)
    begin = last_before + 1 if 0 < last_before < first else first
    known = sorted([*((number, number) for number in all_taken if begin <= number <= last), *left_out])
    gaps = tuple(islice(_between(known, begin, last), MOST_MISSING))
    return NumberReport(range_name, year, taken[first], taken[last], len(taken) + unread, gaps, unread)


def _between(known: Sequence[tuple[int, int]], begin: int, last: int) -> Iterator[int]:
    """The numbers from `begin` to `last` that lie in none of the runs, which are in order."""
    following = begin
    for first, end in known:
        yield from range(following, min(first, last + 1))
        following = max(following, end + 1)
