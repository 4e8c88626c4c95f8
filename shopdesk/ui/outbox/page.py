"""The outbox: every mail with its true state, and what the owner can do about it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QPlainTextEdit, QSplitter, QVBoxLayout, QWidget

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import OPEN_STATES, MailPostponed, MailState
from shopdesk.domain.messages import N_
from shopdesk.domain.outbox import (
    CANCEL_FROM,
    HAND_OVER_FROM,
    MARK_SENT_FROM,
    PASSWORD_NEEDED,
    RETRY_FROM,
    OutboxEntry,
)
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import Button, GhostButton, PrimaryButton
from shopdesk.ui.widgets.cards import Card, EmptyState, PageHeader
from shopdesk.ui.widgets.chips import Chip, ChipKind, ChipRow
from shopdesk.ui.widgets.fields import Field
from shopdesk.ui.widgets.flow_layout import FlowLayout
from shopdesk.ui.widgets.labels import Caption, Heading, Muted, Strong, shortened
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import outbox
from shopdesk.usecases.mail_settings import PasswordNeeded

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop

STATES: Mapping[MailState, tuple[str, ChipKind, str]] = {
    MailState.QUEUED: (N_("waiting"), "info", "clock"),
    MailState.SENDING: (N_("being sent"), "info", "send"),
    MailState.SENT: (N_("sent"), "ok", "circle-check"),
    MailState.FAILED: (N_("not delivered"), "bad", "triangle-alert"),
    MailState.UNCLEAR: (N_("unclear, please check"), "warn", "circle-help"),
    MailState.HANDED_OVER: (N_("in the mail program"), "warn", "external-link"),
    MailState.CANCELLED: (N_("cancelled"), "info", "x"),
}


def looks_of(entry: OutboxEntry) -> tuple[str, ChipKind, str]:
    """Words, colour and icon of a mail's state; a postponed mail is tried again by itself."""
    if (
        entry.state == MailState.FAILED
        and entry.reason is not None
        and entry.reason.code == MailPostponed.code
    ):
        return N_("waits, is tried again"), "warn", "clock"
    return STATES[entry.state]


class OutboxPage(Page):
    """All mails, what needs somebody first."""

    watches: ClassVar[frozenset[str]] = frozenset({"outbox"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self._all = False
        self.filter = GhostButton(gettext("Show sent ones, too"), self._toggle)
        self.header = PageHeader(
            gettext("Outbox"),
            gettext("“Sent” means: the mail server has accepted it."),
            self.filter,
        )
        self.rows: RowList[OutboxEntry] = RowList(gettext("Outbox"), self._fetch, self._row)
        self.rows.moved.connect(self._show)
        self.rows.opened.connect(self._open_document)
        self.detail = _Detail(self)
        empty = EmptyState("send", gettext("Everything has gone out."))
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(ListWithEmptyState(self.rows, empty))
        splitter.addWidget(self.detail)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(460), px(480)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(splitter, 1)

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        self._show(self.rows.current())

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def open_item(self, item: object) -> None:
        """One mail by its id."""
        if isinstance(item, int):
            self.rows.reload()
            if not self.rows.select(item) and not self._all:
                self._toggle()
                self.rows.select(item)

    def _toggle(self) -> None:
        self._all = not self._all
        gettext = self.texts.gettext
        self.filter.setText(gettext("Only open ones") if self._all else gettext("Show sent ones, too"))
        self.reload()

    def _fetch(self, after: Any, limit: int) -> Slice[OutboxEntry]:
        states = frozenset(MailState) if self._all else OPEN_STATES
        found = outbox.page(self.shop, states, after, limit)
        return Slice(found, found[-1] if len(found) == limit else None)

    def _row(self, entry: OutboxEntry) -> Row:
        words, kind, icon = looks_of(entry)
        local = entry.changed_at.astimezone(self.shop.clock.zone)
        moment = f"{self.texts.date(local.date())} {local:%H:%M}"
        caption = f"{entry.recipient} · {moment}"
        return Row(
            entry.id, entry.subject, caption, icon, kind, chip=self.texts.gettext(words), chip_kind=kind
        )

    def _show(self, entry: OutboxEntry | None) -> None:
        self.detail.show_entry(entry)

    def _open_document(self, entry: OutboxEntry) -> None:
        if entry.document_id is not None:
            self.window_shell.open_document(entry.document_id)

    # What the owner does; each is a use case that refuses what no longer fits

    def send(self, entry: OutboxEntry) -> None:
        """Try again (or at last)."""

        def work() -> OutboxEntry:
            if entry.state in RETRY_FROM:
                outbox.retry(self.shop, entry.id)
            return outbox.send(self.shop, entry.id)

        self.window_shell.progress(
            self.texts.gettext("Sending to {address} …").format(address=entry.recipient)
        )
        self.window_shell.run_post(work, self._sent, self._failed)

    def _sent(self, entry: OutboxEntry) -> None:
        self.window_shell.progress("")
        words, _, _ = looks_of(entry)
        text = self.texts.say(entry.reason.message) if entry.reason else self.texts.gettext(words)
        self.window_shell.toast(f"{shortened(entry.subject)}: {text}")
        if entry.reason is not None and entry.reason.code == PASSWORD_NEEDED.code:
            self.detail.ask_password()
        else:
            self.rows.setFocus()

    def _failed(self, error: Exception) -> None:
        self.window_shell.progress("")
        if isinstance(error, PasswordNeeded):
            self.detail.ask_password()
        else:
            self.window_shell.problem(error)

    def act(self, use_case: Callable[[Shop, int], object], entry: OutboxEntry) -> None:
        """A use case on one mail."""
        try:
            use_case(self.shop, entry.id)
        except ShopError as error:
            self.window_shell.problem(error)
        self.reload()
        self.rows.setFocus()


class _Detail(Card):
    """One mail: to whom, what, and the buttons that fit its state."""

    def __init__(self, page: OutboxPage) -> None:
        super().__init__()
        self._page, self._texts = page, page.texts
        gettext = page.texts.gettext
        self._entry: OutboxEntry | None = None
        self.subject, self.to = Heading("", wrap=True), Muted("", wrap=True)
        self.state, self.reason = Chip(""), Strong("", wrap=True)
        self.files = ChipRow()
        self.text = QPlainTextEdit(readOnly=True)
        self.text.setAccessibleName(gettext("Text of the mail"))
        self.send = PrimaryButton(gettext("Send now"), self._send)
        self.hand_over = Button(gettext("Open in the mail program"), self._hand_over)
        self.went = Button(gettext("Yes, it went"), self._went)
        self.not_gone = Button(gettext("No, it did not go"), self._not_gone)
        self.cancel = GhostButton(gettext("Do not send"), lambda: self._act(outbox.cancel))
        self.password = QLineEdit()
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.password.setAccessibleName(gettext("Password of the mail account"))
        self.password.setPlaceholderText(gettext("Password of the mail account, then ⏎"))
        self.password.returnPressed.connect(self._give_password)
        self.address = QLineEdit()
        self.address_field = Field(gettext("Other address, then ⏎"), self.address)
        self.address.returnPressed.connect(self._readdress)
        self._place()
        self.show_entry(None)

    def _place(self) -> None:
        buttons = QWidget()
        flow = FlowLayout(buttons)
        for button in (self.send, self.went, self.not_gone, self.hand_over, self.cancel):
            flow.addWidget(button)
        self.body.addWidget(self.subject)
        self.body.addWidget(self.to)
        self.body.addWidget(self.state, 0, Qt.AlignmentFlag.AlignLeft)
        self.body.addWidget(self.reason)
        self.body.addWidget(self.files)
        self.body.addWidget(self.text, 1)
        self.body.addWidget(Caption(self._texts.gettext("The mail is kept as it was sent.")))
        self.body.addWidget(self.address_field)
        self.body.addWidget(self.password)
        self.body.addWidget(buttons)

    def show_entry(self, entry: OutboxEntry | None) -> None:
        """Another mail, or none."""
        is_other = self._entry is None or entry is None or entry.id != self._entry.id
        self._entry = entry
        self.setVisible(entry is not None)
        if is_other:
            self.password.hide()
            self.password.clear()
            self.address.setText("")
            self.address_field.say("")
        if entry is None:
            return
        words, kind, _ = looks_of(entry)
        self.subject.setText(entry.subject)
        self.to.setText(self._texts.gettext("to {address}").format(address=entry.recipient))
        self.state.tell(self._texts.gettext(words), kind)
        self.reason.setText(self._texts.say(entry.reason.message) if entry.reason else "")
        self.reason.setVisible(entry.reason is not None)
        chips: list[QWidget] = [Chip(file.name) for file in entry.attachments]
        self.files.show_chips(chips)
        if self.text.toPlainText() != entry.body:
            self.text.setPlainText(entry.body)
        self.send.setVisible(entry.state in RETRY_FROM or entry.state == MailState.QUEUED)
        self.hand_over.setVisible(entry.state in HAND_OVER_FROM)
        # a refused mail did not go; what went otherwise is "do not send"
        self.went.setVisible(entry.state in MARK_SENT_FROM - {MailState.FAILED})
        can_readdress = entry.state == MailState.FAILED and entry.document_id is not None
        self.address_field.setVisible(can_readdress)
        self.not_gone.setVisible(entry.state == MailState.HANDED_OVER)
        self.cancel.setVisible(entry.state in CANCEL_FROM)

    def ask_password(self) -> None:
        """No keychain knows it: ask once for this session."""
        self.password.show()
        self.password.setFocus()

    def _give_password(self) -> None:
        from shopdesk.usecases import mail_settings

        mail_settings.give_password(self._page.shop, self.password.text())
        self.password.clear()
        self.password.hide()
        self._send()

    def _send(self) -> None:
        if self._entry is not None:
            self._page.send(self._entry)

    def _hand_over(self) -> None:
        self._act(outbox.hand_to_mail_program)

    def _went(self) -> None:
        def answer(shop: Shop, mail_id: int) -> None:
            if self._entry is not None and self._entry.state == MailState.HANDED_OVER:
                outbox.answer_handed_over(shop, mail_id, went=True)
            else:
                outbox.mark_sent(shop, mail_id)

        self._act(answer)

    def _readdress(self) -> None:
        """The address was wrong: the same document goes to another one, as a mail of its own."""
        if self._entry is None or not self.address.text().strip():
            return
        try:
            mail = outbox.readdress(self._page.shop, self._entry.id, self.address.text())
        except ShopError as error:
            self.address_field.say(self._texts.say(error.message))
            return
        self._page.reload()
        self._page.send(mail)

    def _not_gone(self) -> None:
        self._act(lambda shop, mail_id: outbox.answer_handed_over(shop, mail_id, went=False))

    def _act(self, use_case: Callable[[Shop, int], object]) -> None:
        if self._entry is not None:
            self._page.act(use_case, self._entry)
