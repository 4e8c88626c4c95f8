"""One key: the customer hears that the goods are there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import NoEmailAddress
from shopdesk.ui.outbox import going

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


def tell(shop: Shop, shell: Shell, order_id: int) -> None:
    """The mail goes when its seconds are over; without an address the call is named and noted."""
    from shopdesk.usecases import purchase_sending

    try:
        mail_id, undo = purchase_sending.tell_ready(shop, order_id)
    except NoEmailAddress:
        _by_phone(shop, shell, order_id)
        return
    except ShopError as error:
        shell.problem(error)
        return
    words = shell.texts.gettext("The customer hears that it is there.")
    shell.toast(words, lambda: _take_back(shop, shell, undo), then=lambda: going.send(shop, shell, mail_id))


def _by_phone(shop: Shop, shell: Shell, order_id: int) -> None:
    from shopdesk.usecases import customers, purchase_orders, purchase_sending

    order = purchase_orders.get(shop, order_id)
    phones = customers.get(shop, order.customer_id).phones if order.customer_id is not None else ()
    phone = phones[0].number if phones else "–"
    try:
        undo = purchase_sending.told_by_phone(shop, order_id)
    except ShopError as error:
        shell.problem(error)
        return
    words = shell.texts.gettext("No mail address: please call {name}, {phone}. Noted as told.")
    shell.toast(
        words.format(name=order.customer_name, phone=phone), lambda: _take_back(shop, shell, undo), seconds=20
    )


def _take_back(shop: Shop, shell: Shell, undo: Undo) -> None:
    try:
        undo.run(shop)
    except ShopError as error:
        shell.problem(error)
