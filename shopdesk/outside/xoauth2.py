"""XOAUTH2: a token in a password's place, as Microsoft and Google want it for IMAP and SMTP."""

from __future__ import annotations

import imaplib
import smtplib

from shopdesk.domain.mail import AccessToken, MailRefused
from shopdesk.domain.mail_in import FetchRefused
from shopdesk.domain.messages import N_, Message


def log_in_to_imap(client: imaplib.IMAP4, user: str, token: AccessToken) -> None:
    """Raises IMAP4.error when the server does not want it."""
    said = [_said(user, token)]
    # a refusal comes as a question with the reason in it, and wants an empty answer
    client.authenticate("XOAUTH2", lambda _question: said.pop().encode() if said else b"")


def log_in_to_smtp(server: smtplib.SMTP, user: str, token: AccessToken) -> None:
    """Raises what smtplib raises."""
    said = [_said(user, token)]
    server.ehlo_or_helo_if_needed()
    if "XOAUTH2" not in server.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("XOAUTH2")
    server.auth("XOAUTH2", lambda _question=None: said.pop() if said else "")


def _said(user: str, token: AccessToken) -> str:
    return f"user={user}\x01auth=Bearer {token}\x01\x01"


def refused(host: str, user: str, answer: str) -> FetchRefused:
    """Microsoft gave the token, the mail server does not take it."""
    message = Message(
        N_(
            "{host} does not open the mailbox {user}, though Microsoft let you in. Does the mailbox belong to who "
            "signed in, and is IMAP switched on for it? The server says: {answer}"
        ),
        {"host": host, "user": user, "answer": answer},
    )
    return FetchRefused(message, "mail-in-login", "mail_in.user")


def sending_refused(host: str, user: str, answer: str) -> MailRefused:
    """The same on the way out."""
    message = Message(
        N_(
            "{host} sends nothing for {user}, though Microsoft let you in. Is “Authenticated SMTP” switched on for the "
            "mailbox? The server says: {answer}"
        ),
        {"host": host, "user": user, "answer": answer},
    )
    return MailRefused(message, "mail-login", "mail.user")
