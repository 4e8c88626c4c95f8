"""SMTP in phases, each with its own meaning when it breaks (RFC 5321)."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from shopdesk.domain.mail import (
    AccessToken,
    MailAccount,
    MailPostponed,
    MailProblem,
    MailRefused,
    MailUnclear,
    Security,
    one_line,
)
from shopdesk.domain.messages import N_, Message
from shopdesk.outside import xoauth2
from shopdesk.outside.tls import checked_context

_LINE_ENDS = re.compile(rb"\r\n|\r|\n")
# without a name smtplib asks the network for this computer's own, which may take seconds and tells it abroad
_OWN_NAME = "[127.0.0.1]"


@contextmanager
def session(account: MailAccount, password: str, seconds: float) -> Iterator[smtplib.SMTP]:
    """A connection that is encrypted as the account says and logged in; always closed. Raises a MailProblem."""
    with _naming(account):
        server = _connect(account, seconds)
        if server.sock is not None:
            # text and dot go apart; waiting to join them would cost each mail 40 ms
            server.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        with _naming(account):
            server.ehlo_or_helo_if_needed()
            if account.security == Security.STARTTLS:
                _start_tls(server, account)
                # RFC 3207: what was said before the encryption counts for nothing
                server.ehlo_or_helo_if_needed()
            if account.user:
                _log_in(server, account, password)
        yield server
    finally:
        server.close()


def _connect(account: MailAccount, seconds: float) -> smtplib.SMTP:
    if account.security == Security.TLS:
        context = _context(account)
        return smtplib.SMTP_SSL(account.host, account.port, _OWN_NAME, timeout=seconds, context=context)
    return smtplib.SMTP(account.host, account.port, _OWN_NAME, timeout=seconds)


def greet(server: smtplib.SMTP, account: MailAccount) -> None:
    """See that the server answers, and leave."""
    with _naming(account):
        _expect(server.noop(), {250}, account)
        server.quit()


def hand_over(
    server: smtplib.SMTP, message: bytes, sender: str, recipients: tuple[str, ...], account: MailAccount
) -> None:
    """Everything but the closing dot: what breaks here surely did not go."""
    with _naming(account):
        _expect(server.mail(sender), {250}, account)
        for recipient in recipients:
            _expect(server.rcpt(recipient), {250, 251}, account, recipient)
        _expect(server.docmd("data"), {354}, account)
        server.send(_dot_stuffed(message))
        _hear_early_answer(server, account)


def finish(server: smtplib.SMTP, account: MailAccount, seconds: float) -> None:
    """Send the dot and wait for the last word. From the dot on, silence means doubt."""
    if server.sock is not None:
        server.sock.settimeout(seconds)
    try:
        server.send(b".\r\n")
        answer = server.getreply()
    except (smtplib.SMTPException, OSError) as error:
        message = Message(
            N_(
                "The line to {host} was cut after the mail had been handed over. "
                "Please check with the customer or in the sent mails whether it went."
            ),
            {"host": account.host},
        )
        raise MailUnclear(message) from error
    _expect(answer, {250}, account)
    if server.sock is not None:
        server.sock.settimeout(1)
    with suppress(smtplib.SMTPException, OSError):
        server.quit()


def _context(account: MailAccount) -> ssl.SSLContext:
    """A context that checks certificate and host name; smtplib's own checks nothing (Python 3.11)."""
    try:
        return checked_context(account.ca_file)
    except OSError as error:
        message = Message(
            N_("The certificate file {file} cannot be read. Please choose another one or leave it empty."),
            {"file": account.ca_file},
        )
        raise MailRefused(message, field="mail.ca_file") from error


def _start_tls(server: smtplib.SMTP, account: MailAccount) -> None:
    if not server.has_extn("starttls"):
        # a man in the middle hides the offer: going on in plain text would hand him password and mail
        message = Message(
            N_("{host} offers no encryption on port {port}, so nothing was sent. Is TLS on port 465 meant?"),
            {"host": account.host, "port": account.port},
        )
        raise MailRefused(message, field="mail.security")
    _expect(server.starttls(context=_context(account)), {220}, account)


def _log_in(server: smtplib.SMTP, account: MailAccount, password: str) -> None:
    try:
        if isinstance(password, AccessToken):
            xoauth2.log_in_to_smtp(server, account.user, password)
            return
        server.login(account.user, password)
    except smtplib.SMTPAuthenticationError as error:
        if error.smtp_code < 500:
            raise
        if isinstance(password, AccessToken):
            raise xoauth2.sending_refused(account.host, account.user, _words(error.smtp_error)) from error
        message = Message(
            N_(
                "{host} does not accept the user name or password. Please enter them again; some providers "
                "want an “app password” made for mail programs. The server says: {answer}"
            ),
            {"host": account.host, "answer": _words(error.smtp_error)},
        )
        raise MailRefused(message, "mail-login", "mail.user") from error
    except (smtplib.SMTPNotSupportedError, UnicodeEncodeError) as error:
        message = Message(
            N_("{host} offers no way to log in that shopdesk knows. Please check server name and port."),
            {"host": account.host},
        )
        raise MailRefused(message, "mail-login", "mail.host") from error


def _dot_stuffed(message: bytes) -> bytes:
    """The bytes as DATA wants them (RFC 5321, 4.5.2), without the closing dot."""
    text = _LINE_ENDS.sub(b"\r\n", message)
    text = re.sub(rb"(?m)^\.", b"..", text)
    return text if text.endswith(b"\r\n") else text + b"\r\n"


def _hear_early_answer(server: smtplib.SMTP, account: MailAccount) -> None:
    """Notice before the dot that the server has hung up or refused: then the mail surely did not go."""
    line = server.sock
    if line is None:
        raise smtplib.SMTPServerDisconnected
    patience = line.gettimeout()
    line.settimeout(0)
    try:
        heard = line.recv(4096)
    except (BlockingIOError, ssl.SSLWantReadError):
        return
    finally:
        line.settimeout(patience)
    if not heard[:3].isdigit():
        raise smtplib.SMTPServerDisconnected
    _expect((int(heard[:3]), heard[4:]), set(), account)


def _expect(answer: tuple[int, bytes], wanted: set[int], account: MailAccount, recipient: str = "") -> None:
    """Raise what the server's answer means; 4xx passes, 5xx does not (RFC 5321, 4.2.1)."""
    code, text = answer
    if code in wanted:
        return
    words = _words(text, code)
    if not 500 <= code < 600:
        message = Message(
            N_("{host} does not take the mail right now. It says: {answer}"),
            {"host": account.host, "answer": words},
        )
        raise MailPostponed(message)
    if recipient:
        message = Message(
            N_(
                "{host} refuses the address {recipient}. Please check it with the customer. The server says: {answer}"
            ),
            {"host": account.host, "recipient": recipient, "answer": words},
        )
        raise MailRefused(message, "mail-recipient", "customer.email")
    message = Message(
        N_("{host} refuses the mail. It says: {answer}"), {"host": account.host, "answer": words}
    )
    raise MailRefused(message)


def _words(text: bytes | str, code: int = 0) -> str:
    """The server's own words on one line, bounded: they are shown and stored."""
    plain = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    return one_line(f"{code or ''} {plain}")[:300]


@contextmanager
def _naming(account: MailAccount) -> Iterator[None]:
    """Turn what smtplib, TLS and the network raise before the dot into a MailProblem."""
    try:
        yield
    except MailProblem:
        raise
    except ssl.SSLCertVerificationError as error:
        message = Message(
            N_(
                "{host} shows a certificate that is not to be trusted ({reason}). "
                "Nothing was sent. Is the server name right?"
            ),
            {"host": account.host, "reason": one_line(error.verify_message or str(error))},
        )
        raise MailRefused(message, "mail-certificate", "mail.host") from error
    except ssl.SSLError as error:
        message = Message(
            N_("No encrypted line to {host} on port {port}. STARTTLS is usual on port 587, TLS on port 465."),
            {"host": account.host, "port": account.port},
        )
        raise MailRefused(message, "mail-encryption", "mail.security") from error
    except smtplib.SMTPResponseException as error:
        _expect((error.smtp_code, _as_bytes(error.smtp_error)), set(), account)
    except (smtplib.SMTPException, OSError, UnicodeError) as error:
        message = Message(
            N_("{host} cannot be reached right now. Waiting mails are tried again later."),
            {"host": account.host},
        )
        raise MailPostponed(message) from error


def _as_bytes(text: bytes | str) -> bytes:
    return text if isinstance(text, bytes) else text.encode()
