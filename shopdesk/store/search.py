"""Finding customers, contact persons, documents, articles, old invoices and notes, whichever engine holds the shop.

The functions of the store call `index_*` and `remove_*` in the transaction that changes the rows.
"""

from __future__ import annotations

from shopdesk.store.sqlite.search import SAME_EXCHANGE, callers, find
from shopdesk.store.sqlite.search_fresh import index_new_customers
from shopdesk.store.sqlite.search_index import (
    index_article,
    index_articles,
    index_customer,
    index_customers,
    index_document,
    index_documents,
    remove_article,
    remove_customer,
    remove_document,
)
from shopdesk.store.sqlite.search_past import (
    index_old_invoices,
    index_timeline,
    remove_old_invoices,
    remove_timeline,
)
from shopdesk.store.sqlite.search_rebuild import rebuild

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
    "index_new_customers",
    "index_old_invoices",
    "index_timeline",
    "rebuild",
    "remove_article",
    "remove_customer",
    "remove_document",
    "remove_old_invoices",
    "remove_timeline",
]
