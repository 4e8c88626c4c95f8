"""A post without a network: keeps what it got. For tests and the headless demo."""

from __future__ import annotations

from dataclasses import dataclass

from shopdesk.domain.mail import MailAccount, MailProblem


@dataclass(frozen=True, slots=True)
class Delivered:
    """One mail as it was handed over."""

    message: bytes
    sender: str
    recipients: tuple[str, ...]


class FakePost:
    """Keeps every mail in `sent`; each problem put into `problems` is raised once, in order, instead."""

    def __init__(self) -> None:
        self.sent: list[Delivered] = []
        self.problems: list[MailProblem] = []
        self.tested: list[MailAccount] = []

    def deliver(
        self, message: bytes, sender: str, recipients: tuple[str, ...], account: MailAccount, password: str
    ) -> None:
        del account, password
        if self.problems:
            raise self.problems.pop(0)
        self.sent.append(Delivered(message, sender, recipients))

    def test_connection(self, account: MailAccount, password: str) -> None:
        del password
        if self.problems:
            raise self.problems.pop(0)
        self.tested.append(account)
