"""Kill the program around DATA, again and again, and see that no mail goes twice and none is falsely "sent" (P8).

python -m tools.kill_while_sending [900]

A real mail server runs here and decides when the sender dies: when it names the recipient, after the server has
accepted the mail but before it said so, or some moment later. A small single-threaded process, its modules loaded,
forks each sender, so that hundreds of deaths take seconds. POSIX only.
"""

from __future__ import annotations

import asyncio
import collections
import contextlib
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from shopdesk.domain.mail import MailAccount, MailState, Security
from shopdesk.domain.outbox import NewMail
from shopdesk.outside.clock import SystemClock
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.outside.post import SmtpPost
from shopdesk.store import outbox as rows
from shopdesk.usecases import mail_settings, outbox
from shopdesk.usecases.shop import Shop

ROOT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the owner sees in the outbox against what the server holds."""

    mails: int
    kills: int
    accepted: int
    twice: int
    falsely_sent: int
    lost: int  # neither sent nor shown as unclear
    unclear: int

    @property
    def is_clean(self) -> bool:
        """Whether the promise held."""
        return not (self.twice or self.falsely_sent or self.lost)


@dataclass
class Reaper:
    """The mail server: keeps what it accepted, and kills the sender when the dice say so."""

    dice: random.Random
    accepted: collections.Counter[str] = field(default_factory=collections.Counter)
    victim: int | None = None
    kills: int = 0

    def kill(self) -> None:
        """End the sender, as a power cut would."""
        if self.victim is not None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.victim, signal.SIGKILL)
                self.kills += 1
            self.victim = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, options: Any) -> str:  # noqa: N802
        """Aiosmtpd's hook: the recipient is named."""
        del server, session, options
        envelope.rcpt_tos.append(address)
        if self.dice.random() < 0.15:
            self.kill()
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Aiosmtpd's hook: the dot has come, the mail is accepted here and now."""
        del server, session
        head = envelope.content.partition(b"\r\n\r\n")[0].decode("ascii")
        (message_id,) = (line[12:] for line in head.split("\r\n") if line.startswith("Message-ID: "))
        self.accepted[message_id] += 1
        lot = self.dice.random()
        if lot < 0.2:
            self.kill()
        elif lot < 0.5:
            asyncio.get_running_loop().call_later(self.dice.uniform(0, 0.008), self.kill)
        return "250 OK"


def open_shop(file: Path) -> Shop:
    """A shop with the real post."""
    return Shop(file, SystemClock(), SmtpPost(), SessionKeychain(), FakeMailProgram(), "drill")


def drill(folder: Path, mails: int, seed: int = 7, naive: bool = False) -> Outcome:
    """Queue mails and send them through many deaths. `naive` sends first and marks afterwards: that must fail."""
    reaper = Reaper(random.Random(seed))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    server = Controller(reaper, "127.0.0.1", port)
    server.start()
    file = folder / "shop.sqlite"
    shop = open_shop(file)
    try:
        account = MailAccount(
            "127.0.0.1", port, Security.NONE, "", "info@schlafgut-lindner.de", "Schlafgut Lindner"
        )
        mail_settings.save_account(shop, account)
        _fill(shop, mails)
        _live_and_die(shop, file, reaper, naive)
        return _outcome(shop, reaper, mails)
    finally:
        shop.close()
        server.stop()


def _fill(shop: Shop, mails: int) -> None:
    with shop.writing() as connection:
        for number in range(mails):
            message_id = f"<{number}@schlafgut-lindner.de>"
            text = f"To: d.ivanova@example.org\r\nMessage-ID: {message_id}\r\n\r\n" + "Guten Tag\r\n" * 200
            mail = NewMail(message_id, "d.ivanova@example.org", "Rechnung", "Guten Tag", text.encode())
            rows.add(connection, mail, shop.clock.now())


def _live_and_die(shop: Shop, file: Path, reaper: Reaper, naive: bool) -> None:
    command = [sys.executable, "-m", "tools.kill_while_sending", "--senders", str(file), str(int(naive))]
    with subprocess.Popen(
        command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as nursery:
        assert nursery.stdin is not None
        assert nursery.stdout is not None
        while _waiting(shop):
            nursery.stdin.write("go\n")
            nursery.stdin.flush()
            reaper.victim = int(nursery.stdout.readline())
            nursery.stdin.write("live\n")
            nursery.stdin.flush()
            nursery.stdout.readline()
            reaper.victim = None
        nursery.stdin.close()
    outbox.recover(shop)


def _waiting(shop: Shop) -> bool:
    with shop.reading() as connection:
        return bool(rows.queued(connection, shop.clock.now()))


def _outcome(shop: Shop, reaper: Reaper, mails: int) -> Outcome:
    with shop.reading() as connection:
        entries = rows.in_state(connection, tuple(MailState), limit=mails)
    sent = [entry for entry in entries if entry.state == MailState.SENT]
    unclear = [entry for entry in entries if entry.state == MailState.UNCLEAR]
    return Outcome(
        mails,
        reaper.kills,
        len(reaper.accepted),
        sum(count > 1 for count in reaper.accepted.values()),
        sum(reaper.accepted[entry.message_id] == 0 for entry in sent),
        len(entries) - len(sent) - len(unclear),
        len(unclear),
    )


def senders(file: Path, naive: bool) -> None:
    """Fork a sender for each "go"; tell its number, let it live at the next line, tell when it is gone."""
    for module in (
        "store.database",
        "store.journal",
        "output.email.mime",
        "domain.timeline",
        "store.timeline",
    ):
        import_module(f"shopdesk.{module}")
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            sys.stdin.readline()
            _send_all(file, naive)
            os._exit(0)
        print(child, flush=True)
        os.waitpid(child, 0)
        print("gone", flush=True)


def _send_all(file: Path, naive: bool) -> None:
    shop = open_shop(file)
    outbox.recover(shop)
    if not naive:
        while outbox.send_next(shop) is not None:
            pass
        return
    account = mail_settings.account(shop)
    assert account is not None
    with shop.reading() as connection:
        waiting = rows.queued(connection, shop.clock.now())
    for mail_id in waiting:
        with shop.reading() as connection:
            message = rows.message(connection, mail_id)
        shop.post.deliver(message, account.sender_address, ("d.ivanova@example.org",), account, "")
        with shop.writing() as connection:
            rows.move(connection, mail_id, {MailState.QUEUED}, MailState.SENT, shop.clock.now())


def main(arguments: list[str]) -> int:
    """The command."""
    if arguments[:1] == ["--senders"]:
        senders(Path(arguments[1]), arguments[2] == "1")
        return 0
    mails = int(arguments[0]) if arguments else 900
    with tempfile.TemporaryDirectory() as folder:
        outcome = drill(Path(folder), mails)
    print(outcome)
    return 0 if outcome.is_clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
