"""What each issued bill adds to the sums that the law watches, and the sums themselves, one row for each year."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, insert, select, update

from shopdesk.domain.documents import Document
from shopdesk.domain.turnover import CURRENCY, Sums, Turnover, YearSums, turnover_of
from shopdesk.store.tables import turnover, turnover_year

# built once: every draft and every issue asks
_YEARS = select(turnover_year).where(turnover_year.c.year.in_(bindparam("years", expanding=True)))
_OF_DOCUMENT = select(turnover).where(turnover.c.document_id == bindparam("its_id"))
_ADD = (
    update(turnover_year)
    .where(
        turnover_year.c.year == bindparam("its_year"), turnover_year.c.currency == bindparam("its_currency")
    )
    .values(
        distance=turnover_year.c.distance + bindparam("more_distance"),
        gross=turnover_year.c.gross + bindparam("more_gross"),
        documents=turnover_year.c.documents + 1,
    )
)


def note(connection: Connection, issued: Document) -> None:
    """Store what the document adds, when it is issued; nothing for what is no turnover."""
    found = turnover_of(issued, issued.seller.address.country)
    if found is None:
        return
    columns = {"year": found.year, "currency": found.currency, "distance": found.distance}
    connection.execute(insert(turnover), columns | {"document_id": issued.id, "gross": found.gross})
    _add(connection, found)


def _add(connection: Connection, found: Turnover) -> None:
    year = {"its_year": found.year, "its_currency": found.currency}
    more = {"more_distance": found.distance, "more_gross": found.gross}
    if connection.execute(_ADD, year | more).rowcount == 0:
        first = {"distance": found.distance, "gross": found.gross, "documents": 1}
        connection.execute(insert(turnover_year).values(year=found.year, currency=found.currency, **first))


def sums(connection: Connection, years: Sequence[int], but_not: int | None = None) -> Sums:
    """The sums of these years in euros, without one document."""
    rows = connection.execute(_YEARS, {"years": list(years)})
    out = connection.execute(_OF_DOCUMENT, {"its_id": but_not or 0}).one_or_none()
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
