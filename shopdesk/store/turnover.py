"""What each issued bill adds to the sums that the law watches, and the sums themselves, one row for each year."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select, update

from shopdesk.domain.documents import Document
from shopdesk.domain.turnover import CURRENCY, Sums, Turnover, YearSums, turnover_of
from shopdesk.store.tables import turnover, turnover_year


def note(connection: Connection, issued: Document) -> None:
    """Store what the document adds, when it is issued; nothing for what is no turnover."""
    found = turnover_of(issued, issued.seller.address.country)
    if found is None:
        return
    columns = {"year": found.year, "currency": found.currency, "distance": found.distance}
    connection.execute(insert(turnover).values(document_id=issued.id, gross=found.gross, **columns))
    _add(connection, found)


def _add(connection: Connection, found: Turnover) -> None:
    table = turnover_year
    year = (table.c.year == found.year) & (table.c.currency == found.currency)
    more = {
        "distance": table.c.distance + found.distance,
        "gross": table.c.gross + found.gross,
        "documents": table.c.documents + 1,
    }
    if connection.execute(update(table).where(year).values(more)).rowcount == 0:
        first = {"distance": found.distance, "gross": found.gross, "documents": 1}
        connection.execute(insert(table).values(year=found.year, currency=found.currency, **first))


def sums(connection: Connection, years: Sequence[int], but_not: int | None = None) -> Sums:
    """The sums of these years in euros, without one document."""
    rows = connection.execute(select(turnover_year).where(turnover_year.c.year.in_(years)))
    out = connection.execute(select(turnover).where(turnover.c.document_id == (but_not or 0))).one_or_none()
    found = dict.fromkeys(years, YearSums())
    for row in rows:
        distance, gross, count = row.distance, row.gross, row.documents
        if out is not None and (out.year, out.currency) == (row.year, row.currency):
            distance, gross, count = distance - out.distance, gross - out.gross, count - 1
        so_far = found[row.year]
        if row.currency == CURRENCY:
            found[row.year] = YearSums(distance, gross, so_far.uncounted)
        else:
            found[row.year] = YearSums(so_far.distance, so_far.gross, so_far.uncounted + count)
    return Sums(found)
