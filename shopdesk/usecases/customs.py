"""The customs note of a document whose goods leave the customs territory (CN 22, CN 23)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import TYPE_CHECKING

from shopdesk.domain.addresses import Country
from shopdesk.domain.customs import (
    CustomsItem,
    CustomsNote,
    CustomsNoteIncomplete,
    NoCustoms,
    missing,
    needs_customs,
)
from shopdesk.domain.documents import Document, DocumentKind, Line, LineKind, Prices, TaxCase
from shopdesk.domain.money import Money, distribute

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.addresses import Address
    from shopdesk.domain.packed_texts import PackedText
    from shopdesk.domain.parcels import Parcel, ParcelPlan
    from shopdesk.usecases.shop import Shop


def is_needed(document: Document) -> bool:
    """Whether the goods of the document leave the customs territory."""
    return needs_customs(document.recipient.goods_address, document.seller.address.country or "DE")


def note(shop: Shop, document: Document) -> CustomsNote:
    """The note over all goods of the document, also where something is still missing. Raises NoCustoms."""
    from shopdesk.usecases import parcels
    from shopdesk.usecases.shop_settings import load_profile

    if not is_needed(document):
        raise NoCustoms(Country(document.recipient.goods_address.country))
    with shop.reading() as connection:
        seller = document.seller if document.seller.name else load_profile(connection).seller
        known = parcels.known_in(connection, document.lines)
        priced = _priced(connection, document)
        free = _free(connection, document, known, priced)
    items = _items(document, known, priced, free)
    recipient, goods = document.recipient, document.recipient.goods_address
    return CustomsNote(
        sender=_lines((seller.name, seller.owner), seller.address),
        sender_country=seller.address.country,
        sender_phone=seller.phone,
        sender_vat_id=seller.vat_id,
        receiver=_lines((recipient.company, recipient.person.full), goods),
        receiver_country=goods.country,
        receiver_contact=recipient.email,
        items=items,
        gross_grams=sum(item.weight_grams for item in items),
        postage=_postage(priced),
        document_number=document.number,
        day=document.date or shop.clock.today(),
    )


@dataclass(frozen=True, slots=True)
class Undeclared:
    """A line of which customs wants to know more; `lacks_value`: it costs nothing, and nobody said what it is worth."""

    place: int
    known: PackedText
    lacks_value: bool = False


def unknown(shop: Shop, document: Document) -> tuple[Undeclared, ...]:
    """The lines whose tariff number, origin or value nobody knows yet; none where no note is needed."""
    from shopdesk.usecases import parcels

    if not is_needed(document):
        return ()
    with shop.reading() as connection:
        known = parcels.known_in(connection, document.lines)
        free = _free(connection, document, known, _priced(connection, document))
    found = (Undeclared(place, about, free.get(place) == 0) for place, about in known.items())
    return tuple(each for each in found if each.lacks_value or not (each.known.hs_code and each.known.origin))


def _free(
    connection: Connection, document: Document, known: Mapping[int, PackedText], priced: Document
) -> dict[int, Decimal]:
    """What one of each thing is worth that is given away: what was said, else its article's price; 0: unknown.

    Customs takes no note without a value (UPU, CN 23, column 5).
    """
    from shopdesk.domain.articles import in_prices
    from shopdesk.usecases.parcels import articles_in
    from shopdesk.usecases.shop_settings import load_profile

    worth = _value_of_one(priced)
    asked = {place: line for place, line in _shipped(document) if worth.get(_key(line)) == 0}
    articles = articles_in(connection, asked) if asked else {}
    found: dict[int, Decimal] = {}
    for place in asked:
        said, article = known[place].value, articles.get(place)
        if said is not None and said.currency == document.currency:
            found[place] = said.amount
        elif article is not None and article.unit_price and document.currency == "EUR":
            rate = load_profile(connection).default_rate if article.vat_rate is None else article.vat_rate
            found[place] = in_prices(article.unit_price, article.prices, Prices.NET, rate)
        else:
            found[place] = Decimal(0)
    return found


def _priced(connection: Connection, document: Document) -> Document:
    """The document that says what the goods cost: a delivery note mostly follows one that does."""
    from shopdesk.store import documents

    found = document
    if document.kind == DocumentKind.DELIVERY_NOTE and document.follows_id is not None:
        found = documents.load(connection, document.follows_id)
    # what leaves the Union leaves it without its VAT
    return replace(found, tax_case=TaxCase.EXPORT) if found.tax_case == TaxCase.AUTO else found


def _items(
    document: Document, known: Mapping[int, PackedText], priced: Document, free: Mapping[int, Decimal]
) -> tuple[CustomsItem, ...]:
    each = _value_of_one(priced)
    found = []
    for place, line in _shipped(document):
        about = known[place]
        grams = int((line.quantity * about.weight_grams).to_integral_value(ROUND_CEILING))
        one = each.get(_key(line)) or free.get(place, Decimal(0))
        value = Money.of(one * line.quantity, document.currency)
        found.append(CustomsItem(line.text, line.quantity, grams, value, about.hs_code, about.origin))
    return tuple(found)


def _shipped(document: Document) -> tuple[tuple[int, Line], ...]:
    from shopdesk.domain.packed_texts import is_shipped

    return tuple((place, line) for place, line in enumerate(document.lines) if is_shipped(line))


def _value_of_one(priced: Document) -> dict[str, Decimal]:
    """What one of each is worth without VAT, its share of a discount taken off."""
    from shopdesk.domain.totals import totals

    found: dict[str, Decimal] = {}
    for line, total in zip(priced.lines, totals(priced).lines, strict=True):
        if line.kind == LineKind.GOODS and total is not None and line.quantity:
            one = total.net.amount / line.quantity
            found[_key(line)] = found.get(_key(line)) or one  # one of three may be a gift
    return found


def _key(line: Line) -> str:
    return f"{line.article_code} {line.text}"


def _postage(priced: Document) -> Money:
    from shopdesk.domain.totals import totals

    sums = [
        total.net
        for line, total in zip(priced.lines, totals(priced).lines, strict=True)
        if line.kind in {LineKind.POSTAGE, LineKind.PACKAGING} and total is not None
    ]
    return sum(sums, Money(0, priced.currency))


def _lines(names: tuple[str, ...], address: Address) -> tuple[str, ...]:
    from shopdesk.domain.addresses import postal_lines

    where = postal_lines(address.lines, address.postal_code, address.city, address.country)
    return tuple(dict.fromkeys(line for line in (*names, *where) if line))


def notes(shop: Shop, document: Document) -> tuple[CustomsNote, ...]:
    """A note for each parcel of the plan; one over everything where it cannot be planned. Raises NoCustoms."""
    from shopdesk.usecases import parcels

    whole = note(shop, document)
    planned = parcels.plan(shop, document)
    # by the line, since two lines may have the same words
    items = dict(zip((place for place, _ in _shipped(document)), whole.items, strict=True))
    if not planned.is_complete or not _are_pieces(planned, items):
        return (whole,)
    postage = distribute(
        whole.postage.minor, [entry.parcel.outside.weight_grams for entry in planned.parcels]
    )
    return tuple(
        replace(
            whole,
            items=_of_parcel(entry.parcel, items),
            gross_grams=entry.parcel.outside.weight_grams,
            postage=Money(share, whole.postage.currency),
            parcel=number,
            parcels=len(planned.parcels),
        )
        for number, (entry, share) in enumerate(zip(planned.parcels, postage, strict=True), 1)
    )


def _are_pieces(planned: ParcelPlan, items: Mapping[int, CustomsItem]) -> bool:
    counted = Counter(piece.line for entry in planned.parcels for piece in entry.parcel.pieces)
    return all(item.quantity == counted[place] for place, item in items.items())


def _of_parcel(parcel: Parcel, items: Mapping[int, CustomsItem]) -> tuple[CustomsItem, ...]:
    found = []
    for place, count in sorted(Counter(piece.line for piece in parcel.pieces).items()):
        item = items[place]
        found.append(
            replace(
                item,
                quantity=Decimal(count),
                weight_grams=sum(piece.weight_grams for piece in parcel.pieces if piece.line == place),
                value=Money.of(item.value.amount * count / item.quantity, item.value.currency),
            )
        )
    return tuple(found)


def as_pdf(shop: Shop, document: Document) -> bytes:
    """The data sheets as a PDF. Raises NoCustoms, or CustomsNoteIncomplete that names all that is missing."""
    from shopdesk.output.pdf.customs import customs_sheets

    lacking = missing(note(shop, document))
    if lacking:
        raise CustomsNoteIncomplete(lacking)
    sheets = notes(shop, document)
    return customs_sheets(sheets, document.seller.name or sheets[0].sender[0], shop.clock.now())
