"""The shop's terms and conditions, printed behind an order that the customer signs at the counter (PRODUCT.md, S41)."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from shopdesk.domain.letterheads import Terms
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.settings.fields import LANGUAGE_NAMES, text_box
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.usecases import shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_LINES = 10


class TermsSection(FormSection[tuple[Terms, ...]]):
    """One text for each language; the German one stands in where a language has none."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Terms and conditions"),
            gettext(
                "They are printed behind an order that the customer signs at the counter. For mails, store them as a "
                "standard attachment."
            ),
            gettext("terms signature order signed AGB"),
        )
        self._kept: dict[str, str] = {}
        self._language = PAPER_LANGUAGES[0]
        self.language = Choice([(LANGUAGE_NAMES[code], code) for code in PAPER_LANGUAGES])
        self.text = text_box(gettext("Text of the terms"), _LINES)
        self.text.setPlaceholderText(gettext("An empty line begins a new paragraph."))
        self.body.addWidget(Field(gettext("Language"), self.language))
        self.body.addWidget(self.text)
        self.language.currentIndexChanged.connect(self._other_language)
        self.finish()

    def _other_language(self) -> None:
        self._kept[self._language] = self.text.toPlainText()
        self._language = self.language.value
        self.text.setPlainText(self._kept.get(self._language, ""))

    def _stored(self) -> tuple[Terms, ...]:
        return shop_settings.letterhead(self.shop).terms

    def _show(self, value: tuple[Terms, ...]) -> None:
        self._kept = {terms.language: terms.text for terms in value}
        self._language = self.language.value
        self.text.setPlainText(self._kept.get(self._language, ""))

    def _typed(self) -> tuple[Terms, ...]:
        texts = self._kept | {self._language: self.text.toPlainText()}
        return tuple(Terms(code, text.strip()) for code, text in sorted(texts.items()) if text.strip())

    def _store(self, value: tuple[Terms, ...]) -> None:
        stored = shop_settings.letterhead(self.shop)
        shop_settings.save_letterhead(self.shop, replace(stored, terms=value))
