"""What a period holds, at one glance: each kind with its sums, and whether the numbers are complete."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.money import Money
from shopdesk.ui.theme.sizes import LARGE, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import Caption, IconLabel, Muted, PlainLabel, Rule, Strong

if TYPE_CHECKING:
    from shopdesk.domain.month_end import NumberReport
    from shopdesk.i18n import Texts
    from shopdesk.usecases.month_end import Overview

_MEGA = 1_000_000
_SHOWN_GAPS = 8


class Contents(Card):
    """Filled anew for each period. `show_drafts` leads to what is not issued yet."""

    def __init__(self, texts: Texts, show_drafts: Callable[[], None], parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self._texts, self._show_drafts = texts, show_drafts
        self._inner: QWidget | None = None

    def say(self, value: Overview) -> None:
        """Show this period."""
        if self._inner is not None:
            self.body.removeWidget(self._inner)
            self._inner.deleteLater()
        self._inner = QWidget()
        column = QVBoxLayout(self._inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        if value.kinds:
            column.addLayout(self._table(value))
            column.addWidget(Rule())
            for report in value.numbers:
                column.addLayout(self._numbers(report))
            column.addWidget(Muted(self._size(value), wrap=True))
        else:
            words = self._texts.gettext("Nothing was invoiced in this period: {period}.")
            column.addWidget(Muted(words.format(period=self._texts.say(value.period.message)), wrap=True))
        if value.drafts:
            column.addLayout(self._drafts(value.drafts))
        self.body.addWidget(self._inner)

    def _table(self, value: Overview) -> QGridLayout:
        texts, gettext = self._texts, self._texts.gettext
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(LARGE))
        grid.setVerticalSpacing(px(SMALL))
        heads = ("", gettext("Documents"), gettext("Net"), gettext("VAT"), gettext("Gross"))
        rows: list[tuple[str, ...]] = [
            (
                gettext(KIND_NAMES[one.kind]),
                texts.number(one.count),
                texts.money(one.net),
                texts.money(one.gross - one.net),
                texts.money(one.gross),
            )
            for one in value.kinds
        ]
        rows += [
            self._total(value, currency) for currency in dict.fromkeys(one.currency for one in value.kinds)
        ]
        for at, head in enumerate(heads):
            self._put(grid, Caption(head), 0, at)
        for number, cells in enumerate(rows, start=1):
            last = number > len(value.kinds)
            for at, words in enumerate(cells):
                self._put(grid, Strong(words) if last else PlainLabel(words), number, at)
        grid.setColumnStretch(len(heads), 1)
        return grid

    def _total(self, value: Overview, currency: str) -> tuple[str, ...]:
        own = [one for one in value.kinds if one.currency == currency]
        zero = Money(0, currency)
        net, gross = sum((one.net for one in own), zero), sum((one.gross for one in own), zero)
        money, count = self._texts.money, sum(one.count for one in own)
        return (
            self._texts.gettext("Sum"),
            self._texts.number(count),
            money(net),
            money(gross - net),
            money(gross),
        )

    @staticmethod
    def _put(grid: QGridLayout, label: QWidget, row: int, column: int) -> None:
        side = Qt.AlignmentFlag.AlignRight if column else Qt.AlignmentFlag.AlignLeft
        grid.addWidget(label, row, column, side)

    def _numbers(self, report: NumberReport) -> QHBoxLayout:
        gettext = self._texts.gettext
        if report.gaps:
            missing = ", ".join(str(number) for number in report.gaps[:_SHOWN_GAPS])
            more = " …" if len(report.gaps) > _SHOWN_GAPS else ""
            words = gettext("{first} to {last}: missing {numbers}").format(
                first=report.first, last=report.last, numbers=missing + more
            )
        else:
            words = gettext("{first} to {last}: every number is there")
            words = words.format(first=report.first or "…", last=report.last or "…")
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        icon = IconLabel("triangle-alert", "warn") if report.gaps else IconLabel("circle-check", "ok")
        line.addWidget(icon, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(PlainLabel(words, wrap=True), 1)
        return line

    def _drafts(self, count: int) -> QHBoxLayout:
        texts = self._texts
        words = texts.ngettext(
            "{n} draft is dated in this period and not issued yet.",
            "{n} drafts are dated in this period and not issued yet.",
            count,
        )
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(IconLabel("triangle-alert", "warn"))
        line.addWidget(PlainLabel(words.format(n=texts.number(count)), wrap=True), 1)
        line.addWidget(GhostButton(texts.gettext("Look at them"), self._show_drafts))
        return line

    def _size(self, value: Overview) -> str:
        gettext = self._texts.gettext
        size = self._texts.number(max(Decimal(value.size) / _MEGA, Decimal("0.1")), 1)
        words = gettext("PDF and XML: about {size} MB.").format(size=size)
        if value.fits_a_mail:
            return words
        return words + " " + gettext("That is too much for a mail: save it and hand it over another way.")
