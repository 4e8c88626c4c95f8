"""Many articles at once, for price lists."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, delete, func, insert, select

from shopdesk.domain.articles import Article
from shopdesk.domain.folding import fold, sort_key
from shopdesk.store import articles, search
from shopdesk.store.tables import article


def by_codes(connection: Connection, codes: Sequence[str]) -> dict[str, Article]:
    """The articles with these codes."""
    statement = select(article).where(article.c.code.in_(codes), article.c.deleted_at.is_(None))
    return {row.code: articles.from_row(row) for row in connection.execute(statement)}


def by_names(connection: Connection, names: Sequence[str]) -> dict[str, list[Article]]:
    """The articles with these names, under the folded name."""
    keys = [sort_key(name) for name in names]
    statement = select(article).where(article.c.sort_key.in_(keys), article.c.deleted_at.is_(None))
    found: dict[str, list[Article]] = {}
    for row in connection.execute(statement):
        found.setdefault(fold(row.name), []).append(articles.from_row(row))
    return found


def codes_taken(connection: Connection, codes: Sequence[str]) -> frozenset[str]:
    """Which of the codes an article has or had."""
    return frozenset(connection.scalars(select(article.c.code).where(article.c.code.in_(codes))))


def create_many(connection: Connection, values: Sequence[Article]) -> list[int]:
    """Store new articles and give their ids."""
    if not values:
        return []
    first = (connection.scalar(select(func.max(article.c.id))) or 0) + 1
    ids = list(range(first, first + len(values)))
    rows = [{"id": one, **articles.columns_of(value)} for one, value in zip(ids, values, strict=True)]
    connection.execute(insert(article), rows)
    search.index_articles(connection, ids, fresh=True)
    return ids


def remove_many(connection: Connection, ids: Sequence[int]) -> None:
    """Take articles out for good; documents keep their own copies."""
    if ids:
        connection.execute(delete(article).where(article.c.id.in_(ids)))
        search.index_articles(connection, ids)


def load_many(connection: Connection, ids: Sequence[int]) -> dict[int, Article]:
    """Those that are there and not deleted."""
    statement = select(article).where(article.c.id.in_(ids), article.c.deleted_at.is_(None))
    return {row.id: articles.from_row(row) for row in connection.execute(statement)}


def all_codes(connection: Connection) -> frozenset[str]:
    """Every code that an article has or had."""
    return frozenset(connection.scalars(select(article.c.code)))
