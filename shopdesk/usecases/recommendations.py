"""Who recommended the shop and what it brought, on the screen and as a table (S26)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.messages import N_
from shopdesk.domain.recommendations import Recommender

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.output.spreadsheets.workbook import Cell
    from shopdesk.usecases.shop import Shop

_HEADS = (
    N_("Recommended by"), N_("Customer number"), N_("Customers brought"), N_("who bought"), N_("Purchases"),
    N_("Turnover"),
)  # fmt: skip


def report(shop: Shop) -> tuple[Recommender, ...]:
    """All recommenders, the most turnover first."""
    from shopdesk.store import recommendations
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        return recommendations.report(connection, load_profile(connection).currency)


def save(shop: Shop, path: Path, texts: Texts) -> int:
    """Write the report as XLSX, or as CSV where the name ends so; gives the number of rows. Raises OSError."""
    from shopdesk.store.durable import durable_write

    rows = report(shop)
    is_csv = path.suffix.lower() == ".csv"
    durable_write(path, _csv(rows, texts) if is_csv else _workbook(shop, rows, texts))
    return len(rows)


def _csv(rows: tuple[Recommender, ...], texts: Texts) -> bytes:
    from shopdesk.output.spreadsheets.csv_table import csv_bytes

    told = [
        [
            one.name,
            one.number,
            *map(str, (one.customers, one.buyers, one.purchases)),
            texts.amount(one.turnover),
        ]
        for one in rows
    ]
    return csv_bytes([texts.gettext(head) for head in _HEADS], told)


def _workbook(shop: Shop, rows: tuple[Recommender, ...], texts: Texts) -> bytes:
    from shopdesk.output.spreadsheets.workbook import Column, Sheet, workbook
    from shopdesk.usecases.shop_settings import profile

    gettext, name = texts.gettext, texts.gettext("Recommendations")
    name_, number, *figures, turnover = map(gettext, _HEADS)
    columns = (
        Column(name_, width=34), Column(number, width=16),
        *(Column(title, "number", 14) for title in figures), Column(turnover, "money", 16),
    )  # fmt: skip
    cells: list[tuple[Cell, ...]] = [
        (one.name, one.number, one.customers, one.buyers, one.purchases, one.turnover) for one in rows
    ]
    day = shop.clock.today()
    sheet = Sheet(name, (name, texts.date(day)), columns, cells)
    author = profile(shop).seller.name
    page = gettext("Page {page} of {pages}").format(page="&P", pages="&N")
    return workbook([sheet], title=name, author=author, day=day, language=texts.language, page=page)
