"""What the owner does with articles."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.articles import Article, ArticleSummary
from shopdesk.domain.documents import LineKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from shopdesk.store.pages import Cursor
    from shopdesk.usecases.shop import Shop


class ArticleRefused(ShopError):
    """A code or name is missing or taken."""

    code = "article"


def get(shop: Shop, article_id: int) -> Article:
    """One article; raises NotFound."""
    from shopdesk.store import articles

    with shop.reading() as connection:
        return articles.load(connection, article_id)


def by_code(shop: Shop, code: str) -> Article | None:
    """The article with this code."""
    from shopdesk.store import articles

    with shop.reading() as connection:
        return articles.by_code(connection, code)


def page(shop: Shop, cursor: Cursor | None = None, limit: int = 100) -> tuple[ArticleSummary, ...]:
    """The next rows of the list by name."""
    from shopdesk.store import articles

    with shop.reading() as connection:
        return articles.page(connection, cursor, limit)


def suggest(shop: Shop, text: str, limit: int = 8) -> tuple[ArticleSummary, ...]:
    """Completion in a document's name cell: the best articles for what was typed so far."""
    from shopdesk.store import articles, search

    with shop.reading() as connection:
        found = search.find(connection, text, limit, types=("article",))
        return articles.by_ids(connection, [hit.id for hit in found])


def of_kind(shop: Shop, kind: LineKind) -> tuple[Article, ...]:
    """Postage or packaging articles, for the suggestions below a document."""
    from shopdesk.store import articles

    with shop.reading() as connection:
        return articles.of_kind(connection, kind)


def names(shop: Shop) -> tuple[tuple[str, str], ...]:
    """(code, name) of the goods and services, for reading wishes."""
    from shopdesk.store import articles

    with shop.reading() as connection:
        return articles.names(connection)


def save(shop: Shop, value: Article) -> tuple[Article, Undo]:
    """Store a new or changed article; raises ArticleRefused at its field, or ChangedElsewhere."""
    from shopdesk.store import articles, plain

    value = replace(value, code=value.code.strip(), name=value.name.strip())
    if not value.name:
        raise ArticleRefused(Message(N_("The article's name is missing.")), field="name")
    with shop.writing() as connection:
        code = value.code or _free_code(value.name, lambda c: articles.code_is_taken(connection, c, value.id))
        value = replace(value, code=code)
        if articles.code_is_taken(connection, code, value.id):
            text = N_("Another article has the code {code} already.")
            raise ArticleRefused(Message(text, {"code": code}), field="code")
        if value.id is None:
            article_id = articles.create(connection, value)
            shop.record(connection, "create", "article", article_id, new=plain.to_plain(value))
            return replace(value, id=article_id, version=1), Undo(
                lambda s: _take_back_deleted(s, article_id, 0, deleted=True)
            )
        before = articles.load(connection, value.id)
        articles.save(connection, value)
        shop.record(connection, "save", "article", value.id, plain.to_plain(before), plain.to_plain(value))
    saved = replace(value, version=value.version + 1)
    return saved, Undo(lambda s: _put_back(s, before))


def _put_back(shop: Shop, before: Article) -> None:
    with shop.rewound.back("article", before.id, before.version, before.version + 1) as version:
        save(shop, replace(before, version=version))


def _free_code(name: str, is_taken: Callable[[str], bool]) -> str:
    """A short code out of the name: initials and the first free number."""
    letters = "".join(word[0] for word in name.upper().split() if word[0].isalpha())[:3] or "ART"
    number = 1
    while is_taken(f"{letters}-{number}"):
        number += 1
    return f"{letters}-{number}"


def delete(shop: Shop, article_id: int) -> Undo:
    """Take an article out of the lists; documents keep their copies."""
    return _set_deleted(shop, article_id, None, deleted=True)


def _set_deleted(shop: Shop, article_id: int, seen: int | None, *, deleted: bool) -> Undo:
    """`seen` is the version that is meant, None: whatever stands there now."""
    from shopdesk.store import articles

    with shop.writing() as connection:
        version = seen or articles.load(connection, article_id).version
        articles.set_deleted(connection, article_id, version, shop.clock.now() if deleted else None)
        shop.record(connection, "delete" if deleted else "restore", "article", article_id)
    return Undo(lambda s: _take_back_deleted(s, article_id, version, deleted=not deleted))


def _take_back_deleted(shop: Shop, article_id: int, before: int, *, deleted: bool) -> None:
    with shop.rewound.back("article", article_id, before, before + 1) as version:
        _set_deleted(shop, article_id, version, deleted=deleted)
