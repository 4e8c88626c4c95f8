"""Frames around what belongs together."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, PrimaryButton
from shopdesk.ui.widgets.labels import ElidedLabel, Heading, IconLabel, Muted
from shopdesk.ui.widgets.showing import show_if


class Card(QFrame):
    """A white sheet with a hairline; put widgets into `body`."""

    def __init__(self, *widgets: QWidget, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(px(NORMAL), px(MEDIUM), px(NORMAL), px(MEDIUM))
        self.body.setSpacing(px(SMALL))
        if title:
            self.body.addWidget(Heading(title))
        for widget in widgets:
            self.body.addWidget(widget)


class PageHeader(QWidget):
    """Title and subtitle of a page at the left, its buttons at the right."""

    def __init__(
        self, title: str, subtitle: str = "", *buttons: QWidget, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.title = ElidedLabel(title, role="display")
        self.subtitle = ElidedLabel(subtitle, role="muted")
        show_if(self.subtitle, bool(subtitle))
        self.buttons = QHBoxLayout()
        self.buttons.setSpacing(px(SMALL))
        words = QVBoxLayout()
        words.setSpacing(px(2))
        words.addWidget(self.title)
        words.addWidget(self.subtitle)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addLayout(words, 1)
        layout.addLayout(self.buttons)
        for button in buttons:
            self.buttons.addWidget(button)

    def lead(self, picture: QWidget) -> None:
        """What stands before the title."""
        layout = self.layout()
        assert isinstance(layout, QHBoxLayout)
        layout.insertWidget(0, picture)

    def say(self, title: str, subtitle: str = "") -> None:
        """Other words."""
        self.title.setText(title)
        self.subtitle.setText(subtitle)
        show_if(self.subtitle, bool(subtitle))


class EmptyState(QWidget):
    """What an empty list shows: an icon, one sentence, one thing to do."""

    def __init__(
        self,
        icon_name: str,
        sentence: str,
        action: str = "",
        on_action: Callable[[], None] | None = None,
        *,
        filled: bool = False,
        key: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.sentence = Muted(sentence, wrap=True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(NORMAL), px(NORMAL), px(NORMAL), px(NORMAL))
        layout.setSpacing(px(MEDIUM))
        layout.addStretch(2)
        layout.addWidget(IconLabel(icon_name, "text3", 40), 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addWidget(self.sentence)
        self.button: Button | None = None
        if action:
            self.button = (PrimaryButton if filled else Button)(action, on_action, key=key)
            layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
            self.setFocusProxy(self.button)
        else:
            # something must have the keyboard, or a screen reader never hears the sentence
            self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self.setAccessibleName(sentence)
        layout.addStretch(3)


_SETTLED = 30  # ms


class ScrollPage(QScrollArea):
    """Scrolls what is higher than the page (forms at 150 %); put widgets into `body`."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.inner = QWidget()
        self.inner.setProperty("role", "plain")
        self.body = QVBoxLayout(self.inner)
        self.body.setContentsMargins(0, 0, px(SMALL), 0)
        self.body.setSpacing(px(NORMAL))
        self.setWidget(self.inner)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.inner.isAncestorOf(now):
            # what has just been added gets its place first
            QTimer.singleShot(_SETTLED, self, self._follow_focus)

    def _follow_focus(self) -> None:
        """Qt follows Tab by itself, but not a field that was gone to because something is wrong with it."""
        now = QApplication.focusWidget()
        if now is not None and self.inner.isAncestorOf(now):
            self.ensureWidgetVisible(now)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What stands in it has another width now: the layout around must know."""
        if watched is self.inner and event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().eventFilter(watched, event)

    def minimumSizeHint(self) -> QSize:
        """It scrolls downwards only, so it is never narrower than what stands in it."""
        bar = self.verticalScrollBar().sizeHint().width()
        return QSize(self.inner.minimumSizeHint().width() + bar, super().minimumSizeHint().height())
