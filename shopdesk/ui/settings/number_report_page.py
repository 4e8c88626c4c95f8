"""The report per number range on the screen, and its way out as PDF and table."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout

from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.chips import Chip
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, PlainLabel
from shopdesk.usecases import number_reports

if TYPE_CHECKING:
    from shopdesk.domain.number_reports import RangeYear
    from shopdesk.usecases.shop import Shop

_MOST_CANCELLED = 40
_ALL = ""
Make = Callable[["tuple[RangeYear, ...]"], bytes]


class NumberReportPage(Page):
    """Per range and year: first, last, count, cancelled documents, gaps."""

    watches: ClassVar[frozenset[str]] = frozenset({"number_counter", "number_range"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._reports: tuple[RangeYear, ...] = ()
        self.year = Choice([(gettext("All years"), _ALL)])
        self.year.setAccessibleName(gettext("Year"))
        self.year.chosen.connect(self._show)
        self.pdf_button = Button(gettext("Save as PDF …"), self._choose_pdf, icon_name="file-text")
        self.csv_button = Button(gettext("Save as table …"), self._choose_csv, icon_name="download")
        subtitle = gettext("Every number: given, cancelled or explained.")
        self.header = PageHeader(gettext("Report on the number ranges"), subtitle)
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        for widget in (self.year, self.pdf_button, self.csv_button):
            line.addWidget(widget)
        line.addStretch(1)
        self.scroller = ScrollPage()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addLayout(line)
        layout.addWidget(self.scroller, 1)

    def reload(self) -> None:
        """See Page; all numbers of all years are read aside."""
        self.window_shell.run_desk(lambda: number_reports.reports(self.shop), self._take)

    def focus_first(self) -> None:
        """See Page."""
        self.year.setFocus()

    def _take(self, found: tuple[RangeYear, ...]) -> None:
        self._reports = found
        chosen = self.year.value
        years = sorted({report.year for report in found if report.year}, reverse=True)
        self.year.clear()
        for words, value in (
            (self.texts.gettext("All years"), _ALL),
            *((str(year), str(year)) for year in years),
        ):
            self.year.addItem(words, value)
        self.year.set_value(chosen)
        self._show()

    @property
    def shown(self) -> tuple[RangeYear, ...]:
        """The reports of the chosen year; ranges that never restart belong to each."""
        year = self.year.value
        return tuple(report for report in self._reports if not year or report.year in {0, int(year)})

    def _show(self) -> None:
        body = self.scroller.body
        clear(body)
        for report in self.shown:
            body.addWidget(self._card(report))
        if not self.shown:
            body.addWidget(Muted(self.texts.gettext("No number was given yet."), wrap=True))
        body.addStretch(1)
        for button in (self.pdf_button, self.csv_button):
            button.setEnabled(bool(self.shown))

    def _card(self, report: RangeYear) -> Card:
        words = number_reports.in_words(report, self.texts)
        card = Card()
        head = QHBoxLayout()
        head.setSpacing(px(SMALL))
        head.addWidget(Heading(words.title))
        head.addWidget(Chip(words.verdict, "ok" if report.is_whole else "bad"))
        head.addStretch(1)
        card.body.addLayout(head)
        for fact in words.facts:
            card.body.addWidget(PlainLabel(fact, wrap=True))
        if words.cancelled:
            card.body.addWidget(Caption(self.texts.gettext("Cancelled:")))
        for sentence in words.cancelled[:_MOST_CANCELLED]:
            card.body.addWidget(Muted(sentence, wrap=True))
        if len(words.cancelled) > _MOST_CANCELLED:
            more = self.texts.gettext("… and {n} more, all of them in the PDF and in the table.")
            card.body.addWidget(Muted(more.format(n=len(words.cancelled) - _MOST_CANCELLED), wrap=True))
        return card

    def _choose_pdf(self) -> None:
        self._choose(
            "pdf", "PDF (*.pdf)", lambda wanted: number_reports.as_pdf(self.shop, wanted, self.texts)
        )

    def _choose_csv(self) -> None:
        self._choose("csv", "CSV (*.csv)", lambda wanted: number_reports.as_csv(wanted, self.texts))

    def _choose(self, suffix: str, kinds: str, make: Make) -> None:
        gettext = self.texts.gettext
        name = gettext("number-ranges") + f"-{self.year.value or self.shop.clock.today()}.{suffix}"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, gettext("Save the report"), str(Path.home() / name), kinds
        )
        if chosen:
            self.save(Path(chosen), make)

    def save(self, path: Path, make: Make) -> None:
        """Make the file aside and say where it is."""
        wanted = self.shown
        self.window_shell.run_desk(
            lambda: number_reports.write(path, make(wanted)), lambda _done: self._saved(path)
        )

    def _saved(self, path: Path) -> None:
        self.window_shell.toast(self.texts.gettext("{name} is saved.").format(name=path.name))
