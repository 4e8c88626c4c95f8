"""A PDF beside the fields that make it: drawn off the window's thread after a pause, the newest wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.ui.documents.preview import PAUSE, Drawn, Sheets, rasterised
from shopdesk.ui.theme.sizes import px
from shopdesk.ui.widgets.labels import ProblemLabel

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell

_MOST_PAGES = 3


class PdfPane(QWidget):
    """Shows what `make` gives, fitted to the width; what it refuses is said in words above the last picture."""

    def __init__(self, shell: Shell, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shell = shell
        self._make: Callable[[], bytes] | None = None
        self._wanted = self._running = False
        self.sheets = Sheets(file_name)
        self.problem = ProblemLabel()
        self.viewer = QScrollArea()
        self.viewer.setFrameShape(QFrame.Shape.NoFrame)
        self.viewer.setWidget(self.sheets)
        self.viewer.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.viewer.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewer.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewer.setAccessibleName(shell.texts.gettext("Preview"))
        self.viewer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.problem)
        layout.addWidget(self.viewer, 1)
        self._pause = QTimer(self, singleShot=True, interval=PAUSE)
        self._pause.timeout.connect(self._draw)

    def show_pdf(self, make: Callable[[], bytes] | None) -> None:
        """Draw this one after a pause; None: nothing is to be seen."""
        self._make, self._wanted = make, make is not None
        # always on while something is shown: a bar that comes and goes would change the width it is drawn for
        shown = (
            Qt.ScrollBarPolicy.ScrollBarAlwaysOff if make is None else Qt.ScrollBarPolicy.ScrollBarAlwaysOn
        )
        self.viewer.setVerticalScrollBarPolicy(shown)
        if make is None:
            self.problem.say("")
            self.sheets.hide()
        self._pause.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the other width."""
        super().resizeEvent(event)
        self._wanted = self._make is not None
        self._pause.start()

    def showEvent(self, event: QShowEvent) -> None:
        """What was asked for while hidden is drawn now."""
        super().showEvent(event)
        self._pause.start()

    def _draw(self) -> None:
        make = self._make
        if make is None or not self._wanted or self._running or not self.isVisible():
            return
        self._wanted, self._running = False, True
        room = (self.viewer.viewport().width() - 4) * self.devicePixelRatioF()
        width = max(px(120), round(room))
        self._shell.run_desk(lambda: rasterised(make(), width), self._done, self._broken)

    def _done(self, drawn: Drawn) -> None:
        self._running = False
        if self._make is None:
            return
        self.problem.say("")
        self.sheets.show_pages(Drawn(drawn.pdf, drawn.pages[:_MOST_PAGES], drawn.text))
        self.sheets.show()
        self.viewer.setAccessibleDescription(drawn.text)
        self._draw()

    def _broken(self, error: Exception) -> None:
        self._running = False
        if isinstance(error, ShopError):
            self.problem.say(self._shell.texts.say(error.message))
        else:
            self._shell.problem(error)
        self._draw()
