"""Address labels for a selection of customers."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.label_sheets import LabelWish
from shopdesk.domain.long_work import LongWork
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases import selections

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.addresses import Address
    from shopdesk.domain.customers import Customer
    from shopdesk.output.pdf.labels import Label, Labels
    from shopdesk.usecases.shop import Shop

_WISH = "label_wish"


@dataclass(frozen=True, slots=True)
class WithoutAddress:
    """A customer whose label would be empty."""

    customer_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LabelPlan:
    """Who gets a label, in the order of the selection, and who has no address yet."""

    ready: tuple[int, ...]
    missing: tuple[WithoutAddress, ...]


@dataclass(frozen=True, slots=True)
class LabelsSaved:
    """What was written."""

    path: Path
    labels: int
    pages: int
    warnings: tuple[Message, ...]


class NoLabels(ShopError):
    """Nobody of the selection has an address."""

    code = "no-labels"

    def __init__(self) -> None:
        super().__init__(Message(N_("Nobody of the selection has an address yet.")))


def wish(shop: Shop) -> LabelWish:
    """How labels were printed the last time; the first label is a matter of the day."""
    from shopdesk.store import settings

    with shop.reading() as connection:
        return settings.load(connection, _WISH, LabelWish, LabelWish())


def look_over(shop: Shop, ids: Sequence[int], wanted: LabelWish) -> LabelPlan:
    """Who would get a label and whose address is missing."""
    ready, missing = [], []
    with shop.reading() as connection:
        for customer in selections.people(connection, ids):
            assert customer.id is not None
            if _address(customer, wanted).is_empty:
                missing.append(WithoutAddress(customer.id, customer.name or customer.number))
            else:
                ready.append(customer.id)
    return LabelPlan(tuple(ready), tuple(missing))


def _address(customer: Customer, wanted: LabelWish) -> Address:
    delivery = customer.delivery_address
    return (
        delivery if wanted.delivery and delivery is not None and not delivery.is_empty else customer.address
    )


def render(
    shop: Shop,
    ids: Sequence[int],
    wanted: LabelWish,
    work: LongWork = LongWork(),  # noqa: B008 - frozen
) -> Labels:
    """The PDF; who has no address is left out. Raises NoLabels, LabelPlaceUnknown or Stopped."""
    from shopdesk.output.pdf.labels import labels
    from shopdesk.usecases.shop_settings import load_profile

    wanted.check()
    with shop.reading() as connection:
        profile = load_profile(connection)
        values = _labels(connection, ids, wanted, work)
    if not values:
        raise NoLabels
    address = profile.seller.address
    town = f"{address.postal_code} {address.city}".strip()
    sender = " · ".join(part for part in (profile.seller.name, *address.lines, town) if part)
    title = Message(N_("Address labels"))
    moment = dt.datetime.combine(shop.clock.today(), dt.time())
    about = (_words(profile.language, title), profile.seller.name, profile.language)
    return labels(values, wanted, sender, about, moment, work)


def _words(language: str, message: Message) -> str:
    from shopdesk.i18n import Texts

    return Texts(language).say(message)


def _labels(connection: Connection, ids: Sequence[int], wanted: LabelWish, work: LongWork) -> list[Label]:
    from shopdesk.domain.documents import Document
    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.domain.totals import totals
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf.head import address_lines
    from shopdesk.output.pdf.labels import Label
    from shopdesk.output.pdf.pen import Pen
    from shopdesk.usecases.shop_settings import load_profile

    seller, head, found = load_profile(connection).seller, Letterhead(), []
    nothing = totals(Document())
    for at, customer in enumerate(selections.people(connection, ids)):
        work.step(at, 2 * len(ids))
        address = _address(customer, wanted)
        if address.is_empty:
            continue
        recipient = replace(customer.as_recipient(), address=address)
        paper = Document(seller=seller, recipient=recipient)
        pen = Pen(paper, head, Texts(customer.language or "de"), nothing)
        lines = tuple(address_lines(pen))
        found.append(Label(customer.name or customer.number, lines, frozenset(pen.missing)))
    return found


def save(
    shop: Shop,
    ids: Sequence[int],
    wanted: LabelWish,
    path: Path,
    work: LongWork = LongWork(),  # noqa: B008
) -> LabelsSaved:
    """Write the PDF, and remember the sheet for the next time. Raises like `render`, and OSError."""
    from shopdesk.store import settings
    from shopdesk.store.durable import durable_write

    plan = look_over(shop, ids, wanted)
    made = render(shop, plan.ready, wanted, work)
    durable_write(path, made.pdf)
    with shop.writing() as connection:
        settings.save(connection, _WISH, replace(wanted, first=1, borders=False))
    return LabelsSaved(path, len(plan.ready), made.pages, made.warnings)
