"""What is done with a parcel: packed with its papers, shipped, corrected, taken off the list."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.shipments import ShipmentKind
from shopdesk.ui.documents import paper
from shopdesk.ui.outbox import going
from shopdesk.ui.widgets.labels import shortened
from shopdesk.usecases import packing, put_backs, shipments

if TYPE_CHECKING:
    from shopdesk.domain.shipments import Parcel
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.lying_goods import Quantities
    from shopdesk.usecases.shipment_papers import Papers
    from shopdesk.usecases.shipments import Sent
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

SECONDS = 8.0
"""How long the mail about a shipment can be taken back."""


class PackingActions:
    """Calls the use cases and tells what happened, with a way back; `reload` shows the list anew.

    `refused` gets what is wrong with a quantity, to be said beside it.
    """

    seconds = SECONDS

    def __init__(
        self, shop: Shop, shell: Shell, reload: Callable[[], None], refused: Callable[[ShopError], None]
    ) -> None:
        self._shop, self._shell, self._texts, self._reload = shop, shell, shell.texts, reload
        self._refused = refused

    def papers(self, wanted: Sequence[tuple[int, Quantities | None]], parcels: int = 0) -> None:
        """Pack these papers' goods and open their delivery notes and labels as one PDF; `parcels` labels for each."""
        from shopdesk.usecases import shipment_papers

        def work() -> Papers:
            packed = [shipments.pack(self._shop, each, many)[0].id or 0 for each, many in wanted]
            return shipment_papers.papers(self._shop, packed, parcels=parcels)

        self._shell.progress(self._texts.gettext("Delivery notes and labels …"))
        self._shell.run_desk(work, self._made, self._failed)

    def _failed(self, error: Exception) -> None:
        self._shell.progress("")
        self._reload()
        self._say(error)

    def _say(self, error: Exception) -> None:
        if isinstance(error, ShopError) and error.field == "quantity":
            self._refused(error)
        else:
            self._shell.problem(error)

    def _made(self, made: Papers) -> None:
        texts = self._texts
        self._shell.progress("")
        self._reload()
        stem = texts.gettext("shipping")
        paper.open_file(made.pdf, f"{stem}-{self._shop.clock.today():%Y-%m-%d}.pdf")
        if made.problems:
            number, reason = made.problems[0]
            words = texts.gettext("No delivery note for {number}: {reason}")
            self._shell.toast(words.format(number=number, reason=texts.say(reason)))
        else:
            words = texts.ngettext(
                "{n} delivery note with its label is open",
                "{n} delivery notes with their labels are open",
                made.notes,
            )
            self._shell.toast(words.format(n=made.notes))

    def ship(
        self, document_id: int, parcels: Sequence[Parcel], quantities: Quantities | None, *, tell: bool
    ) -> bool:
        """It leaves; False when something is wrong, which was told."""
        try:
            sent = shipments.ship(self._shop, document_id, parcels, quantities, tell=tell)
        except ShopError as error:
            self._say(error)
            return False
        self._reload()
        number = sent.shipment.document_number
        self.tell_sent(sent, self._texts.gettext("{number} shipped").format(number=number))
        return True

    def correct(self, shipment_id: int, parcels: Sequence[Parcel], *, tell: bool) -> bool:
        """Other numbers for what has left."""
        try:
            sent = shipments.correct(self._shop, shipment_id, parcels, tell=tell)
        except ShopError as error:
            self._shell.problem(error)
            return False
        self._reload()
        self.tell_sent(sent, self._texts.gettext("Tracking number corrected"))
        return True

    def put_back(self, shipment_id: int) -> None:
        """It has not left after all: it is to be shipped as before."""
        try:
            back = put_backs.put_back(self._shop, shipment_id)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._reload()
        gettext = self._texts.gettext
        words = gettext("{number} lies ready again")  # in its round, or where its customer fetches it
        if back.shipment.kind == ShipmentKind.PARCEL:
            words = gettext("{number} is to be shipped again")
        words = words.format(number=back.shipment.document_number)
        if back.is_told:
            name = shortened(back.shipment.customer_name, 40)
            words = gettext("{done}. {name} was told by mail already, please tell the customer.").format(
                done=words, name=name
            )
        self._shell.toast(words, lambda: self._undo(back.undo))

    def tell_sent(self, sent: Sent, words: str) -> None:
        """What happened and whether the customer knows; the mail goes when the seconds are over."""
        gettext = self._texts.gettext
        name = shortened(sent.shipment.customer_name, 40)
        if sent.mail_id is not None:
            mail_id = sent.mail_id
            told = gettext("{done}, the mail to {name} is on its way").format(done=words, name=name)
            self._shell.toast(
                told,
                lambda: self._undo(sent.undo),
                self.seconds,
                then=lambda: going.send(self._shop, self._shell, mail_id),
            )
            return
        if sent.no_mail is not None:
            reason = self._texts.say(sent.no_mail)
            words = gettext("{done}, without a mail: {reason}").format(done=words, reason=reason)
        self._shell.toast(words, lambda: self._undo(sent.undo))

    def settle(self, document_id: int, number: str) -> None:
        """E: it needs no shipping."""
        try:
            undo = packing.settle(self._shop, document_id)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._reload()
        words = self._texts.gettext("{number} needs no shipping").format(number=number)
        self._shell.toast(words, lambda: self._undo(undo))

    def _undo(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)
        self._reload()
