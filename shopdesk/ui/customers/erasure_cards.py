"""What goes, what stays until when and why, and who was forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from shopdesk.ui.theme.sizes import LARGE, SMALL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.labels import Muted, PlainLabel, Strong
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    from shopdesk.domain.erasure import Going, Staying
    from shopdesk.i18n import Texts
    from shopdesk.usecases.erasure import Deleted, Restricted


class _Refilled(Card):
    """A card whose contents are made anew."""

    def __init__(self, texts: Texts, title: str) -> None:
        super().__init__(title=title)
        self._texts = texts
        self._inner: QWidget | None = None

    @contextmanager
    def _refilled(self) -> Iterator[QVBoxLayout]:
        inner = QWidget()
        column = QVBoxLayout(inner)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(SMALL))
        yield column
        if self._inner is not None:
            self._inner.hide()
            self.body.removeWidget(self._inner)
            self._inner.deleteLater()
        self._inner = inner
        self.body.addWidget(inner)


class GoesCard(_Refilled):
    """What goes, counted."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, texts.gettext("This goes"))

    def show_going(self, goes: Sequence[Going]) -> None:
        """Kind by kind, two beside each other."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(px(LARGE))
        grid.setVerticalSpacing(px(SMALL))
        for number, each in enumerate(goes):
            row, column = number // 2, number % 2 * 2
            count = Strong(self._texts.number(each.count))
            grid.addWidget(count, row, column, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
            words = PlainLabel(self._texts.gettext(each.what), wrap=True)
            words.setAlignment(Qt.AlignmentFlag.AlignTop)
            grid.addWidget(words, row, column + 1)
        for column in (1, 3):
            grid.setColumnStretch(column, 1)
        with self._refilled() as body:
            body.addLayout(grid)


class StaysCard(_Refilled):
    """What stays, each with its day and its law."""

    def __init__(self, texts: Texts) -> None:
        super().__init__(texts, texts.gettext("This stays, because a law wants it"))

    def show_staying(self, stays: Sequence[Staying]) -> None:
        """Line by line; without any the card says so."""
        with self._refilled() as column:
            for each in stays:
                pair = QVBoxLayout()
                pair.setSpacing(0)
                pair.addWidget(Strong(self._texts.say(each.what), wrap=True))
                pair.addWidget(Muted(self._reason(each), wrap=True))
                column.addLayout(pair)
            if not stays:
                column.addWidget(Muted(self._texts.gettext("Nothing has to stay."), wrap=True))

    def _reason(self, value: Staying) -> str:
        why = self._texts.say(value.why)
        if value.until is None:
            return why
        words = self._texts.gettext("until {date}: {reason}")
        return words.format(date=self._texts.date(value.until), reason=why)


class ForgottenCard(_Refilled):
    """Who was forgotten, and how long a rest is locked."""

    def __init__(self, texts: Texts, open_customer: Callable[[int], None]) -> None:
        super().__init__(texts, texts.gettext("Forgotten at the customer's wish"))
        self._open_customer = open_customer

    def show_one(self, value: Restricted) -> None:
        """One customer, in a sentence."""
        with self._refilled() as column:
            column.addWidget(PlainLabel(said_of(self._texts, value), wrap=True))

    def show_all(self, everybody: Sequence[Restricted]) -> None:
        """Everybody, the newest first."""
        with self._refilled() as column:
            for each in everybody:
                if each.name:
                    words = f"{each.name} · {each.number}"
                    button = GhostButton(words, partial(self._open_customer, each.erasure.customer_id))
                    column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
                column.addWidget(Muted(said_of(self._texts, each), wrap=True))
            if not everybody:
                column.addWidget(Muted(self._texts.gettext("Nobody has asked for it so far."), wrap=True))


class DeletedCard(_Refilled):
    """Those who are in no list any more and still stored."""

    def __init__(self, texts: Texts, open_plan: Callable[[int], None]) -> None:
        super().__init__(texts, texts.gettext("Deleted, but still stored"))
        self._open_plan = open_plan

    def show_deleted(self, values: Sequence[Deleted]) -> None:
        """Each leads to its plan; without any the card takes no room."""
        with self._refilled() as column:
            words = self._texts.gettext(
                "They are in no list any more, but shopdesk still knows them. Who asks to be forgotten must be "
                "forgotten here."
            )
            column.addWidget(Muted(words, wrap=True))
            for each in values:
                words = f"{each.name} · {each.number}"
                button = GhostButton(words, partial(self._open_plan, each.customer_id))
                column.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        show_if(self, bool(values))


def said_of(texts: Texts, value: Restricted) -> str:
    """When it was, and until when the rest is locked."""
    day = texts.date(value.day)
    if value.erasure.done_at is not None or value.erasure.kept_until is None:
        return texts.gettext("Forgotten on {date}; nothing of the person is left.").format(date=day)
    words = texts.gettext(
        "Forgotten on {date}. Name, address and papers are locked until {until}: they are found by document alone, "
        "and used for nothing but what the law wants."
    )
    return words.format(date=day, until=texts.date(value.erasure.kept_until))
