"""What each issued bill adds to the sums that the law watches, in a row of its own: a year is summed by its index."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, bindparam, case, func, insert, select

from shopdesk.domain.documents import Document
from shopdesk.domain.turnover import CURRENCY, Sums, YearSums, turnover_of
from shopdesk.store.tables import turnover

_IN_EUROS = turnover.c.currency == CURRENCY
_SUMS = (
    select(
        turnover.c.year,
        func.sum(case((_IN_EUROS, turnover.c.distance), else_=0)),
        func.sum(case((_IN_EUROS, turnover.c.gross), else_=0)),
        func.sum(case((_IN_EUROS, 0), else_=1)),
    )
    .where(
        turnover.c.year.in_(bindparam("years", expanding=True)),
        turnover.c.document_id != bindparam("but_not"),
    )
    .group_by(turnover.c.year)
)


def note(connection: Connection, issued: Document) -> None:
    """Store what the document adds, when it is issued; nothing for what is no turnover."""
    found = turnover_of(issued, issued.seller.address.country)
    if found is not None:
        columns = {"year": found.year, "currency": found.currency, "distance": found.distance}
        connection.execute(insert(turnover), columns | {"document_id": issued.id, "gross": found.gross})


def sums(connection: Connection, years: Sequence[int], but_not: int | None = None) -> Sums:
    """The sums of these years in euros, without one document."""
    rows = connection.execute(_SUMS, {"years": list(years), "but_not": but_not or 0})
    return Sums({row[0]: YearSums(row[1], row[2], row[3]) for row in rows})
