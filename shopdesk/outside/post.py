"""The post: hands finished mails to the shop's mail server.

A mail is "sent" only after the server's last word. What goes wrong has three names, because the owner must act
differently: `MailRefused` (change something), `MailPostponed` (it surely did not go, try later), `MailUnclear`
(it may have gone: look, never send again unasked).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from shopdesk.domain.mail import MailAccount

CONNECT_SECONDS = 20.0
# a server may check the mail for viruses before its last word; giving up early would leave the owner in doubt
LAST_WORD_SECONDS = 180.0


class Post(Protocol):
    """What can hand a mail over."""

    def deliver(
        self, message: bytes, sender: str, recipients: tuple[str, ...], account: MailAccount, password: str
    ) -> None:
        """Hand the mail over; returns when the server has accepted it. Raises a MailProblem otherwise."""
        ...

    def test_connection(self, account: MailAccount, password: str) -> None:
        """Connect and log in, send nothing. Raises a MailProblem in words."""
        ...


class SmtpPost:
    """SMTP with a certificate that is really checked. `connect_seconds` and `last_word_seconds` bound each wait.

    The protocol itself is imported with the first mail: smtplib and ssl must not stand before the first paint.
    """

    def __init__(
        self, connect_seconds: float = CONNECT_SECONDS, last_word_seconds: float = LAST_WORD_SECONDS
    ) -> None:
        self._connect_seconds = connect_seconds
        self._last_word_seconds = last_word_seconds

    def deliver(
        self, message: bytes, sender: str, recipients: tuple[str, ...], account: MailAccount, password: str
    ) -> None:
        from shopdesk.outside import smtp

        with smtp.session(account, password, self._connect_seconds) as server:
            smtp.hand_over(server, message, sender, recipients, account)
            smtp.finish(server, account, self._last_word_seconds)

    def test_connection(self, account: MailAccount, password: str) -> None:
        from shopdesk.outside import smtp

        with smtp.session(account, password, self._connect_seconds) as server:
            smtp.greet(server, account)
