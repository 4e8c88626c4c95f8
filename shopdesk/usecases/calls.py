"""The call: who it is out of what was typed, and out of the note a document with postage and packaging of its own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.addresses import Address
from shopdesk.domain.articles import Article, line_of
from shopdesk.domain.customers import Customer, Phone
from shopdesk.domain.documents import Document, DocumentKind, Line, LineKind, Prices
from shopdesk.domain.timeline import Direction, EntryKind, TimelineEntry
from shopdesk.i18n import PAPER_LANGUAGES, country_codes, country_names
from shopdesk.usecases import articles, customers, documents, timeline

if TYPE_CHECKING:
    from shopdesk.domain.typing import CatalogueName, FoundSize, PastedContact, Wish
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class Catalogue:
    """What a note is compared with; read once when the note box is opened."""

    names: tuple[CatalogueName, ...]
    countries: dict[str, str]


def catalogue(shop: Shop) -> Catalogue:
    """The shop's goods and the countries' names."""
    from shopdesk.domain.typing import CatalogueName

    names = tuple(CatalogueName(code, name) for code, name in articles.names(shop))
    return Catalogue(names, dict(country_codes()))


def understood(text: str, known: Catalogue) -> tuple[Wish, ...]:
    """What a note says: pure, for every pause while typing. Wishes without goods count only where there is no other."""
    from shopdesk.domain.typing import parse_wishes
    from shopdesk.domain.typing.promises import without_calls

    found = parse_wishes(without_calls(text), known.names, known.countries)
    return tuple(wish for wish in found if wish.has_goods) or found


def contact(text: str, home_country: str, area_code: str = "") -> PastedContact:
    """A typed or pasted address, imprint or signature as fields, always shown for checking."""
    from shopdesk.domain.typing import parse_contact

    return parse_contact(text, country_codes(), home_country, area_code)


def customer_of(found: PastedContact, home_country: str) -> Customer:
    """A new customer out of what was recognised."""
    return Customer(
        company=found.company,
        person=found.name,
        phones=tuple(Phone(phone.international, phone.e164, phone.label) for phone in found.phones),
        emails=found.emails,
        address=Address(found.lines, found.postal_code, found.city, _country(found, home_country)),
        vat_id=found.vat_id,
    )


def _country(found: PastedContact, home_country: str) -> str:
    """The shop's own country unless the postal code contradicts it: then nobody knows yet, and the owner is asked."""
    return found.country or ("" if found.postal_code else home_country)


def lines_for(shop: Shop, text: str, prices: Prices, rate: Decimal, country: str) -> tuple[Line, ...]:
    """Goods, postage and packaging that the note wishes for; an unknown wish is a free line, verbatim."""
    found = understood(text, catalogue(shop))
    lines = [line for wish in found if (line := _goods_line(shop, wish, prices, rate)) is not None]
    if not lines:
        return ()
    if any(wish.postage_wanted for wish in found):
        lines += _one(suggested(shop, LineKind.POSTAGE, country, lines), prices, rate)
    if any(wish.packaging_wanted for wish in found):
        lines += _one(suggested(shop, LineKind.PACKAGING, country, lines), prices, rate)
    return tuple(lines)


def _one(article: Article | None, prices: Prices, rate: Decimal) -> list[Line]:
    return [line_of(article, Decimal(1), prices, rate)] if article is not None else []


def _goods_line(shop: Shop, wish: Wish, prices: Prices, rate: Decimal) -> Line | None:
    quantity = wish.quantity or Decimal(1)
    article = articles.by_code(shop, wish.article_code) if wish.article_code else None
    size = wish.size
    if article is not None and size is not None and _is_flat(size) and article.has_size:
        width, length = size.numbers[:2]
        return line_of(article, quantity, prices, rate, (int(width * 10), int(length * 10)))
    if article is not None:
        line = line_of(article, quantity, prices, rate)
        return replace(line, text=f"{line.text} {size.text}") if size and size.text not in line.text else line
    words = " ".join(part for part in (wish.article_text, size.text if size else "") if part)
    return Line(text=words, quantity=quantity) if words else None


def _is_flat(size: FoundSize) -> bool:
    """Width and length in centimetres, of which a custom size can be made."""
    return size.kind == "dimensions" and len(size.numbers) >= 2


def suggested(shop: Shop, kind: LineKind, country: str, lines: list[Line]) -> Article | None:
    """The postage or packaging article to offer, read from the database; see `fitting`."""
    return fitting(articles.of_kind(shop, kind), kind, country, lines)


def fitting(
    choices: tuple[Article, ...], kind: LineKind, country: str, lines: Sequence[Line]
) -> Article | None:
    """The article to offer: for postage the one that names the destination, for packaging the one that shares a
    word's beginning with the goods ("Rollware" with "Rollmatratze"). Pure, for every edit of a document.
    """
    if kind == LineKind.POSTAGE:
        names = {country_names(language).get(country, country).casefold() for language in PAPER_LANGUAGES}
        named = [a for a in choices if any(name in a.name.casefold() for name in names)]
        return named[0] if named else _without_any_country(choices)
    goods = {word[:4].casefold() for line in lines for word in line.text.split() if len(word) > 3}
    fitting = [a for a in choices if any(word[:4].casefold() in goods for word in a.name.split())]
    return next(iter(fitting or choices), None)


def _without_any_country(choices: tuple[Article, ...]) -> Article | None:
    """Postage that names no country at all: better none than the wrong one."""
    names = [name.casefold() for name in country_names("de").values()]
    return next((a for a in choices if not any(name in a.name.casefold() for name in names)), None)


def document_from_call(shop: Shop, kind: DocumentKind | str, customer: Customer, note: str) -> Document:
    """The call becomes a draft: the customer is stored if new, the note stands on the timeline, the wish is lines.

    One step for the owner (F6, F7); the draft is stored and opens in the editor.
    """
    if customer.id is None:
        customer = customers.create(shop, customer)
    assert customer.id is not None
    if note.strip():
        entry = TimelineEntry(
            customer.id, EntryKind.CALL, shop.clock.now(), text=note.strip(), direction=Direction.IN
        )
        timeline.add(shop, entry)
    draft = documents.start(shop, kind, customer.id)
    country = draft.recipient.goods_address.country
    lines = lines_for(shop, note, draft.prices, draft.default_rate, country)
    return documents.save_draft(shop, replace(draft, lines=lines))
