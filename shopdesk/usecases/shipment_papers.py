"""The papers of a shipment: delivery note and address label, for one or for many, in one PDF (S6)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.documents import Document, DocumentKind, Line, LineKind
from shopdesk.domain.goods_matching import Portion, left_of, shipped_portion
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.shipments import Shipment
from shopdesk.domain.unshipped import goods_lines

if TYPE_CHECKING:
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf.parcel_label import ParcelLabel
    from shopdesk.usecases.shop import Shop


def delivery_note(shop: Shop, shipment_id: int) -> int:
    """The delivery note of a packed shipment, issued now where it has none; gives its id."""
    from shopdesk.store import documents, shipments
    from shopdesk.usecases import chains, issuing

    with shop.reading() as connection:
        shipment = shipments.load(connection, shipment_id)
    if shipment.delivery_note_id is not None:
        return shipment.delivery_note_id
    draft = chains.follow_up(shop, shipment.document_id, DocumentKind.DELIVERY_NOTE)
    with shop.writing() as connection:
        shipment = shipments.load(connection, shipment_id)
        stored = documents.load(connection, draft.id or 0)
        source = documents.load(connection, shipment.document_id)
        documents.save(connection, replace(stored, lines=_noted(source, shipment)), shop.clock.now())
        # first the link: an issued note that belongs to no shipment counts as goods that are gone
        shipments.save(connection, replace(shipment, delivery_note_id=draft.id))
        issuing.issue_in(connection, shop, draft.id or 0, send=False)
    return draft.id or 0


def _noted(source: Document, shipment: Shipment) -> tuple[Line, ...]:
    """The goods of the shipment with the descriptions of the paper; what is no goods stays as it is written there."""
    left = left_of(
        [
            Portion(line, line.quantity, (shipment.document_id, position))
            for position, line in goods_lines(source)
        ],
        [
            shipped_portion({shipment.document_id: source}, shipment.document_id, each)
            for each in shipment.lines
        ],
    )
    found = []
    for position, line in enumerate(source.lines):
        quantity = line.quantity - left.get((shipment.document_id, position), line.quantity)
        if line.kind == LineKind.NOTE and not line.option:
            found.append(line)
        elif quantity > 0:
            found.append(replace(line, quantity=quantity))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Papers:
    """Delivery notes and labels as one PDF; `problems` are the papers for which nothing could be made, in words."""

    pdf: bytes
    notes: int
    labels: int
    problems: tuple[tuple[str, Message], ...] = ()


def papers(shop: Shop, shipment_ids: Sequence[int], *, notes: bool = True, parcels: int = 0) -> Papers:
    """The delivery notes of packed shipments, issued where they are not yet, then all their labels, in one PDF.

    `parcels`: so many labels for each; 0: as many as it has tracking numbers.

    Raises NotFound, and what issuing raises where a single one was wanted.
    """
    from shopdesk.domain.errors import ShopError
    from shopdesk.output.pdf.joined import joined
    from shopdesk.usecases import documents

    pages, problems = [], []
    for each in shipment_ids:
        if not notes:
            break
        try:
            note_id = delivery_note(shop, each)
        except ShopError as error:
            if len(shipment_ids) == 1:
                raise
            problems.append((_named(shop, each), error.message))
            continue
        stored = documents.stored_files(shop, note_id)
        pages.append(next(file.data for file in stored if file.media_type == "application/pdf"))
    labels = label_pdf(shop, shipment_ids, parcels)
    return Papers(joined((*pages, labels)), len(pages), len(shipment_ids), tuple(problems))


def _named(shop: Shop, shipment_id: int) -> str:
    from shopdesk.usecases import shipments

    return shipments.get(shop, shipment_id).document_number


def label_pdf(shop: Shop, shipment_ids: Sequence[int], parcels: int = 0) -> bytes:
    """A label for each parcel of these shipments, in the size that the owner chose; `parcels` as in `papers`."""
    from shopdesk.domain.parcel_labels import format_named
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf.parcel_label import parcel_labels
    from shopdesk.usecases import packing
    from shopdesk.usecases.shop_settings import profile

    owner = profile(shop)
    found = [label for each in shipment_ids for label in _labels(shop, each, parcels)]
    title = Texts(owner.language).say(Message(N_("Address labels")))
    about = (title, owner.seller.name, owner.language)
    return parcel_labels(found, format_named(packing.rules(shop).label), about, shop.clock.now())


def _labels(shop: Shop, shipment_id: int, parcels: int) -> list[ParcelLabel]:
    from shopdesk.output.pdf.parcel_label import ParcelLabel
    from shopdesk.usecases import documents, shipments

    shipment = shipments.get(shop, shipment_id)
    document = documents.load(shop, shipment.document_id)
    texts = _texts(shop)
    address = address_of(document)
    count = parcels or max(len(shipment.parcels), 1)
    seller = document.seller
    town = f"{seller.address.postal_code} {seller.address.city}".strip()
    sender = " · ".join(part for part in (seller.name, *seller.address.lines, town) if part)
    return [
        ParcelLabel(address, sender, _foot(document, number, count, texts)) for number in range(1, count + 1)
    ]


def _texts(shop: Shop) -> Texts:
    from shopdesk.i18n import Texts
    from shopdesk.usecases.shop_settings import profile

    return Texts(profile(shop).language)


def _foot(document: Document, number: int, count: int, texts: Texts) -> str:
    if count == 1:
        return document.number
    words = texts.gettext("{number} · parcel {at} of {count}")
    return words.format(number=document.number, at=number, count=count)


def address_of(document: Document) -> tuple[str, ...]:
    """The lines of the label: where the goods go, abroad with the country in capitals (DIN 5008)."""
    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.domain.totals import totals
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf.head import address_lines
    from shopdesk.output.pdf.pen import Pen

    recipient = replace(document.recipient, address=document.recipient.goods_address)
    pen = Pen(
        replace(document, recipient=recipient), Letterhead(), Texts(document.language), totals(Document())
    )
    return tuple(address_lines(pen))
