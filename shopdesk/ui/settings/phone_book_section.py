"""The customers on the owner's telephones: a phone book for the FRITZ!Box, vCards for everything else."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog

from shopdesk.ui.letters.saving import ask_place, documents_folder, tell_failure
from shopdesk.ui.settings.fields import Outcome
from shopdesk.ui.settings.section import Section
from shopdesk.ui.widgets.buttons import Button
from shopdesk.ui.widgets.chips import ChipRow
from shopdesk.ui.widgets.labels import Caption
from shopdesk.ui.widgets.work_bar import WorkBar
from shopdesk.usecases.phone_books import BookFormat

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.phone_books import PhoneBookSaved
    from shopdesk.usecases.shop import Shop


class PhoneBookSection(Section):
    """Three buttons, one for each kind of book."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Phone book"),
            gettext("Your customers and their contact persons on your telephones: names instead of numbers."),
            gettext("FRITZ!Box phone book vCard smartphone contacts export CardDAV"),
        )
        self.fritz_button = Button(gettext("For the FRITZ!Box …"), self.choose_fritz, icon_name="phone")
        self.vcard_button = Button(gettext("For a smartphone …"), self.choose_vcard, icon_name="user")
        self.folder_button = Button(
            gettext("Folder of vCards …"), self.choose_folder, icon_name="folder-open"
        )
        buttons = ChipRow()
        buttons.show_chips([self.fritz_button, self.vcard_button, self.folder_button])
        self.work, self.result = WorkBar(shell), Outcome()
        hint = gettext(
            "In the box: Telephony, Telephone book, new telephone book, Restore. Restoring replaces what is in that "
            "book, so take a book of its own. Internal notes are never in it."
        )
        self.body.addWidget(buttons)
        self.body.addWidget(Caption(hint, wrap=True))
        self.body.addWidget(self.work)
        self.body.addWidget(self.result)

    def choose_fritz(self) -> None:
        """Ask for the file's name."""
        gettext = self.texts.gettext
        self._choose(
            BookFormat.FRITZ_BOX, gettext("phonebook.xml"), f"{gettext('FRITZ!Box phone book')} (*.xml)"
        )

    def choose_vcard(self) -> None:
        """Ask for the file's name."""
        self._choose(BookFormat.ONE_VCARD, self.texts.gettext("customers.vcf"), "vCard (*.vcf)")

    def _choose(self, book: BookFormat, name: str, kinds: str) -> None:
        place = ask_place(self, self.texts.gettext("Phone book"), name, kinds)
        if place is not None:
            self.write(book, place)

    def choose_folder(self) -> None:
        """Ask where; the cards come into a new folder there, named by the day."""
        title = self.texts.gettext("Where should the folder of vCards go?")
        chosen = QFileDialog.getExistingDirectory(self, title, str(documents_folder()))
        if chosen:
            name = f"vCards-{self.shop.clock.today():%Y-%m-%d}"
            self.write(BookFormat.VCARD_FOLDER, Path(chosen) / name)

    def write(self, book: BookFormat, target: Path) -> None:
        """Write it; work can go on meanwhile."""
        from shopdesk.usecases import phone_books

        self.result.say("", ok=True)
        self._enable(on=False)
        work = self.work.begin(self.texts.gettext("{done} of {all} customers"), patient=True)
        self.shell.run_desk(
            partial(phone_books.save, self.shop, book, target, None, work), self._saved, self._failed
        )

    def _enable(self, *, on: bool) -> None:
        for button in (self.fritz_button, self.vcard_button, self.folder_button):
            button.setEnabled(on)

    def _saved(self, saved: PhoneBookSaved) -> None:
        self.work.over()
        self._enable(on=True)
        texts = self.texts
        words = texts.gettext("{customers} customers with {numbers} numbers: {place}.")
        told = words.format(
            customers=texts.number(saved.customers), numbers=texts.number(saved.numbers), place=saved.path
        )
        if saved.without_phone:
            without = texts.ngettext("{n} has no number.", "{n} have no number.", saved.without_phone)
            told = f"{told} {without.format(n=texts.number(saved.without_phone))}"
        self.result.say(told, ok=True)

    def _failed(self, error: Exception) -> None:
        self.work.over()
        self._enable(on=True)
        tell_failure(self.shell, self.result, error)
