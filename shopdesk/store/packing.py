"""What is still to be shipped: noted when a paper is issued, counted anew when its story goes on, listed by urgency."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from sqlalchemy import Connection, insert, select, text, update
from sqlalchemy import exists as sql_exists

from shopdesk.domain.documents import Document, DocumentKind, Fulfilment
from shopdesk.domain.money import Money
from shopdesk.domain.shipments import Shipment
from shopdesk.domain.unshipped import (
    GOODS_BILLS,
    SOURCES,
    OnAccount,
    OpenLine,
    PackingItem,
    clearance,
    goods_lines,
    open_lines,
)
from shopdesk.store import moments, pages, references, shipments, waiting_goods
from shopdesk.store.lying_goods import BELONGS
from shopdesk.store.open_to_leave import OPEN, SINCE
from shopdesk.store.tables import document, shipment_demand

_NOTED = SOURCES | {DocumentKind.DEPOSIT_INVOICE}
_STORY = SOURCES | {DocumentKind.DELIVERY_NOTE, DocumentKind.CREDIT_NOTE, DocumentKind.CANCELLATION}
_FAR = "9999-12-31"


def note(connection: Connection, issued: Document) -> None:
    """A paper was just issued: remember its goods, and count its story anew where it changes what is to be shipped."""
    assert issued.id is not None
    is_deposit = issued.kind == DocumentKind.DEPOSIT_INVOICE
    # a bill for a time bills what was done in it; goods to come stand on an order
    is_for_a_time = issued.kind in GOODS_BILLS and issued.service_period is not None
    if issued.kind in _NOTED and (is_deposit or (goods_lines(issued) and not is_for_a_time)):
        _put_on_list(connection, issued)
    if issued.kind in _STORY | _NOTED:
        refresh(connection, issued.id)


def _put_on_list(connection: Connection, issued: Document) -> None:
    """Not where its goods were handed over before; the planned day of the order stays the day of its bill."""
    day = issued.delivery_date
    is_past = bool(day and issued.date and day < issued.date)
    is_waiting, planned = waiting_goods.planned(connection, issued)
    if is_past and not is_waiting:
        return
    day = planned if is_past or day is None else day
    connection.execute(
        insert(shipment_demand).values(
            document_id=issued.id,
            root_id=issued.id,
            fulfilment=issued.fulfilment.value,
            prepay=int(issued.prepay),
            business=int(issued.recipient.is_business),
            delivery_date=day.isoformat() if day else None,
        )
    )


def refresh(connection: Connection, document_id: int) -> None:
    """Count what is still to leave of the papers of this story."""
    ids = references.connected(connection, document_id)
    found = lines_of(connection, ids)
    open_ids = {each for each, lines in found.items() if any(line.left for line in lines)}
    table = shipment_demand
    named = table.c.document_id.in_(ids)
    connection.execute(update(table).where(named).values(root_id=min(ids), is_open=0))
    if open_ids:
        wanted = table.c.document_id.in_(open_ids) & table.c.settled_at.is_(None)
        connection.execute(update(table).where(wanted).values(is_open=1))


def lines_of(connection: Connection, ids: Collection[int]) -> dict[int, tuple[OpenLine, ...]]:
    """What the papers of one story still want; see `unshipped.open_lines`."""
    taken = shipments.of_documents(connection, ids)
    return open_lines(_papers(connection, ids), taken, shipments.notes_of(connection, ids))


def _papers(connection: Connection, ids: Collection[int]) -> list[Document]:
    from shopdesk.store import documents

    kinds = [kind.value for kind in _STORY]
    statement = select(document.c.id).where(
        document.c.id.in_(tuple(ids)), document.c.kind.in_(kinds), document.c.state == "issued"
    )
    return [
        documents.load(connection, each) for each in connection.scalars(statement.order_by(document.c.id))
    ]


def story_of(connection: Connection, document_id: int) -> tuple[tuple[OpenLine, ...], tuple[Shipment, ...]]:
    """What one paper still wants, and all shipments of its story."""
    ids = references.connected(connection, document_id)
    lines = lines_of(connection, ids).get(document_id, ())
    return lines, shipments.of_documents(connection, ids)


def settle(connection: Connection, document_id: int, at: dt.datetime | None) -> None:
    """Nothing is to be shipped of this paper, whatever its lines say; None: after all there is."""
    moment = moments.to_text(at) if at else None
    table = shipment_demand
    connection.execute(update(table).where(table.c.document_id == document_id).values(settled_at=moment))
    refresh(connection, document_id)


def is_used(connection: Connection) -> bool:
    """Whether anything was ever shipped or put on the list by the owner."""
    return bool(connection.scalar(select(sql_exists().where(shipment_demand.c.settled_at.is_not(None))))) or (
        shipments.any_left(connection)
    )


_DEPOSIT_OPEN = f"""
    EXISTS (
        SELECT 1 FROM shipment_demand o CROSS JOIN document b ON b.id = o.document_id
        WHERE o.root_id = s.root_id AND b.kind = 'deposit_invoice' AND b.date >= {SINCE} AND b.payable > (
            SELECT coalesce(sum(a.amount + a.cash_discount + a.written_off), 0) FROM payment_allocation a
            WHERE a.document_id = b.id AND a.deleted_at IS NULL)
        AND NOT EXISTS (
            SELECT 1 FROM document_reference r CROSS JOIN document c ON c.id = r.document_id
            WHERE r.referred_id = b.id AND c.kind = 'cancellation' AND c.state = 'issued'))
"""  # noqa: S608 - our own words
# who is meant today: a promise moves with a merge, a paper does not
_MEANT = """
    coalesce((SELECT m.survivor_id FROM customer_merge m WHERE m.merged_id = d.customer_id), d.customer_id)
"""
_PROMISED = f"""
    (SELECT min(p.due) FROM promise p WHERE p.customer_id = {_MEANT} AND p.kind IN ('delivery', 'ready')
     AND p.state IN ('open', 'moved') AND p.deleted_at IS NULL
     AND (p.document_id IS NULL OR p.document_id = d.id
          OR p.document_id IN (SELECT o.document_id FROM shipment_demand o WHERE o.root_id = s.root_id)))
"""  # noqa: S608 - our own words
_PAID_ON = """
    (SELECT max(p.day) FROM payment_allocation a JOIN payment p ON p.id = a.payment_id
     WHERE a.document_id = d.id AND a.deleted_at IS NULL AND p.deleted_at IS NULL)
"""
_HAS_TERMS = """
    (SELECT coalesce(c.payment_days, 0) > 0 FROM customer c WHERE c.id = coalesce(
        (SELECT m.survivor_id FROM customer_merge m WHERE m.merged_id = wanted.customer_id), wanted.customer_id))
"""
# CROSS JOIN keeps the order of reading: the planner would rather read all credit notes of the shop for each row.
# Each figure once for every open paper; what is only shown is looked up for the rows of the page
_ROWS = f"""
    WITH wanted AS MATERIALIZED (
        SELECT d.id AS id, d.kind AS kind, d.date AS date, s.root_id AS root,
               s.prepay AS prepay, s.business AS business, d.customer_id AS customer_id,
               {OPEN} AS open, {_PAID_ON} AS paid_on,
               (d.kind = 'order_confirmation' OR s.root_id <> d.id) AND {_DEPOSIT_OPEN} AS deposit_open,
               coalesce({_PROMISED}, CASE WHEN s.delivery_date <> d.date THEN s.delivery_date END) AS promised,
               (SELECT max(h.planned_for) FROM shipment h
                WHERE {BELONGS} AND +h.state IN ('planned', 'packed')) AS planned
        FROM shipment_demand s JOIN document d ON d.id = s.document_id
        WHERE s.is_open = 1 AND s.fulfilment IN (SELECT value FROM json_each(:fulfilments))
    ), judged AS MATERIALIZED (
        SELECT *, CASE
            WHEN deposit_open OR (prepay AND open > 0) THEN 1
            WHEN open <= 0 OR kind = 'order_confirmation' OR :on_account = 'everybody'
                 OR (business AND :on_account = 'businesses') THEN 0
            WHEN {_HAS_TERMS} THEN 0
            ELSE 1 END AS waits
        FROM wanted
    ), ranked AS MATERIALIZED (
        SELECT *, waits || ' ' || coalesce(promised, '{_FAR}') || ' ' || coalesce(paid_on, date) AS rank FROM judged
    )
"""  # noqa: S608 - our own words
_PAGE = f"""
    {_ROWS}, shown AS MATERIALIZED (
        SELECT * FROM ranked WHERE (rank, id) > (:rank, :id) ORDER BY rank, id LIMIT :limit
    )
    SELECT wanted.*, d.number, d.recipient, d.city, d.title, d.currency, s.fulfilment,
           {_HAS_TERMS} AS has_terms,
           coalesce((SELECT m.survivor_id FROM customer_merge m WHERE m.merged_id = wanted.customer_id),
                    wanted.customer_id) AS meant,
           EXISTS (SELECT 1 FROM shipment h WHERE {BELONGS} AND +h.state = 'packed') AS packed,
           EXISTS (SELECT 1 FROM shipment h WHERE {BELONGS} AND +h.state = 'packed' AND h.kind = 'pick_up'
                   AND h.told_at IS NOT NULL) AS announced
    FROM shown AS wanted
    JOIN document d ON d.id = wanted.id JOIN shipment_demand s ON s.document_id = wanted.id
    ORDER BY wanted.rank, wanted.id
"""  # noqa: S608
_ONE = _PAGE.replace("WHERE s.is_open = 1", "WHERE s.document_id = :only AND s.is_open = 1")
_COUNT = f"""
    {_ROWS}, counted AS MATERIALIZED (
        SELECT *, root IN (
            SELECT o.root_id FROM purchase_order p JOIN shipment_demand o ON o.document_id = p.document_id
            WHERE p.ordered_at IS NOT NULL AND p.arrived_at IS NULL AND p.cancelled_at IS NULL AND p.deleted_at IS NULL
        ) AND NOT EXISTS (
            SELECT 1 FROM shipment_demand s JOIN shipment h ON {BELONGS} AND +h.state = 'packed'
            WHERE s.document_id = ranked.id
        ) AS comes FROM ranked
    )
    SELECT count(*) FILTER (WHERE waits = 0 AND NOT comes), count(*) FILTER (WHERE waits = 1),
           count(*) FILTER (WHERE waits = 0 AND NOT comes AND (promised < :today OR (
               open <= 0 AND paid_on < :late AND coalesce(promised, :today) = :today
               AND coalesce(planned, '') < :today)))
    FROM counted
"""  # noqa: S608
_EVERY_WAY = frozenset({Fulfilment.SHIP, Fulfilment.DELIVER})


def page(
    connection: Connection,
    on_account: OnAccount,
    cursor: pages.Cursor | None,
    limit: int,
    fulfilments: Collection[Fulfilment] = _EVERY_WAY,
    only: int = 0,
) -> tuple[PackingItem, ...]:
    """What is to be shipped: what may leave first, the oldest promise, then the oldest payment. `only`: one paper."""
    rank, last = cursor or ("", 0)
    values = _values(on_account, fulfilments) | {"rank": rank, "id": last, "limit": limit}
    if only:
        rows = connection.execute(text(_ONE), values | {"only": only})
    else:
        rows = connection.execute(text(_PAGE), values)
    return tuple(_item(row, on_account) for row in rows)


def counts(
    connection: Connection,
    on_account: OnAccount,
    today: dt.date,
    late: dt.date,
    fulfilments: Collection[Fulfilment] = _EVERY_WAY,
) -> tuple[int, int, int]:
    """How many may leave, how many wait for money, and how many of the first are late; `late`: see `late_before`.

    What waits for its supplier is none of them.
    """
    values = _values(on_account, fulfilments) | {
        "only": 0,
        "today": today.isoformat(),
        "late": late.isoformat(),
    }
    row = connection.execute(text(_COUNT), values).one()
    return int(row[0]), int(row[1]), int(row[2])


def cursor_of(value: PackingItem) -> pages.Cursor:
    """Where the next page begins behind this row."""
    return value.rank, value.document_id


def _values(on_account: OnAccount, fulfilments: Collection[Fulfilment]) -> dict[str, Any]:
    import json

    names = json.dumps([each.value for each in fulfilments])
    return {"on_account": on_account.value, "fulfilments": names}


def _item(row: Any, on_account: OnAccount) -> PackingItem:
    money = Money(row.open, row.currency)
    return PackingItem(
        document_id=row.id,
        number=row.number,
        kind=DocumentKind(row.kind),
        recipient=row.recipient,
        city=row.city,
        title=row.title,
        customer_id=row.meant,
        day=dt.date.fromisoformat(row.date),
        clearance=clearance(
            DocumentKind(row.kind), money, on_account, prepay=bool(row.prepay), is_business=bool(row.business),
            has_terms=bool(row.has_terms), deposit_open=bool(row.deposit_open),
        ),
        open=money,
        fulfilment=Fulfilment(row.fulfilment),
        paid_on=dt.date.fromisoformat(row.paid_on) if row.paid_on else None,
        promised=dt.date.fromisoformat(row.promised) if row.promised else None,
        packed=bool(row.packed),
        rank=row.rank,
        planned=dt.date.fromisoformat(row.planned) if row.planned else None,
        announced=bool(row.announced),
    )  # fmt: skip
