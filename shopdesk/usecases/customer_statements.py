"""The statement of a customer (Kontoauszug): on the window, as a PDF for the customer, as a spreadsheet."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from shopdesk.domain.customer_statements import CustomerStatement, StatementLine, entries, part_of, statement
from shopdesk.domain.file_names import safe_file_name
from shopdesk.i18n import Texts

if TYPE_CHECKING:
    from shopdesk.domain.customers import Customer
    from shopdesk.output.spreadsheets.workbook import Cell
    from shopdesk.usecases.shop import Shop


def of_customer(
    shop: Shop, customer_id: int, first: dt.date | None = None, last: dt.date | None = None
) -> CustomerStatement:
    """From the first day (the oldest bill that is followed) up to and including the last (today)."""
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
    return statement(found, start, last, currency)


def file_name(customer: Customer, texts: Texts, ending: str) -> str:
    """How the file is called."""
    words = texts.pgettext("paper", "Statement of account")
    return safe_file_name(f"{words}-{customer.number}-{customer.name}.{ending}")


def as_pdf(shop: Shop, customer: Customer, value: CustomerStatement) -> bytes:
    """In the customer's language, with the shop's name on top."""
    from shopdesk.output.pdf.figures import FigurePage, figure_pages
    from shopdesk.usecases.shop_settings import profile

    texts = Texts(customer.language)
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
    page = FigurePage(f"{title} {customer.name}", _sentence(customer, value, texts), (), header, tuple(rows))
    return figure_pages([page], texts, profile(shop).seller.name, shop.clock.now())


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
    """One sheet, the amounts as numbers."""
    from shopdesk.output.spreadsheets.workbook import Column, Sheet, workbook
    from shopdesk.usecases.shop_settings import profile

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
    page = gettext("Page {page} of {pages}").format(page="&P", pages="&N")
    author = profile(shop).seller.name
    return workbook(
        [Sheet(title, heading, columns, rows)], title=heading[0], author=author, day=value.last,
        language=texts.language, page=page,
    )  # fmt: skip
