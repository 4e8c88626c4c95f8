"""The banner of one call: who it is, before anybody picks up. It never takes the focus."""

from __future__ import annotations

from enum import StrEnum
from functools import partial

from PySide6.QtCore import QElapsedTimer, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.callers import Caller
from shopdesk.i18n import Texts
from shopdesk.ui.calls.words import words_of
from shopdesk.ui.shell.shortcuts import shortcut
from shopdesk.ui.theme.sizes import MEDIUM, NORMAL, SMALL, px
from shopdesk.ui.widgets.buttons import Button, IconButton
from shopdesk.ui.widgets.chips import Chip, ChipButton, ChipRow
from shopdesk.ui.widgets.labels import Caption, Display, IconLabel, KeyHint, Muted, PlainLabel
from shopdesk.ui.widgets.portrait import Portrait
from shopdesk.ui.widgets.showing import show_if

WIDTH = 520
MEANT_AFTER = 700
"""ms a banner has stood before ⏎ or a click on it means the call: one on its way to something else must not."""
_PORTRAIT = 48
_LEAVES = {"missed": 12, "asked": 90}
"""Seconds after which a banner goes by itself."""


class BannerState(StrEnum):
    """What the banner says of its call; `ASKED`: no line tells when it ends."""

    RINGING = "ringing"
    TALKING = "talking"
    RECORDING = "recording"
    MISSED = "missed"
    ASKED = "asked"


class CallBanner(QFrame):
    """Shows a `Caller`. `wanted` and `customer_wanted` say what the owner chose on it."""

    wanted = Signal()
    customer_wanted = Signal(int)
    closed = Signal()
    painted = Signal()

    def __init__(self, texts: Texts, caller: Caller, key: str, state: BannerState) -> None:
        super().__init__()
        self.setObjectName("banner")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._texts, self.caller, self.key = texts, caller, key
        self.words = words_of(caller, texts)
        self._talking, self._standing = QElapsedTimer(), QElapsedTimer()
        self._standing.start()
        self._build()
        self._second = QTimer(self, interval=1000)
        self._second.timeout.connect(self._tick)
        self._leaving = QTimer(self, singleShot=True)
        self._leaving.timeout.connect(self.closed)
        self.state = state
        self.become(state)

    def _build(self) -> None:
        words = self.words
        self.icon, self.icon_missed = IconLabel("phone-call", "ok"), IconLabel("phone-missed", "bad")
        self.said, self.number = Caption(""), Caption(self.caller.number)
        self.number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.close_button = IconButton(self._texts.gettext("Close"), "x", self.closed.emit)
        head = _row(self.icon, self.icon_missed, self.said, None, self.number, self.close_button)
        self.heading = Display(words.heading, wrap=True)
        box = QVBoxLayout(self)
        box.setContentsMargins(px(NORMAL), px(SMALL), px(SMALL), px(MEDIUM))
        box.setSpacing(px(6))
        box.addLayout(head)
        known = self.caller.known
        self.portrait = Portrait(self._texts.gettext("Photo"), _PORTRAIT, known.photo if known else b"")
        box.addLayout(_row(self.portrait, self.heading))
        self._details: list[QWidget] = [Muted(line, wrap=True) for line in words.lines]
        for line in self._details:
            box.addWidget(line)
        self.chips = ChipRow()
        self.chips.show_chips([Chip(text, kind) for text, kind in words.chips] + self._people())
        box.addWidget(self.chips)
        if words.facts:
            facts = PlainLabel("\n".join(words.facts), wrap=True)
            self._details.append(facts)
            box.addWidget(facts)
        self.action = Button(words.action, self.wanted.emit)
        self.key_hint = KeyHint(shortcut("palette").shown())
        box.addLayout(_row(None, self.key_hint, self.action))
        for button in self.findChildren(QAbstractButton):
            button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # whoever writes goes on writing
        self.setAccessibleName(words.spoken)

    def _people(self) -> list[QWidget]:
        maybe = self._texts.gettext("maybe {name} ({reason})")
        return [
            ChipButton(
                maybe.format(
                    name=" · ".join(filter(None, (one.name, one.detail))), reason=self._texts.say(one.reason)
                ),
                partial(self.customer_wanted.emit, one.customer_id),
                "warn",
                icon_name="user",
            )
            for one in self.caller.maybe
        ]

    @property
    def is_open(self) -> bool:
        """Whether the call goes on, so that a key takes it."""
        return self.state != BannerState.MISSED

    def become(self, state: BannerState) -> None:
        """The call went on."""
        self.state = state
        is_missed = state == BannerState.MISSED
        show_if(self.icon, not is_missed)
        show_if(self.icon_missed, is_missed)
        if state == BannerState.TALKING:
            self._talking.start()
            self._second.start()
        else:
            self._second.stop()
        seconds = _LEAVES.get(state.value)
        if seconds is not None:
            self._leaving.start(seconds * 1000)
        self._tick()

    def lead(self, *, is_newest: bool, has_key: bool) -> None:
        """Only the newest shows everything, and only one says that a key takes it."""
        for part in self._details:
            show_if(part, is_newest)
        show_if(self.key_hint, has_key)

    def talked(self) -> int:
        """Milliseconds since somebody picked up; 0 before."""
        return self._talking.elapsed() if self.state == BannerState.TALKING else 0

    @property
    def has_stood(self) -> bool:
        """Whether the owner has had the time to see it."""
        return self._standing.elapsed() >= MEANT_AFTER

    def _tick(self) -> None:
        gettext = self._texts.gettext
        minutes, seconds = divmod(self.talked() // 1000, 60)
        said = {
            BannerState.RINGING: gettext("The phone is ringing"),
            BannerState.ASKED: gettext("Call"),
            BannerState.RECORDING: gettext("On the answering machine"),
            BannerState.MISSED: gettext("Missed, stands in Today"),
            BannerState.TALKING: gettext("On the phone {time}").format(time=f"{minutes:02}:{seconds:02}"),
        }[self.state]
        if self.state == BannerState.MISSED and not self.caller.number:
            said = gettext("Missed")
        self.said.setText(said)

    def fit(self, most: int) -> None:
        """As wide as the design says or as there is room, as high as the words need."""
        width = min(px(WIDTH), most)
        self.setFixedWidth(width)
        box = self.layout()
        assert box is not None
        box.invalidate()  # what was hidden meanwhile takes no room
        box.activate()
        self.setFixedHeight(box.totalHeightForWidth(width))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """A click anywhere on it does the same as its button; one that was meant for what it covers does not."""
        inside = self.rect().contains(event.position().toPoint())
        if event.button() == Qt.MouseButton.LeftButton and inside and self.has_stood:
            self.wanted.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell that the owner can see it."""
        super().paintEvent(event)
        self.painted.emit()


def _row(*parts: QWidget | None) -> QHBoxLayout:
    """The parts beside each other; None takes the room that is left, else the last part does."""
    row = QHBoxLayout()
    row.setSpacing(px(SMALL))
    for part in parts:
        if part is None:
            row.addStretch(1)
        else:
            row.addWidget(part, 1 if part is parts[-1] and None not in parts else 0)
    return row
