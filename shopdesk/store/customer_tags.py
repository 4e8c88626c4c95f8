"""The tags of customers: which there are, and who bears one."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Connection, func, select

from shopdesk.store.tables import customer, customer_tag


def used(connection: Connection, limit: int) -> tuple[str, ...]:
    """The tags that customers bear, the most frequent first."""
    count = func.count()
    statement = (
        select(customer_tag.c.tag)
        .join(customer, customer.c.id == customer_tag.c.customer_id)
        .where(customer.c.deleted_at.is_(None))
        .group_by(customer_tag.c.tag)
        .order_by(count.desc(), customer_tag.c.tag)
        .limit(limit)
    )
    return tuple(connection.scalars(statement))


def borne_by(tag: str) -> ColumnElement[bool]:
    """The customers with the tag, as a condition."""
    return customer.c.id.in_(select(customer_tag.c.customer_id).where(customer_tag.c.tag == tag))
