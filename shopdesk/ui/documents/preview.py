"""The PDF as it would be issued, live beside the lines: drawn off the window's thread, newest wins."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPoint, QSize, Qt, QTimer, QUrl
from PySide6.QtGui import QColor, QDrag, QImage, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.ui.theme.palette import tokens
from shopdesk.ui.theme.sizes import MEDIUM, px
from shopdesk.ui.widgets.labels import ProblemLabel

if TYPE_CHECKING:
    from shopdesk.domain.documents import Document
    from shopdesk.domain.letterheads import Letterhead
    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.tax import TaxContext

PAUSE = 150
"""ms after the last key before the page is drawn."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The pages as pictures of one width, their text for screen readers, and the file itself."""

    pdf: bytes
    pages: tuple[QImage, ...]
    text: str


def rasterised(pdf: bytes, width: int, *, with_text: bool = True) -> Drawn:
    """Draw all pages `width` pixels wide. Not for two threads at once (PDFium)."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        pages, words = [], []
        for page in document:
            bitmap = page.render(scale=width / page.get_width(), prefer_bgrx=True, rev_byteorder=False)
            image = QImage(
                bytes(bitmap.buffer), bitmap.width, bitmap.height, bitmap.stride, QImage.Format.Format_RGB32
            )
            pages.append(image.copy())
            if with_text:
                words.append(page.get_textpage().get_text_bounded())
        return Drawn(pdf, tuple(pages), "\n".join(words))
    finally:
        document.close()


class Sheets(QWidget):
    """The pages below each other; dragging takes the file along."""

    def __init__(self, file_name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.file_name = file_name
        self._drawn: Drawn | None = None
        self._pressed: QPoint | None = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_pages(self, drawn: Drawn) -> None:
        """Other pages; the size follows."""
        self._drawn = drawn
        ratio = self.devicePixelRatioF()
        gap = px(MEDIUM)
        width = max((round(page.width() / ratio) for page in drawn.pages), default=0)
        height = sum(round(page.height() / ratio) + gap for page in drawn.pages) - gap
        self.setFixedSize(QSize(width + 2, max(height, 0) + 2))
        self.setAccessibleDescription(drawn.text)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paper stays white at night, too: it is what the customer gets."""
        if self._drawn is None:
            return
        painter = QPainter(self)
        ratio, top = self.devicePixelRatioF(), 1
        for page in self._drawn.pages:
            width, height = round(page.width() / ratio), round(page.height() / ratio)
            page.setDevicePixelRatio(ratio)
            painter.drawImage(1, top, page)
            painter.setPen(QColor(tokens().line))
            painter.drawRect(0, top - 1, width + 1, height + 1)
            top += height + px(MEDIUM)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where a drag began."""
        self._pressed = event.position().toPoint()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the document out of the window as a file."""
        if self._pressed is None or self._drawn is None:
            return
        if (event.position().toPoint() - self._pressed).manhattanLength() < QApplication.startDragDistance():
            return
        self._pressed = None
        drag = QDrag(self)
        drag.setMimeData(self.as_file())
        drag.exec(Qt.DropAction.CopyAction)

    def as_file(self) -> QMimeData:
        """The PDF as a file to drop."""
        data = QMimeData()
        if self._drawn is not None:
            folder = Path(tempfile.mkdtemp(prefix="shopdesk-"))
            file = folder / self.file_name
            file.write_bytes(self._drawn.pdf)
            data.setUrls([QUrl.fromLocalFile(str(file))])
        return data


class PreviewPane(QWidget):
    """Shows a document's PDF fitted to the width; the scroll position stays while typing goes on."""

    def __init__(self, shop: Shop, window: Shell, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shop, self._shell = shop, window
        self._wanted: tuple[Document, TaxContext] | None = None
        self._latest: tuple[Document, TaxContext] | None = None
        self._running = False
        self._failed = False
        self._over = False
        self.letterhead: Letterhead | None = None  # one that is not stored yet, else the shop's
        self.drawn: Drawn | None = None
        self.sheets = Sheets("Beleg.pdf")
        self.problem = ProblemLabel()
        self.viewer = QScrollArea()
        self.viewer.setFrameShape(QFrame.Shape.NoFrame)
        self.viewer.setWidget(self.sheets)
        self.viewer.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.viewer.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.viewer.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.viewer.setAccessibleName(window.texts.gettext("Preview"))
        self.viewer.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.problem)
        layout.addWidget(self.viewer, 1)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._draw)

    def show_document(
        self, document: Document, context: TaxContext, file_name: str, *, now: bool = False
    ) -> None:
        """Draw this document after a pause in typing, or at once."""
        if self._latest is not None and self._latest[0] == document and not now:
            return
        self.sheets.file_name = file_name
        self._wanted = self._latest = (document, context)
        if now:
            self._draw()
        else:
            self._pause.start()

    def stop(self) -> None:
        """The pane goes: what is still being drawn is no longer wanted."""
        self._over = True
        self._pause.stop()

    def keep(self, drawn: Drawn) -> None:
        """Show the pages of the pane before this one until they are drawn anew."""
        self.drawn = drawn
        self.sheets.show_pages(drawn)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the other width."""
        super().resizeEvent(event)
        if self._latest is not None:
            self._wanted = self._latest
            self._pause.start()

    @property
    def page_width(self) -> int:
        """In pixels of the screen."""
        return max(px(120), round((self.viewer.viewport().width() - 4) * self.devicePixelRatioF()))

    def _draw(self) -> None:
        self._pause.stop()
        if self._wanted is None or self._running or not self.isVisible():
            return
        (document, context), self._wanted = self._wanted, None
        self._running = True
        width, shop, letterhead = self.page_width, self._shop, self.letterhead

        def work() -> Drawn:
            from shopdesk.usecases import documents

            return rasterised(documents.preview(shop, document, context, letterhead).pdf, width)

        self._shell.run_desk(work, self._done, self._broken)

    def _done(self, drawn: Drawn) -> None:
        if self._over:
            return
        self._running = False
        self.problem.say("")
        bar = self.viewer.verticalScrollBar()
        place = bar.value()
        self.keep(drawn)
        bar.setValue(place)
        self.viewer.setAccessibleDescription(drawn.text)
        self._draw()

    def _broken(self, error: Exception) -> None:
        if self._over:
            return
        self._running = False
        if isinstance(error, ShopError):
            self.problem.say(self._shell.texts.say(error.message))
        elif not self._failed:
            # once is enough: the next key would bring the same
            self._failed = True
            self._shell.problem(error)

    def showEvent(self, event: QShowEvent) -> None:
        """What was asked for while hidden is drawn now."""
        super().showEvent(event)
        if self._wanted is not None:
            self._pause.start()
