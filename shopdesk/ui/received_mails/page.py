"""Mails that came in, and those that were kept away: read them, take them in, decide on a sender."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any, ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QSplitter, QVBoxLayout

from shopdesk.domain.errors import ShopError
from shopdesk.domain.received_mails import MailPlace, SenderRule, StoredMail, why
from shopdesk.ui.received_mails.reader import MailReader
from shopdesk.ui.shell.protocol import Page, Shell
from shopdesk.ui.theme.sizes import NORMAL, px
from shopdesk.ui.widgets.buttons import GhostButton
from shopdesk.ui.widgets.cards import EmptyState, PageHeader
from shopdesk.ui.widgets.row_list import ListWithEmptyState, RowList
from shopdesk.ui.widgets.rows import Row, Slice
from shopdesk.usecases import received_mails

if TYPE_CHECKING:
    from shopdesk.usecases.shop import Shop
    from shopdesk.usecases.undo import Undo


class ReceivedMailsPage(Page):
    """What was taken in stands in the inquiries, too; what was kept away stands here only."""

    watches: ClassVar[frozenset[str]] = frozenset({"received_mail", "inquiry", "customer"})

    def __init__(self, shop: Shop, window: Shell) -> None:
        super().__init__(shop, window)
        gettext = self.texts.gettext
        self.place = MailPlace.TAKEN
        self.filter = GhostButton("", self.toggle)
        self.header = PageHeader(gettext("Mails"), "", self.filter)
        self.rows: RowList[StoredMail] = RowList(gettext("Received mails"), self._fetch, self._row)
        self.rows.moved.connect(self._show)
        self.rows.opened.connect(self.answer)
        self.rows.on_letter(Qt.Key.Key_T, self.take_in)
        self.rows.on_letter(Qt.Key.Key_A, self.always)
        self.rows.on_letter(Qt.Key.Key_X, self.never)
        self.reader = MailReader(self)
        self.empty = EmptyState("mail", "")
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.addWidget(ListWithEmptyState(self.rows, self.empty))
        splitter.addWidget(self.reader)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(px(NORMAL))
        splitter.setSizes([px(420), px(520)])
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(NORMAL))
        layout.addWidget(self.header)
        layout.addWidget(splitter, 1)
        self._say_place()

    def reload(self) -> None:
        """See Page."""
        self.rows.reload()
        self._show(self.rows.current())

    def focus_first(self) -> None:
        """See Page."""
        self.rows.setFocus()

    def open_item(self, item: object) -> None:
        """One mail by its id, or the list of what was kept away by its name."""
        if isinstance(item, int):
            self._go_to(received_mails.get(self.shop, item).place)
            self.rows.select(item)
        elif item == MailPlace.KEPT_AWAY:
            self._go_to(MailPlace.KEPT_AWAY)

    def commands(self) -> Mapping[str, Callable[[], None]]:
        """See Page."""
        return {}

    def toggle(self) -> None:
        """What was taken in, or what was kept away."""
        self._go_to(MailPlace.KEPT_AWAY if self.place == MailPlace.TAKEN else MailPlace.TAKEN)
        self.rows.setFocus()

    def _go_to(self, place: MailPlace) -> None:
        self.place = place
        self._say_place()
        self.reload()

    def _say_place(self) -> None:
        gettext = self.texts.gettext
        if self.place == MailPlace.KEPT_AWAY:
            words = gettext("Kept away: newsletters, machines, spam. After 30 days only the subject stays.")
            button, empty = gettext("Show received mails"), gettext("Nothing was kept away.")
        elif self.place == MailPlace.BOUNCE:
            words, button = gettext("Reports about mails of yours."), gettext("Show received mails")
            empty = gettext("No reports.")
        elif self.place == MailPlace.SENT:
            words, button = gettext("What you sent with other programs."), gettext("Show received mails")
            empty = gettext("No reports.")
        else:
            words = gettext("What came in. Every mail belongs to an inquiry; ⏎ opens it to answer.")
            button = gettext("Show what was kept away")
            empty = gettext(
                "No mails yet. In the settings, under “Receive mail”, you say where they come from."
            )
        self.header.say(gettext("Mails"), words)
        self.filter.setText(button)
        self.empty.sentence.setText(empty)
        self.empty.setAccessibleName(empty)

    def _fetch(self, after: Any, limit: int) -> Slice[StoredMail]:
        found = received_mails.page(self.shop, self.place, after, limit)
        more = received_mails.cursor_of(found[-1]) if len(found) == limit else None
        return Slice(found, more)

    def _row(self, mail: StoredMail) -> Row:
        local = mail.received_at.astimezone(self.shop.clock.zone)
        is_today = local.date() == self.shop.clock.today()
        moment = f"{local:%H:%M}" if is_today else self.texts.date(local.date())
        who = mail.answer_to.name or mail.answer_to.address or self.texts.gettext("unknown sender")
        caption = who if mail.reason is None else f"{who} · {self.texts.say(why(mail.reason))}"
        icon = "paperclip" if any(not file.is_inline for file in mail.attachments) else "mail"
        return Row(
            mail.id, mail.subject or self.texts.gettext("no subject"), caption, icon, "info", chip=moment
        )

    def _show(self, mail: StoredMail | None) -> None:
        self.reader.show_mail(mail)

    # What the owner does

    def answer(self, mail: StoredMail) -> None:
        """The inquiry, where the answer is written."""
        if mail.inquiry_id is not None:
            self.window_shell.open_page("inquiries", mail.inquiry_id)

    def take_in(self, mail: StoredMail) -> None:
        """It is worth an answer."""
        if mail.place == MailPlace.KEPT_AWAY:
            words = self.texts.gettext("Taken in: {subject}").format(subject=mail.subject)
            self._act(lambda: received_mails.admit(self.shop, mail.id), words)

    def always(self, mail: StoredMail) -> None:
        """Mails of this sender are always taken in."""
        words = self.texts.gettext("Mails from {address} are always taken in.")
        self._decide(mail, SenderRule.ALWAYS, words)

    def never(self, mail: StoredMail) -> None:
        """Mails of this sender are always kept away."""
        words = self.texts.gettext("Mails from {address} are kept away from now on.")
        self._decide(mail, SenderRule.NEVER, words)

    def _decide(self, mail: StoredMail, rule: SenderRule, words: str) -> None:
        if mail.sender.address:
            self._act(
                lambda: received_mails.decide_on_sender(self.shop, mail.id, rule),
                words.format(address=mail.sender.address),
            )

    def _act(self, act: Callable[[], Undo], words: str) -> None:
        try:
            undo = act()
        except ShopError as error:
            self.window_shell.problem(error)
            return
        self.reload()
        self.rows.setFocus()
        self.window_shell.toast(words, lambda: self._take_back(undo))

    def _take_back(self, undo: Undo) -> None:
        try:
            undo.run(self.shop)
        except ShopError as error:
            self.window_shell.problem(error)
        self.reload()
