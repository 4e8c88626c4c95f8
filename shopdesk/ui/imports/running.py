"""While an import is stored nothing else can be saved: this stands over the window, so that nobody runs into that."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from shopdesk.domain.long_work import LongWork
from shopdesk.ui.shell.protocol import Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.labels import Muted
from shopdesk.ui.widgets.work_bar import WorkBar


class Running(QDialog):
    """Progress and Cancel; Esc is Cancel. It stays until the work has ended."""

    def __init__(self, shell: Shell, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(shell.texts.gettext("Import"))
        self.setWindowModality(Qt.WindowModality.WindowModal)
        self.work = WorkBar(shell)
        waiting = Muted(shell.texts.gettext("Until it is done nothing else can be saved."))
        waiting.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(NORMAL), px(NORMAL), px(NORMAL), px(NORMAL))
        column.addWidget(self.work)
        column.addWidget(waiting)
        self.setMinimumWidth(px(420))

    def begin(self, template: str) -> LongWork:
        """Show it; `template` may have the gaps {done} and {all}."""
        work = self.work.begin(template)
        self.open()
        self.work.cancel.setFocus()
        return work

    def over(self) -> None:
        """The work has ended, however it did."""
        self.work.over()
        self.done(QDialog.DialogCode.Accepted)

    def reject(self) -> None:
        """Esc or the cross: ask the work to stop."""
        if not self.work.is_running:
            super().reject()
        else:
            self.work.stop()
