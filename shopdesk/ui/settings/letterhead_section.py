"""How letters look, with one of them live at the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.letterheads import Letterhead
from shopdesk.ui.documents.preview import PreviewPane
from shopdesk.ui.settings.colour_field import ColourField
from shopdesk.ui.settings.fields import ExplainedField, SideBySide
from shopdesk.ui.settings.letter_words import LetterWords
from shopdesk.ui.settings.logo_field import LogoField
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.fields import Field
from shopdesk.usecases import mail_examples, shop_settings, tax

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_PAUSE = 200


class LetterheadSection(FormSection[Letterhead]):
    """Logo, colour, sender line, own words."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Letterhead"),
            gettext("How quotes and invoices look. Issued ones stay as they were printed."),
            gettext("logo colour design paper layout text introduction closing"),
        )
        self._base = Letterhead()
        self.logo = LogoField(shell)
        self.accent = ColourField(self.texts, gettext("Accent colour"))
        self.sender_line = QLineEdit()
        self.giro_code = QCheckBox(gettext("Print a code for paying with the banking app (GiroCode)"))
        self.letter_words = LetterWords(self.texts)
        self.preview = PreviewPane(shop, shell)
        self.preview.setMinimumHeight(px(600))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._place()
        self.logo.changed.connect(self.touched)
        self.accent.line.value_changed.connect(self.touched)
        self.letter_words.changed.connect(self.touched)
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        accent = Field(gettext("Accent colour"), self.accent)
        self.accent.line.problem_changed.connect(accent.problem.say)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        column.addWidget(self.logo)
        column.addWidget(accent)
        column.addWidget(
            ExplainedField(
                gettext("Line below the shop's name"),
                self.sender_line,
                gettext("Empty: made from your address."),
            )
        )
        column.addWidget(self.giro_code)
        column.addWidget(self.letter_words)
        column.addStretch(1)
        self.body.addWidget(SideBySide(left, self.preview))

    def touched(self) -> None:
        """Also draw the letter anew, after a pause."""
        super().touched()
        self._pause.start()

    def _draw(self) -> None:
        if self._shown is None:
            return
        kind, language = self.letter_words.place
        draft = mail_examples.example_document(self.shop, kind, language, self.texts)
        context = tax.TaxContext(shop_settings.profile(self.shop), self.shop.clock.today())
        self.preview.letterhead = self._typed()
        self.preview.show_document(draft, context, f"{self.texts.gettext('Example')}.pdf", now=True)

    def reload(self) -> None:
        """See Section; the first time the words of the shop's language are shown."""
        if self._shown is None:
            self.letter_words.language.set_value(shop_settings.profile(self.shop).language)
        super().reload()

    def _stored(self) -> Letterhead:
        return shop_settings.letterhead(self.shop)

    def _show(self, value: Letterhead) -> None:
        self._base = value
        self.logo.show_logo(value.logo)
        self.accent.line.set_value(value.colour.upper())
        self.sender_line.setText(value.sender_line)
        self.giro_code.setChecked(value.giro_code)
        self.letter_words.show_words(value)

    def _typed(self) -> Letterhead:
        return replace(
            self._base,
            logo=self.logo.data,
            accent=self.accent.line.value or self._base.accent,
            sender_line=self.sender_line.text().strip(),
            giro_code=self.giro_code.isChecked(),
            texts=self.letter_words.words(),
        )

    def _store(self, value: Letterhead) -> None:
        shop_settings.save_letterhead(self.shop, value)
