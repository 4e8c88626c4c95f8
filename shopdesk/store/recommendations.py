"""Who recommended the shop, and what those whom it brought have bought."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Subquery, func, select

from shopdesk.domain.folding import fold
from shopdesk.domain.money import Money
from shopdesk.domain.recommendations import Recommender
from shopdesk.store import figures
from shopdesk.store.tables import customer, customer_merge, document


def report(connection: Connection, currency: str) -> tuple[Recommender, ...]:
    """All recommenders, the most turnover first. Of merged customers the survivor counts, on both sides."""
    bought = _bought(currency)
    sender = customer.alias("sender")
    link = customer_merge.alias("sender_merge")
    sender_id = func.coalesce(link.c.survivor_id, customer.c.recommended_by_id)
    statement = (
        select(
            customer.c.id, customer.c.recommended_by, sender.c.id.label("sender_id"), sender.c.number,
            sender.c.company, sender.c.title, sender.c.given_name, sender.c.family_name,
            func.coalesce(bought.c.purchases, 0).label("purchases"),
            func.coalesce(bought.c.turnover, 0).label("turnover"),
        )
        .select_from(
            customer.outerjoin(link, link.c.merged_id == customer.c.recommended_by_id)
            .outerjoin(sender, (sender.c.id == sender_id) & sender.c.deleted_at.is_(None))
            .outerjoin(bought, bought.c.owner == customer.c.id)
        )
        .where(customer.c.deleted_at.is_(None), customer.c.recommended_by != "")
        .order_by(customer.c.id)
    )  # fmt: skip
    groups: dict[object, list[Any]] = {}
    for row in connection.execute(statement):
        if row.sender_id == row.id:  # merged with the one who recommended
            continue
        groups.setdefault(row.sender_id or fold(row.recommended_by), []).append(row)
    found = (_recommender(rows, currency) for rows in groups.values())
    return tuple(sorted(found, key=lambda one: (-one.turnover.minor, -one.customers, fold(one.name))))


def _bought(currency: str) -> Subquery:
    """What each customer bought, with what came over by a merge."""
    owner = func.coalesce(customer_merge.c.survivor_id, document.c.customer_id)
    return (
        select(
            owner.label("owner"),
            figures.purchases().label("purchases"),
            figures.turnover_in(currency).label("turnover"),
        )
        .select_from(document.outerjoin(customer_merge, customer_merge.c.merged_id == document.c.customer_id))
        .where(document.c.state == "issued", document.c.kind.in_(figures.TURNOVER))
        .group_by(owner)
        .subquery()
    )


def _recommender(rows: Iterable[Any], currency: str) -> Recommender:
    rows = list(rows)
    first = rows[0]
    person = " ".join(part for part in (first.title, first.given_name, first.family_name) if part)
    return Recommender(
        first.sender_id,
        first.number or "",
        (first.company or person) if first.sender_id else first.recommended_by,
        len(rows),
        sum(row.purchases > 0 for row in rows),
        sum(row.purchases for row in rows),
        Money(sum(row.turnover for row in rows), currency),
    )
