"""The statement of a customer (Kontoauszug): on the window, as a PDF for the customer, as a spreadsheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopdesk.domain.customer_statements import (
    CustomerStatement,
    StatementLine,
    entries,
    in_all_currencies,
    part_of,
)
from shopdesk.domain.file_names import safe_file_name
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.customers import Customer
    from shopdesk.output.pdf.figures import FigurePage
    from shopdesk.output.spreadsheets.workbook import Cell, Sheet
    from shopdesk.usecases.shop import Shop


def of_customer(
    shop: Shop, customer_id: int, first: dt.date | None = None, last: dt.date | None = None
) -> CustomerStatement:
    """From the first day (the oldest bill that is followed) up to and including the last (today).

    It is in the shop's currency, with others beside it where the customer was billed in them.
    """
    from shopdesk.store import customer_statements, payments
    from shopdesk.usecases.payments import load_rules
    from shopdesk.usecases.shop_settings import load_profile

    last = last or shop.clock.today()
    with shop.reading() as connection:
        since = load_rules(connection).since
        currency = load_profile(connection).currency
        followed = [
            bill
            for bill in payments.accounts_of(connection, customer_id)
            if since is None or bill.day >= since
        ]
        bills = [bill for bill in followed if not bill.is_order]
        corrections = customer_statements.corrections(connection, bills)
        paid = payments.concerning(connection, customer_id)
        own = {each.payment.id for each in payments.of_customer(connection, customer_id)}
    theirs = {bill.document_id for bill in followed}
    booked = [part_of(each, theirs, is_payer=each.payment.id in own) for each in paid]
    found = list(entries(followed, corrections, booked))
    start = first or min((each.day for each in found), default=last)
    return in_all_currencies(found, start, last, currency)


def file_name(customer: Customer, texts: Texts, ending: str) -> str:
    """How the file is called."""
    words = texts.pgettext("paper", "Statement of account")
    return safe_file_name(f"{words}-{customer.number}-{customer.name}.{ending}")


def as_pdf(shop: Shop, customer: Customer, value: CustomerStatement) -> bytes:
    """In the customer's language, with the shop's name on top; each currency on a page of its own."""
    from shopdesk.output.pdf.figures import figure_pages
    from shopdesk.usecases.shop_settings import profile

    texts = Texts(customer.language)
    pages = [_page(customer, each, texts) for each in value.all]
    return figure_pages(pages, texts, profile(shop).seller.name, shop.clock.now())


def _page(customer: Customer, value: CustomerStatement, texts: Texts) -> FigurePage:
    from shopdesk.output.pdf.figures import FigurePage

    header = (
        texts.pgettext("paper", "Date"), texts.pgettext("paper", "Number"), texts.pgettext("paper", "Amount"),
        texts.pgettext("paper", "Balance"),
    )  # fmt: skip
    carried = texts.pgettext("paper", "Brought forward")
    rows: list[tuple[str, ...]] = [
        (f"{texts.date(value.first)}  {carried}", "", "", texts.money(value.opening))
    ]
    rows += [_row(line, texts) for line in value.lines]
    title = texts.pgettext("paper", "Statement of account")
    return FigurePage(f"{title} {customer.name}", _sentence(customer, value, texts), (), header, tuple(rows))


def _row(line: StatementLine, texts: Texts) -> tuple[str, ...]:
    entry = line.entry
    first, *others = entry.number.split(", ")
    number = f"{first} +{len(others)}" if others else first
    what = f"{texts.date(entry.day)}  {texts.say(entry.what)}"
    return what, number, texts.money(entry.amount), texts.money(line.balance)


def _sentence(customer: Customer, value: CustomerStatement, texts: Texts) -> str:
    days = texts.pgettext("paper", "Customer number {number}, {first} to {last}.")
    if value.closing.minor > 0:
        owed = texts.pgettext("paper", "Open: {amount}.")
    elif value.closing.minor < 0:
        owed = texts.pgettext("paper", "In your favour: {amount}.")
    else:
        owed = texts.pgettext("paper", "Everything is paid. Thank you.")
    first = days.format(number=customer.number, first=texts.date(value.first), last=texts.date(value.last))
    return f"{first} {owed.format(amount=texts.money(abs(value.closing)))}"


def as_xlsx(shop: Shop, customer: Customer, value: CustomerStatement, texts: Texts) -> bytes:
    """A sheet for each currency, the amounts as numbers."""
    from shopdesk.output.spreadsheets.workbook import workbook
    from shopdesk.usecases.shop_settings import profile

    sheets = [_sheet(customer, each, texts, is_only=len(value.all) == 1) for each in value.all]
    page = texts.gettext("Page {page} of {pages}").format(page="&P", pages="&N")
    return workbook(
        sheets, title=sheets[0].heading[0], author=profile(shop).seller.name, day=value.last,
        language=texts.language, page=page,
    )  # fmt: skip


def _sheet(customer: Customer, value: CustomerStatement, texts: Texts, *, is_only: bool) -> Sheet:
    from shopdesk.output.spreadsheets.workbook import Column, Sheet

    gettext = texts.gettext
    columns = (
        Column(gettext("Date"), "date"), Column(gettext("What"), width=26), Column(gettext("Number"), width=24),
        Column(gettext("Amount"), "money"), Column(gettext("Balance"), "money"),
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = [(value.first, gettext("Brought forward"), "", None, value.opening.amount)]
    rows += [
        (
            line.entry.day,
            texts.say(line.entry.what),
            line.entry.number,
            line.entry.amount.amount,
            line.balance.amount,
        )
        for line in value.lines
    ]
    title = gettext("Statement of account")
    heading = (f"{title} {customer.name}", f"{texts.date(value.first)} – {texts.date(value.last)}")
    name = title if is_only else f"{title} {value.closing.currency}"
    return Sheet(name, heading, columns, rows)
