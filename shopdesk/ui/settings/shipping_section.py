"""Shipping: whose goods leave before the money, the label's size, the usual carrier, and what the mail says."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.parcel_labels import FORMATS
from shopdesk.domain.unshipped import MailText, OnAccount, ShippingRules
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.packing import words
from shopdesk.ui.settings.fields import (
    LANGUAGE_NAMES,
    ExplainedField,
    SideBySide,
    form_grid,
    text_box,
    whole_number_edit,
)
from shopdesk.ui.settings.mail_texts_section import MailExample
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption
from shopdesk.usecases import packing, shipment_mails, shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_MOST_DAYS = 365
_LINES = 12
_PAUSE = 250


class ShippingSection(FormSection[ShippingRules]):
    """How the packing list decides, and the mail that goes with a tracking number."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Shipping"),
            gettext("What may leave, the label, and the mail with the tracking number."),
            gettext("parcel label tracking number packing delivery mail satisfaction"),
        )
        self._own: dict[str, MailText] = {}
        self._language = "de"
        self.on_account = Choice(
            (
                (
                    gettext("of businesses and who has terms of payment of his own"),
                    OnAccount.BUSINESSES.value,
                ),
                (gettext("of everybody"), OnAccount.EVERYBODY.value),
                (gettext("only of who has terms of payment of his own"), OnAccount.NOBODY.value),
            )
        )
        self.label = Choice((gettext(each.title), each.name) for each in FORMATS)
        self.carrier = Choice(words.carriers(self.texts))
        self.days = whole_number_edit(self.texts, gettext("Ask after days"), 0, _MOST_DAYS)
        self.tell = QCheckBox(gettext("Tell the customer by mail, unless I say otherwise"))
        self.language = Choice([(LANGUAGE_NAMES[code], code) for code in PAPER_LANGUAGES])
        self.subject = QLineEdit()
        self.text = text_box(gettext("Text of the shipping mail"), _LINES)
        self.example = MailExample(
            gettext("With sample values"), gettext("The shipping mail with sample values")
        )
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._place()
        self.language.chosen.connect(self._choose_language)
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        explained = gettext("Without payment in advance on the document, goods leave before the money.")
        self.body.addWidget(
            ExplainedField(gettext("Before payment the goods leave"), self.on_account, explained)
        )
        row: list[tuple[QWidget, int]] = [
            (Field(gettext("Address label"), self.label), 3),
            (Field(gettext("Usual parcel service"), self.carrier), 3),
        ]
        self.body.addLayout(form_grid([row]))
        asked = gettext("Only who allowed it is asked, by a follow-up in Today. 0: nobody.")
        self.body.addWidget(
            ExplainedField(gettext("Ask whether all is well, days after shipping"), self.days, asked)
        )
        self.body.addWidget(self.tell)
        self._subject = Field(gettext("Subject"), self.subject)
        self._text = Field(gettext("Text"), self.text)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(Field(gettext("Language of the shipping mail"), self.language))
        column.addWidget(self._subject)
        column.addWidget(self._text)
        column.addStretch(1)
        self.body.addWidget(SideBySide(left, self.example))
        gaps = ", ".join(
            f"{{{{ {name} }}}} {self.texts.say(meaning)}"
            for name, meaning in shipment_mails.SHIPPING_GAPS.items()
        )
        self.body.addWidget(Caption(gettext("Gaps: {gaps}").format(gaps=gaps), wrap=True))
        self.reset_button = GhostButton(gettext("Back to the program's text"), self.reset, icon_name="undo-2")
        self.foot.insertWidget(0, self.reset_button)

    def reload(self) -> None:
        """See Section; the first time the mail of the shop's language is shown."""
        if self._shown is None:
            self._language = shop_settings.profile(self.shop).language
            self.language.set_value(self._language)
        super().reload()

    def _stored(self) -> ShippingRules:
        return packing.rules(self.shop)

    def _show(self, value: ShippingRules) -> None:
        self.on_account.set_value(value.on_account.value)
        self.label.set_value(value.label)
        self.carrier.set_value(value.carrier)
        self.days.set_value(value.ask_after_days)
        self.tell.setChecked(value.tell)
        self._own = {each.language: each for each in value.texts}
        self._show_text()

    def _show_text(self) -> None:
        own, shipped = self._own.get(self._language, MailText()), shipment_mails.shipped_text(self._language)
        self.subject.setText(own.subject or shipped.subject)
        self.text.setPlainText(own.body or shipped.body)
        self._pause.start()

    def _choose_language(self) -> None:
        self._own = self._texts()
        self._language = self.language.value
        self._show_text()

    def _texts(self) -> dict[str, MailText]:
        """The owner's texts with the shown one; what says the same as the program's is none."""
        shipped = shipment_mails.shipped_text(self._language)
        typed = MailText(self._language, self.subject.text().strip(), self.text.toPlainText().strip())
        same = (typed.subject, typed.body) == (shipped.subject.strip(), shipped.body.strip())
        others = {code: text for code, text in self._own.items() if code != self._language}
        return others if same else others | {self._language: typed}

    def _typed(self) -> ShippingRules:
        texts = self._texts()
        return ShippingRules(
            on_account=OnAccount(self.on_account.value),
            ask_after_days=self.days.value or 0,
            label=self.label.value,
            carrier=self.carrier.value,
            tell=self.tell.isChecked(),
            texts=tuple(texts[code] for code in sorted(texts)),
        )

    def _store(self, value: ShippingRules) -> None:
        for each in value.texts:
            shipment_mails.check(each)
        packing.save_rules(self.shop, value)

    def _say(self, field: str, problem: str) -> bool:
        part = field.removeprefix("mail_template.")
        self._subject.say(problem if part == "subject" else "")
        self._text.say(problem if part == "body" else "")
        return part in {"subject", "body"}

    def reset(self) -> None:
        """The program's own text in this language again; saved like every other change."""
        shipped = shipment_mails.shipped_text(self._language)
        self.subject.setText(shipped.subject)
        self.text.setPlainText(shipped.body)

    def touched(self) -> None:
        """Also fill the example anew, after a pause."""
        super().touched()
        self._pause.start()

    def _draw(self) -> None:
        if self._shown is None:
            return
        own = self._texts().get(self._language, MailText(self._language))
        try:
            self.example.show_mail(shipment_mails.example(self.shop, own, self._language, self.texts))
            self._say("", "")
        except ShopError as error:
            self.example.show_old()
            if not self._say(error.field, self.texts.say(error.message)):
                self.example.problem.say(self.texts.say(error.message))
