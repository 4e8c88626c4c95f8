"""The logo: chosen from a file, checked, shown, removed."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain import disk_troubles
from shopdesk.domain.errors import ShopError
from shopdesk.domain.messages import N_, Message
from shopdesk.ui.theme.sizes import MEDIUM, SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.labels import Caption, ProblemLabel
from shopdesk.usecases import shop_settings

if TYPE_CHECKING:
    from shopdesk.ui.shell.protocol import Shell


class FileNotRead(ShopError):
    """The chosen file cannot be opened."""

    code = "file"

    def __init__(self, name: str, reason: Message) -> None:
        text = N_("The file {name} could not be read: {reason}.")
        super().__init__(Message(text, {"name": name, "reason": reason}))


def read_file(place: str, at_most: int) -> bytes:
    """The file's bytes, one more than `at_most` at the most; raises FileNotRead."""
    try:
        with Path(place).open("rb") as stream:
            return stream.read(at_most + 1)
    except OSError as error:
        raise FileNotRead(Path(place).name, disk_troubles.why(error)) from error


class Thumbnail(QWidget):
    """The picture on white, as on paper."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self.setFixedSize(self.sizeHint())

    def sizeHint(self) -> QSize:
        """Twice as wide as high: most logos are."""
        return QSize(px(128), px(64))

    def show_picture(self, data: bytes) -> None:
        """Another one, or none."""
        self._picture = QPixmap()
        self._picture.loadFromData(QByteArray(data))
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fit it into the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        area = self.rect()
        painter.fillRect(area, Qt.GlobalColor.white)
        painter.setPen(self.palette().mid().color())
        painter.drawRect(area.adjusted(0, 0, -1, -1))
        if self._picture.isNull():
            return
        inner = area.adjusted(px(4), px(4), -px(4), -px(4))
        size = self._picture.size().scaled(inner.size(), Qt.AspectRatioMode.KeepAspectRatio)
        inner.setSize(size)
        inner.moveCenter(area.center())
        painter.drawPixmap(inner, self._picture)


class LogoField(QWidget):
    """Holds the logo's bytes in `data`."""

    changed = Signal()

    def __init__(self, shell: Shell) -> None:
        super().__init__()
        self._shell = shell
        gettext = shell.texts.gettext
        self.data = b""
        self.thumbnail = Thumbnail()
        self.choose_button = Button(gettext("Choose picture …"), self.choose, icon_name="upload")
        self.remove_button = GhostButton(gettext("Remove"), self.remove, icon_name="trash-2")
        self.remove_button.setAccessibleName(gettext("Remove the logo"))
        self.problem = ProblemLabel()
        buttons = QHBoxLayout()
        buttons.setSpacing(px(SMALL))
        buttons.addWidget(self.choose_button)
        buttons.addWidget(self.remove_button)
        buttons.addStretch(1)
        row = QHBoxLayout()
        row.setSpacing(px(MEDIUM))
        row.addWidget(self.thumbnail)
        right = QVBoxLayout()
        right.setSpacing(px(4))
        right.addLayout(buttons)
        right.addWidget(Caption(gettext("PNG or JPEG, up to 2 MB."), wrap=True))
        row.addLayout(right, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(4))
        layout.addWidget(Caption(gettext("Logo"), buddy=self.choose_button))
        layout.addLayout(row)
        layout.addWidget(self.problem)

    def show_logo(self, data: bytes) -> None:
        """Another logo; nothing is announced."""
        self.data = data
        self.problem.say("")
        self.thumbnail.show_picture(data)
        self.thumbnail.setVisible(bool(data))
        self.remove_button.setVisible(bool(data))

    def choose(self) -> None:
        """Ask for the file."""
        texts = self._shell.texts
        name, _filter = QFileDialog.getOpenFileName(
            self, texts.gettext("Choose the logo"), "", texts.gettext("Pictures") + " (*.png *.jpg *.jpeg)"
        )
        if name:
            self.take(name)

    def take(self, place: str) -> None:
        """Read and check a file off the window's thread; what is wrong with it stands below."""

        def work() -> bytes:
            return shop_settings.checked_logo(read_file(place, shop_settings.LARGEST_LOGO))

        self._shell.run_desk(work, self._taken, self._refused)

    def _taken(self, data: bytes) -> None:
        self.show_logo(data)
        self.changed.emit()

    def _refused(self, error: Exception) -> None:
        if isinstance(error, ShopError):
            self.problem.say(self._shell.texts.say(error.message))
        else:
            self._shell.problem(error)

    def remove(self) -> None:
        """Without a logo the shop's name stands there."""
        self.show_logo(b"")
        self.choose_button.setFocus()
        self.changed.emit()
