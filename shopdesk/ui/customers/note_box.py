"""The note of a call: free words above, what the program understood of them as chips below."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QTextCursor
from PySide6.QtWidgets import QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.addresses import Country
from shopdesk.domain.messages import N_
from shopdesk.domain.timeline import EntryKind
from shopdesk.i18n import Texts
from shopdesk.ui.customers.promise_chips import PromiseChips, Reader
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.labels import Heading

if TYPE_CHECKING:
    from shopdesk.domain.typing import Wish
    from shopdesk.usecases.calls import Catalogue

PAUSE = 120
"""ms after the last key before the note is read."""
KINDS = {
    EntryKind.CALL: (N_("Call"), "phone"),
    EntryKind.VISIT: (N_("Visit"), "house"),
    EntryKind.EMAIL: (N_("Mail"), "mail"),
    EntryKind.MESSAGE: (N_("Message"), "message-circle-warning"),
    EntryKind.LETTER: (N_("Letter"), "file-text"),
    EntryKind.NOTE: (N_("Internal note"), "sticky-note"),
}


class NoteEdit(QPlainTextEdit):
    """Tab leaves the box; ⏎ is a line of its own."""

    entered = Signal()

    def __init__(self, name: str, placeholder: str, lines: int = 4, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTabChangesFocus(True)
        self.setAccessibleName(name)
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(self.fontMetrics().lineSpacing() * lines + px(18))

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Somebody begins to write."""
        super().focusInEvent(event)
        self.entered.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ctrl+⏎ belongs to the window."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and event.modifiers() & (
            Qt.KeyboardModifier.ControlModifier
        ):
            event.ignore()
            return
        super().keyPressEvent(event)


class WishChips(ChipRow):
    """What was understood: quantity, article, size, country, postage and packaging."""

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = texts
        self.show_chips([])

    def show_wishes(self, wishes: tuple[Wish, ...], names: dict[str, str]) -> None:
        """Chips for all wishes of a note."""
        gettext = self._texts.gettext
        chips: list[QWidget] = []
        for wish in wishes:
            if wish.quantity is not None and wish.has_goods:
                chips.append(Chip(f"{self._texts.number(wish.quantity)} ×"))
            if wish.article_code:
                chips.append(Chip(names.get(wish.article_code, wish.article_text)))
            elif wish.article_text:
                chips.append(Chip(wish.article_text))
            if wish.size is not None:
                chips.append(Chip(wish.size.text))
        first = wishes[0] if wishes else None
        if first is not None and first.country:
            chips.append(Chip(self._texts.country(Country(first.country).code)))
        if first is not None and (first.postage_wanted or first.packaging_wanted):
            chips.append(Chip(gettext("Postage + packaging"), "ok"))
        self.show_chips(chips)


class KindChips(ChipRow):
    """What kind of contact a note is about: one of them is chosen."""

    chosen = Signal(object)

    def __init__(self, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._chips: dict[EntryKind, ChipButton] = {}
        for kind, (name, icon) in KINDS.items():
            chip = ChipButton(texts.gettext(name), partial(self.chosen.emit, kind), icon_name=icon)
            chip.setCheckable(True)
            self._chips[kind] = chip
        self.show_chips(list(self._chips.values()))

    def show_kind(self, chosen: EntryKind) -> None:
        """Mark one of them."""
        for kind, chip in self._chips.items():
            is_chosen = kind == chosen
            chip.look("ok" if is_chosen else "info", "check" if is_chosen else KINDS[kind][1])
            chip.setChecked(is_chosen)


class NoteBox(QWidget):
    """The note itself, its kind, the call's timer and the chips."""

    def __init__(
        self,
        texts: Texts,
        catalogue: Callable[[], Catalogue],
        title: str,
        find_promises: Reader,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._texts, self._read_catalogue, self._find_promises = texts, catalogue, find_promises
        self._catalogue: Catalogue | None = None
        self._since = QElapsedTimer()
        self._before = 0
        self.kind = EntryKind.CALL
        placeholder = texts.gettext("What is it about? For instance: 2 roll mattresses 80x190 to Bulgaria")
        self.edit = NoteEdit(title, placeholder)
        self.timer_chip = Chip("", "ok")
        self.timer_chip.tell("", "ok")
        self.kinds = KindChips(texts)
        self.kinds.chosen.connect(self.choose)
        self.chips = WishChips(texts)
        self.promises = PromiseChips(texts)
        head = QHBoxLayout()
        head.addWidget(Heading(title))
        head.addStretch(1)
        head.addWidget(self.timer_chip)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addLayout(head)
        layout.addWidget(self.edit)
        layout.addWidget(self.chips)
        layout.addWidget(self.promises)
        layout.addWidget(self.kinds)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._understand)
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self.edit.textChanged.connect(self._changed)
        self.choose(EntryKind.CALL)

    def _changed(self) -> None:
        self._pause.start()
        # whoever writes a call's first letter is on the phone
        is_typing = self.edit.hasFocus() and bool(self.text())
        if is_typing and self.kind == EntryKind.CALL and not self._second.isActive():
            self.start_call()

    def start_call(self, before: int = 0) -> None:
        """A call runs: count its minutes, from so many milliseconds on."""
        self._before = before
        self._since.start()
        self._second.start()
        self._tick()

    def stop_call(self) -> None:
        """The call has ended or another customer is shown."""
        self._second.stop()
        self.timer_chip.tell("", "ok")

    def _tick(self) -> None:
        minutes, seconds = divmod((self._before + self._since.elapsed()) // 1000, 60)
        text = self._texts.gettext("● On the phone {time}")
        self.timer_chip.tell(text.format(time=f"{minutes:02}:{seconds:02}"), "ok")

    def choose(self, kind: EntryKind) -> None:
        """Say what kind of contact the note is about."""
        self.kind = kind
        self.kinds.show_kind(kind)
        if kind != EntryKind.CALL:
            self.stop_call()

    def take_promise(self) -> None:
        """The key for the first promise that is offered, with the last letters already read."""
        if self._pause.isActive():
            self._pause.stop()
            self._understand()
        found = self.promises.untaken()
        if found is not None:
            self.promises.take(found)

    def text(self) -> str:
        """The note as typed."""
        return self.edit.toPlainText().strip()

    def show_text(self, text: str, kind: EntryKind) -> None:
        """A note begun before."""
        self.edit.setPlainText(text)
        self.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.choose(kind)

    def clear(self) -> None:
        """An empty note; the articles are read again for the next one."""
        self.edit.clear()
        self.chips.show_chips([])
        self.promises.forget()
        self.stop_call()
        self.choose(EntryKind.CALL)
        self._catalogue = None

    def _understand(self) -> None:
        from shopdesk.usecases import calls

        text = self.text()
        if not text:
            self.chips.show_chips([])
            self.promises.show_promises(())
            return
        self.promises.show_promises(self._find_promises(text))
        if self._catalogue is None:
            self._catalogue = self._read_catalogue()
        names = {entry.code: entry.name for entry in self._catalogue.names}
        self.chips.show_wishes(calls.understood(text, self._catalogue), names)
