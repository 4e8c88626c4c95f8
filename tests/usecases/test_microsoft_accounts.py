"""A mailbox at Microsoft 365: signed in by the browser, read and sent with tokens, in words where it goes wrong.

Real servers all of them: one that gives tokens over TLS, dovecot and an SMTP server that take them.
"""

from __future__ import annotations

import datetime as dt
import json
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session

from shopdesk.domain.errors import ShopError
from shopdesk.domain.mail import AccessToken, MailAccount, MailRefused, MailState, Security
from shopdesk.domain.mail_in import FetchPostponed, FetchRefused, MailInAccount, SignIn, SignInNeeded
from shopdesk.domain.outbox import NewMail
from shopdesk.domain.today import TodayKind
from shopdesk.outside.clock import FixedClock
from shopdesk.outside.inbox import ImapInbox
from shopdesk.outside.microsoft import OnlineMicrosoft
from shopdesk.outside.post import SmtpPost
from shopdesk.usecases import (
    mail_in,
    mail_in_settings,
    mail_settings,
    microsoft_accounts,
    outbox,
    received_mails,
    today,
)
from shopdesk.usecases.shop import Shop
from tests.mailbox.dovecot import Mailbox, free_ports, mailbox
from tests.mailbox.mails import mail
from tests.mailbox.microsoft import CLIENT, USER, FakeMicrosoft, microsoft

PAGE = "<p>Sie sind angemeldet.</p>"


@pytest.fixture
def fake(tmp_path: Path) -> Iterator[FakeMicrosoft]:
    with microsoft(tmp_path) as running:
        yield running


@pytest.fixture
def server(fake: FakeMicrosoft) -> Iterator[Mailbox]:
    """A mail server that takes the tokens."""
    with mailbox(fake.introspection_port) as running:
        yield running


@pytest.fixture
def shop(open_shop: Shop, fake: FakeMicrosoft) -> Iterator[Shop]:
    open_shop.inbox = ImapInbox(5)
    open_shop.microsoft = OnlineMicrosoft(fake.authority, fake.ca_file, 5)
    assert isinstance(open_shop.clock, FixedClock)
    open_shop.clock.set(dt.datetime.now(dt.UTC) + dt.timedelta(seconds=5))
    yield open_shop
    open_shop.inbox = open_shop.microsoft = None


ACCOUNT = MailInAccount(
    True, "outlook.office365.com", user=USER, since=dt.date(2026, 1, 1), sign_in=SignIn.MICROSOFT, client_id=CLIENT
)  # fmt: skip


def sign_in(shop: Shop, fake: FakeMicrosoft, account: MailInAccount = ACCOUNT) -> str:
    """As the owner does it; who signed in."""
    came = threading.Event()
    begun = microsoft_accounts.begin(shop, account, PAGE, came.set)
    assert fake.browser(begun.address) == PAGE
    assert came.wait(10)
    return microsoft_accounts.finish(shop, account, begun)


def at(server: Mailbox) -> MailInAccount:
    return replace(ACCOUNT, host="localhost", port=server.tls_port, ca_file=server.ca_file)


# Signing in


def test_signing_in_in_the_browser_gives_a_token(shop: Shop, fake: FakeMicrosoft) -> None:
    assert sign_in(shop, fake) == USER
    assert microsoft_accounts.is_signed_in(shop, ACCOUNT.keychain_name)
    assert microsoft_accounts.token_for(shop, ACCOUNT) == "access-1"
    assert fake.seen == ["authorization_code"]


def test_what_is_kept_stands_in_pieces_that_every_keychain_takes(shop: Shop, fake: FakeMicrosoft) -> None:
    sign_in(shop, fake)
    whole = microsoft_accounts.kept(shop, ACCOUNT.keychain_name)
    assert whole is not None
    assert len(whole) > 2000
    pieces = [shop.keychain.password(f"microsoft:{ACCOUNT.keychain_name}#0.{number}") for number in range(3)]
    assert all(piece and len(piece) <= 1000 for piece in pieces)
    microsoft_accounts.remember(shop, ACCOUNT.keychain_name, "{}")
    assert microsoft_accounts.kept(shop, ACCOUNT.keychain_name) == "{}"
    microsoft_accounts.forget(shop, ACCOUNT.keychain_name)
    assert microsoft_accounts.kept(shop, ACCOUNT.keychain_name) is None
    for place in (0, 1):
        assert shop.keychain.password(f"microsoft:{ACCOUNT.keychain_name}#{place}.0") is None


class Killed(Exception):
    pass


@pytest.mark.parametrize("writes", [0, 1, 2, 3])
def test_a_kill_while_another_sign_in_is_kept_mixes_nothing(
    shop: Shop, monkeypatch: pytest.MonkeyPatch, writes: int
) -> None:
    first, second = (json.dumps({"token": letter * 2500}) for letter in "ab")
    microsoft_accounts.remember(shop, ACCOUNT.keychain_name, first)
    left, remember = [writes], shop.keychain.remember

    def counted(name: str, password: str) -> bool:
        if not left[0]:
            raise Killed
        left[0] -= 1
        return remember(name, password)

    monkeypatch.setattr(shop.keychain, "remember", counted)
    with pytest.raises(Killed):
        microsoft_accounts.remember(shop, ACCOUNT.keychain_name, second)
    assert microsoft_accounts.kept(shop, ACCOUNT.keychain_name) == first


def test_what_is_no_sign_in_asks_for_another(shop: Shop) -> None:
    microsoft_accounts.remember(shop, ACCOUNT.keychain_name, '{"token": "a" "b"}')
    assert not microsoft_accounts.is_signed_in(shop, ACCOUNT.keychain_name)


def test_a_refused_consent_is_told_in_words(shop: Shop, fake: FakeMicrosoft) -> None:
    fake.consents = False
    with pytest.raises(FetchRefused) as refused:
        sign_in(shop, fake)
    assert (refused.value.code, refused.value.field) == ("mail-in-consent", "mail_in.sign_in")
    assert "AADSTS65004" in str(refused.value.message.values["answer"])
    assert not microsoft_accounts.is_signed_in(shop, ACCOUNT.keychain_name)


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"client_id": ""}, "mail_in.client_id"),
        ({"client_id": "meine App"}, "mail_in.client_id"),
        ({"client_id": "99999999-2222-3333-4444-555555555555"}, "mail_in.client_id"),
        ({"tenant": "kein Verzeichnis"}, "mail_in.tenant"),
        ({"tenant": "unknown.example"}, "mail_in.tenant"),
    ],
)
def test_a_wrong_registration_is_told_at_its_field(
    shop: Shop, fake: FakeMicrosoft, changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(ShopError) as refused:
        sign_in(shop, fake, replace(ACCOUNT, **changes))
    assert refused.value.field == field


def test_somebody_elses_answer_is_none(shop: Shop, fake: FakeMicrosoft) -> None:
    import urllib.error
    import urllib.request

    came = threading.Event()
    begun = microsoft_accounts.begin(shop, ACCOUNT, PAGE, came.set)
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{begun.answer.address}/?code=stolen&state=guessed", timeout=5)
    assert not came.is_set()
    fake.browser(begun.address)
    assert came.wait(10)


def test_a_sign_in_that_is_given_up_tells_nothing(shop: Shop) -> None:
    came = threading.Event()
    begun = microsoft_accounts.begin(shop, ACCOUNT, PAGE, came.set)
    begun.stop()
    begun.answer._thread.join(5)
    assert not begun.answer._thread.is_alive()
    assert not came.is_set()


def test_without_the_addition_it_is_said_what_to_do(shop: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(OnlineMicrosoft, "is_installed", False)
    assert not microsoft_accounts.is_possible(shop)
    with pytest.raises(FetchRefused) as refused:
        microsoft_accounts.begin(shop, ACCOUNT, PAGE, lambda: None)
    assert "-m pip install msal" in str(refused.value.message.values["command"])


# Mails come in


def test_mails_are_fetched_with_a_token(shop: Shop, fake: FakeMicrosoft, server: Mailbox) -> None:
    account = at(server)
    sign_in(shop, fake, account)
    mail_in_settings.save_account(shop, account)
    server.put(mail("eins"))
    assert mail_in.fetch(shop, account.keychain_name).taken == 1
    assert [one.subject for one in received_mails.page(shop)] == ["eins"]


def test_an_expired_token_is_renewed(shop: Shop, fake: FakeMicrosoft, server: Mailbox) -> None:
    account, fake.lifetime = at(server), 1
    sign_in(shop, fake, account)
    mail_in_settings.save_account(shop, account)
    mail_in.fetch(shop, account.keychain_name)
    mail_in.fetch(shop, account.keychain_name)
    assert fake.seen == ["authorization_code", "refresh_token", "refresh_token"]


def test_a_revoked_sign_in_stands_red_in_heute_until_one_signs_in_again(
    shop: Shop, fake: FakeMicrosoft, server: Mailbox
) -> None:
    account, fake.lifetime = at(server), 1
    sign_in(shop, fake, account)
    mail_in_settings.save_account(shop, account)
    fake.is_revoked = True
    with pytest.raises(SignInNeeded):
        mail_in.fetch(shop, account.keychain_name)
    (row,) = [item for item in today.items(shop) if item.kind == TodayKind.MAIL_FETCH]
    assert row.title == USER
    assert "sign in again" in json.loads(row.detail)["message"]["id"]
    fake.is_revoked = False
    sign_in(shop, fake, account)
    assert mail_in.wants_fetching(shop, account.keychain_name)
    mail_in.fetch(shop, account.keychain_name)
    assert not [item for item in today.items(shop) if item.kind == TodayKind.MAIL_FETCH]


def test_while_microsoft_is_away_it_is_tried_again(shop: Shop, fake: FakeMicrosoft, server: Mailbox) -> None:
    account, fake.lifetime = at(server), 1
    sign_in(shop, fake, account)
    mail_in_settings.save_account(shop, account)
    fake.is_away = True
    with pytest.raises(FetchPostponed):
        mail_in.fetch(shop, account.keychain_name)
    assert not mail_in_settings.state(shop, account.keychain_name).alarm


def test_a_mailbox_that_does_not_take_the_token_is_told_in_words(
    shop: Shop, fake: FakeMicrosoft, server: Mailbox
) -> None:
    account = at(server)
    sign_in(shop, fake, account)
    mail_in_settings.save_account(shop, account)
    fake.good_tokens.clear()
    with pytest.raises(FetchRefused) as refused:
        mail_in.fetch(shop, account.keychain_name)
    assert (refused.value.code, refused.value.field) == ("mail-in-login", "mail_in.user")
    assert "though Microsoft let you in" in refused.value.message.id


def test_a_certificate_of_somebody_else_is_not_spoken_to(shop: Shop, fake: FakeMicrosoft) -> None:
    shop.microsoft = OnlineMicrosoft(fake.authority, "", 5)
    with pytest.raises(FetchRefused) as refused:
        microsoft_accounts.begin(shop, ACCOUNT, PAGE, lambda: None)
    assert refused.value.code == "mail-in-certificate"


def test_removing_the_mailbox_signs_out(shop: Shop, fake: FakeMicrosoft, server: Mailbox) -> None:
    account = at(server)
    sign_in(shop, fake, account)
    mail_in_settings.save_account(shop, account)
    mail_in_settings.remove_account(shop, account.keychain_name)
    assert not microsoft_accounts.is_signed_in(shop, account.keychain_name)


# Mails go out


class TokenSmtp:
    """An SMTP server that wants XOAUTH2 and keeps what it got."""

    def __init__(self, fake: FakeMicrosoft) -> None:
        self._fake, self.mails = fake, list[bytes]()

    async def auth_XOAUTH2(self, server: SMTP, args: list[str]) -> AuthResult:  # noqa: N802
        import base64

        said = base64.b64decode(args[1]).decode()
        user, _, rest = said.removeprefix("user=").partition("\x01auth=Bearer ")
        good = user == USER and rest.removesuffix("\x01\x01") in self._fake.good_tokens
        return AuthResult(success=good, handled=False)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        self.mails.append(envelope.original_content or b"")
        return "250 OK"


@pytest.fixture
def smtp(fake: FakeMicrosoft) -> Iterator[tuple[TokenSmtp, int]]:
    handler, (port, _other) = TokenSmtp(fake), free_ports()
    controller = Controller(
        handler, "127.0.0.1", port, auth_require_tls=False, auth_exclude_mechanism=["LOGIN", "PLAIN"]
    )
    controller.start()
    yield handler, port
    controller.stop()


def test_the_same_sign_in_sends(shop: Shop, fake: FakeMicrosoft, smtp: tuple[TokenSmtp, int]) -> None:
    handler, port = smtp
    sign_in(shop, fake)
    mail_in_settings.save_account(shop, ACCOUNT)
    sending = MailAccount("127.0.0.1", port, Security.NONE, USER, USER)
    mail_settings.save_account(shop, sending)
    shop.post = SmtpPost(5, 5)
    assert isinstance(mail_settings.password_for(shop, sending), AccessToken)
    mail_settings.try_connection(shop, sending)
    from shopdesk.store import outbox as stored

    with shop.writing() as connection:
        new = NewMail(
            "<ours@schlafgut.example>",
            "desi@ivanova.example",
            "Angebot",
            "Hallo",
            b"Subject: Angebot\r\n\r\nHallo\r\n",
        )
        mail_id = stored.add(connection, new, shop.clock.now())
    assert outbox.send(shop, mail_id).state == MailState.SENT
    assert b"Hallo" in handler.mails[0]
    fake.good_tokens.clear()
    with pytest.raises(MailRefused) as refused:
        mail_settings.try_connection(shop, sending)
    assert "though Microsoft let you in" in refused.value.message.id


def test_a_mail_waits_with_its_reason_while_microsoft_wants_the_owner(
    shop: Shop, fake: FakeMicrosoft, smtp: tuple[TokenSmtp, int]
) -> None:
    handler, port = smtp
    mail_in_settings.save_account(shop, ACCOUNT)
    mail_settings.save_account(shop, MailAccount("127.0.0.1", port, Security.NONE, USER, USER))
    from shopdesk.store import outbox as stored

    with shop.writing() as connection:
        new = NewMail("<ours@schlafgut.example>", "desi@ivanova.example", "Angebot", "Hallo", b"x")
        mail_id = stored.add(connection, new, shop.clock.now())
    entry = outbox.send(shop, mail_id)
    assert entry.state == MailState.QUEUED
    assert entry.reason is not None
    assert entry.reason.code == "mail-in-sign-in"
    assert handler.mails == []
