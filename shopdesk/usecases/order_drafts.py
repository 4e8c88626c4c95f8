"""The draft that an order file asks for, and its customer (contracts/ORDER.md)."""

from __future__ import annotations

import datetime as dt
import uuid
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from shopdesk.domain import document_rules
from shopdesk.domain.customers import Customer
from shopdesk.domain.document_kinds import CORRECTIONS
from shopdesk.domain.document_rules import DocumentRefused
from shopdesk.domain.documents import Document, Line, Recipient
from shopdesk.domain.errors import NotFound, ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.usecases import chains, customers, documents, issuing, order_chain, shop_settings
from shopdesk.usecases.order_file import Order

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from shopdesk.usecases.shop import Shop

_LAST_DAY = dt.date(9900, 12, 31)  # the calendar ends in 9999, and terms are counted from here


def customer(
    connection: Connection, shop: Shop, order: Order, named: tuple[Document, ...]
) -> tuple[Customer, bool]:
    """Whom the order is for, and whether the customer is new; raises NotFound or BR-07."""
    from shopdesk.store import customers as stored

    order_chain.refuse_unnamed(order)
    if order.customer_number:
        customer_id = stored.by_number(connection, order.customer_number)
        if customer_id is None:
            raise NotFound(order.customer_number, "customer.number")
        return stored.load(connection, customer_id), False
    if order.customer is None and named and named[0].customer_id is not None:
        return stored.load(connection, named[0].customer_id), False
    if order.customer is None:
        text = N_("Who is it for? The customer is missing.")
        raise ShopError(Message(text), "BR-07", "customer")
    existing = customers.match(connection, order.customer)
    if existing is not None:
        return existing, False
    try:
        return customers.create_in(connection, shop, order.customer), True
    except customers.CustomerWithoutName as error:
        raise ShopError(error.message, "BR-07", "customer") from error


def draft(
    connection: Connection, shop: Shop, order: Order, buyer: Customer, named: tuple[Document, ...]
) -> Document:
    """The draft that the order asks for, not stored; raises what its references or figures forbid."""
    profile = shop_settings.load_profile(connection)
    if not profile.is_complete:
        raise shop_settings.ProfileIncomplete
    today = shop.clock.today()
    date, due = _dates(order, today)
    made = replace(
        order_chain.begun(order, named),
        kind=order.kind,
        request_key=order.request_key or str(uuid.uuid4()),
        date=date,
        due=due,
        customer_id=buyer.id,
        recipient=_recipient(order, buyer, named),
        intro=order.intro,
        closing=order.closing,
        refers_to=tuple(document.as_reference() for document in named),
        follows_id=named[0].id if named else None,
    )
    if not order_chain.takes_over(order, named):
        made = replace(
            made,
            lines=tuple(_with_article(connection, line, order, profile.default_rate) for line in order.lines),
            prices=order.prices or profile.prices,
            fulfilment=order.fulfilment,
            tax_note=order.tax_note or (made.tax_note if order.kind in CORRECTIONS else ""),
            delivery_date=order.delivery_date,
            service_period=order.service_period,
            discount=order.discount,
            cash_discount=order.cash_discount,
            prepaid=order.prepaid,
        )
    made = order_chain.as_supplied(made, named)
    made = documents.with_terms(made, profile, today)
    beyond = document_rules.out_of_range(made)
    if beyond:
        raise DocumentRefused(beyond)
    made = replace(made, currency=order.currency or (named[0].currency if named else profile.currency))
    made = chains.settled_in(connection, made)
    chains.refuse(connection, made)
    return made


def _dates(order: Order, today: dt.date) -> tuple[dt.date, dt.date | None]:
    date = order.date or today
    for field, day in (("date", date), ("due", order.due)):
        if day and day > _LAST_DAY:
            raise issuing.DateOutOfOrder(Message(N_("{date} is too far ahead."), {"date": day}), field=field)
    return date, date + dt.timedelta(days=order.due_days) if order.due_days is not None else order.due


def _recipient(order: Order, customer: Customer, named: tuple[Document, ...]) -> Recipient:
    """The order's own address and mail stand on this document; an existing customer's record is not changed by it.

    Without a customer in the order, the one of the document it refers to, as it stands there.
    """
    if order.customer is None and not order.customer_number and named:
        return named[0].recipient
    known = customer.as_recipient()
    if order.customer is None:
        return known
    asked = customers.tidied(order.customer).as_recipient()
    return replace(
        asked,
        customer_number=customer.number,
        buyer_reference=asked.buyer_reference or known.buyer_reference,
        electronic_address=known.electronic_address,
        electronic_scheme=known.electronic_scheme,
        xrechnung=known.xrechnung,
    )


def _with_article(connection: Connection, line: Line, order: Order, default_rate: Any) -> Line:
    """What the order leaves out comes from the article of that code, where there is one."""
    from shopdesk.domain.articles import in_prices
    from shopdesk.store import articles

    if not line.article_code:
        return line
    article = articles.by_code(connection, line.article_code)
    if article is None:
        return line
    rate = article.vat_rate if article.vat_rate is not None else default_rate
    price = line.unit_price
    if price is None and article.unit_price is not None and order.prices is not None:
        price = in_prices(article.unit_price, article.prices, order.prices, rate)
    elif price is None:
        price = article.unit_price
    return replace(
        line,
        text=line.text or article.name,
        unit_price=price,
        vat_rate=line.vat_rate if line.vat_rate is not None else article.vat_rate,
        weight_grams=article.weight_grams,
    )
