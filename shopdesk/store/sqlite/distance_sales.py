"""What was sold to private buyers abroad, read out of the documents' JSON."""

from __future__ import annotations

from sqlalchemy import Connection, func, select

from shopdesk.domain.addresses import EU
from shopdesk.store.tables import document, document_line


def net(connection: Connection, year: int, home: str, but_not: int | None) -> int:
    """Net cents of a year's issued sales to private buyers in other member states (§ 3c UStG), without one document."""
    goods_country = func.coalesce(
        func.json_extract(document.c.content, "$.recipient.delivery_address.country"),
        func.json_extract(document.c.content, "$.recipient.address.country"),
    )
    lines = (
        select(document_line.c.position)
        .where(document_line.c.document_id == document.c.id)
        .correlate(document)
    )
    goods, services = (lines.where(document_line.c.kind == kind).exists() for kind in ("goods", "service"))
    statement = select(func.coalesce(func.sum(document.c.net), 0)).where(
        document.c.kind == "invoice",
        document.c.state == "issued",
        document.c.date >= f"{year}-01-01",
        document.c.date <= f"{year}-12-31",
        document.c.tax_case.in_(("domestic", "oss")),
        func.json_extract(document.c.content, "$.fulfilment").in_(("ship", "deliver")),
        func.json_extract(document.c.content, "$.recipient.vat_id") == "",
        goods_country.in_(EU - {home}),
        goods | ~services,  # the limit is about goods that are sent; services alone are taxed at home anyway
        document.c.id != (but_not or 0),
    )
    return int(connection.scalar(statement) or 0)
