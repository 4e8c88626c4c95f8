"""The window fetches by itself, with F5, and follows the settings."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

import pytest

from shopdesk.domain.mail_in import Afterwards, FetchedMail, FetchPostponed, FolderRole, MailInAccount
from shopdesk.domain.messages import Message
from shopdesk.ui.received_mails.fetching import MailFetching
from shopdesk.ui.shell.main_window import MainWindow
from shopdesk.ui.widgets.toasts import ToastWidget
from shopdesk.usecases import mail_in_settings, received_mails
from shopdesk.usecases.shop import Shop
from tests.mailbox.mails import mail


class FakeInbox:
    """A mailbox in memory that keeps whether it is watched."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []
        self.is_away = False
        self.is_told = True
        self.watching = 0
        self.tell: Callable[[], None] = lambda: None

    @contextmanager
    def session(self, account: MailInAccount, password: str) -> Iterator[FakeInbox]:
        del account, password
        if self.is_away:
            raise FetchPostponed(Message("away"))
        yield self

    def watch(
        self, account: MailInAccount, password: Callable[[], str], on_news: Callable[[], None]
    ) -> FakeInbox:
        assert password() == "geheim"
        del account
        self.watching, self.tell = self.watching + 1, on_news
        return self

    def stop(self) -> None:
        self.watching -= 1

    def folders(self) -> tuple[str, ...]:
        return ("INBOX",)

    def folder_for(self, role: FolderRole) -> str:
        del role
        return ""

    def open(self, folder: str) -> int:
        del folder
        return 1

    def uids_after(self, uid: int, since: dt.date | None) -> tuple[int, ...]:
        del since
        return tuple(range(uid + 1, len(self.mails) + 1))

    def sizes(self, uids: Sequence[int]) -> dict[int, int]:
        return {uid: len(self.mails[uid - 1]) for uid in uids}

    def fetch(self, sizes: Mapping[int, int], largest: int) -> Iterator[FetchedMail]:
        del largest
        for uid, size in sizes.items():
            yield FetchedMail(uid, None, size, self.mails[uid - 1])

    def tidy(
        self, folder: str, validity: int, uids: Sequence[int], afterwards: Afterwards, target: str
    ) -> None:
        raise AssertionError("nobody asked for it")


@pytest.fixture
def inbox(shop: Shop) -> FakeInbox:
    shop.inbox = inbox = FakeInbox()
    return inbox


@pytest.fixture
def fetching(window: MainWindow, inbox: FakeInbox) -> MailFetching:
    del inbox
    made = MailFetching(window)
    made.start()
    return made


def switch_on(shop: Shop, *, on: bool = True, user: str = "lindner") -> None:
    account = MailInAccount(on, "imap.example", user=user)
    mail_in_settings.save_account(shop, account, "geheim", replaces=account.keychain_name)


def test_switching_on_fetches_and_watches_at_once(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop
) -> None:
    inbox.mails.append(mail("eins"))
    assert (inbox.watching, received_mails.page(shop)) == (0, ())
    switch_on(shop)
    assert (inbox.watching, len(received_mails.page(shop))) == (1, 1)
    switch_on(shop, on=False)
    assert inbox.watching == 0


def test_a_new_password_brings_back_a_watch_that_was_refused(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop
) -> None:
    inbox.is_told, inbox.is_away = False, True
    switch_on(shop)
    assert received_mails.page(shop) == ()
    inbox.mails.append(mail("eins"))
    inbox.is_away = False
    switch_on(shop)
    assert (inbox.watching, len(received_mails.page(shop))) == (1, 1)


def test_what_the_server_tells_of_is_fetched_at_once(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop
) -> None:
    switch_on(shop)
    inbox.mails.append(mail("eins"))
    inbox.tell()
    assert [one.subject for one in received_mails.page(shop)] == ["eins"]


def test_f5_fetches_and_says_what_came(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop, window: MainWindow
) -> None:
    window.open_page("today")
    switch_on(shop)
    inbox.mails.append(mail("eins"))
    window.refresh()
    window.refresh()
    said = {toast.message for toast in window.findChildren(ToastWidget)}
    assert said == {"1 neue Mail.", "Keine neuen Mails."}


def test_a_failure_is_told_to_who_asked_and_quiet_otherwise(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop, window: MainWindow
) -> None:
    window.open_page("today")
    switch_on(shop)
    inbox.is_away = True
    inbox.tell()
    assert not window.findChildren(ToastWidget)
    window.refresh()
    assert [toast.message for toast in window.findChildren(ToastWidget)] == ["away"]


def test_closing_the_window_hangs_up(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop, window: MainWindow
) -> None:
    switch_on(shop)
    window.close()
    assert inbox.watching == 0
    inbox.mails.append(mail("eins"))
    inbox.tell()
    assert received_mails.page(shop) == ()


def test_f5_asks_every_mailbox_and_says_once_what_came(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop, window: MainWindow
) -> None:
    window.open_page("today")
    switch_on(shop)
    switch_on(shop, user="werkstatt")
    assert inbox.watching == 2
    inbox.mails += [mail("eins"), mail("zwei")]
    window.refresh()
    assert [toast.message for toast in window.findChildren(ToastWidget)] == ["2 neue Mails."]


def test_a_mailbox_that_is_removed_is_left_alone(
    fetching: MailFetching, inbox: FakeInbox, shop: Shop
) -> None:
    switch_on(shop)
    switch_on(shop, user="werkstatt")
    mail_in_settings.remove_account(shop, "imap:werkstatt@imap.example:993")
    assert inbox.watching == 1
    inbox.mails.append(mail("eins"))
    inbox.tell()  # what its watch still says
    assert received_mails.page(shop) == ()
