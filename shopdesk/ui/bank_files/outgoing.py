"""⏎ on money that went out: what it may have been stands in a menu, and one more ⏎ books it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QMenu

from shopdesk.domain.errors import ShopError
from shopdesk.usecases import bank_refunds

if TYPE_CHECKING:
    from shopdesk.domain.statements import StoredEntry
    from shopdesk.i18n import Texts
    from shopdesk.ui.shell.protocol import Page
    from shopdesk.ui.widgets.row_list import RowList
    from shopdesk.usecases.bank_refunds import Outgoing
    from shopdesk.usecases.undo import Undo


def words_of(value: Outgoing, stored: StoredEntry, texts: Texts) -> str:
    """One line of the menu."""
    gettext, amount = texts.gettext, texts.money(-stored.entry.amount)
    if value.noted is not None:
        text = gettext("The refund of {amount} that you noted on {day}")
        return text.format(amount=amount, day=texts.date(value.noted.payment.day))
    if value.returned is not None:
        numbers = ", ".join(each.number for each in value.returned.allocations)
        text = gettext("Returned: the payment of {day} for {numbers} is taken back")
        numbers = numbers or gettext("Credit of the customer")
        return text.format(day=texts.date(value.returned.payment.day), numbers=numbers)
    assert value.over is not None
    number = value.over.number or gettext("Credit of the customer")
    text = gettext("Refund of {amount}: {number} · {name}")
    return text.format(amount=amount, number=number, name=value.over.recipient)


def menu_for(
    page: Page, rows: RowList[Any], stored: StoredEntry, undo: Callable[[Undo], None]
) -> QMenu | None:
    """The menu, open under the row; None where nothing fits, which is said."""
    texts, shell = page.texts, page.window_shell
    found = bank_refunds.suggestions(page.shop, stored)
    if not found:
        words = texts.gettext("No overpaid invoice, credit or payment of that customer fits this booking.")
        shell.toast(words)
        return None

    def book(chosen: Outgoing) -> None:
        try:
            done = bank_refunds.book(page.shop, stored, chosen)
        except ShopError as error:
            shell.problem(error)
            return
        page.reload()
        shell.toast(texts.gettext("The booking that went out is noted."), partial(undo, done))

    menu = QMenu(rows)
    for each in found:
        menu.addAction(words_of(each, stored, texts), partial(book, each))
    menu.setActiveAction(menu.actions()[0])
    place = rows.visualRect(rows.currentIndex()).bottomLeft()
    menu.popup(rows.viewport().mapToGlobal(place))
    return menu
