"""Against a real server: what each failure means, that a line may break anywhere, and that news arrive at once."""

from __future__ import annotations

import datetime as dt
import threading
from collections.abc import Callable

import pytest

from shopdesk.domain.mail import Security
from shopdesk.domain.mail_in import LARGEST_MAIL, FetchPostponed, FetchProblem, FetchRefused, FolderRole
from shopdesk.outside import imap
from shopdesk.outside.imap_watch import ImapWatch
from shopdesk.outside.inbox import ImapInbox
from tests.mailbox.cutting import CuttingProxy
from tests.mailbox.dovecot import PASSWORD, Mailbox, server
from tests.mailbox.mails import mail

__all__ = ["server"]


def test_both_ways_of_encryption_work(server: Mailbox) -> None:
    for account in (server.account(), server.account(port=server.port, security=Security.STARTTLS)):
        with ImapInbox(5).session(account, PASSWORD) as opened:
            assert opened.open("INBOX") > 0


def test_the_folders_and_the_one_for_spam_are_known(server: Mailbox) -> None:
    with ImapInbox(5).session(server.account(), PASSWORD) as opened:
        assert set(opened.folders()) == {"INBOX", "Junk", "Sent", "Anfragen"}
        assert opened.folder_for(FolderRole.JUNK) == "Junk"
        assert opened.folder_for(FolderRole.SENT) == "Sent"


@pytest.mark.parametrize(
    ("changes", "password", "kind", "code", "field"),
    [
        ({}, "falsch", FetchRefused, "mail-in-login", "mail_in.user"),
        ({"user": "Jörg"}, "geheim-ß", FetchRefused, "mail-in-login", "mail_in.user"),
        ({"ca_file": ""}, PASSWORD, FetchRefused, "mail-in-certificate", "mail_in.host"),
        ({"host": "127.0.0.1"}, PASSWORD, FetchRefused, "mail-in-certificate", "mail_in.host"),
        ({"ca_file": "/nowhere.pem"}, PASSWORD, FetchRefused, "mail-in-refused", "mail_in.ca_file"),
        ({"host": "nowhere.invalid"}, PASSWORD, FetchPostponed, "mail-in-postponed", ""),
        ({"port": 1}, PASSWORD, FetchPostponed, "mail-in-postponed", ""),
        ({"folder": "Gibt es nicht"}, PASSWORD, FetchRefused, "mail-in-folder", "mail_in.folder"),
    ],
)
def test_what_is_wrong_is_named(
    server: Mailbox,
    changes: dict[str, object],
    password: str,
    kind: type[FetchProblem],
    code: str,
    field: str,
) -> None:
    account = server.account(**changes)
    with pytest.raises(kind) as problem, ImapInbox(5).session(account, password) as opened:
        opened.open(account.folder)
    assert (problem.value.code, problem.value.field) == (code, field)


def test_the_wrong_kind_of_encryption_is_named(server: Mailbox) -> None:
    with (
        pytest.raises(FetchRefused) as problem,
        ImapInbox(5).session(server.account(port=server.port), PASSWORD),
    ):
        pass
    assert problem.value.field == "mail_in.security"


def test_a_mail_comes_with_the_moment_it_reached_the_server(server: Mailbox) -> None:
    moment = dt.datetime(2026, 11, 20, 16, 50, tzinfo=dt.UTC)
    server.put(mail("Freitag"), at=moment)
    with ImapInbox(5).session(server.account(), PASSWORD) as opened:
        opened.open("INBOX")
        (uid,) = opened.uids_after(0, dt.date(2026, 11, 20))
        assert opened.uids_after(0, dt.date(2026, 11, 21)) == ()
        assert opened.uids_after(uid, None) == ()
        (fetched,) = opened.fetch(opened.sizes([uid, 999]), LARGEST_MAIL)
    assert (fetched.received_at, fetched.data) == (moment, mail("Freitag"))


def test_a_line_that_breaks_anywhere_is_a_problem_that_passes(server: Mailbox) -> None:
    server.put_many([mail(f"Mail {number}", text="x" * 3000) for number in range(3)])
    proxy = CuttingProxy(server.port, after=0)
    account = server.account(port=proxy.port, security=Security.NONE)
    broken = 0
    try:
        for after in range(0, 18_000, 401):
            proxy.after = after
            try:
                with imap.session(account, PASSWORD, 5) as opened:
                    opened.open("INBOX")
                    found = list(opened.fetch(opened.sizes(opened.uids_after(0, None)), LARGEST_MAIL))
                assert [one.uid for one in found] == [1, 2, 3]
            except FetchPostponed:
                broken += 1
    finally:
        proxy.close()
    assert 20 < broken < 44


def wait_for(event: threading.Event) -> None:
    assert event.wait(20), "nothing was told"
    event.clear()


def watching(server: Mailbox, on_news: Callable[[], None], renew: float = 60, port: int = 0) -> ImapWatch:
    account = server.account(port=port or server.tls_port)
    watch = ImapWatch(account, lambda: PASSWORD, on_news, seconds=5, renew_seconds=renew, pauses=(0.05,))
    watch.start()
    return watch


def test_new_mail_is_told_at_once(server: Mailbox) -> None:
    news = threading.Event()
    watch = watching(server, news.set)
    try:
        wait_for(news)  # what came before one listened
        assert watch.is_told
        server.put(mail("eins"))
        wait_for(news)
        server.put(mail("zwei"))
        wait_for(news)
    finally:
        watch.stop()
    server.put(mail("drei"))
    assert not news.wait(0.3)


def test_a_silent_line_is_renewed(server: Mailbox) -> None:
    news = threading.Event()
    watch = watching(server, news.set, renew=0.2)
    try:
        for _renewal in range(3):
            wait_for(news)
    finally:
        watch.stop()


def test_a_cut_line_is_made_anew(server: Mailbox) -> None:
    news = threading.Event()
    proxy = CuttingProxy(server.tls_port)
    watch = watching(server, news.set, port=proxy.port)
    try:
        wait_for(news)
        proxy.cut_all()
        wait_for(news)
        server.put(mail("danach"))
        wait_for(news)
    finally:
        watch.stop()
        proxy.close()
