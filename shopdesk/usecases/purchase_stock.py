"""What comes in for the shop itself is added to the stock that is counted by hand; what is a customer's is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.article_stock import Stock
from shopdesk.domain.purchase_orders import PurchaseOrder
from shopdesk.usecases.suppliers import keep_stock_in

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

Before = tuple[tuple[int, Stock], ...]


def add_to_stock(connection: Connection, shop: Shop, before: PurchaseOrder, after: PurchaseOrder) -> Before:
    """Add what is there more than before, of articles whose stock is followed; gives what was known of them."""
    from shopdesk.store import articles, suppliers

    if after.document_id is not None or after.commission:
        return ()
    found: list[tuple[int, Stock]] = []
    for old, line in zip(before.lines, after.lines, strict=True):
        more = int(line.arrived - old.arrived)
        article = articles.by_code(connection, line.article_code) if line.article_code and more else None
        if article is None or article.id is None:
            continue
        _, stock = suppliers.supply(connection, article.id)
        if stock.added(more) != stock:
            found.append((article.id, keep_stock_in(connection, shop, article.id, stock.added(more))))
    return tuple(found)


def put_stock_back(shop: Shop, before: Before) -> None:
    """As it was before the goods came in."""
    if before:
        with shop.writing() as connection:
            for article_id, stock in before:
                keep_stock_in(connection, shop, article_id, stock)
