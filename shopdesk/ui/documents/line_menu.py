"""The menu of one line: what it is, its discount, its VAT, its place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from functools import partial

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu, QWidget

from shopdesk.domain.document_kinds import OFFERS
from shopdesk.domain.documents import WITHOUT_AMOUNT, LineKind, LineOption, TaxCase
from shopdesk.ui.documents.line_options import change_option
from shopdesk.ui.documents.lines_view import LinesView
from shopdesk.ui.documents.model import KIND_NAMES, OPTION_NAMES


def line_menu(view: LinesView, parent: QWidget) -> QMenu:
    """The menu for the view's current line; below the last line it begins one of a kind."""
    gettext = view.texts.gettext
    menu = QMenu(parent)
    line = view.current_line
    for kind, name in KIND_NAMES.items():
        chosen = line is not None and line.kind == kind
        _check(menu, gettext(name), partial(view.set_kind, kind), chosen=chosen)
    if line is None:
        return menu
    menu.addSeparator()
    if line.kind not in WITHOUT_AMOUNT and view.has_prices:
        if view.session.document.kind in OFFERS:
            _add_options(menu, view, line.option)
        _act(menu, gettext("Discount …"), view.give_discount)
        _add_rates(menu.addMenu(gettext("VAT")), view)
        menu.addSeparator()
    row = view.row
    if line.kind != LineKind.SUBTOTAL:
        _act(menu, gettext("Description …"), lambda: view.describe(row), "Alt+Return")
    _act(menu, gettext("Duplicate"), lambda: view.duplicate_line(row), "Ctrl+D")
    _act(menu, gettext("Move up"), lambda: view.move_line(row, -1), "Alt+Up")
    _act(menu, gettext("Move down"), lambda: view.move_line(row, 1), "Alt+Down")
    _act(menu, gettext("Delete line"), lambda: view.remove_line(row), "Ctrl+Del")
    return menu


def _add_options(menu: QMenu, view: LinesView, chosen: LineOption) -> None:
    row = view.row
    for option, name in OPTION_NAMES.items():
        words = view.texts.gettext(name)
        title = f"{words}\t{_native('Ctrl+O')}" if option == LineOption.OPTIONAL else words
        _check(menu, title, partial(change_option, view, row, option), chosen=option == chosen)
    menu.addSeparator()


def _native(keys: str) -> str:
    return QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText) if keys else ""


def _add_rates(menu: QMenu, view: LinesView) -> None:
    from shopdesk.usecases import tax

    texts, line, session = view.texts, view.current_line, view.session
    own = texts.percent(session.settled.default_rate)
    rates: tuple[Decimal | None, ...] = (None, *tax.line_rates(session.settled))
    for rate in rates:
        words = (
            texts.gettext("as the document: {rate}").format(rate=own) if rate is None else texts.percent(rate)
        )
        chosen = line is not None and line.vat_rate == rate and line.tax_case is None
        _check(menu, words, partial(view.set_vat_rate, rate), chosen=chosen)
    menu.addSeparator()
    margin = line is not None and line.tax_case == TaxCase.MARGIN_SCHEME
    words = texts.gettext("margin scheme, § 25a UStG")
    _check(menu, words, partial(_set_margin, view, on=not margin), chosen=margin)


def _set_margin(view: LinesView, *, on: bool) -> None:
    """Goods bought from a private person: taxed by what is earned, which the invoice does not show (§ 25a UStG)."""
    if view.current_line is not None:
        case = TaxCase.MARGIN_SCHEME if on else None
        view.lines.put(view.row, replace(view.current_line, vat_rate=None, tax_case=case))


def _check(menu: QMenu, title: str, run: Callable[[], None], *, chosen: bool) -> None:
    action = menu.addAction(title)
    action.setCheckable(True)
    action.setChecked(chosen)
    action.triggered.connect(lambda _checked: run())


def _act(menu: QMenu, title: str, run: Callable[[], None], keys: str = "") -> None:
    # the key is only told here; the table itself handles it
    shown = _native(keys)
    action = menu.addAction(f"{title}\t{shown}" if shown else title)
    action.triggered.connect(lambda _checked: run())
