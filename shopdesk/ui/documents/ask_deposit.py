"""How large the deposit is: a percentage or an amount, with the sum for each VAT rate before it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from shopdesk.domain.documents import Document, Prices
from shopdesk.domain.successors import DEPOSIT_PERCENT, Wishes
from shopdesk.domain.totals import Totals, totals
from shopdesk.i18n import Texts
from shopdesk.ui.documents.questions import Question
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.fields import Field, ForgivingEdit
from shopdesk.ui.widgets.labels import Caption, PlainLabel, Strong

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


@dataclass(frozen=True, slots=True)
class Part:
    """What was typed: a percentage, or an amount where there is one."""

    percent: Decimal = DEPOSIT_PERCENT
    amount: Decimal | None = None


def read_part(text: str) -> Part:
    """`30 %` and `30` up to a hundred are percentages, `500 €` and more than a hundred amounts. Raises TypedWrong."""
    from shopdesk.domain.typing.amounts import parse_amount

    plain = text.strip()
    value = parse_amount(plain.removesuffix("%"))
    is_amount = not plain.endswith("%") and (value > 100 or plain.endswith(("€", "-")) or "," in plain)
    return Part(amount=value) if is_amount else Part(percent=value)


class AskDeposit(Question):
    """`sums` gives what a deposit invoice with these wishes would come to."""

    def __init__(
        self, job: Document, sums: Callable[[Wishes], Totals], texts: Texts, parent: QWidget
    ) -> None:
        gettext = texts.gettext
        whole = totals(job)
        words = gettext("The whole job comes to {sum}.").format(sum=texts.money(whole.gross))
        super().__init__(
            gettext("How large is the deposit?"), words, gettext("Make the deposit invoice"), texts, parent
        )
        self._sums, self._job, self._whole = sums, job, whole
        self.base = Wishes()
        self.part: ForgivingEdit[Part] = ForgivingEdit(texts, gettext("Deposit"), read_part, self._written)
        self.part.set_value(Part())
        self.field = Field(self._asked(), self.part)
        self.rows = QWidget()
        self._grid = QGridLayout(self.rows)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(NORMAL))
        self._grid.setVerticalSpacing(px(SMALL))
        self._grid.setColumnStretch(0, 1)
        self.body.addWidget(self.field)
        self.body.addWidget(self.rows)
        self.body.addStretch(1)
        self.part.value_changed.connect(self._show)
        self._show()

    def first(self) -> QWidget:
        """The part, marked, so that typing replaces it."""
        self.part.selectAll()
        return self.part

    def _asked(self) -> str:
        if self._job.prices == Prices.NET:
            return self.texts.gettext("Percentage or amount without VAT")
        return self.texts.gettext("Percentage or amount with VAT")

    def _written(self, part: Part) -> str:
        return (
            self.texts.percent(part.percent)
            if part.amount is None
            else f"{self.texts.number(part.amount, 2)} €"
        )

    def with_options(self, wishes: Wishes) -> None:
        """The optional positions were asked about before."""
        self.base = wishes
        self._show()

    def wishes(self) -> Wishes:
        """See Question."""
        part = self.part.value or Part()
        return replace(self.base, deposit_percent=part.percent, deposit_amount=part.amount)

    def _show(self) -> None:
        clear(self._grid)
        problem = self._problem()
        self.field.say(problem)
        self.go_on.setEnabled(not problem)
        if problem:
            return
        sums, money, gettext = self._sums(self.wishes()), self.texts.money, self.texts.gettext
        for column, words in enumerate(("", gettext("net"), gettext("VAT"), gettext("gross"))):
            self._put(0, column, Caption(words))
        for number, row in enumerate(sums.vat, 1):
            self._put(number, 0, PlainLabel(gettext("at {rate}").format(rate=self.texts.percent(row.rate))))
            for column, amount in enumerate((row.base, row.amount, row.base + row.amount), 1):
                self._put(number, column, PlainLabel(money(amount)))
        last = len(sums.vat) + 1
        self._put(last, 0, Strong(gettext("Deposit invoice")))
        for column, amount in enumerate((sums.net, sums.vat_amount, sums.gross), 1):
            self._put(last, column, Strong(money(amount)))

    def _put(self, row: int, column: int, label: PlainLabel) -> None:
        if column:
            label.setAlignment(_RIGHT)
        self._grid.addWidget(label, row, column)

    def _problem(self) -> str:
        part = self.part.value
        if part is None:
            return self.part.problem or self.texts.gettext("A percentage such as 30 %, or an amount.")
        whole = self._whole.net if self._job.prices == Prices.NET else self._whole.gross
        share = part.amount if part.amount is not None else whole.amount * part.percent / 100
        if share <= 0:
            return self.texts.gettext("A deposit is more than nothing.")
        if share > whole.amount:
            return self.texts.gettext("That is more than the whole job.")
        return ""
