"""The adviser's list: the bills, their sums, and whether the numbers are complete."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby

from shopdesk.domain.kind_names import CASE_NAMES, KIND_NAMES
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.money import Money
from shopdesk.domain.month_end import MOST_GAPS, ListedBill, MonthEnd, NumberReport, Sum
from shopdesk.i18n import Texts
from shopdesk.output.spreadsheets.workbook import Cell, Column, Sheet, workbook

_RANGE_NAMES = {kind.value: name for kind, name in KIND_NAMES.items()}


def month_end_list(value: MonthEnd, shop_name: str, texts: Texts) -> bytes:
    """The XLSX file: three sheets, the same values give the same bytes."""
    period = texts.say(value.period.message)
    heading = (
        texts.gettext("Outgoing invoices {period}").format(period=period),
        texts.gettext("{shop} · by date of the document, {first} to {last}").format(
            shop=shop_name, first=texts.date(value.period.first), last=texts.date(value.period.last)
        ),
    )
    sheets = (_bills(value, heading, texts), _sums(value, heading, texts), _numbers(value, heading, texts))
    page = texts.gettext("Page {page} of {pages}").format(page="&P", pages="&N")
    return workbook(
        sheets, title=heading[0], author=shop_name, day=value.period.last, language=texts.language, page=page
    )


def _rates(bills: Sequence[ListedBill]) -> list[Decimal]:
    """The rates that need columns, the highest first; 0 stands for everything without VAT."""
    return sorted({part.rate for bill in bills for part in bill.parts}, reverse=True)


def _bills(value: MonthEnd, heading: tuple[str, ...], texts: Texts) -> Sheet:
    gettext = texts.gettext
    rates = _rates(value.bills)
    columns = (
        Column(gettext("Number"), width=16),
        Column(gettext("Kind"), width=19),
        Column(gettext("Date"), "date", 11),
        Column(gettext("Supply from"), "date", 11),
        Column(gettext("Supply to"), "date", 11),
        Column(gettext("Customer"), width=30),
        Column(gettext("Customer no."), width=12),
        Column(gettext("Country"), width=14),
        Column(gettext("Goods to"), width=14),
        Column(gettext("VAT id"), width=15),
        Column(gettext("Tax case"), width=24),
        *(column for rate in rates for column in _rate_columns(rate, texts)),
        Column(gettext("Net"), "money", 12),
        Column(gettext("VAT"), "money", 12),
        Column(gettext("Gross"), "money", 12),
        Column(gettext("Payable"), "money", 12),
        Column(gettext("Due"), "date", 11),
        Column(gettext("Currency"), width=9),
        Column(gettext("Refers to"), width=22),
    )
    rows = [_bill_row(bill, rates, texts) for bill in value.bills]
    sums = [_total_row(value, currency, rates, texts) for currency in value.currencies]
    note = gettext("Corrections and cancellations stand with a minus and are taken off the sums.")
    return Sheet(gettext("Documents"), heading, columns, rows, sums, (note,))


def _rate_columns(rate: Decimal, texts: Texts) -> tuple[Column, ...]:
    if not rate:
        return (Column(texts.gettext("Net without VAT"), "money", 12),)
    percent = texts.percent(rate)
    return (
        Column(texts.gettext("Net {rate}").format(rate=percent), "money", 12),
        Column(texts.gettext("VAT {rate}").format(rate=percent), "money", 12),
    )


def _rate_cells(bill: ListedBill, rates: Sequence[Decimal]) -> list[Cell]:
    cells: list[Cell] = []
    for rate in rates:
        parts = [part for part in bill.parts if part.rate == rate]
        zero = Money(0, bill.net.currency)
        cells.append(sum((part.net for part in parts), zero) if parts else None)
        if rate:
            cells.append(sum((part.vat for part in parts), zero) if parts else None)
    return cells


def _bill_row(bill: ListedBill, rates: Sequence[Decimal], texts: Texts) -> tuple[Cell, ...]:
    first, last = bill.supply or (None, None)
    return (
        bill.number,
        texts.gettext(KIND_NAMES[bill.kind]),
        bill.date,
        first,
        last,
        bill.customer,
        bill.customer_number,
        texts.country(bill.country),
        texts.country(bill.goods_country),
        bill.vat_id,
        texts.gettext(CASE_NAMES[bill.tax_case]),
        *_rate_cells(bill, rates),
        bill.net,
        bill.vat,
        bill.gross,
        bill.payable,
        bill.due,
        bill.net.currency,
        ", ".join(bill.refers_to),
    )


def _total_row(value: MonthEnd, currency: str, rates: Sequence[Decimal], texts: Texts) -> tuple[Cell, ...]:
    zero = Money(0, currency)
    bills = [bill for bill in value.bills if bill.net.currency == currency]
    cells: list[Cell] = [texts.gettext("Sum"), *[None] * 10]
    for rate in rates:
        own = [one for one in value.sums if one.key.rate == rate and one.key.currency == currency]
        cells.append(sum((one.net for one in own), zero))
        if rate:
            cells.append(sum((one.vat for one in own), zero))
    payable = sum((bill.payable for bill in bills), zero)
    return (*cells, *value.total(currency), payable, None, currency, None)


def _sums(value: MonthEnd, heading: tuple[str, ...], texts: Texts) -> Sheet:
    gettext = texts.gettext
    columns = (
        Column(gettext("Tax case"), width=36),
        Column(gettext("Country"), width=18),
        Column(gettext("Rate"), "percent", 9),
        Column(gettext("Documents"), "number", 11),
        Column(gettext("Net"), "money", 14),
        Column(gettext("VAT"), "money", 14),
        Column(gettext("Gross"), "money", 14),
        Column(gettext("Currency"), width=9),
    )
    rows: list[tuple[Cell, ...]] = [_sum_row(one, texts) for one in value.sums]
    sums: list[tuple[Cell, ...]] = []
    for currency in value.currencies:
        count = sum(bill.net.currency == currency for bill in value.bills)
        sums.append((gettext("Sum"), None, None, count, *value.total(currency), currency))
    sums += [
        (gettext(KIND_NAMES[one.kind]), None, None, one.count, one.net, one.gross - one.net, one.gross, one.currency)
        for one in value.kinds
    ]  # fmt: skip
    return Sheet(gettext("Sums"), heading, columns, rows, sums)


def _sum_row(one: Sum, texts: Texts) -> tuple[Cell, ...]:
    country = texts.country(one.key.country) if one.key.country else None
    case = texts.gettext(CASE_NAMES[one.key.tax_case])
    return (case, country, one.key.rate, one.count, one.net, one.vat, one.gross, one.key.currency)


def _numbers(value: MonthEnd, heading: tuple[str, ...], texts: Texts) -> Sheet:
    gettext = texts.gettext
    columns = (
        Column(gettext("Number range"), width=24),
        Column(gettext("Year"), width=9),
        Column(gettext("First number"), width=18),
        Column(gettext("Last number"), width=18),
        Column(gettext("Documents"), "number", 11),
        Column(gettext("Missing"), "number", 11),
        Column(gettext("Missing numbers"), width=60),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            gettext(_RANGE_NAMES.get(report.range_name, report.range_name)),
            str(report.year) if report.year else "",
            report.first,
            report.last,
            report.count,
            len(report.gaps),
            gaps_in_words(report, texts),
        )
        for report in value.numbers
    ]
    return Sheet(gettext("Numbers"), heading, columns, rows)


def gaps_in_words(report: NumberReport, texts: Texts) -> str:
    """What is missing: "none", or "4, 7–9"; old spellings are told."""
    words = [_span(run) for run in _runs(report.gaps[:MOST_GAPS])]
    if len(report.gaps) > MOST_GAPS:
        words.append("…")
    said = ", ".join(words) or texts.gettext("none: complete")
    if report.unread:
        text = texts.ngettext(
            "{n} number is spelled after an earlier pattern", "{n} numbers are spelled after an earlier pattern",
            report.unread,
        )  # fmt: skip
        said = f"{said} · {text.format(n=report.unread)}"
    return said


def _runs(numbers: Sequence[int]) -> list[list[int]]:
    """Consecutive numbers together."""
    return [[n for _, n in run] for _, run in groupby(enumerate(numbers), lambda pair: pair[1] - pair[0])]


def _span(run: Sequence[int]) -> str:
    return str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}"


def file_stem(value: MonthEnd, texts: Texts) -> str:
    """What the files are called, without an ending: "Rechnungen-2026-10"."""
    return texts.say(Message(N_("Invoices-{period}"), {"period": value.period.name}))
