"""The lines on the screen: everything by keyboard, ⏎ always leads to the next thing that is missing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import QModelIndex, QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemDelegate,
    QLineEdit,
    QTableView,
    QWidget,
)

from shopdesk.domain.documents import WITHOUT_AMOUNT, Line, LineKind
from shopdesk.i18n import Texts
from shopdesk.ui.documents import lines_looks, typed_line
from shopdesk.ui.documents.description_edit import DescriptionEdit
from shopdesk.ui.documents.kinds import WITHOUT_SUMS
from shopdesk.ui.documents.line_options import change_option
from shopdesk.ui.documents.lines_delegate import LinesDelegate, is_description_key
from shopdesk.ui.documents.lines_looks import is_line_key
from shopdesk.ui.documents.model import Column, LinesModel
from shopdesk.ui.documents.name_cell import NameEdit
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.documents.typed_line import TypedLine

_CLOSE = QAbstractItemDelegate.EndEditHint.NoHint


class LinesView(QTableView):
    """The table of lines with the row for the next one below."""

    menu_wanted = Signal(QPoint)
    """The menu of the current line is wanted at this place of the screen."""
    refused = Signal(str)
    """What was typed cannot be read, in words."""

    def __init__(self, session: EditingSession, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.session, self.shop, self.texts = session, session.shop, texts
        self.wants_discount = self.wants_vat = False
        self.describing = -1  # the row whose description is being typed
        self.lines = LinesModel(session, texts, self)
        self.lines.refused.connect(self.refused)
        self.setModel(self.lines)
        self.setItemDelegate(LinesDelegate(self))
        lines_looks.prepare(self, texts.gettext("Lines"))
        self.refresh()

    def refresh(self) -> None:
        """Show the session's lines as they are now."""
        self.lines.refresh()
        lines = self.lines.lines
        rates = {(line.vat_rate, line.tax_case) for line in lines if line.kind not in WITHOUT_AMOUNT}
        discounted = self.wants_discount or any(line.discount_percent for line in lines)
        self.setColumnHidden(Column.DISCOUNT, not (discounted and self.has_prices))
        self.setColumnHidden(Column.VAT, not ((self.wants_vat or len(rates) > 1) and self.has_prices))
        for column in (Column.PRICE, Column.TOTAL):
            self.setColumnHidden(column, not self.has_prices)
        lines_looks.fit_columns(self, self.lines)
        self.resizeRowsToContents()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Names wrap anew."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self.resizeRowsToContents()

    @property
    def has_prices(self) -> bool:
        """A delivery note says what comes, not what it costs."""
        return self.session.document.kind not in WITHOUT_SUMS

    def _misses_price(self, line: Line | None) -> bool:
        return line is not None and line.unit_price is None and self.has_prices

    @property
    def row(self) -> int:
        """The row the line keys act on."""
        return self.currentIndex().row()

    @property
    def current_line(self) -> Line | None:
        """The line of the current row, None below the last."""
        return self.lines.line(self.row)

    def go(self, row: int, column: Column = Column.NAME, *, edit: bool = False) -> None:
        """Make a cell the current one and, where wanted, open its editor."""
        index = self.lines.index(row, column)
        if not index.isValid():
            return
        self.setFocus()
        self.setCurrentIndex(index)
        self.scrollTo(index)
        if edit and self.lines.flags(index) & Qt.ItemFlag.ItemIsEditable:
            self.edit(index)

    def go_to_new_line(self) -> None:
        """The next line can be typed."""
        self.go(len(self.lines.lines), edit=True)

    def editor(self) -> QLineEdit | None:
        """The open cell editor."""
        for edit in self.viewport().findChildren(QLineEdit):
            if edit.property("cell") and edit.isVisible():
                return edit
        return None

    def commit(self) -> bool:
        """Take what is being typed; False when it cannot be read (the cell stays open and says why)."""
        described = self.viewport().findChild(DescriptionEdit)
        if described is not None and self.describing >= 0:
            self.end_description(described)
        editor = self.editor()
        if editor is None:
            return True
        index = self.indexAt(editor.geometry().center())
        return self._entered(editor, index)

    def _entered(self, editor: QLineEdit, index: QModelIndex) -> bool:
        text = editor.text()
        if self.lines.line(index.row()) is None:
            # a new row moves the one below: the editor must be gone before
            self.closeEditor(editor, _CLOSE)
            return self.lines.setData(index, text)
        if not self.lines.setData(index, text):
            editor.setProperty("wrong", "true")
            editor.style().unpolish(editor)
            editor.style().polish(editor)
            return False
        if editor is self.editor():
            self.closeEditor(editor, _CLOSE)
        return True

    def take(self, row: int, article_id: int | None, typed: TypedLine) -> None:
        """An offer of the popup was taken: an article, or (None) the text as a free line."""
        editor = self.editor()
        if editor is not None:
            self.closeEditor(editor, _CLOSE)
        if article_id is None:
            self._put_free(row, typed)
            return
        from shopdesk.usecases import articles

        document = self.session.document
        article = articles.get(self.shop, article_id)
        line = typed_line.article_line(article, typed, document.prices, self.session.settled.default_rate)
        before = self.lines.line(row)
        if before is not None and typed.quantity is None:
            line = replace(line, quantity=before.quantity)
        self.lines.put(row, line)
        if self._misses_price(line):
            self.go(row, Column.PRICE, edit=True)
        else:
            self._next_row(row)

    def _put_free(self, row: int, typed: TypedLine) -> None:
        self.lines.put(row, typed_line.free_line(typed, self.lines.line(row)))
        self._after_name(row, typed)

    def _after_name(self, row: int, typed: TypedLine) -> None:
        line = self.lines.line(row)
        if line is None or line.kind in WITHOUT_AMOUNT:
            self._next_row(row)
        elif typed.quantity is None and typed.price is None:
            self.go(row, Column.QUANTITY, edit=True)
        elif self._misses_price(line):
            self.go(row, Column.PRICE, edit=True)
        else:
            self._next_row(row)

    def _next_row(self, row: int) -> None:
        self.go(row + 1, edit=self.lines.line(row + 1) is None)

    # A line's description

    def describe(self, row: int) -> None:
        """Type what stands below the line's name (Alt+⏎)."""
        line = self.lines.line(row)
        if (
            line is None
            or self.session.has_fixed_lines
            or line.kind == LineKind.SUBTOTAL
            or not self.commit()
        ):
            return
        self.describing = row
        self.resizeRowToContents(row)
        self.go(row, edit=True)

    def describe_edited(self, editor: QLineEdit) -> None:
        """Alt+⏎ while a cell is edited: what is typed is taken first, the chosen offer included."""
        index = self.indexAt(editor.geometry().center())
        row = index.row()
        if not (isinstance(editor, NameEdit) and editor.popup.take_chosen()):
            is_empty = self.lines.line(row) is None and not editor.text().strip()
            if is_empty or not self._entered(editor, index):
                return
        self.describe(row)

    def description_editor(self, parent: QWidget, row: int) -> DescriptionEdit:
        """The editor of a row's description."""
        editor = DescriptionEdit(self.texts, parent)

        def taken() -> None:
            self.end_description(editor)
            line = self.lines.line(row)
            if line is not None and self._misses_price(line) and line.kind not in WITHOUT_AMOUNT:
                self.go(row, Column.PRICE, edit=True)
            else:
                self._next_row(row)

        def left() -> None:
            self.end_description(editor)
            self.go(row, Column.QUANTITY, edit=True)

        editor.taken.connect(taken)
        editor.left.connect(left)
        return editor

    def end_description(self, editor: DescriptionEdit) -> None:
        """Keep what was typed and close the editor."""
        self.lines.describe(self.describing, editor.description)
        self.closeEditor(editor, _CLOSE)

    def closeEditor(  # noqa: N802
        self, editor: QWidget, hint: QAbstractItemDelegate.EndEditHint
    ) -> None:
        """A description's row gets its own height again."""
        super().closeEditor(editor, hint)
        if isinstance(editor, DescriptionEdit) and self.describing >= 0:
            row, self.describing = self.describing, -1
            self.resizeRowToContents(row)

    # Keys

    def editor_key(self, editor: QLineEdit, event: QKeyEvent) -> bool:
        """A key while a cell is edited; True when it was one of ours."""
        index = self.indexAt(editor.geometry().center())
        key, modifiers = event.key(), event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if key in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not modifiers:
            self._return(editor, index)
            return True
        if key in {Qt.Key.Key_Tab, Qt.Key.Key_Backtab}:
            self._tab(editor, index, 1 if key == Qt.Key.Key_Tab else -1)
            return True
        if key in {Qt.Key.Key_Up, Qt.Key.Key_Down} and not modifiers:
            if self._entered(editor, index):
                self.go(index.row() + (1 if key == Qt.Key.Key_Down else -1), Column(index.column()))
            return True
        if is_line_key(event):
            if editor.text().strip() and self.lines.line(index.row()) is None:
                self._entered(editor, index)
            else:
                self.closeEditor(editor, _CLOSE)
            self._line_key(event, index.row())
            return True
        return False

    def _return(self, editor: QLineEdit, index: QModelIndex) -> None:
        row, column, text = index.row(), index.column(), editor.text()
        is_new = self.lines.line(row) is None
        if is_new and not text.strip():
            return
        if not self._entered(editor, index):
            return
        line = self.lines.line(row)
        if line is None:
            self.go(row, edit=True)
        elif column == Column.NAME:
            self._after_name(row, typed_line.read(text) if is_new else TypedLine("", "", line.quantity))
        elif column == Column.QUANTITY and self._misses_price(line):
            self.go(row, Column.PRICE, edit=True)
        else:
            self._next_row(row)

    def _tab(self, editor: QLineEdit, index: QModelIndex, step: int) -> None:
        is_new = self.lines.line(index.row()) is None
        empty = not editor.text().strip()
        row = index.row()
        if not self._entered(editor, index):
            return
        if is_new and empty:
            self._leave(step)
            return
        found = self._editable_after(row, index.column(), step)
        if found is None:
            self._leave(step)
        else:
            self.go(*found, edit=True)

    def _leave(self, step: int) -> None:
        self.setFocus()
        self.focusNextPrevChild(step > 0)

    def _editable_after(self, row: int, column: int, step: int) -> tuple[int, Column] | None:
        place = row * len(Column) + column + step
        while 0 <= place < self.lines.rowCount() * len(Column):
            index = self.lines.index(place // len(Column), place % len(Column))
            if self.lines.flags(index) & Qt.ItemFlag.ItemIsEditable and not self.isColumnHidden(
                index.column()
            ):
                return index.row(), Column(index.column())
            place += step
        return None

    def _line_key(self, event: QKeyEvent, row: int) -> None:
        if event.key() == Qt.Key.Key_Delete:
            self.remove_line(row)
        elif event.key() == Qt.Key.Key_D:
            self.duplicate_line(row)
        elif event.key() == Qt.Key.Key_O:
            change_option(self, row)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.move_line(row, -1 if event.key() == Qt.Key.Key_Up else 1)
        else:
            self.go(row)
            self.menu_wanted.emit(
                self.viewport().mapToGlobal(self.visualRect(self.currentIndex()).bottomLeft())
            )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """⏎ opens the cell, Delete empties nothing by accident, the line keys act on the current line."""
        if is_description_key(event):
            self.describe(self.row)
            return
        if not self.session.has_fixed_lines and is_line_key(event):
            self._line_key(event, self.row)
            return
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and plain:
            if self.currentIndex().isValid() and not self.session.has_fixed_lines:
                self.go(self.row, Column(self.currentIndex().column()), edit=True)
            return
        super().keyPressEvent(event)

    def remove_line(self, row: int) -> None:
        """Take a line out; Ctrl+Z brings it back."""
        if self.lines.line(row) is not None:
            self.lines.remove(row)
            self.go(min(row, len(self.lines.lines)))

    def duplicate_line(self, row: int) -> None:
        """The same line once more below."""
        line = self.lines.line(row)
        if line is not None:
            self.lines.insert(row + 1, line)
            self.go(row + 1)

    def move_line(self, row: int, steps: int) -> None:
        """Move a line up (below zero) or down."""
        self.go(self.lines.move(row, steps))

    def set_kind(self, kind: LineKind) -> None:
        """Make the current line another kind; below the last one, a new line of it."""
        line = self.current_line
        row = self.row if self.row >= 0 else len(self.lines.lines)
        if line is None:
            self.lines.put(len(self.lines.lines), Line(kind=kind))
            self.go(row, edit=kind != LineKind.SUBTOTAL)
        else:
            self.lines.put(row, replace(line, kind=kind))

    def give_discount(self) -> None:
        """Show the discount column and begin to type."""
        self.wants_discount = True
        self.refresh()
        self.go(self.row if self.current_line is not None else self.row - 1, Column.DISCOUNT, edit=True)

    def set_vat_rate(self, rate: Decimal | None) -> None:
        """Give the current line a VAT rate of its own, or (None) that of the document."""
        line = self.current_line
        if line is not None:
            self.lines.put(self.row, replace(line, vat_rate=rate, tax_case=None))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Reached by Tab, the cursor stands somewhere; in the empty row one can type at once."""
        super().focusInEvent(event)
        if not self.currentIndex().isValid():
            self.setCurrentIndex(self.lines.index(len(self.lines.lines), Column.NAME))
        by_tab = event.reason() in {Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason}
        if by_tab and self.current_line is None and not self.session.has_fixed_lines:
            QTimer.singleShot(0, self, self._edit_when_still_here)

    def _edit_when_still_here(self) -> None:
        if self.hasFocus() and self.currentIndex().isValid():
            self.edit(self.currentIndex())

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu of the line under the mouse."""
        index = self.indexAt(event.pos())
        if index.isValid() and not self.session.has_fixed_lines:
            self.setCurrentIndex(index)
            self.menu_wanted.emit(event.globalPos())
