"""The promises of a note, once they are pressed: stored at once, or with the customer who is not stored yet."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from shopdesk.domain.errors import ShopError
from shopdesk.ui.customers.note_box import NoteBox
from shopdesk.usecases import promises

if TYPE_CHECKING:
    from shopdesk.domain.promises import Promise
    from shopdesk.domain.typing import FoundPromise
    from shopdesk.ui.customers.promise_chips import Reader
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop


def reader(shop: Shop) -> Reader:
    """What finds the promises in a note, with the holidays where the shop is."""

    def find(text: str) -> tuple[FoundPromise, ...]:
        from shopdesk.usecases.working_days import holidays_at

        return promises.recognised(shop, text, holidays_at(shop))

    return find


def _is_same(value: Promise, found: FoundPromise) -> bool:
    return value.is_open and (value.text, value.due, value.due_time) == (
        found.text,
        found.due,
        found.due_time,
    )


class NotePromises(QObject):
    """Follows the chips of one note box; `customer_id` says whom the note is about, None: nobody stored yet."""

    def __init__(
        self, shop: Shop, shell: Shell, note: NoteBox, customer_id: Callable[[], int | None]
    ) -> None:
        super().__init__(note)
        self._shop, self._shell, self._note, self._customer_id = shop, shell, note, customer_id
        self.waiting: list[FoundPromise] = []
        note.promises.taken.connect(self._take)

    def _take(self, found: FoundPromise) -> None:
        customer_id = self._customer_id()
        if customer_id is None:
            self.waiting.append(found)
            return
        if any(_is_same(each, found) for each in promises.of_customer(self._shop, customer_id)):
            return  # a note that was put aside and taken up again
        try:
            _, undo = promises.create(self._shop, promises.from_note(customer_id, found))
        except ShopError as error:
            self._note.promises.give_back(found)
            self._shell.problem(error)
            return

        def back() -> None:
            try:
                undo.run(self._shop)
            except ShopError as error:
                self._shell.problem(error)
                return
            self._note.promises.give_back(found)

        texts = self._shell.texts
        date = f"{texts.date(found.due)} {found.due_time}".strip()
        words = texts.gettext("Promised for {date}: {text}")
        self._shell.toast(words.format(date=date, text=found.text), back)

    def store_for(self, customer_id: int) -> None:
        """The customer is stored now: what was promised to him is, too."""
        waiting, self.waiting = self.waiting, []
        for found in waiting:
            promises.create(self._shop, promises.from_note(customer_id, found))

    def forget(self) -> None:
        """Another customer is begun."""
        self.waiting = []
