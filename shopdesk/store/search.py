"""Finding customers, contact persons, documents and articles by any hint, whichever engine holds the shop.

The functions of the store call `index_*` and `remove_*` in the transaction that changes the rows.
"""

from __future__ import annotations

from shopdesk.store.sqlite.search import SAME_EXCHANGE, callers, find
from shopdesk.store.sqlite.search_index import (
    index_article,
    index_articles,
    index_customer,
    index_customers,
    index_document,
    index_documents,
    rebuild,
    remove_article,
    remove_customer,
    remove_document,
)

__all__ = [
    "SAME_EXCHANGE",
    "callers",
    "find",
    "index_article",
    "index_articles",
    "index_customer",
    "index_customers",
    "index_document",
    "index_documents",
    "rebuild",
    "remove_article",
    "remove_customer",
    "remove_document",
]
