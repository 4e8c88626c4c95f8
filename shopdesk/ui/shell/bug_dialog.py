"""One calm dialog for what should not happen: say it, keep a report, go on."""

from __future__ import annotations

import platform
import traceback

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPlainTextEdit, QVBoxLayout, QWidget

from shopdesk import __version__
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import LARGE, MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.labels import Heading, PlainLabel


def report(error: BaseException) -> str:
    """What a developer needs to find the mistake: versions and the way to it, no data of the shop."""
    frames = "".join(traceback.format_tb(error.__traceback__))
    versions = f"shopdesk {__version__} · Python {platform.python_version()} · Qt {qVersion()}"
    # only the kind of the error: its words may quote a customer
    return f"{versions} · {platform.platform()}\n\n{frames}{type(error).__name__}"


class BugDialog(QDialog):
    """Says that nothing was saved halfway, shows the report and copies it."""

    def __init__(self, error: BaseException, texts: Texts, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        gettext = texts.gettext
        self.setWindowTitle(gettext("Something went wrong"))
        self.setMinimumWidth(px(560))
        words = gettext(
            "The program made a mistake. What you were just doing was not saved halfway: it either happened "
            "completely or not at all. You can go on working; please look once more at what you did last."
        )
        self.text = QPlainTextEdit(report(error))
        self.text.setReadOnly(True)
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(gettext("Report for the developers"))
        self.copy_button = Button(gettext("Copy report"), self._copy, icon_name="copy")
        self.close_button = PrimaryButton(gettext("Go on"), self.accept)
        self.close_button.setDefault(True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(LARGE), px(LARGE), px(LARGE), px(LARGE))
        layout.setSpacing(px(MEDIUM))
        layout.addWidget(Heading(gettext("Something went wrong")))
        layout.addWidget(PlainLabel(words, wrap=True))
        layout.addWidget(self.text)
        buttons = QHBoxLayout()
        buttons.setSpacing(px(SMALL))
        buttons.addStretch(1)
        buttons.addWidget(self.copy_button)
        buttons.addWidget(self.close_button)
        layout.addLayout(buttons)
        self.close_button.setFocus()

    def _copy(self) -> None:
        QGuiApplication.clipboard().setText(self.text.toPlainText())
