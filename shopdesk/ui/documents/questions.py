"""What is asked before the next document is made: positions, deposit, reason. ⏎ goes on, Esc leaves all as it was."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.successors import Wishes
from shopdesk.i18n import Texts
from shopdesk.ui.theme.sizes import LARGE, MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton, PrimaryButton
from shopdesk.ui.widgets.labels import Heading, Muted

Answer = Callable[[Wishes], None]


class Question(QDialog):
    """One question with its answer; `answer` is called with what was chosen."""

    def __init__(self, title: str, words: str, go_on: str, texts: Texts, parent: QWidget) -> None:
        super().__init__(parent)
        self.texts = texts
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(px(460))
        self.body = QVBoxLayout()
        self.body.setSpacing(px(SMALL))
        self.go_on = PrimaryButton(go_on, self.accept, key="⏎")
        self.go_on.setDefault(True)
        self.cancel = GhostButton(texts.gettext("Cancel"), self.reject, key="Esc")
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(self.cancel)
        foot.addWidget(self.go_on)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(LARGE), px(LARGE), px(LARGE), px(MEDIUM))
        layout.setSpacing(px(MEDIUM))
        layout.addWidget(Heading(title))
        if words:
            layout.addWidget(Muted(words, wrap=True))
        layout.addLayout(self.body, 1)
        layout.addLayout(foot)

    def ask(self, answer: Answer) -> None:
        """Show it; `answer` is called once it was answered."""
        self.accepted.connect(lambda: answer(self.wishes()))
        self._take_room()
        self.open()
        self.first().setFocus()

    def _take_room(self) -> None:
        """Sentences that wrap need their height at the real width; Qt asks for it at another one."""
        layout = self.layout()
        assert layout is not None
        width = max(self.minimumWidth(), layout.minimumSize().width())
        most = self.screen().availableGeometry().height()
        self.resize(width, min(most, max(layout.totalHeightForWidth(width), layout.sizeHint().height())))

    def first(self) -> QWidget:
        """What has the keyboard at the beginning."""
        return self.go_on

    def wishes(self) -> Wishes:
        """What was chosen."""
        return Wishes()
