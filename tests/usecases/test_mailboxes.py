"""Several mailboxes beside each other, and what the owner wants to become of mails on the server afterwards."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from typing import Any

import pytest

from shopdesk.domain.mail_in import Afterwards, FetchPostponed, FetchRefused, MailInAccount
from shopdesk.domain.today import TodayKind
from shopdesk.outside import imap_tidying
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.inbox import ImapInbox
from shopdesk.store import settings
from shopdesk.usecases import mail_in, mail_in_settings, received_mails, today
from shopdesk.usecases.mail_in import Fetched
from shopdesk.usecases.shop import Shop
from tests.mailbox.cutting import CuttingProxy
from tests.mailbox.dovecot import PASSWORD, Mailbox, mailbox, server
from tests.mailbox.mails import mail

__all__ = ["server"]


@pytest.fixture
def shop(open_shop: Shop, server: Mailbox) -> Iterator[Shop]:
    """A shop that may read mailboxes, on the day on which the server lives."""
    del server
    open_shop.inbox = ImapInbox(5)
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.set(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5))
    yield open_shop
    open_shop.inbox = None


@pytest.fixture
def other() -> Iterator[Mailbox]:
    """A second mail server."""
    with mailbox() as running:
        yield running


def read(shop: Shop, account: MailInAccount, password: str = PASSWORD) -> str:
    """Read this mailbox, too, or from now on like this; its key."""
    early = replace(account, since=account.since or dt.date(2026, 1, 1))
    mail_in_settings.save_account(shop, early, password, replaces=account.keychain_name)
    return account.keychain_name


def subjects(shop: Shop) -> set[str]:
    return {one.subject for one in received_mails.page(shop)}


# Several mailboxes


def test_each_mailbox_is_read_and_known_mails_come_once(shop: Shop, server: Mailbox, other: Mailbox) -> None:
    first, second = read(shop, server.account()), read(shop, other.account())
    server.put_many([mail("eins"), mail("beide", message_id="<both@ivanova.example>")])
    other.put_many([mail("zwei"), mail("beide", message_id="<both@ivanova.example>")])
    assert mail_in.fetch(shop, first).taken == 2
    assert mail_in.fetch(shop, second).taken == 1
    assert subjects(shop) == {"eins", "zwei", "beide"}


def test_all_chosen_folders_are_read(shop: Shop, server: Mailbox) -> None:
    key = read(shop, server.account(more_folders=("Anfragen",)))
    server.put(mail("eins"))
    server.put(mail("zwei"), "Anfragen")
    assert mail_in.fetch(shop, key).taken == 2


def test_one_that_fails_waits_alone_and_is_named_in_heute(
    shop: Shop, server: Mailbox, other: Mailbox
) -> None:
    well = read(shop, server.account())
    ill = read(shop, other.account(name="Werkstatt"), "falsch")
    server.put(mail("eins"))
    with pytest.raises(FetchRefused):
        mail_in.fetch(shop, ill)
    assert not mail_in.wants_fetching(shop, ill)
    assert mail_in.wants_fetching(shop, well)
    assert mail_in.fetch(shop, well).taken == 1
    (row,) = [item for item in today.items(shop) if item.kind == TodayKind.MAIL_FETCH]
    assert row.title == "Werkstatt"


def test_each_failing_mailbox_has_a_row_of_its_own(shop: Shop, server: Mailbox, other: Mailbox) -> None:
    keys = [
        read(shop, one.account(name=name), "falsch") for one, name in ((server, "Laden"), (other, "Netz"))
    ]
    for key in keys:
        with pytest.raises(FetchRefused):
            mail_in.fetch(shop, key)
    rows = [item for item in today.items(shop) if item.kind == TodayKind.MAIL_FETCH]
    assert {row.title for row in rows} == {"Laden", "Netz"}
    assert len({row.reference for row in rows}) == 2
    mail_in_settings.remove_account(shop, keys[0])
    (left,) = [item for item in today.items(shop) if item.kind == TodayKind.MAIL_FETCH]
    assert left.title == "Netz"


def test_the_one_mailbox_of_an_earlier_shop_is_there_and_goes_on(shop: Shop, server: Mailbox) -> None:
    account = server.account(since=dt.date(2026, 1, 1))
    with shop.writing() as connection:
        settings.save(connection, "mail_in", account)
    assert mail_in_settings.accounts(shop) == (account,)
    changed = replace(account, name="Laden")
    mail_in_settings.save_account(shop, changed, PASSWORD, replaces=account.keychain_name)
    assert mail_in_settings.accounts(shop) == (changed,)
    mail_in_settings.remove_account(shop, account.keychain_name)
    assert mail_in_settings.accounts(shop) == ()


def test_mails_of_a_mailbox_that_was_removed_stay(shop: Shop, server: Mailbox) -> None:
    key = read(shop, server.account())
    server.put(mail("eins"))
    mail_in.fetch(shop, key)
    mail_in_settings.remove_account(shop, key)
    assert mail_in.fetch(shop, key) == Fetched()
    assert subjects(shop) == {"eins"}
    assert shop.keychain.password(key) is None


# On the server afterwards


def test_mails_that_are_stored_are_marked_as_read_if_wished(shop: Shop, server: Mailbox) -> None:
    server.put_many([mail("eins"), mail("Werbung", List_Id="<news.example>")])
    key = read(shop, server.account(afterwards=Afterwards.READ))
    mail_in.fetch(shop, key)
    assert server.flags() == [("\\Seen",), ()]


def test_they_are_moved_if_wished(shop: Shop, server: Mailbox) -> None:
    server.put_many([mail("eins"), mail("zwei")])
    mail_in.fetch(shop, read(shop, server.account(afterwards=Afterwards.MOVE, move_to="Anfragen")))
    assert (len(server.flags()), len(server.flags("Anfragen"))) == (0, 2)
    assert subjects(shop) == {"eins", "zwei"}


def test_they_are_deleted_if_wished_and_others_stay(shop: Shop, server: Mailbox) -> None:
    server.put(mail("vorher"))
    key = read(shop, server.account())
    mail_in.fetch(shop, key)
    read(shop, server.account(afterwards=Afterwards.DELETE))
    server.put_many([mail("eins"), mail("Werbung", List_Id="<news.example>"), b"%PDF-1.4 no mail"])
    server.put(mail("Spam"), "Junk")
    mail_in.fetch(shop, key)
    assert (len(server.flags()), len(server.flags("Junk"))) == (3, 1)
    assert subjects(shop) == {"vorher", "eins"}


def test_of_a_huge_mail_nothing_is_deleted(
    shop: Shop, server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(mail_in, "LARGEST_MAIL", 1000)
    server.put(mail("Riesig", text="y" * 5000))
    mail_in.fetch(shop, read(shop, server.account(afterwards=Afterwards.DELETE)))
    assert len(server.flags()) == 1


def test_a_folder_that_is_missing_loses_nothing_and_is_told(shop: Shop, server: Mailbox) -> None:
    server.put(mail("eins"))
    key = read(shop, server.account(afterwards=Afterwards.MOVE, move_to="Fehlt"))
    with pytest.raises(FetchRefused) as refused:
        mail_in.fetch(shop, key)
    assert refused.value.field == "mail_in.move_to"
    assert subjects(shop) == {"eins"}
    assert len(server.flags()) == 1
    read(shop, server.account(afterwards=Afterwards.MOVE, move_to="Anfragen"))
    server.put(mail("zwei"))
    mail_in.fetch(shop, key)
    assert len(server.flags("Anfragen")) == 1  # the other one came under an order that is withdrawn


def test_a_line_cut_between_storing_and_deleting_deletes_with_the_next_fetch(
    shop: Shop, server: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    proxy = CuttingProxy(server.tls_port)
    key = read(shop, server.account(port=proxy.port, afterwards=Afterwards.DELETE))
    server.put_many([mail("eins"), mail("zwei")])
    whole = imap_tidying.tidy

    def cut(*given: Any) -> None:
        assert subjects(shop) == {"eins", "zwei"}  # stored first
        proxy.cut_all()
        whole(*given)

    with monkeypatch.context() as cutting:
        cutting.setattr(imap_tidying, "tidy", cut)
        with pytest.raises(FetchPostponed):
            mail_in.fetch(shop, key)
    assert len(server.flags()) == 2
    assert mail_in.fetch(shop, key) == Fetched()
    assert server.flags() == []
    assert subjects(shop) == {"eins", "zwei"}
    proxy.close()


def test_a_line_cut_at_any_byte_never_deletes_what_is_not_stored(shop: Shop, server: Mailbox) -> None:
    """Each round the line breaks a little later; what is gone from the server stands in the shop."""
    proxy, sent = CuttingProxy(server.tls_port), set()
    key = read(shop, server.account(port=proxy.port, afterwards=Afterwards.DELETE))
    for after in range(1500, 6500, 400):
        subject = f"Anfrage {after}"
        server.put(mail(subject, message_id=f"<{after}@cut.example>"))
        sent.add(subject)
        proxy.after = after
        with suppress(FetchPostponed):
            mail_in.fetch(shop, key)
        assert len(sent) - len(server.flags()) <= len(subjects(shop))
    proxy.after = None
    while mail_in.fetch(shop, key).taken:
        pass
    assert subjects(shop) == sent
    assert server.flags() == []
    assert proxy.cuts > 4
    proxy.close()


def test_numbers_that_the_server_gave_anew_delete_nothing(shop: Shop, server: Mailbox) -> None:
    server.put(mail("eins"))
    key = read(shop, server.account(afterwards=Afterwards.DELETE))
    account = mail_in_settings.account(shop, key)
    assert account is not None
    with ImapInbox(5).session(account, PASSWORD) as opened:
        validity = opened.open("INBOX")
        opened.tidy("INBOX", validity + 1, (1,), Afterwards.DELETE, "")
        opened.tidy("Fehlt", validity, (1,), Afterwards.DELETE, "")
        assert len(server.flags()) == 1
        opened.tidy("INBOX", validity, (1, 77), Afterwards.DELETE, "")
    assert server.flags() == []


@pytest.mark.parametrize(
    ("offers", "left"), [(frozenset({b"UIDPLUS"}), []), (frozenset(), [("\\Deleted",), ("\\Deleted",)])]
)
def test_older_servers_move_by_copying_and_throw_away_nothing_else(
    shop: Shop,
    server: Mailbox,
    monkeypatch: pytest.MonkeyPatch,
    offers: frozenset[bytes],
    left: list[tuple[str, ...]],
) -> None:
    """Without UIDPLUS mails are only marked: the owner's mail program throws them away when he says so."""
    monkeypatch.setattr(imap_tidying, "_offers", lambda _box: offers)
    server.put_many([mail("eins"), mail("zwei")])
    key = read(shop, server.account(afterwards=Afterwards.MOVE, move_to="Anfragen"))
    mail_in.fetch(shop, key)
    assert (len(server.flags("Anfragen")), server.flags()) == (2, left)
    assert mail_in.fetch(shop, key) == Fetched()
    assert len(server.flags("Anfragen")) == 2
