"""“412 ⏎” in the universal input: the bill that is meant is booked as paid, with a way back (design/UX.md)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from shopdesk.domain.errors import ShopError
from shopdesk.domain.money import Money
from shopdesk.ui.payments.words import chip
from shopdesk.ui.shell.palette import Offer
from shopdesk.ui.widgets.rows import Row
from shopdesk.usecases import paying_by_number

if TYPE_CHECKING:
    from shopdesk.domain.search import Found
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.paying_by_number import Payable
    from shopdesk.usecases.shop import Shop


@dataclass(frozen=True, slots=True)
class PayOffer:
    """A row of the palette; where it is sure it stands first and ⏎ books, else ⏎ opens the card that books."""

    offer: Offer
    is_sure: bool


class PaymentOffers:
    """Makes the palette's rows for what was typed and what a search found under it."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        self._shop, self._shell = shop, shell

    def __call__(self, text: str, hits: Sequence[Found]) -> list[PayOffer]:
        """The bills that are meant; none for a text that is neither a number nor an amount."""
        if not paying_by_number.looks_like_one(text):
            return []
        named = [hit.id for hit in hits if hit.type == "document"]
        found = paying_by_number.payable(self._shop, text, named)
        return [PayOffer(self._offer(each), each.is_sure) for each in found]

    def _offer(self, wanted: Payable) -> Offer:
        texts, bill = self._shell.texts, wanted.bill
        gettext = texts.gettext

        def card() -> None:
            self._shell.open_page("payments", bill.document_id)

        if wanted.is_sure:
            title = gettext("Book {number} as paid · {amount}")
        else:
            title = gettext("{number} was paid … · {amount}")
        parts = [bill.recipient]
        if wanted.part.cash_discount:
            less = Money(wanted.part.cash_discount, bill.open.currency)
            parts.append(gettext("less the cash discount of {amount}").format(amount=texts.money(less)))
        if wanted.is_sure:
            parts.append(gettext("transfer of today; Shift+⏎ asks first"))
        words, look = chip(bill, texts, self._shop.clock.today())
        row = Row(
            ("pay", bill.document_id),
            title.format(number=bill.number, amount=texts.money(wanted.part.amount)),
            " · ".join(parts),
            "wallet",
            look,
            chip=words,
            chip_kind=look,
        )
        return Offer(row, (lambda: self._book(wanted)) if wanted.is_sure else card, card)

    def _book(self, wanted: Payable) -> None:
        texts = self._shell.texts
        try:
            booked, undo = paying_by_number.book(self._shop, wanted)
        except ShopError as error:
            self._shell.problem(error)
            return
        words = texts.gettext("{amount} booked").format(amount=texts.money(booked.payment.amount))
        if paying_by_number.can_leave(self._shop, wanted.bill.document_id):
            words = texts.gettext("{booked} · ready to ship").format(booked=words)
        self._shell.toast(words, undo=lambda: undo.run(self._shop))
