"""The mail texts: per kind, audience and language, with gaps to click and the finished mail beside them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.kind_names import KIND_NAMES
from shopdesk.domain.mail_templates import GAPS, Audience, FilledText, MailTemplate
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.settings.fields import LANGUAGE_NAMES, SideBySide, form_grid, text_box
from shopdesk.ui.settings.section import FormSection
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.chips import ChipButton, ChipRow
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption, ProblemLabel, Strong
from shopdesk.ui.widgets.showing import show_if
from shopdesk.usecases import mail_examples, mail_texts, shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_PAUSE = 250
_LINES = 16
Place = tuple[str, str, str]


class MailTextsSection(FormSection[MailTemplate]):
    """One text at a time; choosing another one stores this one."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Mail texts"),
            gettext("What your mails say. Gaps are filled from the document; none ever goes out empty."),
            gettext("template subject body e-mail wording placeholder"),
        )
        self._base = MailTemplate(DocumentKind.QUOTE, Audience.PRIVATE, "de", "", "")
        self.kind = Choice((gettext(name), kind.value) for kind, name in KIND_NAMES.items())
        self.audience = Choice(
            [
                (gettext("private customers"), Audience.PRIVATE.value),
                (gettext("business customers"), Audience.BUSINESS.value),
            ]
        )
        self.language = Choice([(LANGUAGE_NAMES[code], code) for code in PAPER_LANGUAGES])
        self.subject = QLineEdit()
        self.text = text_box(gettext("Text of the mail"), _LINES)
        self._last: QLineEdit | QPlainTextEdit = self.text
        self.example = MailExample(gettext("With sample values"), gettext("The mail with sample values"))
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self._draw)
        self._place()
        self._chosen: Place = self._wanted()
        for choice in (self.kind, self.audience, self.language):
            choice.chosen.connect(self._choose)
        self.finish()

    def _place(self) -> None:
        gettext = self.texts.gettext
        self._subject = Field(gettext("Subject"), self.subject)
        self._text = Field(gettext("Text"), self.text)
        choices: list[tuple[QWidget, int]] = [
            (Field(gettext("Mail with"), self.kind), 2),
            (Field(gettext("For"), self.audience), 2),
            (Field(gettext("Language"), self.language), 2),
        ]
        self.body.addLayout(form_grid([choices]))
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        column.addWidget(self._subject)
        column.addWidget(self._text)
        self.gaps = ChipRow()
        self.gaps.show_chips([self._chip(name) for name in GAPS])
        column.addStretch(1)
        self.body.addWidget(SideBySide(left, self.example))
        self.body.addWidget(Caption(gettext("Gaps: a click puts one where the cursor stands."), wrap=True))
        self.body.addWidget(self.gaps)
        self.reset_button = GhostButton(gettext("Back to the program's text"), self.reset, icon_name="undo-2")
        self.foot.insertWidget(0, self.reset_button)

    def _chip(self, name: str) -> QWidget:
        meaning = self.texts.say(GAPS[name])
        chip = ChipButton(meaning, self._inserter(name))
        chip.setToolTip(f"{{{{ {name} }}}}")
        return chip

    def _inserter(self, name: str) -> Callable[[], None]:
        return lambda: self.insert_gap(name)

    def insert_gap(self, name: str) -> None:
        """Put a gap where the cursor last stood, in the subject or the text."""
        words = f"{{{{ {name} }}}}"
        if self._in_subject:
            self.subject.insert(words)
            self.subject.setFocus()
        else:
            self.text.insertPlainText(words)
            self.text.setFocus()

    @property
    def _in_subject(self) -> bool:
        return self._last is self.subject

    def focus_moved(self, widget: QWidget | None) -> None:
        """Remember in which of the two fields the cursor stood last."""
        if widget is self.subject:
            self._last = self.subject
        elif widget is self.text:
            self._last = self.text

    # Which text

    def _wanted(self) -> Place:
        return self.kind.value, self.audience.value, self.language.value

    def _choose(self) -> None:
        """Another text: what was typed so far is stored first; with a problem in it, it stays."""
        wanted = self._wanted()
        if wanted == self._chosen:
            return
        self._select(self._chosen)
        if not self.save():
            return
        self._chosen = wanted
        self._select(wanted)
        self.revert()

    def _select(self, place: Place) -> None:
        for choice, value in zip((self.kind, self.audience, self.language), place, strict=True):
            choice.set_value(value)

    # The stored value

    def reload(self) -> None:
        """See Section; the first time the texts of the shop's language are shown."""
        if self._shown is None:
            self.language.set_value(shop_settings.profile(self.shop).language)
            self._chosen = self._wanted()
        super().reload()

    def _stored(self) -> MailTemplate:
        kind, audience, language = self._chosen
        own = Audience(audience)
        fitting = {
            entry.audience: entry
            for entry in mail_texts.all_templates(self.shop)
            if (entry.kind.value, entry.language) == (kind, language)
        }
        if own in fitting:
            return fitting[own]
        # a text for everybody begins one of this audience's own
        nothing = MailTemplate(DocumentKind(kind), own, language, "", "")
        return replace(fitting.get(Audience.ANY, nothing), audience=own, id=None, version=0)

    def _show(self, value: MailTemplate) -> None:
        self._base = value
        self.subject.setText(value.subject)
        self.text.setPlainText(value.body)
        show_if(self.reset_button, value.id is not None)

    def _typed(self) -> MailTemplate:
        return replace(self._base, subject=self.subject.text(), body=self.text.toPlainText())

    def _store(self, value: MailTemplate) -> None:
        mail_texts.save_template(self.shop, value)

    def _tell_saved(self, before: MailTemplate) -> None:
        def undo() -> None:
            now = self._stored()
            if before.id is None and now.id is not None:
                mail_texts.reset_template(self.shop, now.id)
            elif now.id is not None:
                mail_texts.save_template(self.shop, replace(before, version=now.version))
            self.revert()

        self.shell.toast(self.texts.gettext("Mail text saved."), undo)

    def _say(self, field: str, problem: str) -> bool:
        part = field.removeprefix("mail_template.")
        self._subject.say(problem if part == "subject" else "")
        self._text.say(problem if part == "body" else "")
        return part in {"subject", "body"}

    def reset(self) -> None:
        """Back to the shipped text; the toast brings the own one back."""
        own = self._stored()
        if own.id is None:
            return
        mail_texts.reset_template(self.shop, own.id)
        self.revert()
        self.subject.setFocus()

        def undo() -> None:
            mail_texts.save_template(self.shop, replace(own, id=None, version=0))
            self.revert()

        self.shell.toast(self.texts.gettext("The program's own text is back."), undo)

    # The example

    def touched(self) -> None:
        """Also fill the example anew, after a pause."""
        super().touched()
        self._pause.start()

    def _draw(self) -> None:
        if self._shown is None:
            return
        try:
            self.example.show_mail(mail_examples.filled(self.shop, self._typed(), self.texts))
            self._say("", "")
        except ShopError as error:
            words = self.texts.say(error.message)
            self.example.show_old()
            if not self._say(error.field, words):
                self.example.problem.say(words)


class MailExample(QWidget):
    """The finished mail, to read only."""

    def __init__(self, title: str, name: str) -> None:
        super().__init__()
        self.subject = Strong("", wrap=True)
        self.body = QPlainTextEdit()
        self.body.setReadOnly(True)
        self.body.setTabChangesFocus(True)
        self.body.setAccessibleName(name)
        self.problem = ProblemLabel()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addWidget(Caption(title))
        layout.addWidget(self.subject)
        layout.addWidget(self.problem)
        layout.addWidget(self.body, 1)

    def show_mail(self, mail: FilledText) -> None:
        """Another mail."""
        self.problem.say("")
        self.subject.setEnabled(True)
        self.body.setEnabled(True)
        self.subject.setText(mail.subject)
        self.body.setPlainText(mail.body)

    def show_old(self) -> None:
        """Greyed: it no longer is what the text says."""
        self.subject.setEnabled(False)
        self.body.setEnabled(False)
