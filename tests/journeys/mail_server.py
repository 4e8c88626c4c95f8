"""A real mail server with a certificate of its own; it keeps what it accepted."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult

from shopdesk.domain.mail import MailAccount, Security

PASSWORD = "Rollmatratze-80x190"


class Accepting:
    """Accepts every mail and keeps it."""

    def __init__(self) -> None:
        self.mails: list[bytes] = []

    async def handle_DATA(self, _server: SMTP, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.mails.append(envelope.content)
        return "250 accepted"


@contextmanager
def mail_server(folder: Path) -> Iterator[tuple[Accepting, MailAccount]]:
    """The server over STARTTLS with a login, and the account that fits it."""
    authority = trustme.CA()
    certificate = folder / "authority.pem"
    authority.cert_pem.write_to_path(str(certificate))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("localhost").configure_cert(context)
    accepting = Accepting()

    def login(_server: Any, _session: Any, _envelope: Any, _mechanism: str, data: Any) -> AuthResult:
        return AuthResult(success=data.password == PASSWORD.encode(), handled=False)

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    controller = Controller(
        accepting, hostname="127.0.0.1", port=port, tls_context=context, require_starttls=True,
        authenticator=login, auth_required=True,
    )  # fmt: skip
    controller.start()
    try:
        account = MailAccount(
            host="localhost", port=port, security=Security.STARTTLS, user="lindner",
            sender_address="post@schlafgut-lindner.example", sender_name="Schlafgut Lindner",
            ca_file=str(certificate),
        )  # fmt: skip
        yield accepting, account
    finally:
        controller.stop()
