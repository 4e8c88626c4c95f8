"""Can I ship this? The parcels of a document, with their services and prices (S5)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.articles import Article
from shopdesk.domain.documents import Document, Line, LineKind
from shopdesk.domain.packed_texts import PackedText
from shopdesk.domain.parcels import ParcelPlan, Piece, Question
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

SETTING = "parcels"


@dataclass(frozen=True, slots=True)
class ParcelSettings:
    """What the shop wants of every parcel."""

    tracked_only: bool = True


def settings(shop: Shop) -> ParcelSettings:
    """What the shop wants of every parcel."""
    from shopdesk.store import settings as stored

    with shop.reading() as connection:
        return stored.load(connection, SETTING, ParcelSettings, ParcelSettings())


def save_settings(shop: Shop, value: ParcelSettings) -> None:
    """Keep it."""
    from shopdesk.store import settings as stored

    with shop.writing() as connection:
        stored.save(connection, SETTING, value)


def plan(shop: Shop, document: Document) -> ParcelPlan:
    """The parcels of a draft or of an issued document to where its goods go; what is missing stands as questions.

    Fast enough to be asked for at every edit; nothing is written.
    """
    from shopdesk.domain import packed_texts
    from shopdesk.domain.packing import plan as packed
    from shopdesk.store import settings as stored
    from shopdesk.usecases import shipping_services
    from shopdesk.usecases.shop_settings import load_profile

    with shop.reading() as connection:
        table = shipping_services.table_in(connection)
        known = known_in(connection, document.lines)
        wishes = stored.load(connection, SETTING, ParcelSettings, ParcelSettings())
        home = load_profile(connection).seller.address.country
    pieces: list[Piece] = []
    questions: list[Question] = []
    for place, line in enumerate(document.lines):
        if packed_texts.is_shipped(line):
            found, question = packed_texts.pieces_of(place, line, known[place])
            pieces += found
            questions += [question] if question else []
    country = document.recipient.goods_address.country or home or "DE"
    today = shop.clock.today()
    return packed(pieces, table, country, today, tuple(questions), tracked_only=wishes.tracked_only)


def known_in(connection: Connection, lines: Sequence[Line]) -> dict[int, PackedText]:
    """What is known about the goods of each line: remembered, of its article, or in its own words."""
    from shopdesk.domain import packed_texts
    from shopdesk.store import shipping_services

    shipped = {place: line for place, line in enumerate(lines) if packed_texts.is_shipped(line)}
    keys = {place: packed_texts.key_of(line.text) for place, line in shipped.items()}
    remembered = shipping_services.packed_texts(connection, list(keys.values())) if keys else {}
    articles = articles_in(connection, shipped)
    packaging = _packaging_grams(connection, articles)
    found = {}
    for place, line in shipped.items():
        sources = [remembered.get(keys[place], packed_texts.NOTHING)]
        if place in articles:
            article = articles[place]
            sources.append(packed_texts.of_article(article, line, packaging.get(article.packaging_code, 0)))
        sources += [PackedText(line.weight_grams), packed_texts.of_words(line.text)]
        found[place] = packed_texts.merged(*sources)
    return found


def articles_in(connection: Connection, lines: Mapping[int, Line]) -> dict[int, Article]:
    """The article of each line: by its code, or for a custom size by the name without the size."""
    from shopdesk.domain.folding import fold
    from shopdesk.domain.packed_texts import bare_name
    from shopdesk.store import many_articles

    by_code = many_articles.by_codes(
        connection, [line.article_code for line in lines.values() if line.article_code]
    )
    bare = {place: bare_name(line.text) for place, line in lines.items() if not line.article_code}
    wanted = [name for name in bare.values() if name]
    by_name = many_articles.by_names(connection, wanted) if wanted else {}
    found: dict[int, Article] = {}
    for place, line in lines.items():
        if line.article_code in by_code:
            found[place] = by_code[line.article_code]
        elif place in bare:
            named = by_name.get(fold(bare[place]), [])
            if len(named) == 1:
                found[place] = named[0]
    return found


def _packaging_grams(connection: Connection, articles: Mapping[int, Article]) -> dict[str, int]:
    from shopdesk.store import many_articles

    codes = [article.packaging_code for article in articles.values() if article.packaging_code]
    if not codes:
        return {}
    return {code: article.weight_grams for code, article in many_articles.by_codes(connection, codes).items()}


def answer(shop: Shop, line: Line, value: PackedText) -> Undo:
    """Keep what the owner said about a line's goods: at its article, or for everything of that name.

    A custom size is remembered by its own text, since its article is of another size.
    """
    from shopdesk.usecases import articles

    article = articles.by_code(shop, line.article_code) if line.article_code else None
    if article is None:
        return _remember(shop, line.text, value)
    if value.value is not None:  # no matter of the article: it is only given away here
        told = _remember(shop, line.text, PackedText(value=value.value))
        kept_at_it = answer(shop, line, replace(value, value=None))

        def back(other: Shop) -> None:
            kept_at_it.run(other)
            told.run(other)

        return Undo(back)
    kept = replace(
        article,
        weight_grams=value.weight_grams or article.weight_grams,
        packed=value.packed if value.packed.is_known else article.packed,
        hs_code=value.hs_code or article.hs_code,
        origin=value.origin or article.origin,
    )
    return articles.save(shop, kept)[1]


def _remember(shop: Shop, text: str, value: PackedText) -> Undo:
    from shopdesk.domain import packed_texts
    from shopdesk.domain.plain import to_plain
    from shopdesk.store import shipping_services

    key = packed_texts.key_of(text)
    with shop.writing() as connection:
        before = shipping_services.packed_texts(connection, [key]).get(key, packed_texts.NOTHING)
        after = packed_texts.merged(value, before)
        row_id = shipping_services.remember(connection, key, after)
        shop.record(connection, "save", "packed_text", row_id, to_plain(before), to_plain(after))
    return Undo(lambda s: _remember_again(s, key, before))


def _remember_again(shop: Shop, key: str, value: PackedText) -> None:
    from shopdesk.domain.plain import to_plain
    from shopdesk.store import shipping_services

    with shop.writing() as connection:
        row_id = shipping_services.remember(connection, key, value)
        shop.record(connection, "restore", "packed_text", row_id, new=to_plain(value))


def packaging_of(shop: Shop, document: Document) -> Article | None:
    """The packaging article that the goods of a document name, the one named most often first."""
    from shopdesk.domain.packed_texts import is_shipped
    from shopdesk.store import articles as stored

    with shop.reading() as connection:
        goods = {place: line for place, line in enumerate(document.lines) if is_shipped(line)}
        codes = [article.packaging_code for article in articles_in(connection, goods).values()]
        named = [code for code in codes if code]
        found = stored.by_code(connection, max(named, key=named.count)) if named else None
    return found if found is not None and found.kind == LineKind.PACKAGING else None
