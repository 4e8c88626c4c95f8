"""Draws the cells of a document's lines and makes their editors."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPointF, QRect, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QKeyEvent,
    QKeySequence,
    QPainter,
    QPen,
    QTextCursor,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QLineEdit, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from shopdesk.domain.documents import Line, LineKind
from shopdesk.domain.totals import listed_minor
from shopdesk.ui.documents.description_edit import ROWS as DESCRIPTION_ROWS
from shopdesk.ui.documents.description_edit import DescriptionEdit
from shopdesk.ui.documents.model import LINE_ROLE, OPTION_TAGS, PROBLEM_ROLE, Column
from shopdesk.ui.documents.name_cell import NameEdit
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import CAPTION, SMALL, px, scaled
from shopdesk.ui.theme.tokens import Tokens

if TYPE_CHECKING:
    from shopdesk.ui.documents.lines_view import LinesView

Index = QModelIndex | QPersistentModelIndex
NAME_LINES = 3
PADDING = 7


class LinesDelegate(QStyledItemDelegate):
    """Names wrap to three lines; figures stand at the right; what is wrong is marked and said in the tool tip."""

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
            return QSize(
                px(60), lines * metrics.height() + self._below(index, option.font, width) + 2 * px(PADDING)
            )
        return QSize(px(60), lines * metrics.height() + 2 * px(PADDING))

    def _below(self, index: Index, font: QFont, width: int) -> int:
        """Pixels for the description, or for the editor it is being typed into."""
        if index.row() == self._view.describing:
            return (DESCRIPTION_ROWS + 1) * QFontMetrics(font).lineSpacing()
        small = scaled(font, CAPTION)
        return len(self._described(index, small, width)) * QFontMetrics(small).lineSpacing()

    def _described(self, index: Index, small: QFont, width: int) -> list[str]:
        """The description in rows of the column's width; "…" stands for what does not fit."""
        line = index.data(LINE_ROLE)
        if not isinstance(line, Line) or index.row() == self._view.describing:
            return []
        tag = [self._view.texts.gettext(OPTION_TAGS[line.option])] if line.option else []
        if not line.description:
            return tag
        rows = [row for part in line.description.split("\n") for row in _wrapped(part, small, width)]
        rows = [*tag, *rows]
        if len(rows) > DESCRIPTION_ROWS:
            last = f"{rows[DESCRIPTION_ROWS - 1].rstrip()} …"
            metrics = QFontMetrics(small)
            rows = [
                *rows[: DESCRIPTION_ROWS - 1],
                metrics.elidedText(last, Qt.TextElideMode.ElideRight, width),
            ]
        return rows

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
        is_missing = not text and bool(index.data(PROBLEM_ROLE))
        if is_missing:
            text = self._view.texts.gettext("missing")
        muted = line is None or line.kind in {LineKind.NOTE, LineKind.SUBTOTAL} or bool(line.option)
        metrics = QFontMetrics(option.font)
        shown = _wrapped(text, option.font, area.width())
        if len(shown) > NAME_LINES:
            rest = text[len("".join(shown[: NAME_LINES - 1])) :]
            shown = [
                *shown[: NAME_LINES - 1],
                metrics.elidedText(rest, Qt.TextElideMode.ElideRight, area.width()),
            ]
        small = scaled(option.font, CAPTION)
        described = self._described(index, small, area.width())
        below = QFontMetrics(small).lineSpacing()
        top = area.top() + px(PADDING)
        painter.setFont(option.font)
        painter.setPen(QColor(now.bad if is_missing else now.text3 if muted else now.text))
        for number, row in enumerate(shown):
            place = QPointF(area.left(), top + number * metrics.height() + metrics.ascent())
            painter.drawText(place, row.strip())
        top += len(shown) * metrics.height() + QFontMetrics(small).ascent()
        painter.setFont(small)
        painter.setPen(QColor(now.text2))
        for number, row in enumerate(described):
            painter.drawText(QPointF(area.left(), top + number * below), row.strip())

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
        elif self._is_aside(index, line):
            colour = now.text3
        painter.setPen(QColor(colour))
        first = QRect(area.left(), area.top() + px(PADDING), area.width(), painter.fontMetrics().height())
        painter.drawText(first, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, text)

    def _is_aside(self, index: Index, line: Line | None) -> bool:
        """An optional line, or a total of nothing."""
        if line is not None and line.option:
            return True
        return index.column() == Column.TOTAL and not listed_minor(
            self._view.session.document, line or Line()
        )

    def createEditor(self, parent: QWidget, option: QStyleOptionViewItem, index: Index) -> QWidget:  # noqa: ARG002
        """Line edits: the name with completion, figures at the right."""
        row = index.row()
        if index.column() == Column.NAME and row == self._view.describing:
            return self._view.description_editor(parent, row)
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
        if editor.property("filled"):
            return
        editor.setProperty("filled", "yes")
        if isinstance(editor, QLineEdit):
            editor.setText(index.data(Qt.ItemDataRole.EditRole) or "")
        elif isinstance(editor, DescriptionEdit):
            line = index.data(LINE_ROLE)
            editor.setPlainText(line.description if isinstance(line, Line) else "")
            editor.moveCursor(QTextCursor.MoveOperation.End)

    def setModelData(self, editor: QWidget, model: Any, index: Index) -> None:
        """What was typed, when the cell is left by the mouse or another page."""
        if isinstance(editor, QLineEdit):
            model.setData(index, editor.text())
        elif isinstance(editor, DescriptionEdit):
            model.describe(index.row(), editor.description)

    def updateEditorGeometry(self, editor: QWidget, option: QStyleOptionViewItem, index: Index) -> None:  # noqa: ARG002
        """A name has the whole cell, a figure its first row; a description is typed below the name."""
        rect = option.rect
        row = QFontMetrics(option.font).height() + 2 * px(PADDING)
        if isinstance(editor, DescriptionEdit):
            top = max(row - px(4), rect.height() - editor.wanted_height() - px(3))
            # below the figures there is room, too
            right = min(self._view.viewport().width() - px(4), rect.left() + max(rect.width(), px(420)))
            rect = QRect(
                rect.left() + px(2), rect.top() + top, right - rect.left(), rect.height() - top - px(3)
            )
        elif not isinstance(editor, NameEdit):
            rect = QRect(rect.left(), rect.top(), rect.width(), min(rect.height(), row))
        editor.setGeometry(rect)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """⏎, Tab and the line keys while a cell is edited."""
        if isinstance(watched, DescriptionEdit) and isinstance(event, QKeyEvent):
            return self._description_key(watched, event) or super().eventFilter(watched, event)
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
        if is_description_key(event):
            self._view.describe_edited(watched)
            return True
        if isinstance(watched, NameEdit) and watched.popup.key(event):
            return True
        return self._view.editor_key(watched, event) or super().eventFilter(watched, event)

    def _description_key(self, editor: DescriptionEdit, event: QKeyEvent) -> bool:
        if event.type() == QEvent.Type.ShortcutOverride and event.key() == Qt.Key.Key_Escape:
            event.accept()
            return True
        return event.type() == QEvent.Type.KeyPress and editor.key(event)


def is_description_key(event: QKeyEvent) -> bool:
    """Alt+⏎ leads from a line to its description."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    is_return = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
    return is_return and modifiers == Qt.KeyboardModifier.AltModifier


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
