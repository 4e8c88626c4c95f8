"""A scanned label in the universal input: the parcel leaves, or the shipment with that number is opened."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from shopdesk.domain.shipments import Parcel
from shopdesk.ui.packing import words
from shopdesk.ui.packing.actions import PackingActions
from shopdesk.ui.payments.offers import PayOffer
from shopdesk.ui.shell.palette import Offer
from shopdesk.ui.widgets.rows import Row
from shopdesk.usecases import packing
from shopdesk.usecases.scan_anywhere import scanned

if TYPE_CHECKING:
    from shopdesk.domain.search import Found
    from shopdesk.domain.shipments import Shipment
    from shopdesk.domain.unshipped import PackingItem
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


class ShipmentOffers:
    """Makes the palette's rows for a tracking number; ⏎ on a sure one ships, as scanners send it."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        self._shop, self._shell = shop, shell
        self._actions = PackingActions(shop, shell, lambda: None, shell.problem)

    def __call__(self, text: str, hits: Sequence[Found]) -> list[PayOffer]:
        """The rows; none for a text that is no tracking number."""
        del hits
        found = scanned(self._shop, text)
        if found is None:
            return []
        parcel = Parcel(found.number.number, found.number.carrier.value)
        if found.known:
            return [PayOffer(self._known(each), is_sure=True) for each in found.known]
        leaving = [PayOffer(self._leaves(each, parcel), is_sure=True) for each in found.candidates]
        # with several parcels a scanner's ⏎ must not choose one of them
        return leaving if found.is_sure else [PayOffer(self._choose(parcel), is_sure=True), *leaving]

    def _known(self, value: Shipment) -> Offer:
        texts = self._shell.texts
        title = texts.gettext("Shipment {number} · {name}").format(
            number=value.document_number, name=value.customer_name
        )
        row = Row(("shipment", value.id), title, words.numbers(value, texts), "truck", "ok")
        return Offer(row, partial(self._shell.open_customer, value.customer_id))

    def _leaves(self, item: PackingItem, parcel: Parcel) -> Offer:
        texts = self._shell.texts
        name = words.carrier_name(parcel.carrier, texts)
        title = texts.gettext("Ship {number} with {carrier}").format(number=item.number, carrier=name)
        parts = (item.recipient, item.title, texts.gettext("the customer gets the mail with the link"))
        row = Row(
            ("ship", item.document_id), title, " · ".join(part for part in parts if part), "truck", "ok"
        )
        return Offer(row, partial(self._ship, item.document_id, parcel))

    def _ship(self, document_id: int, parcel: Parcel) -> None:
        tell = packing.rules(self._shop).tell
        self._actions.ship(document_id, [parcel], None, tell=tell)

    def _choose(self, parcel: Parcel) -> Offer:
        texts = self._shell.texts
        name = words.carrier_name(parcel.carrier, texts)
        title = texts.gettext("{carrier} {number}: choose the parcel").format(
            carrier=name, number=parcel.tracking_number
        )
        row = Row(("choose", parcel.tracking_number), title, "", "package-check", "info")
        return Offer(row, partial(self._shell.open_page, "packing", parcel))
