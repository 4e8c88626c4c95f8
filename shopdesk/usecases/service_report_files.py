"""The figures of service as files: a spreadsheet, a table, a page to print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.i18n import Texts
from shopdesk.usecases import service_report_words as words
from shopdesk.usecases.service_figures import ServiceReport

if TYPE_CHECKING:
    from collections.abc import Sequence

    from shopdesk.output.pdf.figures import FigurePage
    from shopdesk.output.spreadsheets.workbook import Cell
    from shopdesk.usecases.shop import Shop


def as_csv(reports: Sequence[ServiceReport], texts: Texts) -> bytes:
    """One table after the other, minutes as whole numbers."""
    from shopdesk.output.spreadsheets.csv_table import csv_bytes

    header: tuple[str, ...] = ()
    rows: list[tuple[str, ...]] = []
    for report in reports:
        header, lines = words.table(report, texts)
        rows += [(texts.gettext(words.MEASURES[report.measure]), *line) for line in lines]
    return csv_bytes((texts.gettext("Figure"), *header), rows)


def as_xlsx(shop: Shop, reports: Sequence[ServiceReport], texts: Texts) -> bytes:
    """A sheet for each measure; medians are minutes, so that one can go on calculating."""
    from shopdesk.output.spreadsheets.workbook import Column, Sheet, workbook

    gettext, today = texts.gettext, shop.clock.today()
    sheets = []
    for report in reports:
        columns = (
            Column(gettext("What"), width=28), Column(gettext(words.COUNTED[report.measure]), "number"),
            Column(gettext("Median in minutes"), "number", 18), Column(gettext("In time, %"), "number"),
        )  # fmt: skip
        title = gettext(words.MEASURES[report.measure])
        heading = (title, words.headline(report, texts))
        sheets.append(Sheet(title, heading, columns, _cells(report, texts)))
    page = gettext("Page {page} of {pages}").format(page="&P", pages="&N")
    author = _shop_name(shop)
    return workbook(
        sheets, title=gettext("How fast we are"), author=author, day=today, language=texts.language, page=page
    )


def _cells(report: ServiceReport, texts: Texts) -> list[tuple[Cell, ...]]:
    named = [
        *(
            (f"{words.week_name(monday, texts)}, {texts.date(monday)}", found)
            for monday, found in report.found.weeks
        ),
        *((words.channel_name(channel, texts), found) for channel, found in report.found.channels.items()),
        *report.found.people.items(),
        (texts.gettext("All together"), report.found.whole),
    ]
    return [
        (name, found.count, found.median, found.in_time) if found else (name, 0, None, None)
        for name, found in named
    ]


def as_pdf(shop: Shop, reports: Sequence[ServiceReport], texts: Texts) -> bytes:
    """A page for each measure: the sentence, both charts, the table."""
    from shopdesk.output.pdf.figures import figure_pages

    pages = [_page(report, texts) for report in reports]
    return figure_pages(pages, texts, _shop_name(shop), shop.clock.now())


def _page(report: ServiceReport, texts: Texts) -> FigurePage:
    from shopdesk.output.pdf.figures import FigurePage

    header, rows = words.table(report, texts)
    weeks, parts = words.week_chart(report, texts), words.distribution_chart(report, texts)
    charts = (
        (texts.gettext("Median by calendar week"), weeks.parts, words.spoken(weeks)),
        (texts.gettext("How long it took"), parts.parts, words.spoken(parts)),
    )
    title = texts.gettext(words.MEASURES[report.measure])
    return FigurePage(title, words.headline(report, texts), charts, header, tuple(rows))


def _shop_name(shop: Shop) -> str:
    from shopdesk.usecases.shop_settings import profile

    return profile(shop).seller.name
