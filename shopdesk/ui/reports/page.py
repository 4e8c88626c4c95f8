"""How fast the shop answers and bills: medians and distributions, drawn, in a table, and as files."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtWidgets import QCheckBox, QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.ui.reports.deliveries_card import DeliveriesCard
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import LARGE, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.cards import Card, PageHeader, ScrollPage
from shopdesk.ui.widgets.chart import Chart
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.clearing import clear
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption, Display, Muted, PlainLabel, Strong
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import service_figures
from shopdesk.usecases import service_report_words as words
from shopdesk.usecases.service_figures import Measure, ServiceReport

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_SPANS = (4, 12, 26, 52)
_MEASURES = tuple(Measure)


class ReportsPage(Page):
    """The figures of some weeks."""

    watches: ClassVar[frozenset[str]] = frozenset({"inquiry", "document", "timeline_entry", "setting"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.report: ServiceReport | None = None
        self.measure = Choice([(gettext(name), measure.value) for measure, name in words.MEASURES.items()])
        self.measure.setMinimumContentsLength(34)
        self.span = Choice([(gettext("{n} weeks").format(n=weeks), str(weeks)) for weeks in _SPANS])
        self.span.set_value("12")
        for choice in (self.measure, self.span):
            choice.chosen.connect(self.reload)
        self.median, self.in_time, self.count, self.unanswered = (_Figure() for _ in range(4))
        self.weeks = Chart(gettext("Median by calendar week"))
        self.distribution = Chart(gettext("How long it took"))
        self.headline = Muted("", wrap=True)
        self.table = QGridLayout()
        self.per_person = QCheckBox(gettext("Also by person"))
        self.per_person.setChecked(service_figures.rules(shop).per_person)
        self.per_person.clicked.connect(self._count_people)
        self.header = PageHeader(
            gettext("Reports"),
            gettext("How fast we are, in minutes of opening time"),
            *(Button(name, act, icon_name="download") for name, act in self._files()),
        )
        self.deliveries = DeliveriesCard(shop, window)
        self._place()

    def _files(self) -> tuple[tuple[str, Callable[[], None]], ...]:
        return (
            ("Excel", lambda: self._choose("xlsx", "Excel (*.xlsx)")),
            ("CSV", lambda: self._choose("csv", "CSV (*.csv)")),
            ("PDF", lambda: self._choose("pdf", "PDF (*.pdf)")),
        )

    def _place(self) -> None:
        gettext = self.texts.gettext
        choices = QHBoxLayout()
        choices.setSpacing(px(NORMAL))
        choices.addWidget(Field(gettext("What"), self.measure))
        choices.addWidget(Field(gettext("How long back"), self.span))
        choices.addStretch(1)
        figures = QHBoxLayout()
        figures.setSpacing(px(NORMAL))
        for figure in (self.median, self.in_time, self.count, self.unanswered):
            figures.addWidget(figure, 1)
        charts = QHBoxLayout()
        charts.setSpacing(px(NORMAL))
        charts.addWidget(Card(self.weeks, title=gettext("Median by calendar week")), 3)
        charts.addWidget(Card(self.distribution, title=gettext("How long it took")), 2)
        scroller = ScrollPage()
        table = Card(title=gettext("In figures"))
        table.body.addLayout(self.table)
        table.body.addWidget(self.per_person)
        table.body.addWidget(
            Caption(
                gettext(
                    "Who gave the first answer. Please tell your helpers before you switch it on: it is watching "
                    "work, and the law asks for a good reason."
                ),
                wrap=True,
            )
        )
        for layout in (figures, charts):
            scroller.body.addLayout(layout)
        scroller.body.addWidget(self.headline)
        scroller.body.addWidget(table)
        scroller.body.addWidget(self.deliveries)
        scroller.body.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(NORMAL))
        column.addWidget(self.header)
        column.addLayout(choices)
        column.addWidget(scroller, 1)

    def focus_first(self) -> None:
        """See Page."""
        self.measure.setFocus()

    def reload(self) -> None:
        """See Page; counted aside."""
        measure, weeks = Measure(self.measure.value), int(self.span.value)
        self.window_shell.run_desk(lambda: service_figures.report(self.shop, measure, weeks), self._show)
        self.deliveries.count(weeks)

    def _show(self, report: ServiceReport) -> None:
        if (report.measure.value, str(report.weeks)) != (self.measure.value, self.span.value):
            return  # another one was chosen meanwhile
        gettext, whole = self.texts.gettext, report.found.whole
        self.report = report
        self.median.say(
            words.duration(whole.median, self.texts) if whole else "–", gettext("half of them within")
        )
        self.in_time.say(words.share(whole) if whole else "–", gettext("within the target"))
        self.count.say(self.texts.number(whole.count if whole else 0), gettext(words.COUNTED[report.measure]))
        still_open = words.STILL_OPEN.get(report.measure, words.STILL_OPEN[Measure.FIRST_ANSWER])
        self.unanswered.say(self.texts.number(report.unanswered), gettext(still_open))
        show_if(self.in_time, report.measure == Measure.FIRST_ANSWER)
        show_if(self.unanswered, report.measure in words.STILL_OPEN)
        for chart, plan in (
            (self.weeks, words.week_chart(report, self.texts)),
            (self.distribution, words.distribution_chart(report, self.texts)),
        ):
            chart.show_plan(plan.parts, words.spoken(plan))
        self.headline.setText(words.headline(report, self.texts))
        self._fill_table(report)

    def _fill_table(self, report: ServiceReport) -> None:
        clear(self.table)
        header, rows = words.table(report, self.texts)
        self.table.setHorizontalSpacing(px(LARGE))
        self.table.setVerticalSpacing(px(SMALL) // 2)
        for at, cells in enumerate([header, *rows]):
            strong = at == len(rows)
            for column, cell in enumerate(cells):
                self.table.addWidget(_cell(cell, is_header=at == 0, strong=strong), at, column)
        self.table.setColumnStretch(len(header), 1)

    def _count_people(self, wanted: bool) -> None:
        undo = service_figures.save_rules(self.shop, service_figures.FigureRules(wanted))
        said = (
            self.texts.gettext("Figures by person are on.")
            if wanted
            else self.texts.gettext("Figures by person are off.")
        )
        self.window_shell.toast(said, lambda: self._take_back(undo))
        self.reload()

    def _take_back(self, undo: Undo) -> None:
        undo.run(self.shop)
        self.per_person.setChecked(service_figures.rules(self.shop).per_person)
        self.reload()

    def _choose(self, ending: str, kinds: str) -> None:
        gettext = self.texts.gettext
        name = f"{gettext('how-fast-we-are')}-{self.shop.clock.today()}.{ending}"
        chosen, _filter = QFileDialog.getSaveFileName(
            self, gettext("Save the report"), str(Path.home() / name), kinds
        )
        if chosen:
            self.save(Path(chosen))

    def save(self, path: Path) -> None:
        """All measures as a file; its ending says which kind."""
        weeks = int(self.span.value)

        def work() -> None:
            from shopdesk.usecases import service_report_files as files
            from shopdesk.usecases.number_reports import write

            reports = [service_figures.report(self.shop, measure, weeks) for measure in _MEASURES]
            made = {
                ".xlsx": lambda: files.as_xlsx(self.shop, reports, self.texts),
                ".csv": lambda: files.as_csv(reports, self.texts),
            }.get(path.suffix.lower(), lambda: files.as_pdf(self.shop, reports, self.texts))()
            write(path, made)

        self.window_shell.run_desk(work, lambda _done: self._saved(path))

    def _saved(self, path: Path) -> None:
        self.window_shell.toast(self.texts.gettext("{name} is saved.").format(name=path.name))


class _Figure(Card):
    """One figure with its words below."""

    def __init__(self) -> None:
        self.figure, self.words = Display("–"), Caption("", wrap=True)
        super().__init__(self.figure, self.words)

    def say(self, figure: str, said: str) -> None:
        """Another figure."""
        self.figure.setText(figure)
        self.words.setText(said)
        self.setAccessibleName(f"{figure} {said}")


def _cell(text: str, *, is_header: bool, strong: bool) -> QWidget:
    if is_header:
        return Caption(text)
    return Strong(text) if strong else PlainLabel(text)
