"""Choosing several customers: what narrows the list down, and what can be done with those who are marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QCompleter, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from shopdesk.domain.selections import Filter
from shopdesk.ui.settings.fields import form_grid
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.cards import Card
from shopdesk.ui.widgets.fields import DateField, Field
from shopdesk.ui.widgets.labels import Caption, Strong
from shopdesk.usecases import selections

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Callable

    from shopdesk.ui.shell.protocol import Shell
    from shopdesk.usecases.shop import Shop

_PAUSE = 250


class FilterPanel(Card):
    """Town, article, days; the list follows what is typed."""

    changed = Signal()

    def __init__(self, shop: Shop, shell: Shell) -> None:
        super().__init__()
        self._shop, self.texts = shop, shell.texts
        gettext = self.texts.gettext
        self.place, self.article = QLineEdit(), QLineEdit()
        self.place.setPlaceholderText("370, Göttingen")
        self.article.setPlaceholderText(gettext("code or name"))
        self.bought_since = DateField(self.texts, gettext("Bought since"), self._day)
        self.nothing_since = DateField(self.texts, gettext("Nothing since"), self._day)
        fields: list[tuple[QWidget, int]] = [
            (Field(gettext("Town or postal code"), self.place), 2),
            (Field(gettext("Article"), self.article), 2),
            (Field(gettext("Bought since"), self.bought_since), 1),
            (Field(gettext("Nothing since"), self.nothing_since), 1),
        ]
        self.body.addLayout(form_grid([fields]))
        self.hint = Caption(
            gettext("Days as everywhere: {example}. A tag narrows further, Ctrl+A marks all who fit.").format(
                example="1.1., -6m"
            ),
            wrap=True,
        )
        self.body.addWidget(self.hint)
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE)
        self._pause.timeout.connect(self.changed)
        for edit in (self.place, self.article):
            edit.textEdited.connect(lambda _text: self._pause.start())
        for day in (self.bought_since, self.nothing_since):
            day.value_changed.connect(self._pause.start)
        self.hide()

    def _day(self, text: str) -> dt.date:
        """A day that has been: 1.1. is the last one, not the next."""
        from shopdesk.domain.typing.dates import add_months, parse_date

        today = self._shop.clock.today()
        day = parse_date(text, today)
        while day > today:
            day = add_months(day, -12)
        return day

    def value(self, tag: str = "") -> Filter:
        """What the fields say now."""
        return Filter(
            tag,
            self.place.text().strip(),
            self._code(),
            self.bought_since.value,
            self.nothing_since.value,
        )

    def _code(self) -> str:
        """A proposal reads "KS-90200 · Kaltschaummatratze": its code is meant."""
        return self.article.text().partition(" · ")[0].strip()

    def clear(self) -> None:
        """Narrow nothing."""
        self._pause.stop()
        self.place.clear()
        self.article.clear()
        for day in (self.bought_since, self.nothing_since):
            day.set_value(None)

    def open(self) -> None:
        """Show the fields; the articles are read now."""
        names = [f"{code} · {name}" if code else name for code, name in selections.articles(self._shop)]
        completer = QCompleter(names, self.article)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.activated.connect(lambda _text: self._pause.start())
        self.article.setCompleter(completer)
        self.show()
        self.place.setFocus()


class SelectionBar(QWidget):
    """How many are marked or fit, and what to do with them."""

    def __init__(
        self,
        shell: Shell,
        mark_all: Callable[[], None],
        clear: Callable[[], None],
        actions: tuple[tuple[str, str, Callable[[], None]], ...],
    ) -> None:
        super().__init__()
        self.texts = shell.texts
        gettext = self.texts.gettext
        self.words = Strong("")
        self.all_button = Button(gettext("Mark all"), mark_all, icon_name="list-checks")
        self.to_do = tuple(Button(words, act, icon_name=icon) for words, icon, act in actions)
        self.clear_button = GhostButton(gettext("Unmark"), clear, icon_name="x")
        line = QHBoxLayout()
        line.setSpacing(px(SMALL))
        line.addWidget(self.words)
        line.addStretch(1)
        for button in (self.all_button, *self.to_do, self.clear_button):
            line.addWidget(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(line)
        self.hide()

    def say(self, marked: int, fitting: int | None) -> None:
        """`fitting` is how many the filter leaves; None: nothing narrows the list."""
        ngettext, number = self.texts.ngettext, self.texts.number
        parts = []
        if marked:
            parts.append(ngettext("{n} marked", "{n} marked", marked).format(n=number(marked)))
        if fitting is not None:
            parts.append(ngettext("{n} fits", "{n} fit", fitting).format(n=number(fitting)))
        self.words.setText(" · ".join(parts))
        self.all_button.setVisible(fitting is None or marked < fitting)
        for button in (*self.to_do, self.clear_button):
            button.setVisible(marked > 0)
        self.setVisible(bool(parts))
