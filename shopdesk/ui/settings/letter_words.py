"""The shop's own words at the beginning and the end of its letters, per kind and language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.letterheads import Letterhead, LetterTexts
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.settings.fields import LANGUAGE_NAMES, form_grid, text_box
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field

if TYPE_CHECKING:
    from shopdesk.i18n import Texts

_LINES = 3
Words = dict[tuple[DocumentKind, str], LetterTexts]


class LetterWords(QWidget):
    """Ticked: the shop's own words, also none at all. Not ticked: the program's words in the customer's language."""

    changed = Signal()
    """Also after another kind or language was chosen."""

    def __init__(self, texts: Texts) -> None:
        super().__init__()
        gettext = texts.gettext
        self._words: Words = {}
        self._filling = False
        self.kind = Choice([(gettext(name), kind.value) for kind, name in KIND_NAMES.items()])
        self.language = Choice([(LANGUAGE_NAMES[code], code) for code in PAPER_LANGUAGES])
        self.own_intro = QCheckBox(gettext("Own words before the lines"))
        self.own_closing = QCheckBox(gettext("Own words at the end"))
        self.intro = text_box(gettext("Words before the lines"), _LINES)
        self.closing = text_box(gettext("Words at the end"), _LINES)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        choices = [(Field(gettext("Words on"), self.kind), 3), (Field(gettext("Language"), self.language), 3)]
        layout.addLayout(form_grid([list(choices)]))
        for widget in (self.own_intro, self.intro, self.own_closing, self.closing):
            layout.addWidget(widget)
        self._listen()

    def _listen(self) -> None:
        for choice in (self.kind, self.language):
            choice.currentIndexChanged.connect(self._fill)
        for check, box in ((self.own_intro, self.intro), (self.own_closing, self.closing)):
            check.toggled.connect(box.setVisible)
            check.toggled.connect(self._keep)
            box.textChanged.connect(self._keep)

    @property
    def place(self) -> tuple[DocumentKind, str]:
        """Which kind and language are shown."""
        return DocumentKind(self.kind.value), self.language.value

    def show_words(self, letterhead: Letterhead) -> None:
        """Take the words of another letterhead."""
        self._words = {(entry.kind, entry.language): entry for entry in letterhead.texts}
        self._fill()

    def words(self) -> tuple[LetterTexts, ...]:
        """All words of the shop; what says nothing of its own is left out."""
        own = (entry for entry in self._words.values() if (entry.intro, entry.closing) != (None, None))
        return tuple(sorted(own, key=lambda entry: (entry.kind, entry.language)))

    def _fill(self) -> None:
        entry = self._words.get(self.place, LetterTexts(*self.place))
        self._filling = True
        for check, box, words in (
            (self.own_intro, self.intro, entry.intro),
            (self.own_closing, self.closing, entry.closing),
        ):
            check.setChecked(words is not None)
            box.setVisible(words is not None)
            box.setPlainText(words or "")
        self._filling = False
        self.changed.emit()

    def _keep(self) -> None:
        if self._filling:
            return

        def own(check: QCheckBox, box: QPlainTextEdit) -> str | None:
            return box.toPlainText().strip() if check.isChecked() else None

        intro, closing = own(self.own_intro, self.intro), own(self.own_closing, self.closing)
        self._words[self.place] = LetterTexts(*self.place, intro, closing)
        self.changed.emit()
