"""The table of a payment reminder: which bills are open, since when, and how much."""

from __future__ import annotations

from shopdesk.domain.documents import OpenBill
from shopdesk.domain.money import Money
from shopdesk.output.pdf import texts as words
from shopdesk.output.pdf.layout import GREY, SMALL, Block, wrap
from shopdesk.output.pdf.lines import NAME_LIMIT, LineTable, Place
from shopdesk.output.pdf.rows import SIZE, Cells, TextLine


class BillTable(LineTable):
    """One row for each bill, drawn like the lines of other documents."""

    def blocks(self) -> list[Block]:
        """All rows; the last one stays with the sum."""
        bills = self._bills()
        running = Money(0, self.pen.document.currency)
        blocks: list[Block] = []
        for number, (bill, cells) in enumerate(zip(bills, self.cells, strict=True)):
            running += bill.open
            place = Place(number, len(bills), keep=number == len(bills) - 1)
            blocks += self.row(place, self._words(bill), cells, running)
        return blocks

    def heads(self) -> Cells:
        """The words over the columns."""
        pen, texts = self.pen, self.pen.texts
        amount = texts.pgettext("paper", "Open {currency}").format(currency=pen.currency)
        return Cells(
            position=pen.clean(texts.pgettext("paper", "No.")),
            quantity=pen.clean(texts.pgettext("paper", "Due on")),
            price=pen.clean(texts.pgettext("paper", "Bill amount")),
            amount=pen.clean(amount),
        )

    def _bills(self) -> tuple[OpenBill, ...]:
        reminder = self.pen.document.reminder
        return reminder.bills if reminder else ()

    def _cells(self) -> list[Cells]:
        pen = self.pen
        return [
            Cells(
                position=str(number),
                quantity=pen.clean(pen.texts.date(bill.due)) if bill.due else "",
                price=pen.amount(bill.gross),
                amount=pen.amount(bill.open),
            )
            for number, bill in enumerate(self._bills(), 1)
        ]

    def _words(self, bill: OpenBill) -> list[TextLine]:
        pen, width = self.pen, self.columns.name_width
        name = words.reference(bill.reference, pen.texts)
        found = [TextLine(part) for part in wrap(pen.clean(name, NAME_LIMIT), SIZE, width)]
        if bill.reference.date:
            text = pen.texts.pgettext("paper", "of {date}").format(date=pen.texts.date(bill.reference.date))
            found.append(TextLine(pen.clean(text), SMALL, colour=GREY))
        return found
