"""Head fields that only some kinds have: the reason of a correction, the level of a payment reminder."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox

from shopdesk.domain.documents import Reminder
from shopdesk.domain.messages import N_
from shopdesk.i18n import Texts
from shopdesk.ui.documents.ask_cancellation import REASONS
from shopdesk.ui.documents.session import EditingSession
from shopdesk.ui.widgets.choice import Choice

LEVELS = {1: N_("1 · friendly"), 2: N_("2 · firm"), 3: N_("3 · the last one")}


class ReasonField(QComboBox):
    """Own words, or one of the offered reasons (in the language of the paper)."""

    lead_on = Signal()
    """⏎: on to the next field."""

    def __init__(self, session: EditingSession, texts: Texts) -> None:
        super().__init__()
        self.session = session
        self.setAccessibleName(texts.gettext("Reason"))
        self.setEditable(True)
        self.setInsertPolicy(QComboBox.InsertPolicy.NoInsert)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        paper = Texts(session.document.language)
        self.addItems([paper.pgettext("paper", reason) for reason in REASONS])
        self.words = self.lineEdit()
        assert self.words is not None
        self.words.setAccessibleName(texts.gettext("Reason"))
        self.words.setPlaceholderText(texts.gettext("Why? It stands on the paper."))
        self.words.returnPressed.connect(self.lead_on)
        self.setEditText(session.document.reason)
        self.editTextChanged.connect(self._changed)

    def _changed(self, text: str) -> None:
        self.session.edit(replace(self.session.document, reason=text.strip()), "reason")

    def refresh(self) -> None:
        """Follow the session."""
        self.setEnabled(not self.session.locked)
        reason = self.session.document.reason
        if self.currentText().strip() != reason:
            self.setEditText(reason)


class LevelField(Choice):
    """How urgent a payment reminder is."""

    def __init__(self, session: EditingSession, texts: Texts) -> None:
        super().__init__([(texts.gettext(words), str(level)) for level, words in LEVELS.items()])
        self.session = session
        self.setAccessibleName(texts.gettext("Level"))
        self.chosen.connect(self._changed)

    def _changed(self) -> None:
        document = self.session.document
        reminder = replace(document.reminder or Reminder(1, ()), level=int(self.value))
        self.session.edit(replace(document, reminder=reminder), "level")

    def refresh(self) -> None:
        """Follow the session."""
        reminder = self.session.document.reminder
        self.setEnabled(not self.session.locked)
        self.set_value(str(reminder.level if reminder else 1))
