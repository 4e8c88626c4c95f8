"""Lists of documents: rows without their lines, a page at a time, along the indexes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Row, Select, func, select

from shopdesk.domain.document_kinds import fate_of
from shopdesk.domain.documents import DocumentKind, DocumentState, DocumentSummary
from shopdesk.domain.money import Money
from shopdesk.store import customer_merges, moments, pages, references
from shopdesk.store.tables import document, outbox

# without `content`, which is most of a row; an issued document keeps the customer it was issued for, who may be a part
# of another one now
_LISTED = (
    *(column for column in document.columns if column.name not in {"content", "customer_id"}),
    customer_merges.living(document.c.customer_id).label("customer_id"),
)


@lru_cache(maxsize=1)  # building it anew for each kind of a list takes longer than asking
def _summaries() -> Select[Any]:
    mails = select(outbox.c.state).where(outbox.c.document_id == document.c.id)
    mail = mails.order_by(outbox.c.id.desc()).limit(1).correlate(document).scalar_subquery()
    return select(*_LISTED, mail.label("mail_state"), *references.later_kinds())


def page(
    connection: Connection,
    kind: DocumentKind,
    state: DocumentState | None,
    cursor: pages.Cursor | None,
    limit: int,
    *,
    back: bool = False,
) -> tuple[DocumentSummary, ...]:
    """The next rows of a list, newest first; `back`: those before the cursor, without one the oldest."""
    statement = _summaries().where(document.c.kind == kind.value)
    if state is not None:
        statement = statement.where(document.c.state == state.value)
    turn = pages.after if back else pages.before
    rows = connection.execute(turn(statement, document.c.sort_key, document.c.id, cursor).limit(limit)).all()
    return tuple(_summary(row) for row in (reversed(rows) if back else rows))


def page_of_kinds(
    connection: Connection,
    kinds: Iterable[DocumentKind],
    state: DocumentState | None,
    cursor: pages.Cursor | None,
    limit: int,
    *,
    back: bool = False,
) -> tuple[DocumentSummary, ...]:
    """The next rows of a list of some kinds, newest first; `back` as in `page`.

    Each kind is read along its own index: sorting all of them together would read the whole table.
    """
    found = [row for kind in kinds for row in page(connection, kind, state, cursor, limit, back=back)]
    ordered = sorted(found, key=lambda row: (row.sort_key, row.id), reverse=True)
    return tuple(ordered[-limit:] if back else ordered[:limit])


def by_ids(connection: Connection, ids: Sequence[int]) -> tuple[DocumentSummary, ...]:
    """The rows with these ids, in their order."""
    rows = {row.id: row for row in connection.execute(_summaries().where(document.c.id.in_(ids)))}
    return tuple(_summary(rows[each]) for each in ids if each in rows)


def of_customer(connection: Connection, customer_id: int, limit: int = 50) -> tuple[DocumentSummary, ...]:
    """The newest documents of a customer."""
    everyone = customer_merges.everyone(connection, customer_id)
    statement = _summaries().where(document.c.customer_id.in_(everyone))
    newest = (document.c.sort_key.desc(), document.c.id.desc())
    rows = connection.execute(statement.order_by(*newest).limit(limit))
    return tuple(_summary(row) for row in rows)


def successors(connection: Connection, document_id: int) -> tuple[DocumentSummary, ...]:
    """The documents made out of this one."""
    statement = _summaries().where(document.c.follows_id == document_id).order_by(document.c.id)
    return tuple(_summary(row) for row in connection.execute(statement))


def count(connection: Connection, kind: DocumentKind, state: DocumentState) -> int:
    """How many there are."""
    statement = select(func.count()).where(document.c.kind == kind.value, document.c.state == state.value)
    return connection.scalar(statement) or 0


def _summary(row: Row[Any]) -> DocumentSummary:
    return DocumentSummary(
        id=row.id,
        kind=DocumentKind(row.kind),
        state=DocumentState(row.state),
        number=row.number or "",
        date=dt.date.fromisoformat(row.date) if row.date else None,
        due=dt.date.fromisoformat(row.due) if row.due else None,
        customer_id=row.customer_id,
        recipient=row.recipient,
        city=row.city,
        title=row.title,
        gross=Money(row.gross, row.currency),
        mail_state=row.mail_state or "",
        updated_at=moments.from_text(row.updated_at),
        sort_key=row.sort_key,
        payable=Money(row.payable, row.currency),
        fate=fate_of(DocumentKind(row.kind), row.made_kinds or "", row.named_kinds or ""),
    )
