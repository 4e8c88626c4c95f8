"""A purchase order goes out: its number, its paper, its mail; and the customer hears that the goods are there."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from shopdesk.domain.file_names import safe_file_name
from shopdesk.domain.messages import N_, Message
from shopdesk.domain.number_ranges import PURCHASE_ORDER
from shopdesk.domain.purchase_orders import PurchaseOrder, PurchaseRefused, PurchaseState, checked_for_order
from shopdesk.usecases import purchase_arrivals, purchase_mails, purchase_orders
from shopdesk.usecases.undo import Undo

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.domain.suppliers import Supplier
    from shopdesk.usecases.shop import Shop

_ORDERED = N_("Ordered at {supplier}, {number}: {text}")
_TOLD = N_("Told that the goods of {number} are there: {text}")
_MEDIA_TYPE = "application/pdf"


@dataclass(frozen=True, slots=True)
class Ordered:
    """What went out; `mail_id` is None where it was ordered without a mail."""

    order: PurchaseOrder
    mail_id: int | None
    undo: Undo


def order(shop: Shop, value: PurchaseOrder, *, by_mail: bool = True) -> Ordered:
    """Give the stored draft its number, keep its paper, put the mail into the outbox: all of it or nothing.

    Taking it back calls the mail back as long as it has not gone; the number stays with the draft. Raises
    PurchaseRefused, SupplierHasNoAddress, WrongAddress, ChangedElsewhere.
    """
    from shopdesk.store import number_ranges, suppliers
    from shopdesk.store import purchase_orders as stored
    from shopdesk.usecases import outbox, shop_settings

    value = checked_for_order(value)
    assert value.id is not None
    assert value.supplier_id is not None
    letterhead, now = shop_settings.letterhead(shop), shop.clock.now()
    with shop.writing() as connection:
        before = stored.load(connection, value.id)
        supplier = suppliers.load(connection, value.supplier_id)
        number = before.number or number_ranges.take(
            connection, number_ranges.load(connection, PURCHASE_ORDER), shop.clock.today()
        )
        after = replace(value, number=number, ordered_at=now, outbox_id=0, supplier_name=supplier.name)
        name, pdf = _drawn(connection, shop, after, supplier, letterhead)
        stored.keep_file(connection, value.id, name, _MEDIA_TYPE, pdf)
        mail_id = None
        if by_mail:
            mail = purchase_mails.order_mail(connection, after, supplier, (name, pdf))
            mail_id = outbox.queue(connection, shop, mail, can_be_taken_back=True)
        stored.save(connection, replace(after, outbox_id=mail_id or 0))
        shop.record(connection, "order", "purchase_order", value.id, new={"number": number})
        entries = purchase_orders.note(connection, shop, after, _ORDERED)
        done = stored.load(connection, value.id)
    draft = replace(value, number=number, version=value.version)

    def back(s: Shop) -> None:
        if mail_id is not None:
            outbox.cancel(s, mail_id)
        purchase_orders.put_back(s, draft, *entries)

    return Ordered(done, mail_id, Undo(back))


def _drawn(
    connection: Connection, shop: Shop, value: PurchaseOrder, supplier: Supplier, letterhead: Letterhead
) -> tuple[str, bytes]:
    from shopdesk.i18n import Texts
    from shopdesk.output.pdf.purchase_order import render, title
    from shopdesk.usecases.shop_settings import load_profile

    seller = load_profile(connection).seller
    made = render(value, supplier, seller, letterhead, shop.clock.today())
    name = safe_file_name(f"{title(value, Texts(supplier.language))}.pdf")
    return name, made.pdf


def paper(shop: Shop, value: PurchaseOrder) -> tuple[str, bytes]:
    """Name and bytes of the paper: as it went, else as it would look now. Raises PurchaseRefused without a supplier."""
    from shopdesk.store import purchase_orders as stored
    from shopdesk.store import suppliers
    from shopdesk.usecases import shop_settings

    letterhead = shop_settings.letterhead(shop)
    with shop.reading() as connection:
        if value.id is not None and value.state != PurchaseState.DRAFT:
            kept = stored.newest_file(connection, value.id)
            if kept is not None:
                return kept
        if value.supplier_id is None:
            raise PurchaseRefused(Message(N_("From whom? Please choose the supplier.")), field="supplier")
        supplier = suppliers.load(connection, value.supplier_id)
        return _drawn(connection, shop, value, supplier, letterhead)


def tell_ready(shop: Shop, order_id: int) -> tuple[int, Undo]:
    """One key: the customer hears by mail that the goods are there; gives the mail's id.

    What he fetches lies ready then, and he is not told a second time. Raises PurchaseRefused, NoEmailAddress,
    WrongAddress.
    """
    from shopdesk.store import purchase_orders as stored
    from shopdesk.usecases import outbox

    with shop.writing() as connection:
        before = _arrived(stored.load(connection, order_id))
        mail = purchase_mails.ready_mail(connection, before)
        mail_id = outbox.queue(connection, shop, mail, can_be_taken_back=True)
        stored.save(connection, replace(before, told_at=shop.clock.now()))
        shop.record(connection, "told-ready", "purchase_order", order_id)
        entries = purchase_orders.note(connection, shop, before, _TOLD)
        laid = purchase_arrivals.lay_ready(connection, shop, before)

    def back(s: Shop) -> None:
        outbox.cancel(s, mail_id)
        purchase_orders.put_back(s, before, *entries)
        purchase_arrivals.put_away(s, laid)

    return mail_id, Undo(back)


def told_by_phone(shop: Shop, order_id: int) -> Undo:
    """The owner has told the customer himself. Raises PurchaseRefused."""
    from shopdesk.store import purchase_orders as stored

    with shop.writing() as connection:
        before = _arrived(stored.load(connection, order_id))
        stored.save(connection, replace(before, told_at=shop.clock.now()))
        shop.record(connection, "told-ready", "purchase_order", order_id)
        entries = purchase_orders.note(connection, shop, before, _TOLD)
        laid = purchase_arrivals.lay_ready(connection, shop, before)

    def back(s: Shop) -> None:
        purchase_orders.put_back(s, before, *entries)
        purchase_arrivals.put_away(s, laid)

    return Undo(back)


def _arrived(value: PurchaseOrder) -> PurchaseOrder:
    if value.customer_id is None:
        raise PurchaseRefused(Message(N_("These goods are for the shop itself: there is nobody to tell.")))
    if value.state not in {PurchaseState.ARRIVED, PurchaseState.PARTLY}:
        raise PurchaseRefused(Message(N_("Nothing of it is there yet.")))
    return value
