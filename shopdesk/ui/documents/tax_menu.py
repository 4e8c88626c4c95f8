"""The menu at the sentence about the tax: another case by hand, the VAT id asked about now."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtWidgets import QMenu, QWidget

from shopdesk.domain.documents import MarginGoods, TaxCase
from shopdesk.domain.messages import N_
from shopdesk.domain.tax_rules import line_cases
from shopdesk.i18n import Texts
from shopdesk.ui.documents.session import EditingSession

TAX_CASES = {
    TaxCase.AUTO: N_("decide by itself"),
    TaxCase.DOMESTIC: N_("domestic VAT"),
    TaxCase.SMALL_BUSINESS: N_("small business, § 19 UStG"),
    TaxCase.REVERSE_CHARGE: N_("reverse charge: the business owes it"),
    TaxCase.INTRA_COMMUNITY: N_("intra-community supply"),
    TaxCase.OSS: N_("OSS: VAT of the country of destination"),
    TaxCase.EXPORT: N_("export"),
    TaxCase.MARGIN_SCHEME: N_("margin scheme, § 25a UStG"),
    TaxCase.EXEMPT: N_("exempt, with a reason"),
}

MARGIN_GOODS = {
    MarginGoods.USED: N_("second-hand goods"),
    MarginGoods.ART: N_("works of art"),
    MarginGoods.COLLECTORS: N_("collectors' items and antiques"),
}


def tax_menu(
    session: EditingSession,
    texts: Texts,
    parent: QWidget,
    *,
    note: Callable[[], None],
    ask: Callable[[], None] | None,
) -> QMenu:
    """All cases, the chosen one checked; `note` leads to the note about the tax, `ask` asks about the VAT id once more.

    An issued document's case can only be read, but its VAT id can be confirmed afterwards.
    """
    menu = QMenu(parent)
    for case, name in TAX_CASES.items():
        action = menu.addAction(texts.gettext(name))
        action.setCheckable(True)
        action.setChecked(session.document.tax_case == case)
        action.setEnabled(not session.locked)
        action.triggered.connect(_chooser(session, case, note))
        if case == TaxCase.AUTO:
            menu.addSeparator()
    if TaxCase.MARGIN_SCHEME in line_cases(session.settled):
        _add_margin_goods(menu.addMenu(texts.gettext("Sold under the margin scheme")), session, texts)
    menu.addSeparator()
    menu.addAction(texts.gettext("Note about the tax …")).triggered.connect(lambda _checked: note())
    if ask is not None:
        menu.addAction(texts.gettext("Check the VAT id now")).triggered.connect(lambda _checked: ask())
    return menu


def _add_margin_goods(menu: QMenu, session: EditingSession, texts: Texts) -> None:
    for goods, name in MARGIN_GOODS.items():
        action = menu.addAction(texts.gettext(name))
        action.setCheckable(True)
        action.setChecked(session.document.margin_goods == goods)
        action.setEnabled(not session.locked)
        action.triggered.connect(_goods_chooser(session, goods))


def _goods_chooser(session: EditingSession, goods: MarginGoods) -> Callable[[bool], None]:
    return lambda _checked: session.edit(replace(session.document, margin_goods=goods), "margin_goods")


def _chooser(session: EditingSession, case: TaxCase, note: Callable[[], None]) -> Callable[[bool], None]:
    def choose(_checked: bool) -> None:
        session.edit(replace(session.document, tax_case=case), "tax_case")
        if case == TaxCase.EXEMPT:
            note()

    return choose
