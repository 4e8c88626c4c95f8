from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, LoginPassword

from shopdesk.domain.mail import MailAccount, MailPostponed, MailRefused, MailUnclear, Security
from shopdesk.outside.post import SmtpPost

MESSAGE = b"Subject: Rechnung R-2026-0001\r\n\r\nGuten Tag\r\n.\r\n.. zwei Punkte\r\n"
SENDER, RECIPIENT = "info@schlafgut-lindner.de", "d.ivanova@example.org"


class Mailroom:
    """A real mail server's manners: keeps what it accepted, answers what the test wishes."""

    def __init__(self) -> None:
        self.accepted: list[bytes] = []
        self.at_recipient = "250 OK"
        self.at_data = "250 OK"
        self.cut_after_dot = False

    async def handle_RCPT(  # noqa: N802 - aiosmtpd calls it so
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        if self.at_recipient.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.at_recipient

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        if self.at_data.startswith("250"):
            self.accepted.append(envelope.content)
        if self.cut_after_dot:
            server.transport.abort()
        return self.at_data

    def authenticate(
        self, server: Any, session: Any, envelope: Any, mechanism: str, data: object
    ) -> AuthResult:
        good = isinstance(data, LoginPassword) and (data.login, data.password) == (b"lindner", b"geheim")
        return AuthResult(success=good, handled=good)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture(scope="module")
def ca_file(authority: trustme.CA, tmp_path_factory: pytest.TempPathFactory) -> str:
    file = tmp_path_factory.mktemp("ca") / "ca.pem"
    authority.cert_pem.write_to_path(str(file))
    return str(file)


class TlsFromTheStart(Controller):
    """Port 465: encrypted before the first word, so logging in needs no STARTTLS."""

    def factory(self) -> SMTP:
        return SMTP(
            self.handler,
            authenticator=self.SMTP_kwargs["authenticator"],
            auth_require_tls=False,
            hostname="x",
        )


@pytest.fixture
def serve(authority: trustme.CA, ca_file: str) -> Iterator[Callable[..., tuple[Mailroom, MailAccount]]]:
    """`serve(security, name)` starts a server whose certificate is for `name`; gives it and a fitting account."""
    with contextlib.ExitStack() as running:

        def start(
            security: Security = Security.STARTTLS, name: str = "localhost", offers_tls: bool = True
        ) -> tuple[Mailroom, MailAccount]:
            mailroom = Mailroom()
            context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            authority.issue_cert(name).configure_cert(context)
            if security == Security.TLS:
                controller: Controller = TlsFromTheStart(
                    mailroom, "127.0.0.1", 0, ssl_context=context, authenticator=mailroom.authenticate
                )
            elif offers_tls:
                controller = Controller(
                    mailroom, "127.0.0.1", 0, tls_context=context, authenticator=mailroom.authenticate
                )
            else:
                controller = Controller(mailroom, "127.0.0.1", 0)
            controller.port = free_port()
            controller.start()
            running.callback(controller.stop)
            account = MailAccount("localhost", controller.port, security, "lindner", SENDER, ca_file=ca_file)
            return mailroom, account

        yield start


def free_port() -> int:
    with socket.socket() as line:
        line.bind(("127.0.0.1", 0))
        return int(line.getsockname()[1])


def deliver(account: MailAccount, password: str = "geheim", message: bytes = MESSAGE) -> None:
    SmtpPost(5, 5).deliver(message, SENDER, (RECIPIENT,), account, password)


Serve = Callable[..., tuple[Mailroom, MailAccount]]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_a_mail_arrives_unchanged_over_an_encrypted_line(serve: Serve, security: Security) -> None:
    mailroom, account = serve(security)
    deliver(account)
    assert mailroom.accepted == [MESSAGE]
    SmtpPost(5).test_connection(account, "geheim")
    assert len(mailroom.accepted) == 1


def test_bare_line_ends_arrive_as_the_standard_wants_them(serve: Serve) -> None:
    mailroom, account = serve()
    deliver(account, message=b"Subject: x\n\n.\nEnde")
    assert mailroom.accepted == [b"Subject: x\r\n\r\n.\r\nEnde\r\n"]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_an_unknown_certificate_is_refused_in_words(serve: Serve, security: Security) -> None:
    mailroom, account = serve(security)
    with pytest.raises(MailRefused) as refused:
        deliver(replace(account, ca_file=""))
    assert refused.value.code == "mail-certificate"
    assert mailroom.accepted == []


def test_a_certificate_for_another_host_is_refused(serve: Serve) -> None:
    mailroom, account = serve(name="mail.example.org")
    with pytest.raises(MailRefused) as refused:
        deliver(account)
    assert refused.value.code == "mail-certificate"
    assert mailroom.accepted == []


def test_a_server_without_encryption_gets_neither_password_nor_mail(serve: Serve) -> None:
    mailroom, account = serve(offers_tls=False)
    with pytest.raises(MailRefused) as refused:
        deliver(account)
    assert refused.value.field == "mail.security"
    assert mailroom.accepted == []


def test_tls_on_a_plain_port_says_which_ports_are_usual(serve: Serve) -> None:
    _, account = serve(offers_tls=False)
    with pytest.raises(MailRefused) as refused:
        deliver(replace(account, security=Security.TLS))
    assert refused.value.code == "mail-encryption"


def test_a_missing_certificate_file_is_named(serve: Serve, tmp_path: Path) -> None:
    _, account = serve()
    with pytest.raises(MailRefused) as refused:
        deliver(replace(account, ca_file=str(tmp_path / "none.pem")))
    assert refused.value.field == "mail.ca_file"


def test_a_wrong_password_says_what_to_do(serve: Serve) -> None:
    mailroom, account = serve()
    with pytest.raises(MailRefused) as refused:
        deliver(account, "falsch")
    assert refused.value.code == "mail-login"
    with pytest.raises(MailRefused):
        SmtpPost(5).test_connection(account, "falsch")
    assert mailroom.accepted == []


@pytest.mark.parametrize(
    ("place", "answer", "problem"),
    [
        ("at_recipient", "450 4.2.1 try later", MailPostponed),
        ("at_recipient", "550 5.1.1 no such user", MailRefused),
        ("at_data", "451 4.3.0 busy", MailPostponed),
        ("at_data", "554 5.7.1 looks like spam", MailRefused),
    ],
)
def test_the_servers_no_keeps_its_words(
    serve: Serve, place: str, answer: str, problem: type[Exception]
) -> None:
    mailroom, account = serve()
    setattr(mailroom, place, answer)
    with pytest.raises(problem) as raised:
        deliver(account)
    assert answer[:3] in str(raised.value.message.values["answer"])  # type: ignore[attr-defined]
    assert mailroom.accepted == []


def test_a_refused_address_is_named(serve: Serve) -> None:
    mailroom, account = serve()
    mailroom.at_recipient = "550 5.1.1 unknown"
    with pytest.raises(MailRefused) as refused:
        deliver(account)
    assert refused.value.code == "mail-recipient"
    assert refused.value.message.values["recipient"] == RECIPIENT


def test_a_line_cut_after_the_dot_leaves_doubt(serve: Serve) -> None:
    mailroom, account = serve()
    mailroom.cut_after_dot = True
    with pytest.raises(MailUnclear):
        deliver(account)
    assert len(mailroom.accepted) == 1


def test_no_server_means_later() -> None:
    account = MailAccount("localhost", free_port(), Security.NONE)
    with pytest.raises(MailPostponed):
        deliver(account)


@contextlib.contextmanager
def script(*steps: bytes, hold: bool = False) -> Iterator[MailAccount]:
    """A server that says one step per line it hears after its greeting, then hangs up (or holds the line)."""
    released = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as door:

        def talk() -> None:
            line, _ = door.accept()
            with line, line.makefile("rb") as heard, contextlib.suppress(OSError):
                for number, step in enumerate(steps):
                    if number:
                        heard.readline()
                    line.sendall(step + b"\r\n" if step else b"")
                if hold:
                    released.wait(20)

        server = threading.Thread(target=talk)
        server.start()
        try:
            yield MailAccount("127.0.0.1", door.getsockname()[1], Security.NONE)
        finally:
            released.set()
            server.join(10)


UNTIL_DATA = (b"220 hello", b"250 localhost", b"250 sender", b"250 recipient")


def test_a_line_cut_before_data_surely_sent_nothing() -> None:
    with script(*UNTIL_DATA) as account, pytest.raises(MailPostponed):
        deliver(account)


def test_a_line_cut_while_the_text_runs_surely_sent_nothing() -> None:
    with script(*UNTIL_DATA, b"354 go on") as account, pytest.raises(MailPostponed):
        deliver(account, message=MESSAGE + b"x" * 70 * 1_000_000)


def test_a_server_that_greets_with_no_means_later() -> None:
    with script(b"421 too busy") as account, pytest.raises(MailPostponed) as postponed:
        deliver(account)
    assert "421 too busy" in str(postponed.value.message.values["answer"])


def test_a_silent_server_before_the_dot_means_later() -> None:
    with script(b"220 hello", b"250 localhost", b"", hold=True) as account, pytest.raises(MailPostponed):
        SmtpPost(0.3, 0.3).deliver(MESSAGE, SENDER, (RECIPIENT,), account, "")


def test_a_silent_server_after_the_dot_leaves_doubt() -> None:
    with script(*UNTIL_DATA, b"354 go on", b"", hold=True) as account, pytest.raises(MailUnclear):
        SmtpPost(0.5, 0.3).deliver(MESSAGE, SENDER, (RECIPIENT,), account, "")


def test_a_server_that_hangs_up_before_the_dot_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    import smtplib

    sent = smtplib.SMTP.send

    def slowly(self: smtplib.SMTP, text: Any) -> None:
        sent(self, text)
        if isinstance(text, bytes) and text.startswith(b"Subject") and self.sock is not None:
            self.sock.settimeout(5)
            self.sock.recv(1, socket.MSG_PEEK)

    monkeypatch.setattr(smtplib.SMTP, "send", slowly)
    with (
        script(*UNTIL_DATA, b"354 go on", b"421 closing") as account,
        pytest.raises(MailPostponed) as postponed,
    ):
        deliver(account)
    assert "421 closing" in str(postponed.value.message.values["answer"])
