"""Which column is what, asked once for the list of an unknown bank; what would be read stands below."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.own_bank_lists import MEANING_NAMES, Meaning, OwnList, plain_name
from shopdesk.domain.statements import Entry
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import LARGE, MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton, PrimaryButton
from shopdesk.ui.widgets.chips import ChipKind
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Heading, Muted, ProblemLabel
from shopdesk.ui.widgets.row_list import RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import own_bank_lists
from shopdesk.usecases.own_bank_lists import ListToExplain

_SHOWN = 6
_LONGEST = 28
_IN_A_ROW = 3


class ExplainList(QDialog):
    """Emits the explanation when the list can be read; without rows (from the settings) only columns are asked for."""

    explained = Signal(object)

    def __init__(self, value: ListToExplain, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self._value, self._texts = value, texts
        self._entries: tuple[Entry, ...] = ()
        gettext = texts.gettext
        self.setWindowTitle(gettext("List of a bank"))
        self.setMinimumWidth(px(760))
        self.bank = QLineEdit(value.guessed.bank)
        self.bank.setPlaceholderText(gettext("Name of the bank"))
        self.choices = {meaning: self._choice(meaning) for meaning in Meaning}
        self.problem = ProblemLabel()
        self.preview: RowList[Entry] = RowList(gettext("What would be read"), self._fetch, self._row)
        self.preview.setMinimumHeight(px(190))
        self.keep = PrimaryButton(
            gettext("Remember and read") if self._has_rows else gettext("Save"), self._keep, key="⏎"
        )
        self.keep.setDefault(True)
        self.cancel = GhostButton(gettext("Cancel"), self.reject, key="Esc")
        self._place()
        self.bank.textChanged.connect(self._follow)
        for choice in self.choices.values():
            choice.chosen.connect(self._follow)
        self._follow()
        (self.bank if not value.guessed.bank else self.keep).setFocus()

    @property
    def _has_rows(self) -> bool:
        return len(self._value.rows) > self._value.header + 1

    def _choice(self, meaning: Meaning) -> Choice:
        found = [("–", "")]
        for name, example in zip(self._value.columns, self._value.examples, strict=True):
            if name:
                words = f"{name} · {example}" if example else name
                found.append(
                    (words if len(words) <= _LONGEST else f"{words[: _LONGEST - 1]}…", plain_name(name))
                )
        choice = Choice(found)
        choice.setAccessibleName(self._texts.gettext(MEANING_NAMES[meaning]))
        choice.set_value(self._value.guessed.column(meaning))
        return choice

    def _place(self) -> None:
        gettext = self._texts.gettext
        words = gettext(
            "shopdesk does not know this list yet. Please check once which column is what; next time it is known "
            "by its columns."
        )
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(MEDIUM))
        grid.setVerticalSpacing(px(SMALL))
        for at, (meaning, choice) in enumerate(self.choices.items()):
            field = Field(gettext(MEANING_NAMES[meaning]), choice)
            grid.addWidget(field, at // _IN_A_ROW, at % _IN_A_ROW)
        foot = QHBoxLayout()
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.keep)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(LARGE), px(LARGE), px(LARGE), px(MEDIUM))
        layout.setSpacing(px(MEDIUM))
        layout.addWidget(Heading(gettext("Which column is what?")))
        layout.addWidget(Muted(words, wrap=True))
        layout.addWidget(Field(gettext("Bank"), self.bank))
        layout.addLayout(grid)
        layout.addWidget(self.preview, 1)
        layout.addLayout(foot)
        show_if(self.preview, self._has_rows)

    @property
    def own(self) -> OwnList:
        """What was said."""
        columns = {meaning.value: choice.value for meaning, choice in self.choices.items() if choice.value}
        return OwnList(self.bank.text().strip(), self._value.guessed.header, columns)

    def _follow(self) -> None:
        """Show what would be read, or what is still to be said."""
        self._entries, words = (), ""
        try:
            if self._has_rows:
                self._entries = own_bank_lists.read_as(self._value, self._named()).entries[:_SHOWN]
            lacking = self.own.lacking
            words = self._texts.gettext(lacking) if lacking else ""
        except ShopError as error:
            words = self._texts.say(error.message)
        self.problem.say(words)
        self.keep.setEnabled(not words)
        self.preview.reload()

    def _named(self) -> OwnList:
        """The preview needs no name of the bank."""
        own = self.own
        return own if own.bank else OwnList("–", own.header, own.columns)

    def _fetch(self, _after: Any, _limit: int) -> Slice[Entry]:
        return Slice(self._entries)

    def _row(self, entry: Entry) -> Row:
        texts = self._texts
        title = entry.name or entry.text or texts.gettext("Without a name")
        caption = " · ".join(part for part in (texts.date(entry.booked), entry.text, entry.iban) if part)
        look: ChipKind = "ok" if entry.is_incoming else "info"
        words = texts.gettext("came in") if entry.is_incoming else texts.gettext("went out")
        return Row(id(entry), title, caption, value=texts.money(entry.amount), chip=words, chip_kind=look)

    def _keep(self) -> None:
        if self.keep.isEnabled():
            self.explained.emit(self.own)
            self.accept()
