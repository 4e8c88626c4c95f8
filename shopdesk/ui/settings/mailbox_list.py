"""The mailboxes that the shop reads: each with how its last fetch went, to be chosen, removed, or joined by another."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shopdesk.domain.mail_in import FetchState, MailInAccount
from shopdesk.ui.theme.sizes import SMALL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton
from shopdesk.ui.widgets.labels import Caption, IconLabel, PlainLabel
from shopdesk.ui.widgets.showing import show_if

if TYPE_CHECKING:
    import datetime as dt

    from shopdesk.i18n import Texts


class MailboxList(QWidget):
    """One row for each mailbox. `chosen` and `removal_wanted` name it by its `keychain_name`."""

    chosen = Signal(str)
    removal_wanted = Signal(str)
    another_wanted = Signal()

    def __init__(self, texts: Texts, zone: dt.tzinfo) -> None:
        super().__init__()
        self._texts, self._zone = texts, zone
        self.rows: dict[str, MailboxRow] = {}
        self._column = QVBoxLayout()
        self._column.setSpacing(px(SMALL))
        self.add_button = Button(
            texts.gettext("Add another mailbox"), self.another_wanted.emit, icon_name="plus"
        )
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._column)
        foot = QHBoxLayout()
        foot.addWidget(self.add_button)
        foot.addStretch(1)
        layout.addLayout(foot)

    def show_all(
        self, accounts: Sequence[MailInAccount], states: Mapping[str, FetchState], current: str
    ) -> None:
        """The mailboxes as they are stored; `current` is the one whose fields stand below."""
        keys = [one.keychain_name for one in accounts]
        if keys != list(self.rows):
            self._make_rows(keys)
        for account in accounts:
            key = account.keychain_name
            is_current = key == current
            state = states.get(key, FetchState(key))
            self.rows[key].tell(account, self.said(account, state), is_current=is_current)
        show_if(self, bool(keys))

    def _make_rows(self, keys: Sequence[str]) -> None:
        had = next((key for key, row in self.rows.items() if row.isAncestorOf(self.focusWidget())), "")
        for row in self.rows.values():
            row.hide()
            row.deleteLater()
        self.rows = {key: MailboxRow(self._texts, key, self) for key in keys}
        for row in self.rows.values():
            self._column.addWidget(row)
        if had:
            self.add_button.setFocus()

    def said(self, account: MailInAccount, state: FetchState) -> tuple[str, bool]:
        """How fetching stands in words, and whether it goes well."""
        if not account.is_on:
            return self._texts.gettext("Switched off."), True
        if state.reason is not None:
            return f"{self._texts.say(state.reason.message)} {self._last(state)}".strip(), False
        return self._last(state) or self._texts.gettext("Nothing was fetched yet."), True

    def _last(self, state: FetchState) -> str:
        if state.last_success_at is None:
            return ""
        local = state.last_success_at.astimezone(self._zone)
        words = self._texts.gettext("Last fetched on {date} at {time}.")
        return words.format(date=self._texts.date(local.date()), time=f"{local:%H:%M}")


class MailboxRow(QWidget):
    """One mailbox: its name, how it stands, what can be done with it."""

    def __init__(self, texts: Texts, key: str, parent: MailboxList) -> None:
        super().__init__(parent)
        self._texts = texts
        self.name, self.state = PlainLabel("", wrap=True), Caption("", wrap=True)
        self._good, self._bad = IconLabel("inbox"), IconLabel("triangle-alert", "warn")
        self.choose_button = GhostButton(
            texts.gettext("Change"), lambda: parent.chosen.emit(key), icon_name="pencil"
        )
        self.remove_button = GhostButton(
            texts.gettext("Remove"), lambda: parent.removal_wanted.emit(key), icon_name="trash-2"
        )
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.name)
        words.addWidget(self.state)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(SMALL))
        for icon in (self._good, self._bad):
            layout.addWidget(icon)
        layout.addLayout(words, 1)
        layout.addWidget(self.choose_button)
        layout.addWidget(self.remove_button)

    def tell(self, account: MailInAccount, said: tuple[str, bool], *, is_current: bool) -> None:
        """Other words."""
        gettext = self._texts.gettext
        words, is_well = said
        parts = dict.fromkeys((account.title, account.user, account.host))
        self.name.setText(" · ".join(parts))
        self.state.setText(words)
        show_if(self._good, is_well)
        show_if(self._bad, not is_well)
        self.choose_button.setAccessibleName(gettext("Change {name}").format(name=account.title))
        self.remove_button.setAccessibleName(gettext("Remove {name}").format(name=account.title))
        show_if(self.choose_button, not is_current)
