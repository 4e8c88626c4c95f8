"""How letters look, with one of them live at the right."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.documents import Line, LineKind
from shopdesk.domain.letterheads import Design, Letterhead
from shopdesk.ui.documents.preview import PreviewPane
from shopdesk.ui.settings.colour_field import ColourField
from shopdesk.ui.settings.design_cards import DesignCards
from shopdesk.ui.settings.design_pages import DesignPages
from shopdesk.ui.settings.fields import ExplainedField, SideBySide
from shopdesk.ui.settings.footer_field import FooterField
from shopdesk.ui.settings.in_sight import InSight
from shopdesk.ui.settings.letter_words import LetterWords
from shopdesk.ui.settings.logo_field import LogoField
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.settings.style_choices import StyleChoices
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption
from shopdesk.usecases import mail_examples, shop_settings, tax

if TYPE_CHECKING:
    from shopdesk.domain.documents import Document
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_PAUSE = 200
_PAGE_HEIGHT = 640


class LetterheadSection(FormSection[Letterhead]):
    """Design, logo, colour, style, footer, own words."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Letterhead"),
            gettext("How your letters look. Issued ones stay as they were printed."),
            gettext("logo colour design paper layout text introduction closing font footer"),
        )
        self._base = Letterhead()
        self.designs = DesignCards(self.texts)
        self.logo = LogoField(shell)
        self.accent = ColourField(self.texts, gettext("Accent colour"))
        self.style_choices = StyleChoices(self.texts)
        self.sender_line = QLineEdit()
        self.giro_code = QCheckBox(gettext("Print a code for paying with the banking app (GiroCode)"))
        self.footer = FooterField(self.texts)
        self.letter_words = LetterWords(self.texts)
        self.preview = PreviewPane(shop, shell)
        self.pages = DesignPages(shop, shell, self.designs)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._place()
        self._listen()
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        accent = Field(gettext("Accent colour"), self.accent)
        self.accent.line.problem_changed.connect(accent.problem.say)
        explanation = gettext("Empty: made from your address.")
        sender = ExplainedField(gettext("Line below the shop's name"), self.sender_line, explanation)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(MEDIUM))
        designs = QVBoxLayout()
        designs.setSpacing(px(SMALL))
        designs.addWidget(Caption(gettext("Design (keys 1, 2, 3)"), buddy=self.designs.cards[Design.CALM]))
        designs.addWidget(self.designs)
        column.addLayout(designs)
        for part in (
            self.logo,
            accent,
            self.style_choices,
            sender,
            self.footer,
            self.giro_code,
            self.letter_words,
        ):
            column.addWidget(part)
        column.addStretch(1)
        self.body.addWidget(SideBySide(left, InSight(self.preview, px(_PAGE_HEIGHT))))

    def _listen(self) -> None:
        self.designs.chosen.connect(self._take_design)
        self.logo.changed.connect(self.touched)
        self.accent.line.value_changed.connect(self.touched)
        self.footer.changed.connect(self.touched)
        self.letter_words.changed.connect(self.touched)

    def _take_design(self, value: str) -> None:
        """The parts of a design; logo, colour and words stay."""
        self.style_choices.show_style(self._typed().with_design(Design(value)))
        self.touched()

    def touched(self) -> None:
        """Also draw the letter anew, after a pause."""
        super().touched()
        if self._shown is not None:
            self.designs.mark(self._typed().design)
        self._pause.start()

    def _draw(self) -> None:
        if self._shown is None:
            return
        context = tax.TaxContext(shop_settings.profile(self.shop), self.shop.clock.today())
        letterhead, draft = self._typed(), self._example()
        self.preview.letterhead = letterhead
        self.preview.show_document(draft, context, f"{self.texts.gettext('Example')}.pdf", now=True)
        self.pages.draw(letterhead, draft, context)

    def _example(self) -> Document:
        """A letter with a few lines; its number is plainly no number of the shop."""
        gettext = self.texts.gettext
        kind, language = self.letter_words.place
        draft = mail_examples.example_document(self.shop, kind, language, self.texts)
        more = (
            Line(
                text=gettext("Something that goes with it"), quantity=Decimal(3), unit_price=Decimal("24.90")
            ),
            Line(kind=LineKind.POSTAGE, text=gettext("Postage"), unit_price=Decimal("6.90")),
        )
        return replace(draft, number=f"{gettext('Sample')}-0001", lines=(*draft.lines, *more))

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
        self.style_choices.show_style(value)
        self.sender_line.setText(value.sender_line)
        self.giro_code.setChecked(value.giro_code)
        self.footer.show_footer(value.footer)
        self.letter_words.show_words(value)

    def _typed(self) -> Letterhead:
        return replace(
            self.style_choices.styled(self._base),
            logo=self.logo.data,
            accent=self.accent.line.value or self._base.accent,
            sender_line=self.sender_line.text().strip(),
            giro_code=self.giro_code.isChecked(),
            footer=self.footer.footer(),
            texts=self.letter_words.words(),
        )

    def _store(self, value: Letterhead) -> None:
        shop_settings.save_letterhead(self.shop, value)

    def _say(self, field: str, problem: str) -> bool:
        if field not in {"", "footer"}:
            return False
        self.footer.problem.say(problem)
        return True
