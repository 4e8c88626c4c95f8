"""Draws the cells of a document's lines and makes their editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shopdesk.domain.documents import Line, LineKind
from shopdesk.domain.totals import listed_minor
from shopdesk.ui.documents.model import LINE_ROLE, PROBLEM_ROLE, Column
from shopdesk.ui.documents.name_cell import NameEdit
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.theme.tokens import Tokens

if TYPE_CHECKING:
    from shopdesk.ui.documents.lines_view import LinesView

Index = QModelIndex | QPersistentModelIndex
NAME_LINES = 2


class LinesDelegate(QStyledItemDelegate):
    """Names wrap to two lines; figures stand at the right; what is wrong is marked and said in the tool tip."""

    def __init__(self, view: LinesView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        metrics = QFontMetrics(option.font)
        lines = 1
        if index.column() == Column.NAME:
            width = self._view.columnWidth(Column.NAME) - 2 * px(SMALL)
            text = index.data() or ""
            lines = min(NAME_LINES, len(_wrapped(text, option.font, width)))
            line = index.data(LINE_ROLE)
            lines += bool(isinstance(line, Line) and line.description)
        return QSize(px(60), lines * metrics.height() + px(14))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """One cell."""
        now = tokens()
        painter.save()
        selected = bool(option.state & QStyle.StateFlag.State_Selected)
        if selected:
            painter.fillRect(option.rect, QColor(now.selected))
        problem = index.data(PROBLEM_ROLE)
        if problem:
            painter.fillRect(option.rect.adjusted(px(2), px(3), -px(2), -px(3)), QColor(now.bad_soft))
        painter.setPen(QPen(QColor(now.line), 1))
        painter.drawLine(option.rect.bottomLeft(), option.rect.bottomRight())
        inner = option.rect.adjusted(px(SMALL), 0, -px(SMALL), 0)
        if index.column() == Column.NAME:
            self._paint_name(painter, option, index, inner, now)
        else:
            self._paint_figure(painter, option, index, inner, now)
        if option.state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(QColor(now.accent), px(2)))
            painter.drawRect(option.rect.adjusted(1, 1, -1, -1))
        painter.restore()

    def _paint_name(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect, now: Tokens
    ) -> None:
        line = index.data(LINE_ROLE)
        text = index.data() or ""
        muted = line is None or line.kind in {LineKind.NOTE, LineKind.SUBTOTAL}
        metrics = QFontMetrics(option.font)
        shown = _wrapped(text, option.font, area.width())
        if len(shown) > NAME_LINES:
            rest = text[len("".join(shown[: NAME_LINES - 1])) :]
            shown = [
                *shown[: NAME_LINES - 1],
                metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width()),
            ]
        description = line.description.replace("\n", " · ") if line is not None else ""
        rows = [(row.strip(), now.text3 if muted else now.text) for row in shown]
        if description:
            words = metrics.elidedText(description, Qt.TextElideMode.ElideRight, area.width())
            rows.append((words, now.text2))
        top = area.top() + (area.height() - len(rows) * metrics.height()) // 2
        painter.setFont(option.font)
        for number, (row, colour) in enumerate(rows):
            painter.setPen(QColor(colour))
            painter.drawText(QPointF(area.left(), top + number * metrics.height() + metrics.ascent()), row)

    def _paint_figure(
        self, painter: QPainter, option: QStyleOptionViewItem, index: Index, area: QRect, now: Tokens
    ) -> None:
        text = index.data() or ""
        colour = now.text
        line = index.data(LINE_ROLE)
        if not text and index.data(PROBLEM_ROLE):
            text, colour = self._view.texts.gettext("missing"), now.bad
        elif index.column() == Column.TOTAL and isinstance(line, Line) and line.kind == LineKind.SUBTOTAL:
            font = option.font
            font.setBold(True)
            painter.setFont(font)
        elif index.column() == Column.TOTAL and not listed_minor(self._view.session.document, line or Line()):
            colour = now.text3
        painter.setPen(QColor(colour))
        painter.drawText(area, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Line edits: the name with completion, figures at the right."""
        row = index.row()
        editor: QLineEdit
        if index.column() == Column.NAME:
            editor = NameEdit(
                parent,
                self._view.shop,
                self._view.texts,
                lambda article, typed: self._view.take(row, article, typed),
            )
        else:
            editor = QLineEdit(parent)
            editor.setFrame(False)
            editor.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        editor.setProperty("cell", "yes")
        return editor

    def setEditorData(self, editor: QWidget, index: Index) -> None:
        """Fill it once: a draft that is saved meanwhile must not overwrite what is being typed."""
        if isinstance(editor, QLineEdit) and not editor.property("filled"):
            editor.setProperty("filled", "yes")
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """What was typed, when the cell is left by the mouse or another page."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        """The whole cell."""
        editor.setGeometry(option.rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """⏎, Tab and the line keys while a cell is edited."""
        if not isinstance(watched, QLineEdit) or not isinstance(event, QKeyEvent):
            return super().eventFilter(watched, event)
        if event.type() == QEvent.Type.ShortcutOverride:
            if event.key() == Qt.Key.Key_Escape:
                event.accept()
                return True
            if event.matches(QKeySequence.StandardKey.Undo) and not watched.isUndoAvailable():
                event.ignore()
                return True
            return False
        if event.type() != QEvent.Type.KeyPress:
            return super().eventFilter(watched, event)
        if isinstance(watched, NameEdit) and watched.popup.key(event):
            return True
        return self._view.editor_key(watched, event) or super().eventFilter(watched, event)


def _wrapped(text: str, font: Any, width: int) -> list[str]:
    """The text in lines no wider than the column."""
    layout = QTextLayout(text, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    lines: list[str] = []
    while True:
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(width, 20))
        lines.append(text[line.textStart() : line.textStart() + line.textLength()])
    layout.endLayout()
    return lines or [""]
