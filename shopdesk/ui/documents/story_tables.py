"""What a document takes from others: the bills a payment reminder asks for, the deposits a final invoice deducts."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.domain.documents import Document
from shopdesk.domain.money import Money
from shopdesk.domain.totals import Totals
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, PlainLabel, Strong

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
Cells = tuple[str, ...]


class FigureGrid(QWidget):
    """Words at the left, figures at the right; made anew only when they change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(NORMAL))
        self._grid.setVerticalSpacing(px(2))
        self._grid.setColumnStretch(0, 1)
        self._shown: tuple[Cells, ...] = ()
        self._strong: frozenset[int] = frozenset()

    def show_rows(self, rows: tuple[Cells, ...], strong: frozenset[int]) -> None:
        """Replace the rows; the first holds the headings, those in `strong` matter most."""
        if (rows, strong) == (self._shown, self._strong):
            return
        self._shown, self._strong = rows, strong
        clear(self._grid)
        for number, row in enumerate(rows):
            make = Caption if not number else Strong if number in strong else PlainLabel
            for column, words in enumerate(row):
                label = make(words, wrap=not column)
                if column:
                    label.setAlignment(_RIGHT)
                self._grid.addWidget(label, number, column)
        self.setAccessibleName("; ".join(" ".join(cell for cell in row if cell) for row in rows))


class OpenBills(Card):
    """The bills that are to be paid, instead of lines."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(title=texts.gettext("What is open"), parent=parent)
        self.texts = texts
        self.grid = FigureGrid()
        self.body.addWidget(self.grid)
        self.body.addStretch(1)

    def refresh(self, document: Document) -> None:
        """The reminder's bills."""
        gettext, money, date = self.texts.gettext, self.texts.money, self.texts.date
        rows: list[Cells] = [
            (gettext("Number"), gettext("Date"), gettext("Due"), gettext("Sum"), gettext("Still open"))
        ]
        for bill in document.reminder.bills if document.reminder else ():
            day = bill.reference.date
            rows.append(
                (
                    bill.reference.number,
                    date(day) if day else "",
                    date(bill.due) if bill.due else "",
                    money(bill.gross),
                    money(bill.open),
                )
            )
        self.grid.show_rows(tuple(rows), frozenset())


class DeductedDeposits(FigureGrid):
    """Beneath the sum of a final invoice: the whole job, each deposit, the rest."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.texts = texts

    def refresh(self, document: Document, sums: Totals) -> None:
        """Without deposits it takes no room."""
        self.setVisible(bool(document.deposits) and sums.whole is not None)
        if sums.whole is None:
            return
        gettext = self.texts.gettext
        sign = -1 if sums.whole.gross.minor < 0 else 1
        rows: list[Cells] = [("", gettext("net"), gettext("VAT"), gettext("gross"))]
        rows.append((gettext("The whole job"), *self._money(sums.whole.net, sums.whole.gross)))
        for deposit in document.deposits:
            day = deposit.reference.date
            words = gettext("less deposit {number} of {date}").format(
                number=deposit.reference.number, date=self.texts.date(day) if day else "?"
            )
            net, gross = (Money(-sign * each.minor, each.currency) for each in (deposit.net, deposit.gross))
            rows.append((words, *self._money(net, gross)))
        rows.append((gettext("Rest"), *self._money(sums.net, sums.gross)))
        self.show_rows(tuple(rows), frozenset({len(rows) - 1}))

    def _money(self, net: Money, gross: Money) -> Cells:
        return tuple(self.texts.money(each) for each in (net, gross - net, gross))
