"""Killed again and again while it fetches: every mail is there once, each with one inquiry (S11)."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from shopdesk.domain.mail_in import Afterwards
from shopdesk.outside.clock import SystemClock
from shopdesk.outside.fake_post import FakePost
from shopdesk.outside.inbox import ImapInbox
from shopdesk.outside.keychain import SessionKeychain
from shopdesk.outside.mail_program import FakeMailProgram
from shopdesk.usecases import mail_in, mail_in_settings, received_mails
from shopdesk.usecases.shop import Shop
from tests.mailbox.dovecot import PASSWORD, Mailbox, server
from tests.mailbox.mails import mail

__all__ = ["server"]
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no SIGKILL on this system"),
]
ROOT = Path(__file__).parents[2]
MAILS, KILLS = 150, 4


def shop_at(place: Path) -> Shop:
    return Shop(
        place, SystemClock(), FakePost(), SessionKeychain(), FakeMailProgram(), who="Jens Lindner",
        inbox=ImapInbox(10),
    )  # fmt: skip


def fetch_forever(place: Path) -> None:
    """What the process does that is killed."""
    shop = shop_at(place)
    (account,) = mail_in_settings.accounts(shop)
    shop.keychain.remember(account.keychain_name, PASSWORD)
    while True:
        mail_in.fetch(shop, account.keychain_name)


def count(shop: Shop) -> int:
    return len(received_mails.page(shop, limit=2 * MAILS))


@pytest.fixture
def shop(tmp_path: Path, server: Mailbox) -> Shop:
    made = shop_at(tmp_path / "shop.sqlite")
    mail_in_settings.save_account(made, server.account(), PASSWORD)
    return made


def test_a_kill_at_any_moment_loses_and_doubles_nothing(shop: Shop, server: Mailbox) -> None:
    server.put_many(
        [mail(f"Anfrage {number}", message_id=f"<{number}@kill.example>") for number in range(MAILS)]
    )
    draw, struck = random.Random(7), 0
    for _kill in range(KILLS):
        before = count(shop)
        command = [sys.executable, "-m", "tests.reliability.test_kill_while_fetching", str(shop.place)]
        with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as child:
            deadline = time.monotonic() + 30
            while count(shop) == before and child.poll() is None and time.monotonic() < deadline:
                time.sleep(0.01)
            time.sleep(draw.uniform(0, 0.2))
            child.kill()
        struck += before < count(shop) < MAILS
    mail_in.fetch(shop, server.account().keychain_name)
    found = received_mails.page(shop, limit=2 * MAILS)
    assert sorted(one.message_id for one in found) == sorted(
        f"<{number}@kill.example>" for number in range(MAILS)
    )
    assert len({one.inquiry_id for one in found}) == MAILS
    assert struck > 1  # the kills came in the middle
    shop.close()


def test_a_kill_between_storing_and_deleting_loses_nothing(shop: Shop, server: Mailbox) -> None:
    account = server.account(afterwards=Afterwards.DELETE)
    key = account.keychain_name
    mail_in_settings.save_account(shop, account, PASSWORD, replaces=key)
    server.put_many(
        [mail(f"Anfrage {number}", message_id=f"<{number}@kill.example>") for number in range(MAILS)]
    )
    draw = random.Random(8)
    for _kill in range(KILLS):
        command = [sys.executable, "-m", "tests.reliability.test_kill_while_fetching", str(shop.place)]
        with subprocess.Popen(command, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)}) as child:
            deadline, before = time.monotonic() + 30, len(server.flags())
            while len(server.flags()) == before and child.poll() is None and time.monotonic() < deadline:
                if count(shop) == MAILS:
                    break
                time.sleep(0.01)
            time.sleep(draw.uniform(0, 0.1))
            child.kill()
        assert MAILS - len(server.flags()) <= count(shop)
    mail_in.fetch(shop, key)
    assert (count(shop), server.flags()) == (MAILS, [])
    shop.close()


if __name__ == "__main__":
    fetch_forever(Path(sys.argv[1]))
