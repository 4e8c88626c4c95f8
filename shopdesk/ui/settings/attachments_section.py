"""Standard attachments: PDF files that go with certain documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.documents import DocumentKind
from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail_templates import Audience
from shopdesk.domain.messages import N_
from shopdesk.domain.standard_attachments import (
    LARGEST_BYTES,
    AttachmentRole,
    StandardAttachment,
    role_name,
)
from shopdesk.i18n import PAPER_LANGUAGES
from shopdesk.ui.settings.fields import LANGUAGE_NAMES, form_grid
from shopdesk.ui.settings.logo_field import read_file
from shopdesk.ui.settings.section import Section
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.choice import Choice
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.labels import Caption, IconLabel, Muted, PlainLabel, ProblemLabel
from shopdesk.usecases import mail_texts

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_KINDS = {
    "quote invoice": N_("quotes and invoices"),
    "quote": N_("quotes only"),
    "invoice": N_("invoices only"),
}
_AUDIENCES = {
    Audience.ANY: N_("all customers"),
    Audience.PRIVATE: N_("private customers"),
    Audience.BUSINESS: N_("business customers"),
}


class AttachmentsSection(Section):
    """What is stored, and the choices for the next file."""

    def __init__(self, shop: Shop, shell: Shell) -> None:
        gettext = shell.texts.gettext
        super().__init__(
            shop,
            shell,
            gettext("Standard attachments"),
            gettext(
                "PDF files that go along by themselves: terms, withdrawal notice and form. A sale by phone or mail "
                "to a private customer needs them; the wording is yours."
            ),
            gettext("terms conditions withdrawal pdf file AGB"),
        )
        self.list = QVBoxLayout()
        self.list.setSpacing(px(SMALL))
        self.body.addLayout(self.list)
        self._make_choices()
        self.problem = ProblemLabel()
        self.add_button = Button(gettext("Choose PDF and add …"), self.choose, icon_name="paperclip")
        row: list[tuple[QWidget, int]] = [
            (Field(gettext("What it is"), self.role), 3),
            (Field(gettext("Goes with"), self.kinds), 3),
        ]
        second: list[tuple[QWidget, int]] = [
            (Field(gettext("For"), self.audience), 3),
            (Field(gettext("Language"), self.language), 3),
        ]
        self.body.addLayout(form_grid([row, second]))
        self.body.addWidget(self.problem)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.add_button)
        self.body.addLayout(foot)

    def _make_choices(self) -> None:
        gettext, say = self.texts.gettext, self.texts.say
        self.role = Choice([(say(role_name(role)), role.value) for role in AttachmentRole])
        self.kinds = Choice([(gettext(words), kinds) for kinds, words in _KINDS.items()])
        self.audience = Choice([(gettext(words), entry.value) for entry, words in _AUDIENCES.items()])
        self.audience.set_value(Audience.PRIVATE.value)
        languages = [(LANGUAGE_NAMES[code], code) for code in PAPER_LANGUAGES]
        self.language = Choice([(gettext("every language"), ""), *languages])

    def reload(self) -> None:
        """See Section."""
        while self.list.count():
            item = self.list.takeAt(0)
            widget = item.widget() if item is not None else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        stored = mail_texts.standard_attachments(self.shop)
        for entry in stored:
            self.list.addWidget(self._row(entry))
        if not stored:
            self.list.addWidget(Muted(self.texts.gettext("None yet."), wrap=True))

    def _row(self, entry: StandardAttachment) -> QWidget:
        gettext = self.texts.gettext
        row = QWidget()
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(PlainLabel(entry.name, wrap=True))
        words.addWidget(Caption(self._described(entry), wrap=True))
        remove = GhostButton(gettext("Remove"), lambda: self.remove(entry), icon_name="trash-2")
        remove.setAccessibleName(gettext("Remove {name}").format(name=entry.name))
        layout = QHBoxLayout(row)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        layout.addWidget(IconLabel("paperclip"))
        layout.addLayout(words, 1)
        layout.addWidget(remove)
        return row

    def _described(self, entry: StandardAttachment) -> str:
        gettext = self.texts.gettext
        kinds = " ".join(kind.value for kind in sorted(entry.kinds, reverse=True)) or "quote invoice"
        language = LANGUAGE_NAMES.get(entry.language, entry.language) or gettext("every language")
        parts = (
            self.texts.say(role_name(entry.role)),
            gettext(_KINDS.get(kinds, kinds)),
            gettext(_AUDIENCES[entry.audience]),
            language,
        )
        return " · ".join(parts)

    def choose(self) -> None:
        """Ask for the file."""
        name, _filter = QFileDialog.getOpenFileName(self, self.texts.gettext("Choose PDF"), "", "PDF (*.pdf)")
        if name:
            self.add(name)

    def add(self, place: str) -> None:
        """Store the file as it is chosen beside it; what is wrong with it stands below."""
        kinds = tuple(DocumentKind(kind) for kind in self.kinds.value.split())
        value = StandardAttachment(
            Path(place).name,
            AttachmentRole(self.role.value),
            () if len(kinds) == len(_KINDS) - 1 else kinds,
            Audience(self.audience.value),
            self.language.value,
        )
        self.problem.say("")

        def work() -> int:
            return mail_texts.add_standard_attachment(self.shop, value, read_file(place, LARGEST_BYTES))

        self.shell.run_desk(work, self._added, self._refused)

    def _added(self, attachment_id: int) -> None:
        self.reload()

        def undo() -> None:
            mail_texts.remove_standard_attachment(self.shop, attachment_id)
            self.reload()

        self.shell.toast(self.texts.gettext("It now goes along with your mails."), undo)

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ShopError):
            self.problem.say(self.texts.say(error.message))
        else:
            self.shell.problem(error)

    def remove(self, entry: StandardAttachment) -> None:
        """Take a file out of use; it can be taken back."""
        if entry.id is None:
            return
        wanted = entry.id
        mail_texts.remove_standard_attachment(self.shop, wanted)
        self.reload()
        self.add_button.setFocus()

        def undo() -> None:
            mail_texts.restore_standard_attachment(self.shop, wanted)
            self.reload()

        self.shell.toast(self.texts.gettext("{name} removed.").format(name=entry.name), undo)
