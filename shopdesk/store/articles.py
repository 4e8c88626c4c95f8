"""Articles in the database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, insert, select, update

from shopdesk.domain.articles import Article, ArticleSummary
from shopdesk.domain.documents import LineKind, Prices
from shopdesk.domain.errors import NotFound
from shopdesk.domain.folding import sort_key
from shopdesk.domain.packed_sizes import PackedSize
from shopdesk.domain.shipping_services import Shape
from shopdesk.store import pages, search
from shopdesk.store.tables import article


def _decimal(text: str | None) -> Decimal | None:
    return Decimal(text) if text else None


def _text(value: Decimal | None) -> str | None:
    return None if value is None else format(value, "f")


def columns_of(value: Article) -> dict[str, Any]:
    """What is written into the row."""
    return {
        "code": value.code,
        "kind": value.kind.value,
        "name": value.name,
        "description": value.description,
        "unit": value.unit,
        "unit_price": _text(value.unit_price),
        "prices": value.prices.value,
        "vat_rate": _text(value.vat_rate),
        "weight_grams": value.weight_grams,
        "width_mm": value.width_mm,
        "length_mm": value.length_mm,
        "height_mm": value.height_mm,
        "price_per_square_metre": _text(value.price_per_square_metre) or "",
        "custom_surcharge": _text(value.custom_surcharge) or "",
        "packed_shape": value.packed.shape.value if value.packed.is_known or value.packed.together else "",
        "packed_length_mm": value.packed.length_mm,
        "packed_width_mm": value.packed.width_mm,
        "packed_height_mm": value.packed.height_mm,
        "packs_together": int(value.packed.together),
        "packaging_code": value.packaging_code,
        "hs_code": value.hs_code,
        "origin": value.origin,
        "sort_key": sort_key(value.name) or sort_key(value.code),
    }


def create(connection: Connection, value: Article) -> int:
    """Store a new article and give its id."""
    article_id = int(connection.execute(insert(article).values(columns_of(value))).inserted_primary_key[0])  # type: ignore[index]
    search.index_article(connection, article_id)
    return article_id


def save(connection: Connection, value: Article) -> None:
    """Store a changed article; raises ChangedElsewhere."""
    statement = (
        update(article)
        .where(article.c.id == value.id, article.c.version == value.version)
        .values(columns_of(value) | {"version": value.version + 1})
    )
    pages.versioned(connection.execute(statement).rowcount, value.name)
    assert value.id is not None
    search.index_article(connection, value.id)


def set_deleted(connection: Connection, article_id: int, version: int, at: dt.datetime | None) -> None:
    """Take an article out of the lists or bring it back; documents keep their own copies. Raises ChangedElsewhere."""
    pages.set_deleted(connection, article, article_id, version, at)
    search.index_article(connection, article_id)


def load(connection: Connection, article_id: int) -> Article:
    """One article."""
    row = connection.execute(select(article).where(article.c.id == article_id)).one_or_none()
    if row is None:
        raise NotFound(str(article_id), "article")
    return from_row(row)


def by_code(connection: Connection, code: str) -> Article | None:
    """The article with this code, or none."""
    statement = select(article).where(article.c.code == code, article.c.deleted_at.is_(None))
    row = connection.execute(statement).one_or_none()
    return from_row(row) if row is not None else None


def code_is_taken(connection: Connection, code: str, other_than: int | None) -> bool:
    """Whether another article, deleted or not, has this code."""
    found = connection.scalar(select(article.c.id).where(article.c.code == code))
    return found is not None and found != other_than


def page(connection: Connection, cursor: pages.Cursor | None, limit: int) -> tuple[ArticleSummary, ...]:
    """The next rows of the list in the order of the names."""
    statement = select(article).where(article.c.deleted_at.is_(None)).limit(limit)
    rows = connection.execute(pages.after(statement, article.c.sort_key, article.c.id, cursor))
    return tuple(summary(row) for row in rows)


def by_ids(connection: Connection, article_ids: list[int]) -> tuple[ArticleSummary, ...]:
    """The rows in the order of the ids given."""
    rows = {row.id: row for row in connection.execute(select(article).where(article.c.id.in_(article_ids)))}
    return tuple(summary(rows[article_id]) for article_id in article_ids if article_id in rows)


def names(connection: Connection, limit: int = 5000) -> tuple[tuple[str, str], ...]:
    """Code and name of the goods and services, for wishes: at most `limit`."""
    statement = select(article.c.code, article.c.name).where(
        article.c.deleted_at.is_(None), article.c.kind.in_(("goods", "service"))
    )
    return tuple(
        (row.code, row.name) for row in connection.execute(statement.order_by(article.c.id).limit(limit))
    )


def of_kind(connection: Connection, kind: LineKind) -> tuple[Article, ...]:
    """All articles of a kind with few members (postage, packaging), by name."""
    statement = select(article).where(article.c.kind == kind.value, article.c.deleted_at.is_(None))
    return tuple(
        from_row(row) for row in connection.execute(statement.order_by(article.c.sort_key).limit(200))
    )


def all_of(connection: Connection) -> Iterator[Article]:
    """All articles in use, in the order of the list."""
    statement = select(article).where(article.c.deleted_at.is_(None)).order_by(article.c.sort_key)
    return (from_row(row) for row in connection.execute(statement))


def summary(row: Any) -> ArticleSummary:
    """A row of the list."""
    return ArticleSummary(
        row.id, row.code, row.name, LineKind(row.kind), row.unit, _decimal(row.unit_price), Prices(row.prices),
        _decimal(row.vat_rate), row.sort_key,
    )  # fmt: skip


def from_row(row: Any) -> Article:
    """The article of a row."""
    return Article(
        id=row.id,
        version=row.version,
        code=row.code,
        kind=LineKind(row.kind),
        name=row.name,
        description=row.description,
        unit=row.unit,
        unit_price=_decimal(row.unit_price),
        prices=Prices(row.prices),
        vat_rate=_decimal(row.vat_rate),
        weight_grams=row.weight_grams,
        width_mm=row.width_mm,
        length_mm=row.length_mm,
        height_mm=row.height_mm,
        price_per_square_metre=_decimal(row.price_per_square_metre),
        custom_surcharge=_decimal(row.custom_surcharge) or Decimal(0),
        packed=PackedSize(
            Shape(row.packed_shape) if row.packed_shape else Shape.BOX,
            row.packed_length_mm,
            row.packed_width_mm,
            row.packed_height_mm,
            bool(row.packs_together),
        ),
        packaging_code=row.packaging_code,
        hs_code=row.hs_code,
        origin=row.origin,
    )
