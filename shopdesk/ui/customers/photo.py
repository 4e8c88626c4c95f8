"""The photo on a customer's card: chosen, or dropped on the card; taken away again."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu

from shopdesk.domain.errors import ShopError
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.widgets.buttons import IconButton
from shopdesk.ui.widgets.portrait import Portrait
from shopdesk.usecases import customer_photos, scans

if TYPE_CHECKING:
    from shopdesk.domain.customer_photos import CustomerPhoto
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo

_EDGE = 48
_ENDINGS = (".jpg", ".jpeg", ".png")


def is_picture(name: str) -> bool:
    """Whether a file's name is that of a picture."""
    return name.lower().endswith(_ENDINGS)


class CustomerPhotoView(QObject):
    """The picture beside the name (`portrait`), and what can be done with it (`button`, on the contact card)."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__()
        self._shop, self._shell, self._texts = shop, shell, shell.texts
        gettext = self._texts.gettext
        self._customer_id = 0
        self.photo: CustomerPhoto | None = None
        self.portrait = Portrait(gettext("Photo"), _EDGE)
        self.button = IconButton(
            gettext("Photo: choose one, or drop a picture on this card"), "user", self.ask
        )
        self._menu = QMenu(self.button)
        self._menu.addAction(gettext("Another photo …"), self.choose)
        self._menu.addAction(gettext("Remove"), self.remove)

    def show_customer(self, customer_id: int) -> None:
        """Show the customer's picture."""
        self._customer_id = customer_id
        self.photo = customer_photos.of_customer(self._shop, customer_id) if customer_id else None
        self.portrait.show_picture(self.photo.data if self.photo is not None else b"")

    def ask(self) -> None:
        """Choose a first photo, or what becomes of the one that is there."""
        if self.photo is None:
            self.choose()
        else:
            self._menu.popup(self.button.mapToGlobal(self.button.rect().bottomLeft()))

    def choose(self) -> None:
        """Ask for a picture."""
        title = self._texts.gettext("Photo of the customer")
        endings = " ".join(f"*{ending}" for ending in _ENDINGS)
        name, _filter = QFileDialog.getOpenFileName(self.button, title, "", f"{title} ({endings})")
        if name:
            self.take(name)

    def take(self, path: str) -> None:
        """Show this picture from now on; reading a large one takes a moment, so it is done aside."""
        shop, customer_id = self._shop, self._customer_id

        def keep() -> Undo:
            name, data = scans.read(Path(path))
            return customer_photos.keep(shop, customer_id, name, data)

        words = self._texts.gettext("The photo stands on the card.")
        self._shell.run_desk(keep, partial(self._done, words))

    def remove(self) -> None:
        """No picture any more."""
        photo = self.photo
        if photo is None:
            return
        try:
            undo = customer_photos.take_away(self._shop, photo)
        except ShopError as error:
            self._shell.problem(error)
            return
        self._done(self._texts.gettext("The photo is taken off the card."), undo)

    def _done(self, words: str, undo: Undo) -> None:
        self._shell.toast(words, undo=partial(self._take_back, undo))
        self.show_customer(self._customer_id)

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self._shop)
        except ShopError as error:
            self._shell.problem(error)
        self.show_customer(self._customer_id)
