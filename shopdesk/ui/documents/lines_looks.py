"""How the table of lines looks, how wide its columns are, and which keys act on a line."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView

from shopdesk.ui.documents.model import Column, LinesModel
from shopdesk.ui.theme.sizes import SMALL, px

_WIDEST = {
    Column.QUANTITY: "99 Stk",
    Column.PRICE: "9.999,99",
    Column.DISCOUNT: "100 %",
    Column.VAT: "19,0 %",
    Column.TOTAL: "9.999,99 €",
}


def prepare(view: QTableView, name: str) -> None:
    """Once: selection, edit triggers, header; `name` is what a screen reader says."""
    view.setAccessibleName(name)
    view.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    view.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
    view.setEditTriggers(
        QAbstractItemView.EditTrigger.AnyKeyPressed
        | QAbstractItemView.EditTrigger.EditKeyPressed
        | QAbstractItemView.EditTrigger.DoubleClicked
        | QAbstractItemView.EditTrigger.SelectedClicked
    )
    view.setTabKeyNavigation(False)
    view.setShowGrid(False)
    view.setCornerButtonEnabled(False)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.verticalHeader().hide()
    header = view.horizontalHeader()
    header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    header.setSectionResizeMode(Column.NAME, QHeaderView.ResizeMode.Stretch)
    header.setHighlightSections(False)
    header.setSectionsClickable(False)
    header.setMinimumSectionSize(px(40))


def fit_columns(view: QTableView, model: LinesModel) -> None:
    """Figures are never cut; the name has the rest."""
    metrics = QFontMetrics(view.font())
    for column, widest in _WIDEST.items():
        texts = [str(model.index(row, column).data() or "") for row in range(len(model.lines))]
        texts += [widest, str(model.headerData(column, Qt.Orientation.Horizontal))]
        width = max(metrics.horizontalAdvance(text) for text in texts)
        view.setColumnWidth(column, width + 2 * px(SMALL) + px(4))


def is_line_key(event: QKeyEvent) -> bool:
    """Whether the key deletes, duplicates, moves a line, makes it optional or opens its menu."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    control, alt = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
    return (
        (modifiers == control and event.key() in {Qt.Key.Key_Delete, Qt.Key.Key_D, Qt.Key.Key_O})
        or (modifiers == alt and event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down})
        or (event.key() == Qt.Key.Key_Menu)
        or (modifiers == Qt.KeyboardModifier.ShiftModifier and event.key() == Qt.Key.Key_F10)
    )
