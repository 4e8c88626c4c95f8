"""A section of the settings: a card that shows what is stored and saves by itself."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
)

from shopdesk.domain.errors import ShopError
from shopdesk.domain.folding import words
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.fields import ForgivingEdit
from shopdesk.ui.widgets.labels import Caption, Heading, Muted

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

Value = TypeVar("Value")


class Section(Card):
    """One card. `also` are further words that the search finds it by."""

    def __init__(self, shop: Shop, shell: Shell, title: str, explanation: str = "", also: str = "") -> None:
        super().__init__()
        self.shop, self.shell, self.texts = shop, shell, shell.texts
        self.title, self._also = title, also
        self.body.setSpacing(px(MEDIUM))
        self.body.addWidget(Heading(title))
        if explanation:
            self.body.addWidget(Muted(explanation, wrap=True))

    def reload(self) -> None:
        """Show what is stored, unless the owner is changing it."""

    def save(self) -> bool:
        """Store what was changed; False when something is wrong, which then stands at its field."""
        return True

    @property
    def is_changed(self) -> bool:
        """Whether the fields say something else than what is stored."""
        return False

    def fits(self, wanted: str) -> bool:
        """Whether each typed word begins one of the section's words, with or without umlauts."""
        known = words(" ".join((self.title, self._also, *self._words())))
        return all(any(word.startswith(part) for word in known) for part in words(wanted))

    def _words(self) -> Iterator[str]:
        for label in self.findChildren(QLabel):
            yield label.text()
        for button in self.findChildren(QAbstractButton):
            yield button.text()
        for choice in self.findChildren(QComboBox):
            yield from (choice.itemText(index) for index in range(choice.count()))

    def focus_inside(self) -> None:
        """Give the keyboard to the first field."""
        widget = self.nextInFocusChain()
        while widget is not None and self.isAncestorOf(widget):
            takes_tab = bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
            if takes_tab and widget.isVisibleTo(self) and widget.isEnabled():
                widget.setFocus()
                return
            widget = widget.nextInFocusChain()


class FormSection(Section, Generic[Value]):
    """A section around one stored value: fill `_stored`, `_show`, `_typed` and `_store`."""

    def __init__(self, shop: Shop, shell: Shell, title: str, explanation: str = "", also: str = "") -> None:
        super().__init__(shop, shell, title, explanation, also)
        self._shown: Value | None = None
        self._forgiving: list[ForgivingEdit[Any]] = []
        self.may_be_empty: tuple[ForgivingEdit[Any], ...] = ()
        gettext = self.texts.gettext
        self.save_button = Button(gettext("Save"), self._save_pressed)
        self.save_button.setAccessibleName(gettext("Save {section}").format(section=title))
        self.revert_button = GhostButton(gettext("Discard changes"), self.revert)
        self.foot = QHBoxLayout()
        self.foot.setSpacing(px(SMALL))
        self.changed_note = Caption("")
        self.foot.addWidget(self.changed_note, 1)
        self.foot.addWidget(self.revert_button)
        self.foot.addWidget(self.save_button)

    def finish(self) -> None:
        """Put the buttons below the fields and watch these; call it when all of them stand."""
        self.body.addLayout(self.foot)
        for line in self.findChildren(QLineEdit):
            line.textChanged.connect(self.touched)
            line.returnPressed.connect(self._save_pressed)
            if isinstance(line, ForgivingEdit):  # its value follows after the text
                self._forgiving.append(line)
                line.value_changed.connect(self.touched)
                line.problem_changed.connect(self.touched)
        for box in self.findChildren(QPlainTextEdit):
            box.textChanged.connect(self.touched)
        for choice in self.findChildren(QComboBox):
            choice.currentIndexChanged.connect(self.touched)
        for check in self.findChildren(QCheckBox):
            check.toggled.connect(self.touched)
        self.touched()

    def _stored(self) -> Value:
        """What is stored."""
        raise NotImplementedError

    def _show(self, value: Value) -> None:
        """Fill the fields."""
        raise NotImplementedError

    def _typed(self) -> Value:
        """What the fields say; a value that cannot be read may be anything, it is not stored."""
        raise NotImplementedError

    def _store(self, value: Value) -> None:
        """Store it; raises ShopError with the field."""
        raise NotImplementedError

    def _say(self, field: str, problem: str) -> bool:
        """Say what is wrong at a field, "" for none; False when the section has no such field."""
        del field, problem
        return False

    @property
    def is_changed(self) -> bool:
        """See Section."""
        return self._shown is not None and (self._has_unread() or self._typed() != self._shown)

    def _has_unread(self) -> bool:
        return any(self._is_unread(line) for line in self._forgiving)

    def _is_unread(self, line: ForgivingEdit[Any]) -> bool:
        return line.value is None and (bool(line.text().strip()) or line not in self.may_be_empty)

    def _all_read(self) -> bool:
        """Whether every number could be read; one that could not says why, also when nobody has left it yet."""
        for line in self._forgiving:
            if self._is_unread(line):
                line.editingFinished.emit()
                if not line.problem:
                    line.say(self.texts.gettext("This must not be empty."))
        return not self._has_unread()

    def touched(self) -> None:
        """Something was typed or chosen."""
        changed = self.is_changed
        self.save_button.setEnabled(changed)
        self.revert_button.setVisible(changed)
        self.changed_note.setText(self.texts.gettext("Not saved yet.") if changed else "")

    def reload(self) -> None:
        """See Section."""
        if not self.is_changed:
            self.revert()

    def revert(self) -> None:
        """Show what is stored, whatever was typed."""
        self._shown = None
        self._show(self._stored())
        self._shown = self._typed()
        self._say("", "")
        self.touched()

    def _save_pressed(self) -> None:
        from_button = self.save_button.hasFocus()
        if self.save() and from_button:
            self.focus_inside()  # the button is greyed now; the keyboard stays here

    def save(self) -> bool:
        """See Section; a toast offers the way back."""
        if not self.is_changed:
            return True
        if not self._all_read():
            return False
        before = self._stored()
        try:
            self._store(self._typed())
        except ShopError as error:
            if not self._say(error.field, self.texts.say(error.message)):
                self.shell.problem(error)
            return False
        self.revert()
        self._tell_saved(before)
        return True

    def _tell_saved(self, before: Value) -> None:
        def undo() -> None:
            self._store(before)
            self.revert()

        self.shell.toast(self.texts.gettext("{section} saved.").format(section=self.title), undo)
